import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.answers import Refusal, read
from assessment.core.differences import Both, retold, reworded, told
from assessment.core.edition import edition
from assessment.core.journey import Journey
from assessment.core.loading import load
from tests.core.people import people
from tests.core.planting import SLEEP

WOKEN = "        unless: hours >= 10\n        choose: several\n        options:\n          noise: {text: Noise"

EDITS = {
    "a threshold": ("advice.yaml", "when: rest >= 4", "when: rest >= 5"),
    "an urgency": ("advice.yaml", "urgency: soon", "urgency: today"),
    "what stops it": ("advice.yaml", "    unless: flag gasping\n", ""),
    "a page": (
        "advice.yaml",
        "after: woken_by\n    when: flag gasping",
        "after: woken_by\n    when: woken_by has noise",
    ),
    "where a service is": ("advice.yaml", "nations: [here]", "nations: [there]"),
    "a guidance gone": ("advice.yaml", "for: [sleeper]\n    when: rest >= 4", "for: [nurse]\n    when: rest >= 4"),
    "when it is asked": ("questions.yaml", WOKEN, WOKEN.replace("unless: hours >= 10", "when: years is grown")),
    "several become one": ("questions.yaml", WOKEN, WOKEN.replace("        choose: several\n", "")),
    "an option more": (
        "questions.yaml",
        WOKEN,
        WOKEN.replace("noise:", "pain: {text: P, text_cy: P}\n          noise:"),
    ),
    "an option gone": ("questions.yaml", "          worry: {text: Worry, text_cy: Pryder}\n", ""),
    "an answer alone": (
        "questions.yaml",
        "worry: {text: Worry, text_cy: Pryder}",
        "worry: {text: W, text_cy: P, alone: true}",
    ),
    "points": ("questions.yaml", "text_cy: Yn aml, points: 2", "text_cy: Yn aml, points: 3"),
    "an item turned round": ("questions.yaml", ", reversed: true", ""),
    "fewer hours": ("questions.yaml", "max: 24, unit: hours", "max: 8, unit: hours"),
    "sure of the hours": ("questions.yaml", "unit_cy: oriau}\n        not_sure: true\n", "unit_cy: oriau}\n"),
}


def read_as(questionnaire, audience="sleeper"):
    loaded = load(questionnaire)
    assert not loaded.faults
    told_to = next(each for each in loaded.told if each.reader.audience == audience)
    return edition(told_to.document, told_to.reader, loaded.version)


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """Return a night's questionnaire in which one piece of text stands in place of another."""

    def edited(name, old, new, audience="sleeper"):
        folder = tmp_path_factory.mktemp("edited") / "sleep"
        shutil.copytree(SLEEP.parent, folder)
        file = folder / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{name} no longer has “{old}”: mend this test"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return read_as(folder / SLEEP.name, audience)

    return edited


@pytest.fixture(scope="module", params=EDITS, ids=lambda name: name.replace(" ", "_"))
def both(request, edited):
    return Both(read_as(SLEEP), edited(*EDITS[request.param]))


@pytest.fixture(scope="module")
def changes(both):
    return list(both.changes())


def taken_by(edition, answers):
    """The answers that an edition takes as well."""
    raw = {id: list(each) if isinstance(each, tuple) else each for id, each in answers.items()}
    return {id: each for id, each in answers.items() if not isinstance(read(edition.by_id[id], raw[id]), Refusal)}


def advised(edition, answers):
    return {each for each in told(Journey(edition, answers)) if each[0] != "score"}


def test_every_person_who_is_found_is_told_otherwise_by_the_engine_too(both, changes):
    for change in changes:
        was = change.thing in advised(both.old, change.person.old)
        now = change.thing in advised(both.new, change.person.new)

        assert (was, now) == (not change.gained, change.gained)


