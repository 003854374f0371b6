"""The steps a person meets: computed from the answers, and nothing but the answers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.answers import DECLINED
from assessment.core.definition import Interrupt
from assessment.core.journey import Journey, Known
from assessment.core.outcome import assess, plain
from tests.core.people import answers_to, people

ASLEEP = {"country": ("here",), "years": ("grown",), "hours": 8, "woken_by": ("none",)}
RESTED = {"rest_1": ("often",), "rest_2": ("never",), "rest_3": ("often",)}


def ids(journey):
    return [step.id for step in journey.steps]


def test_questions_are_met_in_the_order_of_the_file(sleep):
    journey = Journey(sleep, ASLEEP | RESTED)

    assert ids(journey) == ["country", "years", "hours", "woken_by", "rest_1", "rest_2", "rest_3"]


def test_what_is_not_answered_does_not_stop_the_walk(sleep):
    assert ids(Journey(sleep, {})) == ["country", "years", "hours", "woken_by", "rest_1", "rest_2", "rest_3"]


def test_a_question_is_left_out_only_if_it_is_known_not_to_apply(sleep):
    assert "woken_by" not in ids(Journey(sleep, ASLEEP | {"hours": 10}))
    assert "woken_by" in ids(Journey(sleep, ASLEEP | {"hours": (DECLINED,)}))


def test_an_interrupt_comes_right_after_the_answer_that_calls_for_it(sleep):
    journey = Journey(sleep, ASLEEP | {"woken_by": ("breath",)})

    assert ids(journey) == ["country", "years", "hours", "woken_by", "breath_page"]
    assert [interrupt.id for interrupt in journey.met] == ["breath_page"]
    assert journey.after(journey.question("woken_by")) is journey.met[0]
    assert journey.after(journey.met[0]) is None


def test_the_step_before_an_interrupt_or_after_it_is_a_question(sleep):
    journey = Journey(sleep, ASLEEP | {"woken_by": ("breath",)})

    assert journey.before(journey.met[0]).id == "woken_by"
    assert journey.before(journey.question("country")) is None


def test_the_first_open_question_is_the_first_without_any_answer(sleep):
    assert Journey(sleep, {}).first_open.id == "country"
    assert Journey(sleep, {"country": (DECLINED,)}).first_open.id == "years"
    assert Journey(sleep, ASLEEP | RESTED).first_open is None


def test_a_question_beyond_the_first_open_one_cannot_be_reached(sleep):
    journey = Journey(sleep, {"country": ("here",)})

    assert journey.question("country").id == "country"
    assert journey.question("years").id == "years"
    assert journey.question("hours") is None
    assert journey.question("nowhere") is None


def test_declined_and_left_out_are_unanswered_and_not_sure_is_an_answer(sleep):
    journey = Journey(sleep, ASLEEP | {"country": (DECLINED,), "hours": ("not_sure",), "rest_1": ("often",)})

    assert journey.unanswered == ("country", "rest_2", "rest_3")


def test_answers_left_behind_count_nowhere(sleep):
    went_back = Journey(sleep, ASLEEP | RESTED | {"woken_by": ("breath",)})
    never_there = Journey(sleep, ASLEEP | {"woken_by": ("breath",)})

    assert not went_back.scores()
    assert plain(assess(went_back)) == plain(assess(never_there))


def test_an_item_that_is_rightly_skipped_counts_what_the_instrument_says(edition):
    journey = Journey(edition, {"audit_c_1": ("never",)})
    score = next(score for score in journey.scores() if score.instrument.id == "audit_c")

    assert (score.total, score.complete) == (0, True)


def test_an_item_that_may_have_to_be_asked_counts_nothing_yet(edition):
    journey = Journey(edition, {"audit_c_1": (DECLINED,)})
    score = next(score for score in journey.scores() if score.instrument.id == "audit_c")

    assert (score.total, score.low, score.high) == (None, 0, 12)


@pytest.mark.parametrize("name", ["edition", "sleep"])
@given(data=st.data())
def test_whether_a_question_may_be_met_does_not_depend_on_its_own_answer(request, name, data):
    edition = request.getfixturevalue(name)
    place = data.draw(st.integers(0, len(edition.questions) - 1))
    question, before = edition.questions[place], edition.questions[:place]
    answered = st.fixed_dictionaries({each.id: answers_to(each) for each in before})
    answers = data.draw(answered | people(edition))
    changed = data.draw(answers_to(question))

    met = Journey(edition, answers).question(question.id)
    assert Journey(edition, answers | {question.id: changed}).question(question.id) is met


@pytest.mark.parametrize("name", ["edition", "sleep"])
@given(data=st.data())
def test_the_same_answers_make_the_same_journey_and_every_step_comes_once(request, name, data):
    edition = request.getfixturevalue(name)
    answers = data.draw(people(edition))
    journey = Journey(edition, answers)

    assert ids(journey) == ids(Journey(edition, answers))
    assert len(set(ids(journey))) == len(ids(journey))


@given(data=st.data())
def test_answers_off_the_way_never_change_what_follows(edition, data):
    answers = data.draw(people(edition))
    met = Journey(edition, answers).known.answers
    kept = {id: answer for id, answer in answers.items() if id in met}

    assert plain(assess(Journey(edition, answers))) == plain(assess(Journey(edition, kept)))


@pytest.mark.parametrize("name", ["sleep", "edition"])
@given(data=st.data())
def test_every_question_is_on_the_way_whose_gates_open_when_it_is_reached(request, name, data):
    edition = request.getfixturevalue(name)
    answers = data.draw(people(edition))
    known = Known(edition)
    for question in edition.questions:
        if all(gate.opens(known) for gate in question.gates):
            known.learn(question.id, answers.get(question.id))

    assert Journey(edition, answers).known.answers == known.answers


@given(data=st.data())
def test_every_interrupt_stands_right_behind_its_question(edition, data):
    journey = Journey(edition, data.draw(people(edition)))
    for place, step in enumerate(journey.steps):
        if isinstance(step, Interrupt):
            before = next(each for each in reversed(journey.steps[:place]) if not isinstance(each, Interrupt))
            assert before.id == step.after
