"""A form's conditions mean here what they mean in FHIR, for every set of answers."""

import operator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.answers import DECLINED
from assessment.core.journey import Journey
from assessment.documents.fhir.importing.questionnaire import imported
from tests.core.people import people
from tests.documents.brought_in import (
    ABSENT,
    asked_of,
    boolean,
    choice,
    form,
    group,
    number,
    option,
    published,
    quickly,
    said,
    scored,
    when,
)

UNSURE = {"system": ABSENT, "code": "asked-unknown", "display": "No idea"}
FIRST = (
    boolean("a"),
    choice("b", "red", "green", "blue", repeats=True),
    number("c", 2, 9),
    {**choice("d", "left", "right"), "answerOption": [option("left"), option("right"), {"valueCoding": UNSURE}]},
)
COMPARE = {">": operator.gt, "<": operator.lt, ">=": operator.ge, "<=": operator.le}


def coded(*codes):
    return st.sampled_from([{"answerCoding": {"code": code}} for code in codes])


WHOLE = st.integers(0, 11).map(lambda value: {"answerInteger": value})
YES_NO = st.booleans().map(lambda value: {"answerBoolean": value})
EQUAL = st.sampled_from(["=", "!="])
ASKS = st.one_of(
    st.builds(lambda how, answer: when("a", how, **answer), EQUAL, YES_NO),
    st.builds(lambda how, answer: when("b", how, **answer), EQUAL, coded("red", "green", "blue")),
    st.builds(lambda how, answer: when("c", how, **answer), st.sampled_from(["=", "!=", *COMPARE]), WHOLE),
    st.builds(lambda how, answer: when("d", how, **answer), EQUAL, coded("left", "right", "asked-unknown")),
    st.builds(lambda link, answer: when(link, "exists", **answer), st.sampled_from("abcd"), YES_NO),
)
ENABLED = st.fixed_dictionaries(
    {"enableWhen": st.lists(ASKS, min_size=1, max_size=3), "enableBehavior": st.sampled_from(["any", "all"])}
)


def values(answers, link):
    """What FHIR has as the answers to a question."""
    given = answers.get(link)
    if given in (None, (DECLINED,)):
        return []
    if isinstance(given, int):
        return [given]
    words = {"yes": True, "no": False, "not_sure": "asked-unknown"}
    return [words.get(each, each) for each in given]


def holds(asks, answers):
    """What the standard says of one condition, apart from our own engine."""
    found = values(answers, asks["question"])
    wanted = next(value for key, value in asks.items() if key.startswith("answer"))
    wanted = wanted["code"] if isinstance(wanted, dict) else wanted
    match asks["operator"]:
        case "exists":
            return bool(found) == wanted
        case "=":
            return wanted in found
        case "!=":
            return wanted not in found
        case comparison:
            return any(COMPARE[comparison](value, wanted) for value in found)


def shown(item, answers):
    every = [holds(asks, answers) for asks in item["enableWhen"]]
    return any(every) if item["enableBehavior"] == "any" else all(every)


@given(own=ENABLED, outer=ENABLED, later=ENABLED, data=st.data())
@settings(max_examples=150)
def test_a_question_is_asked_here_for_whom_it_is_shown_there(tmp_path_factory, own, outer, later, data):
    last = {"enableWhen": [*later["enableWhen"], when("t", "exists", answerBoolean=True)], "enableBehavior": "any"}
    resource = form(*FIRST, group("g", boolean("t", **own), **outer), boolean("u", **last))
    edition = quickly(resource, tmp_path_factory.getbasetemp())
    answers = data.draw(people(edition))
    asked = Journey(edition, answers).known.answers

    shows = shown(own, answers) and shown(outer, answers)
    assert ("t" in asked) == shows
    assert ("u" in asked) == shown(last, answers if shows else {**answers, "t": None})


def written(*items, **more):
    (question,) = [each for each in _questions(form(*FIRST, *items, **more)) if each["id"] == "t"]
    return question.get("when"), question.get("unless")


def _questions(resource):
    lines = imported(resource).yaml.splitlines()
    found, here = [], {}
    for line in lines:
        key, _, value = line.strip().removeprefix("- ").partition(": ")
        if line.strip().startswith("- id: "):
            here = {}
            found.append(here)
        here[key] = value
    return found


