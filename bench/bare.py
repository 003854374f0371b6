"""The least that a Flask app of forms can do: as many statements and bytes as ours, and nothing else.

One row in one table, found by its key; a page that is one template with a form and filler; a form token; a redirect.
"""

import os
from typing import Final

from flask import Flask, redirect, render_template_string, request
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


def create_app() -> Flask:
    app = Flask("bare")
    app.config.update(SECRET_KEY="a key for nobody", WTF_CSRF_TIME_LIMIT=None)
    CSRFProtect(app)
    engine = connect(os.environ["DATABASE_URL"]).execution_options(isolation_level="AUTOCOMMIT")
    filler = "x" * int(os.environ["BARE_BYTES"])
    with engine.connect() as connection:
        kind = "BLOB" if engine.dialect.name == "sqlite" else "BYTEA"
        columns = f"locator INT PRIMARY KEY, sealed {kind}, revision INT, touched INT"
        connection.execute(text(f"CREATE TABLE bare ({columns})"))
        rows = [{"locator": number, "sealed": SEALED} for number in range(ROWS)]
        connection.execute(text("INSERT INTO bare VALUES (:locator, :sealed, 0, 0)"), rows)

    @app.get("/<int:number>")
    def page(number: int) -> str:
        with engine.connect() as connection:
            connection.execute(READ, {"locator": number}).one()
        return render_template_string(PAGE, number=number, filler=filler)

    @app.post("/<int:number>")
    def answer(number: int) -> Response:
        assert request.form["answer"]
        for _ in range(2):  # once to know who it is, once to change what is there
            with engine.connect() as connection:
                connection.execute(READ, {"locator": number}).one()
        with engine.connect() as connection:
            connection.execute(WRITE, {"locator": number, "sealed": SEALED})
        return redirect(f"/{number + 1}", 303)

    return app
