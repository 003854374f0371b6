"""What other programs are given of one person: their answers and their scores, as a FHIR Bundle."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.cli import main
from assessment.core.answers import read_all
from assessment.core.checks import check
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.readers import Reader
from assessment.documents.fhir.questionnaire import questionnaire
from assessment.documents.fhir.response import bundle
from tests.core.people import people
from tests.core.planting import SHIPPED, SLEEP, TODAY
from tests.documents.valid_fhir import wrong_with

EDITIONS = {reader: each for path in (SHIPPED, SLEEP) for reader, each in check(path, TODAY).editions.items()}
SELF, SLEEPER = EDITIONS[Reader("self", "en")], EDITIONS[Reader("sleeper", "en")]
DAY = date(2026, 11, 23)


def bundled(edition, answers, reference=""):
    journey = Journey(edition, answers)
    return bundle(journey, assess(journey), DAY, reference)


def told(edition, raw, reference=""):
    """Return the response and the observations, by title, of answers as a file gives them."""
    answers, refusals = read_all(edition, raw)
    assert not refusals
    response, *observations = [each["resource"] for each in bundled(edition, answers, reference)["entry"]]
    return response, {each["code"]["text"]: each for each in observations}


def answers_in(items):
    """Return the answers of a response by linkId."""
    found = {}
    for item in items:
        found |= answers_in(item.get("item", []))
        if "answer" in item:
            found[item["linkId"]] = [value for answer in item["answer"] for value in answer.values()]
    return found


def links(items):
    return [link for item in items for link in (item["linkId"], *links(item.get("item", [])))]


def phq9(*points):
    """Return answers to the items of the PHQ-9, as points."""
    return {f"phq9_{place}": point for place, point in enumerate(points, 1)}


PHQ9 = "Patient Health Questionnaire-9 (PHQ-9)"


def test_every_invented_person_s_bundle_is_valid():
    resources = [
        bundled(edition, read_all(edition, each.answers)[0])
        for reader, edition in EDITIONS.items()
        for each in edition.document.vignettes
        if (each.audience, each.language) == (reader.audience, reader.language)
    ]

    assert len(resources) > 80
    assert wrong_with(resources) == []


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=map(str, EDITIONS))
class TestOfAnybody:
    @settings(max_examples=5)
    @given(st.data())
    def test_the_bundle_is_valid(self, edition, data):
        assert wrong_with([bundled(edition, data.draw(people(edition)), "someone")]) == []

    @settings(max_examples=15)
    @given(st.data())
    def test_the_bundle_says_what_the_engine_says_and_no_more(self, edition, data):
        answers = data.draw(people(edition))
        journey = Journey(edition, answers)
        response, *observations = [each["resource"] for each in bundled(edition, answers)["entry"]]
        held = answers_in(response.get("item", []))
        given = {each.id for each in journey.questions if journey.known.answers[each.id] is not None}
        totals = {f"{each.instrument.id}.total": [each.total] for each in journey.scores() if each.total is not None}

        assert {link.removesuffix(".instead") for link in held.keys() - totals.keys()} == given
        assert {link: value for link, value in held.items() if link.endswith(".total")} == totals
        values = [each.get("valueQuantity", {}).get("value") for each in observations]
        assert values == [each.total for each in journey.scores()]

    @settings(max_examples=5)
    @given(st.data())
    def test_items_stand_as_in_the_questionnaire(self, edition, data):
        response = bundled(edition, data.draw(people(edition)))["entry"][0]["resource"]
        filled = links(response.get("item", []))

        assert filled == [link for link in links(questionnaire(edition)["item"]) if link in filled]


def test_the_same_answers_on_the_same_day_make_the_same_bundle_and_others_another():
    answers = {"hours": 5, "rest_1": ("some",)}

    assert bundled(SLEEPER, answers) == bundled(SLEEPER, dict(reversed(answers.items())))
    ids = {bundled(SLEEPER, each)["id"] for each in (answers, {"hours": 6}, {})}
    assert len({*ids, bundled(SLEEPER, answers, "ab-12")["id"]}) == 4


def test_an_answer_left_behind_is_in_no_document():
    response, scores = told(SLEEPER, {"woken_by": ["breath"], "rest_1": "often", "rest_2": "never", "rest_3": "often"})

    assert answers_in(response["item"]).keys() == {"woken_by"}
    assert not scores


def test_declined_and_not_sure_are_answers_of_their_own_and_what_was_not_asked_is_none():
    response, _ = told(SLEEPER, {"hours": "not_sure", "woken_by": "declined", "country": "declined"})
    held = {link: value["code"] for link, [value] in answers_in(response["item"]).items()}

    assert held == {"country": "declined", "hours.instead": "not_sure", "woken_by": "declined"}


def test_a_total_is_final_with_its_code_and_is_read_in_words():
    response, scores = told(SELF, {"age": "25_34"} | phq9(1, 1, 1, 1, 1, 1, 0, 0, 0))
    score = scores[PHQ9]

    assert score["status"] == "final"
    assert score["code"]["coding"] == [{"system": "http://loinc.org", "code": "44261-6"}]
    assert score["valueQuantity"]["value"] == 6
    assert score["interpretation"] == [{"text": "Mild range"}]
    assert score["derivedFrom"] == [{"reference": f"urn:uuid:{response['id']}"}]
    assert not {"dataAbsentReason", "component", "note", "subject"} & score.keys()


def test_no_total_is_no_value_never_zero_and_says_why_and_what_it_lies_between():
    _, scores = told(SELF, phq9(1, 1, 1, 1, 1, 1, 1, 1) | {"phq9_9": "declined"})
    score = scores[PHQ9]

    assert score["status"] == "preliminary"
    assert "valueQuantity" not in score
    assert "interpretation" not in score
    assert score["dataAbsentReason"]["coding"][0]["code"] == "asked-declined"
    assert [each["valueQuantity"]["value"] for each in score["component"]] == [8, 11]
    assert score["note"] == [{"text": "1 not answered. It lies between 8 and 11."}]


def test_what_was_left_blank_is_told_apart_from_what_was_declined():
    _, scores = told(SELF, phq9(1, 1, 1, 1, 1, 1, 0, 0))

    assert scores[PHQ9]["dataAbsentReason"]["coding"][0]["code"] == "asked-unknown"


def test_an_estimated_total_says_that_it_is_estimated():
    _, scores = told(SLEEPER, {"rest_1": 1, "rest_2": 1, "rest_3": "declined"})
    [score] = scores.values()

    assert score["valueQuantity"]["value"] == 4
    assert score["note"] == [
        {"text": "1 not answered, estimated by the instrument’s published rule. It lies between 2 and 6."}
    ]


def test_no_band_is_named_where_a_thought_of_self_harm_matters_more_than_any_total():
    response, scores = told(SELF, {"age": "25_34"} | phq9(0, 0, 0, 0, 0, 0, 0, 0, 1))

    assert "interpretation" not in scores[PHQ9]
    assert scores[PHQ9]["valueQuantity"]["value"] == 1
    assert answers_in(response["item"])["phq9_9"][0]["display"] == "Several days"


def test_a_journey_that_is_not_at_its_end_is_in_progress():
    whole = {"country": "here", "years": "grown", "hours": 11, "rest_1": 0, "rest_2": 0, "rest_3": 0}

    assert told(SLEEPER, {"country": "here"})[0]["status"] == "in-progress"
    assert told(SLEEPER, whole)[0]["status"] == "completed"


def test_nobody_is_named_but_by_the_reference_that_was_given():
    response, scores = told(SLEEPER, {"rest_1": 1}, reference="ab-12")
    unnamed, _ = told(SLEEPER, {"rest_1": 1})

    assert response["subject"] == {"identifier": {"value": "ab-12"}}
    assert [each["subject"] for each in scores.values()] == [response["subject"]]
    assert "subject" not in unnamed


def test_no_time_of_day_is_told():
    response, scores = told(SLEEPER, {"rest_1": 1})

    assert {response["authored"], *(each["effectiveDateTime"] for each in scores.values())} == {"2026-11-23"}


def test_the_command_prints_what_a_person_s_file_comes_to(tmp_path):
    file = tmp_path / "me.yaml"
    file.write_text("audience: nurse\nanswers: {hours: 5, rest_1: declined}\n")
    printed = json.loads(CliRunner().invoke(main, ["fhir", "--questionnaire", str(SLEEP), str(file)]).output)

    assert printed["type"] == "collection"
    assert answers_in(printed["entry"][0]["resource"]["item"])["hours"] == [5]
    assert [each["resource"]["resourceType"] for each in printed["entry"]] == ["QuestionnaireResponse", "Observation"]


def test_a_file_says_itself_whose_answers_it_holds(tmp_path):
    file = tmp_path / "me.yaml"
    file.write_text("answers: {hours: 5}\n")
    asked = ["fhir", "--questionnaire", str(SLEEP), "--audience", "nurse", str(file)]

    assert "leave out --audience" in CliRunner().invoke(main, asked).output
