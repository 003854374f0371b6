"""The authors' page: a questionnaire as it is being written, on this machine only, never in production.

Every request reads the files again if they changed. While they have faults, the last version that had none is shown.
"""

import atexit
import os
import secrets
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import click
import yaml
from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from assessment.app import create_app
from assessment.authors import step_in_words
from assessment.core.answers import Answer, read_all
from assessment.core.checks import Checked, check
from assessment.core.edition import Edition
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.readers import Reader
from assessment.core.tracing import trace
from assessment.given import ROOT, questionnaire_option, today
from assessment.languages import services
from assessment.settings import Settings
from assessment.store.migrations import migrate
from assessment.web import visit
from assessment.web.parts import EXTENSION, parts

HOST: Final = "127.0.0.1"

preview = Blueprint("preview", __name__)


def create_preview(questionnaire: Path, port: int) -> Flask:
    """Return the app with the authors' page, on a database of its own that is gone with it."""
    folder = Path(tempfile.mkdtemp(prefix="preview-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = f"sqlite:///{folder / 'preview.sqlite3'}"
    migrate(url)
    settings = Settings(
        database_url=url,
        secret_key=secrets.token_bytes(32),
        questionnaire=questionnaire,
        leave_to="https://www.example.org/",
        port=port,
    )
    app = create_app(settings)
    app.register_blueprint(preview)
    app.extensions["preview"] = Seen(questionnaire)
    return app


class Seen:
    """A questionnaire as it was last read, and when its files last changed."""

    def __init__(self, questionnaire: Path) -> None:
        self.questionnaire = questionnaire
        self._changed = 0.0
        self.checked = check(questionnaire, today())

    def again(self) -> Checked:
        """Return the questionnaire, read again if a file of it changed."""
        changed = max(each.stat().st_mtime for each in self.questionnaire.parent.rglob("*.yaml"))
        if changed != self._changed:
            self._changed = changed
            self.checked = check(self.questionnaire, today())
            if not self.checked.refused:
                made = current_app.extensions[EXTENSION]
                fresh = replace(made, editions=self.checked.editions, services=services(self.checked))
                current_app.extensions[EXTENSION] = fresh
        return self.checked


@preview.get("/preview")
def page() -> str:
    """Show the faults as they stand, and whom to look at."""
    return _page(_person())


@preview.post("/preview")
def look() -> str | Response:
    """Show somebody's way; or begin a visit with their answers and show where things stand, or make their sheet."""
    person = _person()
    if "outcome" in request.form:
        visit.begin(person.edition.reader)
        visit.current().keep(person.answers)
        return redirect(url_for("pages.outcome"))
    return _page(person)


@preview.get("/preview/faults")
def faults() -> str:
    """Show the faults alone, again and again: as soon as a file is saved they change."""
    return render_template("preview_faults.html", faults=_faults())


@dataclass(frozen=True)
class Person:
    """Whom an author looks at: an invented person of the vignettes, or typed answers."""

    edition: Edition
    answers: dict[str, Answer]
    chosen: str
    typed: str
    refused: list[str]


def _page(person: Person) -> str:
    journey = Journey(person.edition, person.answers)
    return render_template(
        "preview.html",
        faults=_faults(),
        editions=parts().editions,
        person=person,
        steps=[step_in_words(each, person.edition) for each in trace(journey)],
        advice=assess(journey).advice,
    )


def _faults() -> list[str]:
    seen: Seen = current_app.extensions["preview"]
    return [str(each.within(seen.questionnaire.parent)) for each in seen.again().faults]


def _person() -> Person:
    """Return who is meant: typed answers come before the chosen vignette."""
    current_app.extensions["preview"].again()
    editions, typed, chosen = parts().editions, request.form.get("answers", ""), request.form.get("vignette", "")
    audience, _, id = chosen.partition("/")
    edition = editions.get(Reader(audience, parts().first.reader.language), parts().first)
    vignette = next((each for each in edition.document.vignettes if each.id == id), None)
    raw = yaml.safe_load(typed) if typed.strip() else vignette.answers if vignette else {}
    if not isinstance(raw, dict):
        return Person(edition, {}, chosen, typed, ["Type answers as in a file: a line each, id: answer."])
    answers, refusals = read_all(edition, raw)
    return Person(edition, answers, chosen, typed, [f"{id}: {each.detail}" for id, each in refusals.items()])


@click.command("preview")
@questionnaire_option
def preview_command(questionnaire: Path) -> None:
    """Serve the authors' page on 127.0.0.1: faults as you save, somebody's way, the outcome. Never in production."""
    port = Settings.from_environment(os.environ, ROOT).port
    click.echo(f"Preview on http://{HOST}:{port}/preview")
    create_preview(questionnaire.resolve(), port).run(HOST, port)
