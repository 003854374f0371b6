"""Somebody who can write to the database cannot take an answer back."""

from sqlalchemy import select, update

from assessment.store.engine import connect
from assessment.store.tables import VISITS
from tests.web.conftest import SLEEP, make_app
from tests.web.walker import Walker


def test_an_older_state_of_a_visit_is_not_shown_to_its_visitor(tmp_path):
    url = f"sqlite:///{tmp_path / 'visits.sqlite3'}"
    app, engine = make_app(url, SLEEP), connect(url)
    walker = Walker(app.test_client())
    walker.open("/")
    walker.press("I want to look at my sleep")
    walker.choose("I’d rather not say")
    with engine.begin() as connection:
        older = connection.execute(select(VISITS.c.sealed, VISITS.c.revision)).one()
    walker.choose("I’d rather not say")
    assert walker.open("/check").status == 200
    with engine.begin() as connection:
        connection.execute(update(VISITS).values(sealed=older.sealed, revision=older.revision))

    assert walker.open("/check").status == 410
    engine.dispose()
    app.extensions["assessment"].printer.close()