@pytest.mark.parametrize(
    ("asks", "behaviour", "expected"),
    [
        ([when("a", "=", answerBoolean=True)], None, ("a is yes", None)),
        ([when("a", "!=", answerBoolean=True)], None, (None, "a is yes")),
        ([when("b", "=", answerCoding={"code": "red"})], None, ("b has red", None)),
        ([when("c", ">=", answerInteger=5)], None, ("c >= 5", None)),
        ([when("c", "<", answerDecimal=4.5)], None, ("c < 4.5", None)),
        ([when("c", ">", answerInteger=1)], None, ("c answered", None)),
        ([when("d", "exists", answerBoolean=False)], None, ("not d answered", None)),
        (
            [when("a", "=", answerBoolean=True), when("d", "!=", answerCoding={"code": "left"})],
            "all",
            ("a is yes", "d is left"),
        ),
        (
            [when("d", "!=", answerCoding={"code": "left"}), when("a", "=", answerBoolean=True)],
            "any",
            ("not d is left or not d answered or d is not_sure or a is yes", None),
        ),
        (
            [when("b", "=", answerCoding={"code": "red"}), when("b", "=", answerCoding={"code": "blue"})],
            "any",
            ("b has any of red, blue", None),
        ),
    ],
)
def test_a_condition_reads_as_an_author_would_write_it(asks, behaviour, expected):
    more = {"enableBehavior": behaviour} if behaviour else {}

    assert written(boolean("t", enableWhen=asks, **more)) == expected


def test_a_group_s_condition_and_its_question_s_must_both_hold():
    inner = boolean("t", enableWhen=[when("c", ">", answerInteger=3)])
    both = {"enableWhen": [when("a", "=", answerBoolean=True), when("d", "exists", answerBoolean=True)]}

    assert written(group("g", inner, **both, enableBehavior="any")) == ("(a is yes or d answered) and c > 3", None)


@pytest.mark.parametrize(
    ("asks", "why"),
    [
        ([when("u", "=", answerBoolean=True)], "it reads “u”, which is not asked before it"),
        ([when("s", "=", answerString="x")], "it reads “s”, which is not asked here"),
        ([when("a", "=", answerCoding={"code": "maybe"})], "it names no answer that “a” has here"),
        ([when("b", "=", answerCoding={"system": "urn:x"})], "it names no answer that “b” has here"),
        ([when("b", ">", answerCoding={"code": "red"})], "“>” cannot compare the options of “b”"),
        ([when("c", "=", answerDate="2026-01-01")], "compared with what is not a number"),
        ([when("c", ">", answerInteger=-1)], "a number below zero"),
        ([when("d", "exists")], "does not say whether there is to be an answer"),
        ([when("a", "=", answerBoolean=True)] * 2, "does not say whether any or all must hold"),
    ],
)
def test_a_condition_that_cannot_be_carried_is_said_and_the_question_asked_of_everyone(tmp_path, asks, why):
    words = {"linkId": "s", "type": "string", "text": "Say more"}
    found = imported(form(*FIRST, words, boolean("t", enableWhen=asks), boolean("u")))
    edition, _ = asked_of(found, tmp_path)

    assert why in said(found, "t")
    assert "so it is asked without it" in said(found, "t")
    assert "t" in Journey(edition, {}).known.answers


def test_a_formula_is_said_and_never_run():
    url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"
    told = [{"url": url, "valueExpression": {"expression": "%resource.item.exists()"}}]

    assert "it is a formula" in said(imported(form(*FIRST, boolean("t", extension=told))), "t")


def test_a_scale_is_asked_when_all_its_items_are(tmp_path):
    asks = {"enableWhen": [when("a", "=", answerBoolean=True)]}
    outside = form(*FIRST, group("g", scored("s1"), scored("s2"), **asks))
    inside = form(*FIRST, group("g", scored("s1", **asks), scored("s2", **asks)))
    for resource in (outside, inside):
        edition = quickly(resource, tmp_path)
        assert "s1" not in Journey(edition, {"a": ("no",)}).known.answers
        assert {"s1", "s2"} <= set(Journey(edition, {"a": ("yes",)}).known.answers)


def test_an_item_that_is_skipped_alone_would_need_points_that_the_file_does_not_give(tmp_path):
    asks = {"enableWhen": [when("s1", "!=", answerCoding={"code": "never"})]}
    found = imported(form(scored("s1"), scored("s2", **asks)))
    edition, _ = asked_of(found, tmp_path)

    assert "what an item counts that is skipped" in said(found, "s2")
    assert Journey(edition, {"s1": ("never",)}).scores()[0].total is None


def test_what_was_answered_on_a_branch_that_is_shut_counts_nowhere(tmp_path):
    asks = [when("1.4.2", "=", answerCoding={"code": "24484000"})]
    resource = published("sleep_intake")
    resource["item"].append(boolean("last", enableWhen=asks))
    edition = quickly(resource, tmp_path)
    severe = {"q_1_1": ("yes",), "q_1_2": 6, "q_1_3": ("pain",), "q_1_4_2": ("severe",)}

    assert "last" in Journey(edition, severe).known.answers
    assert "last" not in Journey(edition, {**severe, "q_1_1": ("no",)}).known.answers
