"""What we export we read back: the same questions, options, points and sums; what could not be carried is listed."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.answers import DECLINED
from assessment.core.checks import check
from assessment.core.edition import Edition, Question
from assessment.core.journey import Journey
from assessment.documents.fhir.importing.files import shaped
from assessment.documents.fhir.importing.questionnaire import imported
from assessment.documents.fhir.importing.shapes import Resource, walk
from assessment.documents.fhir.questionnaire import questionnaire
from tests.core.people import people
from tests.core.planting import SHIPPED, SLEEP, TODAY
from tests.documents.brought_in import asked_of

EDITIONS = {
    f"{path.parent.name} {reader}": edition
    for path in (SHIPPED, SLEEP)
    for reader, edition in check(path, TODAY).editions.items()
}


@pytest.fixture(params=EDITIONS, scope="module")
def both(request, tmp_path_factory):
    """An edition, what its export became, and what was said about it."""
    ours = EDITIONS[request.param]
    resource = json.loads(json.dumps(questionnaire(ours)))
    found = imported(resource)
    back, faults = asked_of(found, tmp_path_factory.mktemp("back"))
    links = {node.item.link_id for node in walk(shaped(Resource, resource).item)}
    given = [question for question in ours.questions if question.id in links]
    assert given
    return ours, Back(back, list(zip(given, back.questions[2:], strict=True))), found, faults


@dataclass
class Back:
    """An edition that came back, and each question of ours in it, after the two that every import adds."""

    edition: Edition
    questions: list[tuple[Question, Question]]


def test_every_question_comes_back_with_its_answers_and_points(both):
    _, back, _, _ = both
    for was, now in back.questions:
        assert now.ask == was.ask.replace("\n", " ").strip() or was.ask.split() == now.ask.split()
        assert [choice.text for choice in now.options] == [choice.text for choice in was.options]
        assert [choice.loinc for choice in now.options] == [choice.loinc for choice in was.options]
        assert [choice.alone for choice in now.options] == [choice.alone for choice in was.options]
        assert (now.several, now.stem) == (was.several, was.stem)
        assert (now.number and (now.number.min, now.number.max)) == (was.number and (was.number.min, was.number.max))
        if was.item:
            points = [was.points(choice.id) for choice in was.options]
            assert [now.points(choice.id) for choice in now.options] == points
            assert now.item.loinc == was.item.loinc


def test_an_author_has_only_to_write_what_follows(both):
    *_, faults = both

    assert [fault.message for fault in faults if not fault.warning] == [
        "the audience “person” is asked, and told nothing"
    ]


@given(data=st.data())
@settings(max_examples=15)
def test_sums_are_the_same_for_everyone_and_never_known_where_ours_are_not(both, data):
    ours, back, _, _ = both
    answers = data.draw(people(ours))
    names = {was.id: (was, now) for was, now in back.questions}
    asked = Journey(ours, answers)
    given = {id: each for id, each in asked.known.answers.items() if id in names and each is not None}
    same = {names[id][1].id: _there(*names[id], each) for id, each in given.items()}
    then = {score.instrument.items[0].id: score for score in Journey(back.edition, same).scores()}
    for score in asked.scores():
        first = names[score.instrument.items[0].id][1].id
        plain = score.instrument.score == "sum" and not any(item.unless for item in score.instrument.items)
        if plain and score.complete:
            assert then[first].total == score.total
        elif not score.complete:
            assert then[first].total is None


def _there(was, now, answer):
    """An answer in the ids that its options came back with."""
    if isinstance(answer, int) or answer == (DECLINED,):
        return answer
    ids = dict(zip(was.choices, now.choices, strict=True))
    return tuple(ids.get(id, id) for id in answer)


def test_every_condition_and_every_page_is_carried_or_listed(both):
    ours, back, found, _ = both
    said = {left.where for left in found.not_carried}
    for was, now in back.questions:
        gated = any(gate.when or gate.unless for gate in was.gates)
        carried = any(gate.when or gate.unless for gate in now.gates)
        owner = was.instrument.id if was.instrument else was.id
        assert not gated or carried or {was.id, owner} & said
    for interrupt in ours.document.interrupts:
        assert f"page.{interrupt.id}" in said
