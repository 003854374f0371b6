"""The parts put together, in one place."""

import logging
import os
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import jinja2
from flask import Flask
from flask_wtf import CSRFProtect
from sqlalchemy.exc import SQLAlchemyError

from assessment.core.checks import Checked, open_questionnaire
from assessment.core.language import ENGLISH, spoken
from assessment.documents.pdf import Printer
from assessment.documents.prose import speak
from assessment.languages import Telling, nations, services, tellings
from assessment.settings import Settings
from assessment.store.engine import connect
from assessment.store.tallies import Tallies
from assessment.store.visits import Visits
from assessment.web import errors, headers, incoming, limits, metrics, same, visit
from assessment.web.downloads import downloads
from assessment.web.health import health
from assessment.web.information import information
from assessment.web.languages import by_address, in_other_languages
from assessment.web.pages import leave, pages
from assessment.web.parts import EXTENSION, Parts, parts
from assessment.web.records import records
from assessment.web.sections import sections
from assessment.web.shown import FILTERS, lang, pinned

ROOT = Path(__file__).parents[1]
LARGEST_POST = 64 * 1024  # bytes
MOST_FIELDS = 1000
BLUEPRINTS = (records, pages, sections, downloads, information, health)  # records makes room before a post is read

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """A questionnaire that was read and checked, and all that it is told in."""

    checked: Checked
    tellings: list[Telling]


def opened(settings: Settings) -> Opened:
    """Return the questionnaire that is to be served; `Faults` with everything that is wrong if it may not be."""
    checked = open_questionnaire(settings.questionnaire, datetime.now(UTC).date())
    return Opened(checked, tellings(settings.languages, settings.questionnaire, checked))


def create_app(settings: Settings | None = None, questionnaire: Opened | None = None) -> Flask:
    """Return the app, ready to serve.

    What is not given is read: settings from the environment, and the questionnaire that they name. Neither
    starts with what is wrong: `UnsafeSettingsError` is raised for a setting, `Faults` for a questionnaire.
    """
    settings = settings or Settings.from_environment(os.environ, ROOT)
    made = _parts(settings, questionnaire or opened(settings))
    app = Flask("assessment", root_path=str(ROOT))
    app.config.update(_configuration(settings))
    app.session_interface = incoming.Cookie()
    app.request_class = incoming.Request
    app.extensions[EXTENSION] = made
    app.url_map.merge_slashes = False
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(FILTERS)
    speak(app.jinja_env)
    app.jinja_env.globals.update(lang=lang, in_other_languages=in_other_languages)
    app.context_processor(_everywhere)
    same.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    metrics.register(app)  # first, so that it times all the others
    limits.register(app, settings)  # before a body is read
    CSRFProtect(app).exempt(leave)
    app.wsgi_app = by_address(app.wsgi_app, made.languages)  # type: ignore[assignment, method-assign]
    headers.register(app, settings)
    errors.register(app)
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SECRET_KEY_FALLBACKS": list(settings.old_secret_keys),
        "MAX_CONTENT_LENGTH": LARGEST_POST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_POST,
        "MAX_FORM_PARTS": MOST_FIELDS,
        "TRUSTED_HOSTS": [*settings.hosts, *incoming.HOME] if settings.hosts else None,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Strict",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # our pages send no Referer; the token and SameSite=Strict hold
    }


def _parts(settings: Settings, questionnaire: Opened) -> Parts:
    checked = questionnaire.checked
    for fault in checked.faults:
        if fault.expired:
            log.warning("%s", fault)
    engine = connect(settings.database_url)
    visits = Visits(engine, settings.secret_key, *settings.old_secret_keys)
    _purge(visits)
    if settings.purge_every:
        Thread(target=_purge_again_and_again, args=(visits, settings.purge_every), daemon=True).start()
    printer = Printer(ROOT / "static" / "print.css")
    printer.warm()
    tallies = Tallies(engine) if settings.tallies else None
    languages = tuple(each.language for each in questionnaire.tellings)
    made = Parts(
        settings, checked.editions, services(checked), visits, printer, languages, nations(checked), tallies=tallies
    )
    told = {
        each.language.tag: replace(made, editions=each.editions, services=each.services, nations=each.nations)
        for each in questionnaire.tellings
        if each.language != ENGLISH
    }
    return replace(made, told=told)


def _purge_again_and_again(visits: Visits, seconds: float) -> None:
    """Delete idle visits for as long as the app runs; they cannot be opened meanwhile, whenever this gets to them."""
    while True:
        time.sleep(seconds)
        _purge(visits)


def _purge(visits: Visits) -> None:
    """Delete idle visits if that can be done: pages of help need no database, so the app starts without one too."""
    try:
        metrics.purged(visits.purge())
    except SQLAlchemyError as problem:
        log.warning("Idle visits could not be deleted: %s. This is tried again.", type(problem).__name__)


def _everywhere() -> dict[str, Any]:
    """Return what every template may use."""
    present = visit.present()
    edition = parts().editions[present.edition.reader] if present else parts().first
    return {
        "edition": edition,
        "about": parts().settings.label.on(edition.about),
        "label": parts().settings.label,
        "language": spoken().tag,
        "pinned": pinned(present.journey) if present else (),
        "changed": present.changed if present else None,
    }
