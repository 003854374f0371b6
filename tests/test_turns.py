"""Requests in turn: none is lost, none waits for who takes long, and no more run at once than is good."""

import time
from runpy import run_module
from threading import Event, Lock
from threading import enumerate as enumerate_threads
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.turns import PATIENCE, Turns

SOON = 10  # seconds: far longer than anything here takes


def over(turns, jobs):
    """Do as the thread does that gives the jobs: look again and again until all are done."""
    until = time.monotonic() + SOON
    while not all(job.done() for job in jobs):
        assert time.monotonic() < until
        turns.pass_on()
        time.sleep(PATIENCE / 10)
    return [job.result() for job in jobs]


@given(
    lasting=st.lists(st.sampled_from([0, 0, 0, 0, PATIENCE * 1.5]), max_size=12),
    threads=st.integers(1, 4),
    at_once=st.integers(1, 4),
)
@settings(max_examples=25, deadline=None)
def test_everything_is_done_once_and_by_no_more_threads_than_allowed(lasting, threads, at_once):
    turns, began, running, most = Turns(threads, at_once), [], [0], [0]
    counting = Lock()

    def job(place, seconds):
        with counting:
            began.append(place)
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(seconds)
        with counting:
            running[0] -= 1
        return place

    jobs = [turns.submit(job, place, seconds=seconds) for place, seconds in enumerate(lasting)]

    assert over(turns, jobs) == list(range(len(lasting)))
    assert sorted(began) == list(range(len(lasting)))
    assert most[0] <= threads


def test_one_at_a_time_takes_what_waits_in_the_order_in_which_it_came(monkeypatch):
    monkeypatch.setattr("assessment.turns.PATIENCE", SOON)
    turns, began = Turns(8, 1), []
    jobs = [turns.submit(began.append, place) for place in range(100)]
    over(turns, jobs)

    assert began == list(range(100))


@pytest.mark.parametrize("at_once", [1, 2])
def test_while_nobody_takes_long_no_more_run_than_are_meant_to(monkeypatch, at_once):
    monkeypatch.setattr("assessment.turns.PATIENCE", SOON)
    turns, running, most = Turns(8, at_once), [], []

    def job():
        running.append(1)
        most.append(len(running))
        running.pop()

    over(turns, [turns.submit(job) for _ in range(2000)])

    assert max(most) <= at_once


@pytest.mark.parametrize("at_once", [1, 2])
def test_nobody_waits_for_those_who_take_long(at_once):
    turns, end = Turns(8, at_once), Event()
    long = [turns.submit(end.wait, SOON) for _ in range(7)]
    short = [turns.submit(lambda: "answered") for _ in range(20)]

    assert over(turns, short) == ["answered"] * 20
    assert not any(job.done() for job in long)
    end.set()
    assert all(over(turns, long))


def test_where_each_only_waits_for_something_elsewhere_all_threads_wait_at_once():
    turns, running, most = Turns(8, 1), [], []

    def job():
        running.append(1)
        most.append(len(running))
        time.sleep(PATIENCE * 1.5)
        running.pop()

    over(turns, [turns.submit(job) for _ in range(100)])

    assert max(most) == 8


def test_when_all_threads_take_long_the_next_has_its_turn_after_the_first_of_them():
    turns, ends = Turns(3, 1), [Event() for _ in range(3)]
    long = [turns.submit(end.wait, SOON) for end in ends]
    short = turns.submit(lambda: "answered")
    until = time.monotonic() + 6 * PATIENCE
    while time.monotonic() < until:
        turns.pass_on()
        time.sleep(PATIENCE / 10)

    assert not short.done()
    ends[1].set()
    assert over(turns, [short]) == ["answered"]
    for end in ends:
        end.set()
    over(turns, long)


def test_what_goes_wrong_is_told_to_who_asked_and_the_next_has_its_turn():
    turns = Turns(1, 1)
    wrong = turns.submit(int, "not a number")
    left = turns.submit(lambda: (_ for _ in ()).throw(SystemExit))

    assert over(turns, [turns.submit(lambda: "answered")]) == ["answered"]
    with pytest.raises(ValueError, match="not a number"):
        wrong.result()
    with pytest.raises(SystemExit):
        left.result()


def test_a_thread_that_has_lost_its_turn_ends_with_what_it_does():
    before = set(enumerate_threads())
    turns = Turns(8, 2)
    over(turns, [turns.submit(time.sleep, PATIENCE * 2) for _ in range(8)])
    over(turns, [turns.submit(time.sleep, 0) for _ in range(100)])
    until = time.monotonic() + SOON
    while len(set(enumerate_threads()) - before) > 2:
        assert time.monotonic() < until
        time.sleep(PATIENCE)


def test_nothing_of_what_was_done_is_held_while_nothing_is_done():
    class Given:
        pass

    turns, given = Turns(8, 1), Given()
    held = ref(given)
    over(turns, [turns.submit(id, given)])
    del given
    until = time.monotonic() + SOON
    while held():
        assert time.monotonic() < until
        time.sleep(PATIENCE)


@pytest.mark.parametrize(("database", "at_once"), [("", 1), ("sqlite:////visits", 1), ("postgresql://db/visits", 3)])
def test_three_are_answered_at_once_where_some_may_wait_for_another_machine(monkeypatch, tmp_path, database, at_once):
    (tmp_path / "database").write_text(database)
    for name, value in (("DATABASE_URL", database), ("DATABASE_URL_FILE", str(tmp_path / "database"))):
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv(name, value)

        assert run_module("assessment.worker")["AT_ONCE"] == at_once
