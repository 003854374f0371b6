"""A database that says nothing is given up in time, and one that takes nothing can still be read."""

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError

from assessment.store.engine import connect


def take_nothing(engine):
    """Let the database refuse every change from now on, as one does whose disk is full."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA query_only = ON"))
    else:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"ALTER DATABASE {engine.url.database} SET default_transaction_read_only = on")
    engine.dispose()


def test_a_server_that_says_nothing_is_given_up_and_the_next_asks_on_a_new_connection(postgres_url, monkeypatch):
    monkeypatch.setattr("assessment.store.postgres.SILENCE", 1)
    engine = connect(postgres_url)

    with engine.connect() as connection, pytest.raises(OperationalError, match="timeout"):
        connection.exec_driver_sql("SELECT pg_sleep(20)")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
    engine.dispose()


def test_who_is_patient_waits_for_it(postgres_url, monkeypatch):
    monkeypatch.setattr("assessment.store.postgres.SILENCE", 0.2)
    engine = connect(postgres_url, patient=True)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1 FROM pg_sleep(1)").scalar_one() == 1
    engine.dispose()


def test_answers_can_be_read_while_nothing_can_be_written(visits, clock, engine, caplog):
    secret = visits.begin({"q": "yes"})
    clock.wait(minutes=5)
    take_nothing(engine)

    assert visits.read(secret) == {"q": "yes"}
    assert "It could not be written down that a visit was seen" in caplog.text
    with pytest.raises(DBAPIError, match=r"read-?only"):
        visits.keep(secret, lambda content: {**content, "q": "no"})
