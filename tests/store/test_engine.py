"""How the database is connected to: sealed on the way to another machine, and never waited for without an end."""

import socket

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from assessment.store import engine as engines
from assessment.store.engine import connect


def how(url):
    return engines._to_postgres(make_url(url))  # noqa: SLF001 - what the driver is given


@pytest.mark.parametrize("host", ["db.example", "10.0.0.5"])
def test_another_machine_is_met_over_tls_unless_the_address_says_otherwise(host):
    assert how(f"postgresql://app:password@{host}/visits")["sslmode"] == "require"
    assert "sslmode" not in how(f"postgresql://app:password@{host}/visits?sslmode=verify-full")
    assert "sslmode" not in how(f"postgresql://app:password@{host}/visits?sslmode=disable")


@pytest.mark.parametrize("elsewhere", ["app@localhost/visits?hostaddr=10.0.0.5", "app@/visits"])
def test_a_machine_that_the_address_names_only_for_the_driver_or_not_at_all_is_met_over_tls_too(elsewhere):
    assert how(f"postgresql://{elsewhere}")["sslmode"] == "require"


@pytest.mark.parametrize("here", ["app@localhost/visits", "app@127.0.0.1/visits", "app@/visits?host=/run/postgresql"])
def test_this_machine_is_met_without(here):
    assert "sslmode" not in how(f"postgresql://{here}")


def test_what_the_address_says_of_waiting_counts():
    assert how("postgresql://app@localhost/visits")["connect_timeout"] == 5
    assert "connect_timeout" not in how("postgresql://app@localhost/visits?connect_timeout=1")


def test_a_statement_that_waits_for_ever_is_ended_by_the_server(postgres_url, monkeypatch):
    monkeypatch.setitem(engines.POSTGRES, "options", "-c statement_timeout=50")
    engine = connect(postgres_url)

    with engine.connect() as connection, pytest.raises(OperationalError, match="statement timeout"):
        connection.execute(text("select pg_sleep(30)"))
    engine.dispose()


def test_a_server_that_takes_calls_and_says_nothing_is_given_up(monkeypatch):
    monkeypatch.setitem(engines.POSTGRES, "connect_timeout", 2)  # the least that the driver knows
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = connect(f"postgresql://app@127.0.0.1:{silent.getsockname()[1]}/visits")
        with pytest.raises(OperationalError, match="timeout"):
            engine.connect()


@pytest.mark.parametrize(("said", "prepared"), [("", True), ("?pgbouncer=true", False), ("?pgbouncer=false", True)])
def test_statements_are_prepared_unless_the_address_says_that_pgbouncer_stands_in_between(said, prepared):
    assert ("prepare_threshold" not in how(f"postgresql://app@localhost/visits{said}")) is prepared


@pytest.fixture
def engine(postgres_url):
    engine = connect(postgres_url)
    yield engine
    engine.dispose()


def run(engine, statement="select 1"):
    with engine.connect() as connection:
        return connection.execute(text(statement)).scalar_one()


def close_from_elsewhere(engine):
    """Let the server close all connections, as it does when it is started anew."""
    others = "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = current_database() "
    elsewhere = connect(engine.url)
    assert run(elsewhere, others + "and pid <> pg_backend_pid()") == 2
    elsewhere.dispose()


@pytest.fixture
def pooled(engine):
    """An engine with two connections in its pool, both of them used just now."""
    with engine.connect(), engine.connect():
        pass
    return engine


def test_a_connection_is_asked_whether_it_is_one_only_after_a_pause(pooled, monkeypatch):
    asked = []
    monkeypatch.setattr(engines, "PAUSE", 60)
    monkeypatch.setattr(pooled.dialect, "do_ping", lambda _: asked.append("asked"))

    assert run(pooled) == 1
    assert not asked
    monkeypatch.setattr(engines, "PAUSE", 0)
    assert run(pooled) == 1
    assert asked == ["asked"]


def test_connections_that_the_server_closed_during_a_pause_cost_nobody_anything(pooled, monkeypatch):
    close_from_elsewhere(pooled)
    monkeypatch.setattr(engines, "PAUSE", 0)

    assert [run(pooled) for _ in range(3)] == [1, 1, 1]


def test_connections_that_it_closed_just_now_cost_one_statement_and_no_more(pooled, monkeypatch):
    monkeypatch.setattr(engines, "PAUSE", 60)
    close_from_elsewhere(pooled)

    with pytest.raises(OperationalError):
        run(pooled)
    assert [run(pooled) for _ in range(3)] == [1, 1, 1]
