"""Which formulas are a plain sum of the weights of items, and what becomes of the others."""

import pytest

from assessment.documents.fhir.importing.questionnaire import imported
from tests.documents.brought_in import asked_of, form, group, quickly, said, score, scored, total

ITEMS = (scored("q1"), scored("q2"), scored("q3"))
ONE = "%resource.item.where(linkId='{}').answer.value.ordinal()"
LHC = (
    "%questionnaire.item.where(linkId = '{0}').answerOption.where(valueCoding.code=%resource.item.where(linkId = '{0}')"
    ".answer.valueCoding.code).extension.where(url='http://hl7.org/fhir/StructureDefinition/{1}').valueDecimal"
)
ABC = [(name, LHC.format(link, "ordinalValue")) for name, link in zip("abc", ("q1", "q2", "q3"), strict=True)]


@pytest.mark.parametrize(
    ("expression", "variables", "strict"),
    [
        ("%resource.answers().value.ordinal().sum()", [], False),
        ("%resource.descendants().answer.value.weight().sum()", [], False),
        ("item.answer.value.weight().aggregate($this + $total, 0)", [], False),
        ("%resource.item.where(linkId='q1' or linkId='q2' or linkId='q3').answer.value.weight().sum()", [], False),
        ("%resource.item.where(linkId in ('q1'|'q2'|'q3')).answer.value.ordinal().sum()", [], False),
        (" + ".join(ONE.format(link) for link in ("q1", "q2", "q3")), [], True),
        ("%a + %b + %c", ABC, True),
        ("iif(%a.exists(), %a, 0) + iif(%b.exists(), %b, 0) + iif(%c.exists(), %c, 0)", ABC, False),
        (
            "iif(%any_questions_answered, iif(%a.exists(), %a, 0) + iif(%b.exists(), %b, 0) + %c, {})",
            [*ABC, ("any_questions_answered", "%a.exists() or %b.exists() or %c.exists()")],
            False,
        ),
        ("%sum", [("sum", "%resource.item.answer.value.ordinal().sum()")], False),
        ("iif(%all.count() = 3, %all.sum(), {})", [("all", "%resource.item.answer.value.weight()")], True),
    ],
)
def test_a_plain_sum_becomes_the_score(tmp_path, expression, variables, strict):
    found = imported(form(*ITEMS, total("t", expression, *variables)))
    edition, _ = asked_of(found, tmp_path)

    assert score(edition, {"q1": ("often",), "q2": ("often",), "q3": ("sometimes",)}).total == 5
    assert score(edition, {"q1": ("often",), "q2": ("often",)}).total is None
    assert ("counts an item without an answer as nothing" in said(found, "t")) != strict
    assert "not carried" not in said(found, "t")


@pytest.mark.parametrize(
    ("expression", "variables"),
    [
        ("%resource.item.answer.value.ordinal().sum() * 4", []),
        ("%resource.item.answer.value.ordinal().sum() / 3", []),
        ("%resource.item.answer.value.ordinal().avg()", []),
        ("%resource.item.answer.value.ordinal().sum() - 1", []),
        ("%resource.item.where(linkId.matches('q[12]')).answer.value.ordinal().sum()", []),
        ("%a + %a + %b + %c", ABC),
        ("%a + %b + %nobody", ABC),
        ("%a + %b + 1", ABC),
        ("%loop", [("loop", "%loop")]),
        ("%a + %b + %c", [*ABC[:2], ("c", LHC.format("q3", "ordinalValue").replace("q3", "q2", 1))]),
        ("%a", [("a", LHC.format("q1", "somethingElse"))]),
        ("iif(%a > 2, %a + %b + %c, {})", ABC),
        ("iif(%all.count() = 2, %all.sum(), {})", [("all", "%resource.item.answer.value.weight()")]),
        ("today()", []),
        ("", []),
        ("((", []),
        ("'" * 9, []),
    ],
)
def test_any_other_formula_is_said_not_to_be_carried(expression, variables):
    assert "this calculated value is not carried" in said(
        imported(form(*ITEMS, total("t", expression, *variables))), "t"
    )


def test_an_item_that_no_total_counts_is_asked_and_not_scored(tmp_path):
    found = imported(form(*ITEMS, total("t", "%a + %b", *ABC)))
    edition, _ = asked_of(found, tmp_path)

    assert [question.id for question in edition.questions if question.instrument] == ["q1", "q2"]
    assert "in no total that could be carried" in said(found, "q3")


def test_subscales_become_scales_of_their_own(tmp_path):
    edition = quickly(form(*ITEMS, scored("q4"), total("t", "%a + %c", *ABC), total("u", _two("q2", "q4"))), tmp_path)

    assert [[item.id for item in items] for items in edition.instruments.values()] == [["q1", "q3"], ["q2", "q4"]]


def _two(*links):
    return " + ".join(ONE.format(link) for link in links)


def test_an_item_is_in_one_scale_only():
    found = imported(form(*ITEMS, total("t", "%a + %b", *ABC), total("u", "%b + %c", *ABC)))

    assert "another total adds up already" in said(found, "u")


def test_a_total_of_something_without_weights_or_of_several_groups_is_not_carried():
    apart = imported(form(group("g", ITEMS[0]), group("h", *ITEMS[1:]), total("t", "%a + %b + %c", *ABC)))
    unweighted = imported(form(scored("q1"), scored("q2", 0, 1, None), scored("q3"), total("t", "%a + %b + %c", *ABC)))

    assert "items of several groups" in said(apart, "t")
    assert "“q2”, which is no question here whose every answer has a whole weight" in said(unweighted, "t")


def test_a_total_that_names_the_group_adds_up_its_items(tmp_path):
    expression = "%resource.item.where(linkId='g').item.answer.value.weight().sum()"
    found = imported(form(group("g", *ITEMS), total("t", expression)))
    edition, _ = asked_of(found, tmp_path)

    assert score(edition, dict.fromkeys(("q1", "q2", "q3"), ("often",))).total == 6
    assert "not carried" not in said(found, "t")


def test_items_of_a_group_are_found_as_lhc_forms_names_them():
    grouped = [(name, text.replace(".item.where", ".item.where(linkId = 'g').item.where")) for name, text in ABC]
    found = imported(form(group("g", *ITEMS, total("t", "%a + %b + %c", *grouped))))

    assert said(found, "t") == ""


def test_a_formula_made_to_be_slow_is_read_in_no_time():
    step = ".where(valueCoding.code=item.item.item.item.answer.value.code)"
    found = imported(form(*ITEMS, total("t", f"item{step * 400}.oops.ordinal()"), total("u", "(" * 5000 + "+" * 5000)))

    assert "not carried" in said(found, "t")
