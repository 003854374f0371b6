"""What somebody finds who takes the disk."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select

from assessment.store.engine import connect
from assessment.store.migrations import migrate
from assessment.store.tables import VISITS
from assessment.store.visits import Visits
from tests.store.conftest import SERVER_KEY

PLAIN = "an answer that nobody may find"
PIECE = 64  # bytes; a sealed row is scattered over pages, its pieces are found all the same


@pytest.fixture
def visits(sqlite_url, clock):
    migrate(sqlite_url)
    engine = connect(sqlite_url)
    yield Visits(engine, SERVER_KEY, clock=clock)
    engine.dispose()


def disk(url):
    """Return all that the folder of a SQLite database holds, write-ahead log and all."""
    return b"".join(path.read_bytes() for path in Path(make_url(url).database).parent.iterdir())


def sealed_rows(url):
    with closing(sqlite3.connect(make_url(url).database)) as connection:
        return [row[0] for row in connection.execute("SELECT sealed FROM visits")]


def found(sealed, bytes_on_disk):
    pieces = [sealed[start : start + PIECE] for start in range(0, len(sealed) - PIECE, PIECE)]
    return sum(piece in bytes_on_disk for piece in pieces) / len(pieces)


def every_state(visits, secret, url):
    """Change a visit several times, growing and shrinking it, and return every sealed state that it had."""
    states = sealed_rows(url)
    for size in (10, 3000, 9000, 500):
        visits.keep(secret, lambda _, size=size: {"filler": "x" * size})
        states += sealed_rows(url)
    return states


def test_no_answer_and_no_secret_is_in_the_sqlite_file(visits, sqlite_url):
    secret = visits.begin({"answers": PLAIN})
    visits.keep(secret, lambda content: {**content, "more": PLAIN})

    assert found(sealed_rows(sqlite_url)[0], disk(sqlite_url)) > 0.9
    assert PLAIN.encode() not in disk(sqlite_url)
    assert secret.encode() not in disk(sqlite_url)


def test_no_answer_and_no_secret_is_in_the_files_and_the_log_of_postgresql(postgres_url, postgres_server, clock):
    migrate(postgres_url)
    engine = connect(postgres_url)
    visits = Visits(engine, SERVER_KEY, clock=clock)
    secret = visits.begin({"answers": PLAIN})
    visits.keep(secret, lambda content: {**content, "more": PLAIN})
    with engine.connect() as connection:
        sealed = connection.execute(select(VISITS.c.sealed)).scalar_one()
    with psycopg.connect(postgres_server.url(), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    engine.dispose()

    files = [path.read_bytes() for path in postgres_server.folder.rglob("*") if path.is_file()]
    assert any(found(sealed, content) > 0.9 for content in files)
    assert not any(PLAIN.encode() in content or secret.encode() in content for content in files)


def test_after_leaving_no_state_of_the_visit_is_in_the_sqlite_file_or_its_log(visits, sqlite_url):
    secret = visits.begin({"answers": PLAIN})
    states = every_state(visits, secret, sqlite_url)
    other = visits.begin({"somebody": "else"})
    assert all(found(state, disk(sqlite_url)) > 0.9 for state in states)

    visits.forget(secret)

    assert [found(state, disk(sqlite_url)) for state in states] == [0] * len(states)
    assert visits.read(other) == {"somebody": "else"}


def test_after_a_purge_no_state_of_an_idle_visit_is_in_the_sqlite_file_or_its_log(visits, sqlite_url, clock):
    states = every_state(visits, visits.begin({"answers": PLAIN}), sqlite_url)

    clock.wait(minutes=45)
    visits.purge()

    assert [found(state, disk(sqlite_url)) for state in states] == [0] * len(states)


def test_leaving_is_quick_while_a_backup_reads_the_database_and_the_next_purge_wipes_the_rest(visits, sqlite_url):
    secret = visits.begin({"answers": PLAIN})
    (sealed,) = sealed_rows(sqlite_url)
    backup = sqlite3.connect(make_url(sqlite_url).database, isolation_level=None)
    backup.execute("BEGIN")
    backup.execute("SELECT * FROM visits").fetchall()

    started = time.monotonic()
    visits.forget(secret)
    assert time.monotonic() - started < 2
    assert visits.read(secret) is None

    backup.close()
    visits.purge()
    assert found(sealed, disk(sqlite_url)) == 0
