"""Several questions on a page, answers that are keyed in, and what is asked on the outcome page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.answers import DECLINED
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.readers import Reader
from tests.core.people import people

NIGHT = {"country": ("here",), "years": ("grown",), "hours": 8, "woken_by": ("none",)}
RESTED = {"rest_1": ("often",), "rest_2": ("never",), "rest_3": ("often",)}


@pytest.fixture(scope="session")
def partner(checked_sleep):
    return checked_sleep.editions[Reader("partner", "en")]


@pytest.fixture(scope="session")
def nurse(checked_sleep):
    return checked_sleep.editions[Reader("nurse", "en")]


def page(journey, section):
    return [question.id for question in journey.page(journey.edition.sections[section])]


def test_the_questions_of_a_section_stand_together_where_it_says_so(partner, sleep):
    assert [id for id, section in partner.sections.items() if partner.on_one_page(section)] == ["their_night"]
    assert not any(map(sleep.on_one_page, sleep.sections.values()))


def test_whoever_keys_in_has_every_section_on_a_page(nurse):
    assert nurse.keyed
    assert all(map(nurse.on_one_page, nurse.sections.values()))


@pytest.mark.parametrize("hours", [None, 8, 11, (DECLINED,)])
def test_a_question_that_rests_on_another_of_its_page_stands_there_whatever_the_other_says(partner, hours):
    answers = {} if hours is None else {"hours": hours}

    assert page(Journey(partner, answers), "their_night") == ["hours", "woken_by", "how_often"]


def test_a_question_that_rests_on_an_earlier_page_stands_there_only_if_it_may_come_up(nurse):
    assert page(Journey(nurse, NIGHT), "scale") == ["rest_1", "rest_2", "rest_3"]
    assert page(Journey(nurse, {}), "scale") == ["rest_1", "rest_2", "rest_3"]
    assert page(Journey(nurse, NIGHT | {"woken_by": ("breath",)}), "scale") == []


def test_a_question_that_rests_on_two_pages_needs_what_the_earlier_one_says(checked):
    clinician = checked.editions[Reader("clinician", "en")]
    never = Journey(clinician, {"ketamine_use": ("never",)})

    assert page(never, "want") == ["help_wanted"]
    assert "since_stopping" in page(never, "ketamine")
    assert "mixing" not in page(never, "others")
    assert {"antibiotics", "urine_test"} <= set(page(never, "body"))


@pytest.mark.parametrize("audience", ["self", "family", "clinician"])
@given(data=st.data())
def test_every_question_on_the_way_stands_on_the_page_of_its_section(checked, audience, data):
    edition = checked.editions[Reader(audience, "en")]
    journey = Journey(edition, data.draw(people(edition)))
    pages = [question for section in edition.sections.values() for question in journey.page(section)]

    assert {question.id for question in journey.questions} <= {question.id for question in pages}
    assert pages == [question for question in edition.questions if question in pages]


def test_no_question_is_open_to_whoever_keys_in_and_each_can_be_met(nurse, sleep):
    assert Journey(nurse, {}).first_open is None
    assert Journey(sleep, {}).first_open.id == "country"
    assert Journey(nurse, {}).question("rest_3").id == "rest_3"
    assert Journey(sleep, {}).question("rest_3") is None


def test_what_was_left_blank_is_unanswered_and_no_answer_at_all(nurse):
    journey = Journey(nurse, {"hours": 8})

    assert journey.known.answers["country"] is None
    assert "country" in journey.unanswered


def test_what_is_asked_on_the_outcome_page_is_not_met_on_the_way(sleep):
    journey = Journey(sleep, NIGHT | RESTED)

    assert [question.id for question in journey.afterwards] == ["feels"]
    assert "feels" not in [step.id for step in journey.steps]
    assert journey.question("feels") is None
    assert journey.first_open is None
    assert journey.after(journey.questions[-1]) is None


def test_what_is_asked_on_the_outcome_page_is_never_missed_and_counts_once_it_is_answered(sleep):
    before, after = (assess(Journey(sleep, NIGHT | RESTED | more)) for more in ({}, {"feels": ("sooner",)}))

    assert before.unanswered == after.unanswered == ()
    assert "sooner" not in [advice.guidance.id for advice in before.advice]
    assert after.advice[0].guidance.id == "sooner"
    assert after.advice[0].because == ("you want it sooner",)


@given(data=st.data())
def test_to_say_that_it_does_not_fit_takes_no_advice_away(edition, data):
    answers = data.draw(people(edition))
    without = {id: each for id, each in answers.items() if not edition.by_id[id].section.afterwards}
    told, kept = (
        {advice.guidance.id for advice in assess(Journey(edition, each)).advice if not advice.guidance.tone}
        for each in (answers, without)
    )

    assert kept <= told


def test_answers_that_are_no_longer_on_the_way_are_left_behind_and_named(sleep):
    journey = Journey(sleep, NIGHT | RESTED | {"woken_by": ("breath",), "feels": ("fits",)})

    assert [question.id for question in journey.left_behind] == ["rest_1", "rest_2", "rest_3"]
    assert Journey(sleep, NIGHT | RESTED | {"feels": ("fits",)}).left_behind == ()


def test_an_answer_is_either_known_or_left_behind(sleep):
    journey = Journey(sleep, NIGHT | RESTED | {"hours": 11})

    assert "woken_by" not in journey.known.answers
    assert [question.id for question in journey.left_behind] == ["woken_by"]
