"""Who begins and who reaches the end is counted once, where the operator wants it, and nobody fails for it."""

import pytest
from sqlalchemy import select, text

from assessment.store.engine import connect
from assessment.store.tables import TALLIES
from tests.web.conftest import SLEEP, make_app
from tests.web.person import walk
from tests.web.walker import Walker


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path / 'visits.sqlite3'}"


@pytest.fixture
def engine(url):
    engine = connect(url)
    yield engine
    engine.dispose()


@pytest.fixture
def counting(url):
    made = make_app(url, SLEEP, tallies=True)
    yield made
    made.extensions["assessment"].printer.close()


@pytest.fixture
def edition(counting):
    return next(iter(counting.extensions["assessment"].editions.values()))


def counted(engine):
    with engine.connect() as connection:
        return [(row.audience, row.begun, row.completed) for row in connection.execute(select(TALLIES))]


def to_the_end(walker, edition):
    walk(walker, edition, {})
    walker.open("/outcome")
    assert walker.page.status == 200


def test_a_visit_counts_once_however_often_its_outcome_is_read(counting, edition, engine):
    walker = Walker(counting.test_client())
    to_the_end(walker, edition)
    assert counted(engine) == [(edition.reader.audience, 1, 1)]

    walker.open("/outcome")
    walker.open("/outcome")
    assert counted(engine) == [(edition.reader.audience, 1, 1)]


def test_who_stops_on_the_way_has_begun(counting, edition, engine):
    walker = Walker(counting.test_client())
    walker.open("/")
    walker.press(edition.audience.start)

    assert counted(engine) == [(edition.reader.audience, 1, 0)]


def test_by_default_nobody_is_counted_and_the_page_says_so(sleep_app):
    walker = Walker(sleep_app.test_client())
    edition = next(iter(sleep_app.extensions["assessment"].editions.values()))
    to_the_end(walker, edition)
    engine = connect(sleep_app.extensions["assessment"].settings.database_url)

    assert counted(engine) == []
    engine.dispose()
    walker.open("/privacy")
    assert "visitors are not counted" in walker.response.text


def test_where_visits_are_counted_the_privacy_page_says_so(counting):
    walker = Walker(counting.test_client())
    walker.open("/privacy")

    assert "We count how many people begin each day" in walker.response.text
    assert "visitors are not counted" not in walker.response.text


def test_a_count_that_fails_keeps_nobody_from_the_end(counting, edition, engine, caplog):
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE tallies"))

    to_the_end(Walker(counting.test_client()), edition)

    assert {record.getMessage() for record in caplog.records} == {"A visit could not be counted: OperationalError."}
