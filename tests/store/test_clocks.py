"""Visits end in time, whatever the clocks do."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.store.visits import IDLE, LONGEST, MINUTE, Visits
from tests.store.conftest import SERVER_KEY
from tests.store.test_visits import rows

HOURS_12 = int(LONGEST / MINUTE)


def test_a_visit_that_is_never_idle_ends_12_hours_after_it_began(visits, clock, engine):
    secret = visits.begin({})
    for _ in range(HOURS_12 - 1):
        clock.wait(minutes=1)
        assert visits.keep(secret, lambda content: {**content, "q": "yes"}) is not None
    clock.wait(minutes=1)

    assert visits.read(secret) is None
    assert rows(engine) == 0


def test_an_answer_that_comes_after_12_hours_is_not_kept(visits, clock, engine):
    secret = visits.begin({})
    for _ in range(24):
        assert visits.read(secret) == {}
        clock.wait(minutes=30)

    assert visits.keep(secret, lambda content: content) is None
    assert rows(engine) == 0


def test_a_visit_goes_on_that_an_older_version_of_the_app_began(visits, monkeypatch):
    monkeypatch.setattr("assessment.store.visits._written", lambda _content, _begun: b'{"old": "yes"}')
    secret = visits.begin({"old": "yes"})
    monkeypatch.undo()

    assert visits.keep(secret, lambda content: {**content, "new": "yes"}).content == {"old": "yes", "new": "yes"}
    assert visits.read(secret) == {"old": "yes", "new": "yes"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.timedeltas(timedelta(days=-3), timedelta(days=3)), min_size=1, max_size=4))
def test_however_a_clock_is_put_no_row_outlives_an_idle_time_of_steady_clock(engine, clock, steps):
    visits = Visits(engine, SERVER_KEY, clock=clock)
    secret = visits.begin({})
    for step in steps:
        clock.wait(seconds=step.total_seconds())
        visits.read(secret)
        visits.purge()
    clock.wait(seconds=IDLE.total_seconds())
    visits.purge()

    assert visits.read(secret) is None
    assert rows(engine) == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(back=st.timedeltas(timedelta(), timedelta(days=3)), waits=st.lists(st.integers(0, 44), max_size=6))
def test_a_clock_that_is_put_back_costs_nobody_their_answers(engine, clock, back, waits):
    visits = Visits(engine, SERVER_KEY, clock=clock)
    secret = visits.begin({"q": "yes"})
    clock.wait(seconds=-back.total_seconds())
    for minutes in waits:
        visits.purge()
        clock.wait(minutes=minutes)
        assert visits.read(secret) == {"q": "yes"}
    visits.forget(secret)


def test_machines_whose_clocks_are_a_minute_apart_do_not_write_at_every_click(visits, clock, engine):
    secret = visits.begin({})
    clock.wait(minutes=-1)
    before = _touched(engine)
    visits.read(secret)

    assert _touched(engine) == before


def _touched(engine):
    with engine.connect() as connection:
        return connection.exec_driver_sql("select touched from visits").scalar_one()
