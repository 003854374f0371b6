"""The least that a Flask app of forms can do: as many requests, statements and bytes as a journey took, and no more.

A row in one table, found by its key; a page that is one template with a form and filler; a form token; a redirect.
What each request of the journey took is in the environment, so that the two cannot differ.
"""

import json
import os
from collections.abc import Sequence
from random import randrange
from typing import Final, NamedTuple

from flask import Flask, redirect, render_template
from flask_wtf import CSRFProtect
from sqlalchemy import bindparam, text
from werkzeug.wrappers import Response

from assessment.store.engine import connect

PAGE: Final = """<!doctype html><title>{{ number }}</title><form method="post">
<input type="hidden" name="csrf_token" value="{{ csrf_token() }}">{{ filler }}</form>"""
READ: Final = text("SELECT sealed, revision, touched FROM bare WHERE locator = :locator")
WRITE: Final = text("UPDATE bare SET sealed = :sealed, revision = revision + 1 WHERE locator = :locator").bindparams(
    bindparam("sealed"), bindparam("locator")
)
SEALED: Final = bytes(1024 + 28)  # as long as one of our rows
ROWS: Final = 1000


class Taken(NamedTuple):
    """What a request takes: statements that read and that write, and bytes of a page; none leads on to the next."""

    reads: int
    writes: int
    page_bytes: int


def in_environment(requests: Sequence[Taken]) -> dict[str, str]:
    """Return what tells the app what each request takes, by its number."""
    return {"BARE_REQUESTS": json.dumps(requests)}


def create_app() -> Flask:
    app = Flask("bare")
    app.config.update(SECRET_KEY="a key for nobody", WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)
    requests = [Taken(*each) for each in json.loads(os.environ["BARE_REQUESTS"])]
    engine = connect(os.environ["DATABASE_URL"])
    with engine.connect() as connection:
        kind = "BLOB" if engine.dialect.name == "sqlite" else "BYTEA"
        columns = f"locator INT PRIMARY KEY, sealed {kind}, revision INT, touched INT"
        connection.execute(text(f"CREATE TABLE bare ({columns})"))
        rows = [{"locator": number, "sealed": SEALED} for number in range(ROWS)]
        connection.execute(text("INSERT INTO bare VALUES (:locator, :sealed, 0, 0)"), rows)
    engine.dispose()  # a worker opens connections of its own

    page = app.jinja_env.from_string(PAGE)

    @app.route("/<int:number>", methods=["GET", "POST"])
    def answer(number: int) -> str | Response:
        taken, row = requests[number], randrange(ROWS)
        for _ in range(taken.reads):
            with engine.connect() as connection:
                connection.execute(READ, {"locator": row}).one()
        for _ in range(taken.writes):
            with engine.connect() as connection:
                connection.execute(WRITE, {"locator": row, "sealed": SEALED})
        if taken.page_bytes:
            return render_template(page, number=number, filler="x" * taken.page_bytes)
        return redirect(f"/{number + 1}", 303)

    return app
