"""Questionnaires in the shapes that LHC-Forms, SDC and others publish, brought in, checked and answered."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.journey import Journey
from assessment.documents.fhir.importing.questionnaire import imported
from tests.core.people import people
from tests.documents.brought_in import (
    ABSENT,
    PUBLISHED,
    asked_of,
    boolean,
    choice,
    form,
    group,
    item,
    number,
    option,
    published,
    quickly,
    said,
    score,
    scored,
    when,
)

EVERY = sorted(file.stem for file in PUBLISHED.glob("*.json"))
FREQUENCIES = ["Not at all", "Several days", "More than half the days", "Nearly every day"]


@pytest.fixture(scope="module")
def brought(tmp_path_factory):
    folder = tmp_path_factory.mktemp("brought")
    found = {name: imported(published(name)) for name in EVERY}
    return {name: (each, *asked_of(each, folder)) for name, each in found.items()}


@pytest.mark.parametrize("name", EVERY)
def test_the_check_finds_nothing_but_what_an_author_has_to_write(brought, name):
    _, _, faults = brought[name]

    assert [fault.message for fault in faults if not fault.warning] == [
        "the audience “person” is asked, and told nothing"
    ]
    assert {fault.message.split(":")[0][:24] for fault in faults if fault.warning} <= {
        "the questionnaire was to",  # … be reviewed by
        "a sentence of 25 words",
    }


@pytest.mark.parametrize("name", EVERY)
def test_whatever_is_not_carried_or_not_written_stands_above_the_questionnaire_too(brought, name):
    found, _, _ = brought[name]
    remarks = [line for line in found.yaml.splitlines() if line.startswith("# -")]

    assert len(remarks) == len(found.not_carried) + len(found.to_write)


def test_a_scale_exported_by_lhc_forms_keeps_its_items_options_points_and_codes(brought):
    _, edition, _ = brought["phq9_lforms"]
    (items,) = edition.instruments.values()
    instrument = items[0].instrument

    assert [each.item.loinc for each in items][:2] == ["44250-9", "44255-8"]
    assert len(items) == 9
    assert items[0].ask == "Little interest or pleasure in doing things"
    for each in items:
        assert [choice.text for choice in each.options] == FREQUENCIES
        assert [choice.points for choice in each.options] == [0, 1, 2, 3]
    assert items[0].options[3].loinc == "LA6571-9"
    assert (instrument.score, instrument.bands, instrument.missing) == ("sum", (), "complete")
    assert (instrument.loinc.panel, instrument.loinc.total) == ("44249-1", "44261-6")
    assert instrument.licence.summary.startswith("Developed by its authors")


def test_a_question_without_weights_beside_a_scale_is_a_question_of_its_own(brought):
    _, edition, _ = brought["phq9_lforms"]
    last = edition.questions[-1]

    assert last.id == "q_69722_7"
    assert last.instrument is None
    assert last.options[0].loinc == "LA6572-7"


@pytest.mark.parametrize("name", ["phq9_lforms", "phq9_sdc", "gad7_r5"])
@given(data=st.data())
def test_the_points_of_all_answers_are_added_up_and_a_missing_one_is_never_zero(brought, name, data):
    _, edition, _ = brought[name]
    ids = [question.id for question in edition.questions if question.instrument]
    answers = {id: each for id, each in data.draw(people(edition)).items() if id in ids}
    given = [edition.by_id[id].points(each[0]) for id, each in answers.items() if each != ("declined",)]
    found = score(edition, answers)

    assert found.total == (sum(given) if len(given) == len(ids) else None)
    assert (found.low, found.high) == (sum(given), sum(given) + 3 * (len(ids) - len(given)))


def test_a_contained_value_set_gives_the_answers_and_the_group_s_text_stands_above_every_item(brought):
    _, edition, _ = brought["phq9_sdc"]
    first = edition.by_id["h1_t1_q1"]

    assert [choice.text for choice in first.options] == FREQUENCIES
    assert first.stem.startswith("Over the last two weeks, how often")
    assert first.ask == "Little interest or pleasure in doing things"


def test_a_condition_on_a_total_reads_the_score(brought):
    _, edition, _ = brought["phq9_sdc"]
    ids = [question.id for question in edition.questions if question.instrument]

    assert "h1_q10" not in Journey(edition, dict.fromkeys(ids, ("not_at_all",))).known.answers
    assert "h1_q10" in Journey(edition, {ids[4]: ("several_days",)}).known.answers


def test_r5_says_the_same_in_its_own_words(brought):
    found, edition, _ = brought["gad7_r5"]
    (items,) = edition.instruments.values()

    assert [choice.points for choice in items[6].options] == [0, 1, 2, 3]
    assert items[0].instrument.title == "Generalized anxiety disorder 7 item (GAD-7)"
    assert {left.where for left in found.not_carried} == {"gad7.total", "gad7.1 and 6 more"}
    assert "its licence is not stated" in " ".join(left.why for left in found.to_write)


def test_an_intake_form_becomes_questions_with_hints_units_and_answers_that_stand_alone(brought):
    _, edition, _ = brought["sleep_intake"]
    asked = edition.by_id

    assert list(edition.sections) == ["about_you", "your_nights", "about_the_pain", "your_nights_2", "safety"]
    assert [choice.id for choice in asked["q_1_1"].options] == ["yes", "no"]
    assert (asked["q_1_2"].number.unit, asked["q_1_2"].number.max) == ("nights", 7)
    assert asked["q_1_2"].hint == "A guess will do."
    assert asked["q_1_3"].several
    assert [choice.id for choice in asked["q_1_3"].options if choice.alone] == ["none"]
    assert asked["q_1_4_2"].not_sure == "I don’t know"
    assert [choice.id for choice in asked["q_1_4_2"].options] == ["mild", "severe"]
    assert asked["q_2_6"].number.unit == "years"
    assert edition.sections["your_nights"].intro.endswith("It’s fine to leave “hard” ones out.")


@pytest.mark.parametrize(
    ("where", "why"),
    [
        ("1.1", "every question can be declined"),
        ("1.1", "numbered by their place"),
        ("1.1", "nothing is chosen beforehand"),
        ("1.4.1", "fewer than two answers"),
        ("1.5", "nothing of the type “string” is collected here"),
        ("2.0", "shown only sometimes: “If you feel you might harm yourself"),
        ("2.1", "words of one’s own"),
        ("2.2", "which is not in this file"),
        ("2.3", "nothing of the type “date”"),
        ("2.4", "it is hidden"),
        ("2.5", "it reads “2.4”, which is not asked here"),
        ("bye", "no question follows this text"),
        (f"{'http://hl7.org/fhir/StructureDefinition/'}questionnaire-supportLink (1 time)", "a link"),
    ],
)
def test_whatever_has_no_place_here_is_said(brought, where, why):
    found, _, _ = brought["sleep_intake"]

    assert why in said(found, where)


@pytest.mark.parametrize(
    ("weights", "why"),
    [((0, 1, None), "“Often” has none"), ((0, 0.5, 1), "not whole numbers")],
)
def test_an_item_without_a_whole_weight_for_every_answer_is_asked_and_not_scored(tmp_path, weights, why):
    found = imported(form(scored("1", 0, 1, 2), scored("2", *weights)))
    edition, _ = asked_of(found, tmp_path)

    assert edition.by_id["q_1"].instrument
    assert not edition.by_id["q_2"].instrument
    assert why in said(found, "2")


DOUBLED = option("b", 1) | {"valueCoding": {**option("b")["valueCoding"], "extension": option("", 2)["extension"]}}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ([option("a"), option("b"), {"valueCoding": {}}], "one of its answers has no words"),
        ([option("a", 0), DOUBLED], "“B” has two different weights"),
        ([option("a")], "fewer than two answers"),
        ([{"valueCoding": {"system": ABSENT, "code": "asked-declined"}}], "it only offers not to answer"),
    ],
)
def test_a_choice_that_is_not_clear_is_not_asked_and_that_is_said(options, why):
    assert why in said(imported(form(item("1", "choice", answerOption=options))), "1")


def test_declined_is_an_answer_like_any_other_in_the_codes_of_others(tmp_path):
    offered = [
        {"valueCoding": {"system": "urn:oid:1.2", "code": code, "display": code}} for code in ("taken", "declined")
    ]
    edition = quickly(form(item("1", "choice", answerOption=offered)), tmp_path)

    assert [choice.text for choice in edition.by_id["q_1"].options] == ["taken", "declined"]
    assert [choice.id for choice in edition.by_id["q_1"].options] == ["taken", "option_declined"]


def test_where_several_can_be_chosen_nothing_is_scored(tmp_path):
    found = imported(form(scored("1"), scored("2", repeats=True)))
    edition, _ = asked_of(found, tmp_path)

    assert edition.by_id["q_2"].several
    assert "several can be chosen" in said(found, "2")


def weighed_by(place):
    """One question whose weights stand on the option, on its coding, or in a code system of the file."""
    weight = [{"url": "http://hl7.org/fhir/StructureDefinition/itemWeight", "valueDecimal": 4}]
    low, high = ({"system": "urn:x", "code": code, "display": code} for code in ("low", "high"))
    properties = [{"code": "low", "property": [{"code": "itemWeight", "valueDecimal": 1}]}]
    properties += [{"code": "high", "concept": [], "extension": weight}]
    system = {"resourceType": "CodeSystem", "id": "s", "url": "urn:x", "status": "active", "concept": properties}
    options = {
        "option": [option("low", 1), {"valueCoding": high, "extension": weight}],
        "coding": [option("low", 1), {"valueCoding": {**high, "extension": weight}}],
        "code system": [{"valueCoding": low}, {"valueCoding": high}],
    }
    if place == "value set":
        everything = {"resourceType": "ValueSet", "id": "v", "compose": {"include": [{"system": "urn:x"}]}}
        return form(item("1", "choice", answerValueSet="#v"), contained=[system, everything])
    return form(item("1", "choice", answerOption=options[place]), contained=[system])


@pytest.mark.parametrize("place", ["option", "coding", "code system", "value set"])
def test_weights_are_found_wherever_the_file_keeps_them(tmp_path, place):
    edition = quickly(weighed_by(place), tmp_path)

    assert [choice.points for choice in edition.by_id["q_1"].options] == [1, 4]


def test_a_value_set_that_comes_in_the_same_bundle_gives_the_answers(tmp_path):
    words = [{"code": "a", "display": "Apples"}, {"code": "p", "display": "Pears"}]
    terms = {"resourceType": "ValueSet", "url": "http://x/fruit", "expansion": {"contains": words}}
    asks = form(item("1", "choice", answerValueSet="http://x/fruit|2"))
    bundle = {"resourceType": "Bundle", "entry": [{"resource": terms}, {"resource": asks}]}

    assert [choice.id for choice in quickly(bundle, tmp_path).by_id["q_1"].options] == ["apples", "pears"]


def test_link_ids_become_ids_that_are_good_and_unique_and_conditions_follow(tmp_path):
    links = ["/44250-9", "44250.9", "1.1", "not", "Größe", "问题", "nation", "declined"]
    later = boolean("last", enableWhen=[when("问题", "=", answerBoolean=True)])
    edition = quickly(form(*(boolean(link) for link in links), later), tmp_path)
    ids = [question.id for question in edition.questions][2:]

    assert ids[:3] == ["q_44250_9", "q_44250_9_2", "q_1_1"]
    assert ids[3:] == ["q_not", "groe", "q", "nation_2", "q_declined", "last"]
    assert "last" in Journey(edition, {"q": ("yes",)}).known.answers
    assert "last" not in Journey(edition, {"q_1_1": ("yes",)}).known.answers


def test_a_number_without_bounds_is_given_some_and_that_is_said(tmp_path):
    found = imported(form(item("1", "integer")))
    edition, _ = asked_of(found, tmp_path)

    assert (edition.by_id["q_1"].number.min, edition.by_id["q_1"].number.max) == (0, 1000)
    assert "0 is a guess" in said(found, "1")
    assert "1000 is a guess" in said(found, "1")
    assert ("unit", "not yet written for q_1") in {(left.where, left.why) for left in found.to_write}


def test_the_text_before_a_conditional_group_is_not_shown_to_those_who_come_after_it(tmp_path):
    asks = [when("1", "=", answerBoolean=True)]
    only_text = {"linkId": "2", "type": "group", "enableWhen": asks, "item": [item("2.1", "display")]}
    found = imported(form(boolean("1"), only_text, group("3", boolean("3.1"))))
    edition, _ = asked_of(found, tmp_path)

    assert edition.by_id["q_3_1"].section.intro is None
    assert "no question follows this text" in said(found, "2.1")


def test_two_scales_of_one_form_stay_apart(tmp_path):
    edition = quickly(form(group("a", scored("a1"), scored("a2")), group("b", scored("b1"), number("b2"))), tmp_path)

    assert {id: len(items) for id, items in edition.instruments.items()} == {"a": 2, "b": 1}


def test_what_stands_among_the_items_of_a_scale_is_asked_after_them_and_that_is_said(tmp_path):
    found = imported(form(scored("1"), choice("2", "red", "blue"), scored("3")))
    edition, _ = asked_of(found, tmp_path)

    assert [question.id for question in edition.questions][2:] == ["q_1", "q_3", "q_2"]
    assert "stands among the items of “a_form”" in said(found, "2")


def test_extensions_and_keys_that_nothing_reads_are_counted():
    odd = [{"url": "http://x/odd", "valueString": "a"}]
    found = imported(form(boolean("1", extension=odd, designNote="x"), boolean("2", extension=odd), extension=odd))

    assert "nothing here reads" in said(found, "http://x/odd (3 times)")
    assert "“designNote” is not read" in said(found, "1")


def test_the_same_file_always_gives_the_same_questionnaire():
    resource = published("sleep_intake")

    assert imported(resource) == imported(json.loads(json.dumps(resource)))
