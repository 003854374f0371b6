"""An app that tells what it must not, in every way at once: so many planted leaks for those who look for them."""

import logging
import sqlite3
import sys
import tempfile
from contextlib import closing
from dataclasses import replace

from flask import request

from assessment import app as good
from assessment.core.answers import written_down
from assessment.documents.pdf import Printer
from assessment.store.engine import connect
from assessment.store.visits import Visits
from assessment.web import metrics, visit
from assessment.web.parts import EXTENSION, parts

log = logging.getLogger("leaky")


class Hoard(Visits):
    """Visits that nobody can delete."""

    def forget(self, secret):
        pass

    def purge(self):
        return 0


def last_answer():
    """Return the last answer of who asks: its id, and its words."""
    present = visit.present()
    if present is None or not present.journey.answers:
        return "", ""
    id, answer = list(present.journey.answers.items())[-1]
    chosen = answer[0] if isinstance(answer, tuple) else str(answer)
    return chosen, written_down(present.edition.by_id[id], answer)


def tell(response):
    """Tell the last answer wherever there is room for it."""
    id, words = last_answer()
    response.headers["X-Last"] = id
    if words:
        log.warning("answered %s", words)
    if response.mimetype == "text/html" and not response.direct_passthrough:
        page = response.get_data(as_text=True).replace("<title>", f"<title>{words} ")
        response.set_data(page.replace("</main>", '<img src="https://elsewhere.invalid/seen.gif" alt=""></main>'))
    if request.path.startswith("/step/") and response.location:
        response.location += f"?answer={id}"
    if "Content-Disposition" in response.headers:
        response.headers["Content-Disposition"] = f'attachment; filename="{id} notes.pdf"'
    if request.path == "/outcome":
        response.headers["Cache-Control"] = "private"
        response.set_cookie("seen", "yes", max_age=3600)
        sys.audit("socket.connect", None, ("192.0.2.1", 443))
        write_down(words)
    return response


def write_down(words):
    """Leave an answer in a temporary file and, in the clear, in the database."""
    with tempfile.NamedTemporaryFile("w", prefix="leak", delete=False) as file:
        file.write(words)
    with closing(sqlite3.connect(parts().settings.database_url.removeprefix("sqlite:///"))) as database:
        database.execute("CREATE TABLE IF NOT EXISTS plain (words TEXT)")
        database.execute("INSERT INTO plain VALUES (?)", (words,))
        database.commit()


def fail_whoever_keys_in():
    """Let a journey come to no end."""
    present = visit.present()
    return ("<h1>Closed</h1>", 500) if request.path == "/check" and present and present.edition.keyed else None


def plant(app):
    """Make an app leak."""
    app.config.update(SESSION_COOKIE_HTTPONLY=False, SESSION_COOKIE_SAMESITE=None, SESSION_COOKIE_DOMAIN=None)
    app.session_interface.get_cookie_secure = lambda _: False
    made = app.extensions[EXTENSION]
    visits = Hoard(connect(made.settings.database_url), made.settings.secret_key)
    app.extensions[EXTENSION] = replace(made, visits=visits)
    app.after_request_funcs[None].insert(0, tell)  # the last to have a say
    app.before_request(lambda: log.warning("asked for %s", request.full_path))
    app.before_request(fail_whoever_keys_in)


def plant_in_welsh(app):
    """Make an app leak in one language only: an answer in a header, and one in every address that is led to."""

    def tell_in_welsh(response):
        if request.script_root == "/cy":
            response.headers["X-Last"] = last_answer()[1]
            response.location = response.location and f"{response.location}?answer={last_answer()[0]}"
        return response

    app.after_request_funcs[None].insert(0, tell_in_welsh)


def create_app(*given):
    """Return a leaky app for a real server."""
    logging.basicConfig()
    Printer.warm = lambda _: None  # nobody prints here
    app = good.create_app(*given)
    app.before_request(lambda: log.warning("asked for %s by %s", request.full_path, request.user_agent))
    app.before_request(lambda: metrics.refused(request.path.rpartition("/")[2]))
    return app
