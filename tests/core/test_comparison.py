"""Then and today: what changed, as far as it is known, and what a change of that size means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.answers import read_all
from assessment.core.comparison import Comparison
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from tests.core.people import people

MOOD = [f"phq9_{n}" for n in range(1, 10)]


def moods(*points):
    return dict(zip(MOOD, points, strict=True))


def compared(edition, then, today):
    read = [read_all(edition, each) for each in (then, today)]
    assert not any(refusals for _, refusals in read)
    return Comparison(*(assess(Journey(edition, answers)) for answers, _ in read))


def mood(comparison):
    return next(each for each in comparison.changes if each.now.instrument.id == "phq9")


@pytest.mark.parametrize(
    ("then", "today", "apart", "reliable"),
    [
        (moods(1, 1, 1, 1, 1, 0, 0, 0, 0), moods(2, 2, 2, 2, 2, 1, 0, 0, 0), 6, True),
        (moods(1, 1, 1, 1, 1, 0, 0, 0, 0), moods(2, 2, 2, 2, 2, 0, 0, 0, 0), 5, False),
        (moods(2, 2, 2, 2, 2, 1, 0, 0, 0), moods(1, 1, 1, 1, 1, 0, 0, 0, 0), -6, True),
        (moods(2, 2, 2, 2, 2, 0, 0, 0, 0), moods(1, 1, 1, 1, 1, 0, 0, 0, 0), -5, False),
        (moods(1, 1, 1, 1, 1, 0, 0, 0, 0), moods(0, 0, 0, 0, 1, 1, 1, 1, 1), 0, False),
    ],
    ids=["6 higher", "5 higher", "6 lower", "5 lower", "the same by other answers"],
)
def test_a_change_counts_from_the_published_number_of_points_on(edition, then, today, apart, reliable):
    change = mood(compared(edition, then, today))

    assert change.settled
    assert change.least == change.most == apart
    assert change.reliable is reliable


def test_with_an_answer_missing_the_change_is_a_range_and_nothing_is_claimed(edition):
    change = mood(compared(edition, moods(1, 1, 1, 1, 1, 0, 0, 0, "declined"), moods(2, 2, 2, 2, 2, 0, 0, 0, 0)))

    assert (change.least, change.most) == (2, 5)
    assert not change.settled
    assert change.reliable is False  # even the most is less than 6

    change = mood(compared(edition, moods(1, 1, 1, 1, 1, 0, 0, 0, 0), moods(2, 2, 2, 2, 2, 0, 0, 0, "declined")))

    assert (change.least, change.most) == (5, 8)
    assert change.reliable is None


def test_for_who_the_ranges_are_not_made_the_published_figure_is_not_either(edition):
    change = mood(compared(edition, moods(*[0] * 9), {"age": "16_17", **moods(3, 3, 3, 3, 0, 0, 0, 0, 0)}))

    assert change.least == 12
    assert not change.for_this_reader
    assert change.reliable is None


def test_a_figure_for_adults_is_not_used_for_who_was_no_adult_then(edition):
    change = mood(compared(edition, {"age": "16_17", **moods(*[0] * 9)}, {"age": "18_24", **moods(*[2] * 9)}))

    assert change.reliable is None


def test_a_total_that_is_estimated_is_not_taken_for_one_that_was_answered(sleep):
    scale = next(items for items in sleep.instruments.values() if not isinstance(items[0].instrument.missing, str))
    full = {item.id: item.options[1].id for item in scale}
    changes = compared(sleep, full, full | {scale[0].id: "declined"}).changes
    change = next(each for each in changes if each.now.instrument is scale[0].instrument)

    assert change.now.total is not None
    assert not change.settled


def test_a_scale_without_a_published_figure_claims_nothing(edition):
    sober, daily = {"audit_c_1": 0}, {"audit_c_1": 4, "audit_c_2": 4, "audit_c_3": 4}
    (change,) = compared(edition, sober, daily).changes

    assert change.settled
    assert change.reliable is None


def test_a_scale_with_no_answer_at_all_on_one_of_the_days_is_named_and_not_compared(edition):
    comparison = compared(edition, moods(*[1] * 9), moods(*["declined"] * 9))

    assert not comparison.changes
    assert comparison.once == ("Low mood",)


def test_warning_signs_are_told_apart_by_when_they_were_told(edition):
    thoughts, blood = moods(0, 0, 0, 0, 0, 0, 0, 0, 1), {"bladder": ["blood"]}
    comparison = compared(edition, thoughts, {**thoughts, **blood})

    assert "suicidal_thoughts" in {flag.id for flag in comparison.both_times}
    assert comparison.new
    assert not comparison.not_today
    back = compared(edition, {**thoughts, **blood}, thoughts)
    assert back.not_today == comparison.new


SOME = st.lists(st.sampled_from([0, 1, 2, 3, "declined"]), min_size=9, max_size=9)
FULL = st.lists(st.integers(0, 3), min_size=9, max_size=9)


@given(SOME, SOME, FULL)
def test_whoever_answers_what_was_left_out_ends_up_within_what_was_said(edition, then, today, later):
    filled = [after if each == "declined" else each for each, after in zip(today, later, strict=True)]
    if {"declined"} in (set(then), set(today)):
        return
    open_ = mood(compared(edition, moods(*then), moods(*today)))
    closed = mood(compared(edition, moods(*then), moods(*filled)))

    assert open_.least <= closed.least <= closed.most <= open_.most
    if open_.reliable is not None:
        assert closed.reliable is open_.reliable


@given(st.data())
def test_nothing_changed_for_who_answers_alike(edition, data):
    answers = data.draw(people(edition))
    outcome = assess(Journey(edition, answers))
    comparison = Comparison(outcome, outcome)

    assert not comparison.new
    assert not comparison.not_today
    assert not any(change.reliable for change in comparison.changes)
    assert all(change.most == -change.least for change in comparison.changes)
