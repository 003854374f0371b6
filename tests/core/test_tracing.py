"""A trace tells a person's way as the engine goes it: nothing else is asked, and every skip has its reason."""

from hypothesis import given
from hypothesis import strategies as st

from assessment.core.answers import read_all
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.tracing import trace
from tests.core.people import people


def traced(edition, **raw):
    answers, refusals = read_all(edition, raw)
    assert not refusals
    return {step.question.id: step for step in trace(Journey(edition, answers))}


@given(data=st.data())
def test_every_question_is_told_once_and_as_the_journey_has_it(edition, data):
    journey = Journey(edition, data.draw(people(edition)))
    steps = list(trace(journey))

    assert [step.question for step in steps] == list(edition.questions)
    assert {step.question.id for step in steps if step.answer is not None} == set(journey.known.answers)
    assert all(step.why for step in steps if step.answer is None)


@given(data=st.data())
def test_every_sign_and_every_page_is_told_where_it_comes_up(edition, data):
    journey = Journey(edition, data.draw(people(edition)))
    steps = list(trace(journey))

    assert {flag.id for step in steps for flag in step.flags} == {flag.id for flag in assess(journey).flags}
    assert [page for step in steps for page in step.met] == list(journey.met)


def test_a_score_grows_answer_by_answer(edition):
    steps = traced(edition, phq9_1=3, phq9_2=1)

    assert [(steps[f"phq9_{n}"].score.low, steps[f"phq9_{n}"].score.high) for n in (1, 2)] == [(3, 27), (4, 25)]


def test_a_question_is_asked_because_of_an_answer_and_skipped_because_of_one(edition):
    steps = traced(edition, bladder=["blood"], ketamine_use="never")

    assert steps["antibiotics"].why == ("blood in your pee",)
    assert steps["last_used"].answer is None
    assert steps["last_used"].why[0].startswith("skipped if you answered “I have never taken ketamine”")
    assert steps["last_used"].why[0].endswith("you’ve never taken ketamine")


def test_what_is_not_known_is_no_ground_to_ask(edition):
    assert traced(edition, bladder="declined")["antibiotics"].why[0].endswith("it is not known")
