"""Counts of a day, and what is told of them: nothing that could tell of fewer than 10 people."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from assessment.store.tables import TALLIES
from assessment.store.tallies import FEWEST, Tallies, Told

DAY = date(2026, 11, 30)
LATER = DAY + timedelta(days=1)


@pytest.fixture
def tallies(engine):
    return Tallies(engine)


def count(tallies, begun, completed, audience="self", day=DAY):
    for _ in range(begun):
        tallies.begun(day, audience)
    for _ in range(completed):
        tallies.completed(day, audience)


def test_each_day_and_audience_is_counted_by_itself_and_told_in_order(tallies):
    count(tallies, 30, 15)
    count(tallies, 25, 12, "family")
    count(tallies, 24, 11, day=DAY - timedelta(days=1))

    assert list(tallies.told(LATER)) == [
        Told(DAY - timedelta(days=1), "self", 24, 11),
        Told(DAY, "family", 25, 12),
        Told(DAY, "self", 30, 15),
    ]


def test_a_day_that_may_still_change_is_not_told(tallies):
    count(tallies, 30, 15)

    assert list(tallies.told(DAY)) == []


@pytest.mark.parametrize(
    ("begun", "completed", "told"),
    [
        (9, 0, (None, None)),
        (10, 0, (10, None)),
        (19, 10, (19, None)),  # 9 did not complete
        (20, 10, (20, 10)),
        (20, 11, (20, None)),
        (20, 20, (20, None)),  # that nobody stopped is told of nobody either
    ],
)
def test_what_could_tell_of_fewer_than_10_is_held_back(tallies, begun, completed, told):
    count(tallies, begun, completed)

    [row] = tallies.told(LATER)
    assert (row.begun, row.completed) == told


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(begun=st.integers(0, 60), share=st.floats(0, 1))
def test_no_number_under_10_can_be_worked_out(engine, begun, share):
    completed = round(begun * share)
    with engine.begin() as connection:
        connection.execute(delete(TALLIES))
        row = {"day": DAY, "audience": "self", "begun": begun, "completed": completed}
        connection.execute(TALLIES.insert(), row)

    [row] = Tallies(engine).told(LATER)

    told = [each for each in (row.begun, row.completed) if each is not None]
    assert all(each >= FEWEST for each in told)
    if row.completed is not None:
        assert row.begun - row.completed >= FEWEST


def test_none_of_80_counts_made_at_once_is_lost(tallies):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: tallies.begun(DAY, "self"), range(80)))

    [row] = tallies.told(LATER)
    assert row.begun == 80
