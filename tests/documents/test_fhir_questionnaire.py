"""What other programs are given to ask: every edition of two unrelated questionnaires, as a FHIR Questionnaire."""

import json
from itertools import chain

import pytest
from click.testing import CliRunner

from assessment.cli import main
from assessment.core.checks import check
from assessment.core.readers import Reader
from assessment.documents.fhir.questionnaire import questionnaire
from tests.core.planting import SHIPPED, SLEEP, TODAY
from tests.documents.valid_fhir import wrong_with

EDITIONS = {str(reader): each for path in (SHIPPED, SLEEP) for reader, each in check(path, TODAY).editions.items()}
LOINC = "http://loinc.org"


def every(items):
    for item in items:
        yield item
        yield from every(item.get("item", []))


@pytest.fixture(params=EDITIONS)
def edition(request):
    return EDITIONS[request.param]


@pytest.fixture
def items(edition):
    return {item["linkId"]: item for item in every(questionnaire(edition)["item"])}


def values(options, name):
    return [each["valueDecimal"] for each in options.get("extension", []) if each["url"].endswith(f"/{name}")]


def test_every_edition_is_a_valid_questionnaire():
    assert wrong_with([questionnaire(edition) for edition in EDITIONS.values()]) == []


def test_every_question_on_the_way_is_asked_in_its_order_and_in_its_words(edition, items):
    asked = [question for question in edition.questions if not question.section.afterwards]

    assert [id for id in items if id in edition.by_id] == [question.id for question in asked]
    assert [items[question.id]["text"] for question in asked] == [question.ask for question in asked]


def test_what_is_asked_on_the_outcome_page_is_left_out(items):
    assert not {"fit_urgency", "fit_door", "feels"} & items.keys()


def test_no_link_stands_for_two_items(edition):
    links = [item["linkId"] for item in every(questionnaire(edition)["item"])]

    assert len(links) == len(set(links))


def test_every_question_can_be_declined_and_no_answer_of_a_question_has_the_code_of_another(edition, items):
    for question in edition.questions:
        if question.id in items:
            asked = items[f"{question.id}.instead" if question.number else question.id]
            codings = [option["valueCoding"] for option in asked["answerOption"]]
            assert codings[-1]["display"] == "I’d rather not say"
            assert len({(each["system"], each["code"]) for each in codings}) == len(codings)
            assert ("not_sure" in [each["code"] for each in codings]) == bool(question.not_sure)


def test_an_option_has_the_points_that_we_count_for_it_and_declining_has_none(edition, items):
    for question in filter(lambda each: each.item, edition.questions):
        *scored, declined = items[question.id]["answerOption"]
        points = [[question.points(id)] for id in question.choices]
        assert [values(option, "ordinalValue") for option in scored] == points
        assert [values(option, "itemWeight") for option in scored] == points
        assert not values(declined, "ordinalValue")


def test_what_stands_alone_excludes_the_others():
    asked = {item["linkId"]: item for item in every(questionnaire(EDITIONS["sleeper (en)"])["item"])}
    alone = {
        option["valueCoding"]["code"]
        for option in asked["woken_by"]["answerOption"]
        if {"url": "http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive", "valueBoolean": True}
        in option.get("extension", [])
    }

    assert alone == {"none", "declined"}


def test_loinc_codes_stand_where_the_questionnaire_has_them_and_nowhere_else(edition, items):
    for question in edition.questions:
        if question.id in items:
            asked = items[question.id]
            assert [each["code"] for each in asked.get("code", [])] == [
                each for each in [question.item and question.item.loinc] if each
            ]
            coded = [each["valueCoding"] for each in asked.get("answerOption", [])]
            assert [each["code"] for each in coded if each["system"] == LOINC] == [
                choice.loinc for choice in question.options if choice.loinc
            ]
    notice = questionnaire(edition).get("copyright", "")
    assert ("Regenstrief" in notice) == (LOINC in json.dumps(list(items.values())))


def test_a_page_that_comes_at_once_comes_with_everyone_who_can_help_wherever_the_person_is(edition, items):
    pages = {}
    for interrupt in edition.document.interrupts:
        page = items[f"page.{interrupt.id}"]
        pages[interrupt.id] = "\n".join(each["text"] for each in (page, *page["item"]))

    for interrupt in edition.document.interrupts:
        assert interrupt.title in pages[interrupt.id]
        assert "**" not in pages[interrupt.id]
        for service in edition.document.services:
            fits = edition.reader.audience in service.for_ and {*service.topics} & {*interrupt.topics}
            if fits and service.publish:
                assert all(contact.show in pages[interrupt.id] for contact in service.contact)


def test_a_page_stands_right_after_the_question_that_calls_for_it(edition, items):
    links = [link for link in items if not link.endswith((".hint", ".instead"))]

    for interrupt in edition.document.interrupts:
        before = links[: links.index(f"page.{interrupt.id}")]
        assert next(link for link in reversed(before) if not link.startswith("page.")) == interrupt.after


def test_a_condition_reads_items_that_are_there(items):
    rows = chain.from_iterable(item.get("enableWhen", []) for item in items.values())

    assert {row["question"] for row in rows} <= items.keys()


def test_a_simple_condition_is_said_so_that_programs_without_expressions_understand_it():
    asked = {item["linkId"]: item for item in every(questionnaire(EDITIONS["partner (en)"])["item"])}

    assert "enableWhen" not in asked["how_often"]  # reads a question that may not be asked
    asked = {item["linkId"]: item for item in every(questionnaire(EDITIONS["self (en)"])["item"])}
    assert {row["answerCoding"]["code"] for row in asked["page.emergency_body_now"]["enableWhen"]} == {
        "cannot_pee", "chest_pain", "collapsed", "fit", "heavy_blood",
    }  # fmt: skip
    assert asked["page.support_now"]["enableBehavior"] == "any"
    assert {row["operator"] for row in asked["page.support_now"]["enableWhen"]} == {"="}


def test_addresses_stay_and_differ_by_reader_while_a_doctor_s_answers_have_the_codes_of_the_person_s_own():
    addresses = {name: questionnaire(each)["url"] for name, each in EDITIONS.items()}

    assert len(set(addresses.values())) == len(EDITIONS)
    assert addresses["sleeper (en)"] == "urn:uuid:4094214f-ae8a-510d-885d-5d5c7010cc08"
    systems = [
        {item["answerOption"][0]["valueCoding"]["system"] for item in every(questionnaire(EDITIONS[name])["item"])
         if item["linkId"] == "country"}
        for name in ("sleeper (en)", "nurse (cy)", "partner (en)")
    ]  # fmt: skip
    assert systems[0] == systems[1] != systems[2]


def test_the_command_prints_the_questionnaire_or_writes_it(tmp_path):
    command = ["fhir", "--questionnaire", str(SLEEP), "--audience", "partner"]
    printed = CliRunner().invoke(main, command)
    path = tmp_path / "partner.json"
    written = CliRunner().invoke(main, [*command, "--output", str(path)])

    assert json.loads(printed.output) == questionnaire(EDITIONS[str(Reader("partner", "en"))])
    assert json.loads(path.read_text()) == json.loads(printed.output)
    assert written.exit_code == 0


def test_a_file_that_cannot_be_written_is_said_plainly(tmp_path):
    asked = ["fhir", "--questionnaire", str(SLEEP), "--output", str(tmp_path / "none" / "x.json")]
    refused = CliRunner().invoke(main, asked)

    assert refused.exit_code == 1
    assert "cannot be written: No such file or directory" in refused.output
