"""What is an answer, and what is not. Nothing is guessed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.answers import Refusal, is_known, read, read_all, written_down


@pytest.mark.parametrize(
    ("question", "raw", "answer"),
    [
        ("country", "here", ("here",)),
        ("country", "declined", ("declined",)),
        ("hours", 8, 8),
        ("hours", "not_sure", ("not_sure",)),
        ("hours", "declined", ("declined",)),
        ("woken_by", ["worry", "noise"], ("noise", "worry")),
        ("woken_by", ["noise", "noise"], ("noise",)),
        ("woken_by", "none", ("none",)),
        ("woken_by", ["declined"], ("declined",)),
        ("rest_1", "often", ("often",)),
        ("rest_1", 2, ("often",)),
        ("rest_2", 2, ("often",)),
    ],
)
def test_what_is_an_answer(sleep, question, raw, answer):
    assert read(sleep.by_id[question], raw) == answer


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        ("country", "hear"),
        ("country", ["here", "there"]),
        ("country", 0),
        ("country", "not_sure"),
        ("country", ""),
        ("country", {"here": True}),
        ("hours", 25),
        ("hours", -1),
        ("hours", 8.0),
        ("hours", "8"),
        ("hours", True),
        ("hours", [8]),
        ("woken_by", []),
        ("woken_by", ["noise", "none"]),
        ("woken_by", ["noise", "declined"]),
        ("woken_by", ["noise", 1]),
        ("rest_1", 3),
        ("rest_1", True),
        ("rest_1", 1.0),
        ("rest_1", "1"),
        ("rest_1", "not_sure"),
    ],
)
def test_what_is_no_answer_is_refused_in_words(sleep, question, raw):
    refused = read(sleep.by_id[question], raw)

    assert isinstance(refused, Refusal)
    assert refused.detail


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_whatever_is_sent_is_an_answer_or_a_refusal(sleep, raw):
    for question in sleep.questions:
        result = read(question, raw)
        assert isinstance(result, Refusal) or is_known(result) or result == ("declined",)


def test_points_that_two_options_share_name_neither(sleep):
    item = sleep.by_id["rest_1"]
    twins = replace(item, options=tuple(replace(choice, points=1) for choice in item.options))

    assert isinstance(read(twins, 1), Refusal)


def test_all_are_read_and_every_refusal_is_named(sleep):
    answers, refusals = read_all(sleep, {"country": "here", "years": None, "rest_1": 9, "nowhere": 1})

    assert answers == {"country": ("here",)}
    assert set(refusals) == {"rest_1", "nowhere"}


def test_an_answer_is_written_down_in_the_questions_words(sleep):
    hours, woken_by = sleep.by_id["hours"], sleep.by_id["woken_by"]

    assert written_down(hours, 8) == "8 hours"
    assert written_down(hours, ("not_sure",)) == "I’m not sure"
    assert written_down(woken_by, ("noise", "worry")) == "Noise; Worry"
    assert written_down(woken_by, ("declined",)) == "I’d rather not say"
    assert written_down(woken_by, None) == "Not answered"
