"""Conditions in words, as somebody with a pencil reads them: they say what the condition says, and no more."""

import pytest

from assessment.core.conditions import parse
from assessment.core.edition import inward
from assessment.core.instructions import in_words, instructions, listed, where
from assessment.core.readers import Reader
from tests.core.planting import SLEEP, Bed, texts_of

SLEEPER = [
    ("country is here", "you answered “Here” at question 1"),
    ("country is one of here, there", "you answered “Here” or “There” at question 1"),
    ("hours is not_sure", "you answered “I’m not sure” at question 3"),
    ("woken_by has noise", "you ticked “Noise” at question 4"),
    ("woken_by has any of noise, worry", "you ticked “Noise” or “Worry” at question 4"),
    ("woken_by has all of noise, worry", "you ticked “Noise” and “Worry” at question 4"),
    ("woken_by has none", "you ticked “Nothing woke me” at question 4"),
    (
        "woken_by has any of noise, worry, breath",
        "you ticked any box but “Nothing woke me” or “I’d rather not say” at question 4",
    ),
    ("hours answered", "you answered question 3"),
    ("hours >= 7", "your number at question 3 is 7 or more"),
    ("hours > 7", "your number at question 3 is more than 7"),
    ("hours <= 7", "your number at question 3 is 7 or less"),
    ("hours < 7", "your number at question 3 is less than 7"),
    ("hours = 7", "your number at question 3 is exactly 7"),
    ("rest_1 >= 1", "your answer to question 5 counts 1 or more"),
    ("rest >= 4", "the points of questions 5 to 7 add up to 4 or more"),
    ("always", "you are asked"),
]

DENIED = [
    ("not country is here", "you answered “There” at question 1"),
    ("not woken_by has noise", "you ticked only “Worry”, “Gasping for breath” or “Nothing woke me” at question 4"),
    ("not (woken_by has any of noise, worry, breath)", "you ticked only “Nothing woke me” at question 4"),
    (
        "not (woken_by has all of noise, worry)",
        "you answered question 4, and did not tick all of “Noise” and “Worry”",
    ),
    ("not hours answered", "you left question 3 blank, or would rather not say"),
    ("not hours is not_sure", "you gave a number at question 3"),
    ("not hours >= 7", "your number at question 3 is less than 7"),
    ("not hours > 7", "your number at question 3 is 7 or less"),
    ("not hours <= 7", "your number at question 3 is more than 7"),
    ("not hours < 7", "your number at question 3 is 7 or more"),
    ("not hours = 7", "your number at question 3 is other than 7"),
    ("not rest >= 4", "the points of questions 5 to 7 add up to less than 4"),
    ("not not country is here", "you answered “Here” at question 1"),
]

JOINED = [
    (
        "country is here and hours >= 7",
        "you answered “Here” at question 1, and your number at question 3 is 7 or more",
    ),
    (
        "country is here or hours >= 7",
        "you answered “Here” at question 1, or your number at question 3 is 7 or more",
    ),
    (
        "not (country is here or hours >= 7)",
        "you answered “There” at question 1, and your number at question 3 is less than 7",
    ),
    (
        "not (country is here and hours >= 7)",
        "you answered “There” at question 1, or your number at question 3 is less than 7",
    ),
    ("flag gasping", "you ticked “Gasping for breath” at question 4"),
]


@pytest.mark.parametrize(("condition", "words"), SLEEPER)
def test_a_statement_is_said_by_the_words_beside_the_boxes(sleep, condition, words):
    assert in_words(parse(condition), sleep) == words


@pytest.mark.parametrize(("condition", "words"), DENIED)
def test_the_opposite_of_a_statement_asks_for_an_answer_too(sleep, condition, words):
    assert in_words(parse(condition), sleep) == words


@pytest.mark.parametrize(("condition", "words"), JOINED)
def test_statements_are_joined_with_the_nots_drawn_in_and_the_flags_written_out(sleep, condition, words):
    assert in_words(parse(condition), sleep) == words


@pytest.mark.parametrize(
    ("method", "words"),
    [
        ("sum", "add up to 1 or more"),
        ("mean", "have a mean of 1 or more"),
        ("count", "are above 0 as often as 1 or more"),
        ("max", "have a highest of 1 or more"),
    ],
)
def test_points_are_counted_as_the_scale_counts_them(tmp_path, method, words):
    bed = Bed(SLEEP, texts_of(SLEEP))
    bed.texts["questions.yaml"] = bed.texts["questions.yaml"].replace("    score: sum", f"    score: {method}")
    edition = bed.check(tmp_path).editions[Reader("sleeper", "en")]

    assert in_words(parse("rest >= 1"), edition) == f"the points of questions 5 to 7 {words}"


def test_what_is_joined_in_two_ways_is_never_said_in_the_same_words(sleep):
    one = in_words(parse("country is here or years is young and hours >= 7"), sleep)
    other = in_words(parse("(country is here or years is young) and hours >= 7"), sleep)

    assert one != other
    assert one == (
        "one of these is so: (a) you answered “Here” at question 1; "
        "(b) you answered “Under 18” at question 2, and your number at question 3 is 7 or more"
    )


def test_anything_but_none_leaves_out_those_who_are_not_sure(checked_sleep):
    partner = checked_sleep.editions[Reader("partner", "en")]

    assert in_words(parse("woken_by has any of noise, breath"), partner) == (
        "you ticked any box but “Nothing that I saw”, “I don’t know” or “I’d rather not say” at question 4"
    )


def test_a_question_says_when_it_is_answered_and_when_it_is_skipped(sleep, checked_sleep):
    partner = checked_sleep.editions[Reader("partner", "en")]

    assert instructions(sleep.by_id["country"], sleep) == ()
    assert instructions(sleep.by_id["woken_by"], sleep) == ("Skip this if your number at question 3 is 10 or more.",)
    assert [each[:12] for each in instructions(partner.by_id["how_often"], partner)] == ["Only if you "]


def test_an_item_is_skipped_with_its_scale_or_by_itself(edition):
    assert instructions(edition.by_id["audit_c_2"], edition) == (
        f"Skip this if you answered “Never” at {where('audit_c_1', edition)}.",
    )
    assert instructions(edition.by_id["sds_1"], edition) == instructions(edition.by_id["sds_5"], edition) != ()


def test_a_question_is_found_by_its_number_and_a_scale_by_its_first_and_last(sleep):
    assert (where("country", sleep), where("rest", sleep)) == ("question 1", "questions 5 to 7")


@pytest.mark.parametrize(("words", "said"), [(["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")])
def test_words_are_listed_as_in_a_sentence(words, said):
    assert listed(words, "or") == said


@pytest.mark.parametrize("audience", ["self", "family", "clinician"])
def test_whatever_a_questionnaire_asks_or_flags_can_be_said_and_denied_in_words(checked, audience):
    edition = checked.editions[Reader(audience, "en")]
    gates = [gate for question in edition.questions for gate in question.gates]
    conditions = [each for gate in gates for each in (gate.when, gate.unless) if each is not None]
    for condition in [*conditions, *(flag.when for flag in edition.flags.values())]:
        for said in (condition, inward(condition, edition, opposite=True)):
            assert "question" in in_words(said, edition)