def test_a_person_who_is_found_answers_alike_wherever_both_editions_take_the_answer(both, changes):
    for change in changes:
        old, new = change.person.old, change.person.new
        for id in old.keys() & new.keys():
            if taken_by(both.new, {id: old[id]}) and taken_by(both.old, {id: new[id]}):
                assert set_of(old[id]) == set_of(new[id])


def set_of(answer):
    return answer if isinstance(answer, int) else set(answer)


@settings(max_examples=60)
@given(data=st.data())
def test_whoever_is_told_otherwise_by_the_engine_is_told_something_that_was_found(both, changes, data):
    found = {(change.thing, change.gained) for change in changes}
    answers = taken_by(both.new, data.draw(people(both.old)))
    was, now = advised(both.old, answers), advised(both.new, answers)

    assert {(each, True) for each in now - was} | {(each, False) for each in was - now} <= found


@pytest.mark.parametrize("audience", ["sleeper", "partner", "nurse"])
def test_nobody_is_told_otherwise_by_the_same_questionnaire(audience):
    same = Both(read_as(SLEEP, audience), read_as(SLEEP, audience))

    assert list(same.changes()) == []
    assert (same.added, same.removed, same.answered_otherwise) == ((), (), ())
    assert list(retold(same.old, same.new)) == []
    assert list(reworded(same.old, same.new)) == []


def test_a_change_that_concerns_one_audience_concerns_no_other(edited):
    for audience, concerned in (("sleeper", True), ("partner", False), ("nurse", False)):
        both = Both(read_as(SLEEP, audience), edited(*EDITS["a threshold"], audience))

        assert bool(list(both.changes())) == concerned


def test_a_person_gives_as_few_answers_as_can_be_left(edited):
    both = Both(read_as(SLEEP), edited(*EDITS["a threshold"]))
    change = next(both.changes())

    assert change.thing == ("guidance", "wind_down [soon]")
    assert not change.gained
    assert change.person.old == change.person.new == {"rest_3": ("often",)}


def test_an_urgency_that_is_another_makes_another_guidance(edited):
    both = Both(read_as(SLEEP), edited(*EDITS["an urgency"]))
    found = {(change.thing, change.gained) for change in both.changes()}

    assert (("guidance", "wind_down [soon]"), False) in found
    assert (("guidance", "wind_down [today]"), True) in found


def test_questions_that_came_went_or_take_other_answers_are_named(edited):
    old = read_as(SLEEP)
    new = edited("questions.yaml", "      - id: years\n", "      - id: how_old\n")
    narrower = edited(*EDITS["fewer hours"])

    assert Both(old, narrower).answered_otherwise == ("hours",)
    assert (Both(old, new).removed, Both(old, new).added) == (("years",), ("how_old",))


def test_other_words_are_named_and_concern_no_person(edited):
    for name, old, new, expected in (
        ("advice.yaml", "title: About sleep", "title: On sleep", ("guidance", "about_sleep", ("title",))),
        ("questions.yaml", "text: Worry,", "text: Worries,", ("question", "woken_by", ("worry",))),
        ("advice.yaml", 'to: "000111"', 'to: "000112"', ("service", "listener", ("contact",))),
    ):
        both = Both(read_as(SLEEP), edited(name, old, new))

        assert list(reworded(both.old, both.new)) == [expected]
        assert list(both.changes()) == []


def test_an_invented_person_who_is_told_otherwise_is_named_with_what(edited):
    person = "{id: dozes, story: Dozes., audience: sleeper, answers: {rest_3: often, gone: 1}, must: {}}"
    old = edited("advice.yaml", "flags:", f"vignettes:\n  - {person}\nflags:")
    new = edited(*EDITS["a threshold"])

    for editions, gained in (((old, new), False), ((new, old), True)):
        (found,) = retold(*editions)
        calmer = (("highest urgency", "any_time"),)
        wind_down = (("guidance", "wind_down [soon]"), ("highest urgency", "soon"))
        assert (found.id, found.unread) == ("dozes", ("gone",))
        assert (found.gained, found.lost) == ((wind_down, calmer) if gained else (calmer, wind_down))
