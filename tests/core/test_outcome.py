"""Everything that follows from answers, in order, with reasons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.answers import read_all
from assessment.core.journey import Journey
from assessment.core.outcome import PLACES, assess, plain
from assessment.core.readers import Reader
from assessment.core.writing import URGENCIES
from tests.core.people import people


def outcome_of(edition, **answers):
    read, refused = read_all(edition, answers)
    assert not refused
    return assess(Journey(edition, read))


@pytest.mark.parametrize("audience", ["self", "family", "clinician"])
def test_advice_comes_by_place_then_urgency_then_the_order_of_the_file(checked, audience):
    edition = checked.editions[Reader(audience, "en")]
    file = [guidance.id for guidance in edition.document.guidance]
    for vignette in edition.document.vignettes:
        if vignette.audience == audience:
            advice = [each.guidance for each in outcome_of(edition, **vignette.answers).advice]
            keys = [(PLACES.index(each.place), URGENCIES.index(each.urgency), file.index(each.id)) for each in advice]
            assert keys == sorted(keys)


def test_a_reason_is_told_in_the_words_of_the_answers(sleep):
    outcome = outcome_of(sleep, woken_by=["breath"])

    assert outcome.advice[0].guidance.id == "see_doctor"
    assert outcome.advice[0].because == ("gasping for breath",)


def test_a_score_is_a_reason_with_what_it_is_out_of(sleep):
    outcome = outcome_of(sleep, rest_1="often", rest_2="never", rest_3="often")

    assert outcome.at("next")[0].because == ("rest: 8 out of 8",)


def test_a_score_that_is_a_range_is_told_as_a_range(edition):
    outcome = outcome_of(edition, phq9_1=3, phq9_2=3, phq9_3=3, phq9_4=3, age="25_34")
    reasons = [reason for advice in outcome.advice for reason in advice.because if reason.startswith("low mood")]

    assert set(reasons) == {"low mood: between 12 and 27 out of 27"}


def test_what_is_always_shown_has_no_reason(sleep):
    assert next(each for each in outcome_of(sleep).advice if each.guidance.id == "about_sleep").because == ()


def test_nothing_is_said_on_what_is_not_known(sleep):
    shown = [each.guidance.id for each in outcome_of(sleep, woken_by=["none"], hours="not_sure", rest_1="never").advice]

    assert shown == ["about_sleep"]


@pytest.mark.parametrize(("country", "expected"), [("here", ["doctor_here"]), ("there", []), (None, ["doctor_here"])])
def test_a_service_is_for_its_nations_and_an_unknown_nation_excludes_none(sleep, country, expected):
    services = outcome_of(sleep, woken_by=["breath"], country=country).services

    assert [each.id for each in services if each.id == "doctor_here"] == expected


def test_a_service_is_for_its_ages(edition):
    young = {each.id for each in outcome_of(edition, age="under_16", nation="england").services}
    grown = {each.id for each in outcome_of(edition, age="35_44", nation="england", phq9_9=1).services}

    assert "childline" in {each.id for each in outcome_of(edition, age="under_16", phq9_9=1).services}
    assert "childline" not in grown
    assert "nhs_talking_therapies" not in young


def test_services_follow_the_order_of_what_they_are_for(edition):
    services = [each.id for each in outcome_of(edition, nation="wales", phq9_9=2).services]

    assert services[0] == "emergency_999"
    assert services.index("samaritans") < services.index("dan_247")


def test_the_doors_a_person_would_use_come_first(edition):
    assert [door for door, _ in outcome_of(edition, help_wanted=["talk", "get_help"]).doors][:2] == ["talk", "get_help"]
    assert next(door for door, _ in outcome_of(edition).doors) == "learn"


@pytest.mark.parametrize(
    ("rather", "first"),
    [("learn", ["learn"]), ("get_help", ["get_help"]), ("fits", ["talk"]), ("declined", ["talk"]), (None, ["talk"])],
)
def test_what_a_person_would_rather_have_outranks_what_they_said_on_the_way(edition, rather, first):
    assert [door for door, _ in outcome_of(edition, help_wanted=["talk"], fit_door=rather).doors][:1] == first


def test_an_outcome_as_plain_values_has_the_promised_shape(sleep):
    told = plain(outcome_of(sleep, woken_by=["none"], hours=8, rest_1="often"))

    assert told == {
        "scores": {"rest": {"total": None, "low": 2, "high": 8, "bands": ["rested", "tired"], "complete": False}},
        "flags": [],
        "meets": [],
        "guidance": [{"id": "about_sleep", "urgency": "any_time", "door": "learn", "because": []}],
        "services": ["listener"],
        "their_services": [],
        "unanswered": ["country", "years", "rest_2", "rest_3"],
    }


def test_bands_are_not_for_everyone(sleep):
    answers = {"rest_1": "often", "rest_2": "never", "rest_3": "often"}
    grown = plain(outcome_of(sleep, years="grown", **answers))["scores"]["rest"]
    young = plain(outcome_of(sleep, years="young", **answers))["scores"]["rest"]

    assert (grown["total"], grown["bands"]) == (8, ["tired"])
    assert (young["total"], young["bands"]) == (8, [])


def test_too_few_answers_make_no_total_and_enough_make_an_estimate(sleep):
    one = plain(outcome_of(sleep, years="grown", rest_1="some"))["scores"]["rest"]
    two = plain(outcome_of(sleep, years="grown", rest_1="some", rest_2="some"))["scores"]["rest"]

    assert (one["total"], one["low"], one["high"], one["complete"]) == (None, 1, 7, False)
    assert (two["total"], two["low"], two["high"], two["complete"]) == (4, 2, 6, False)


@given(data=st.data())
def test_every_reason_is_about_something_that_was_answered(edition, data):
    outcome = assess(Journey(edition, data.draw(people(edition))))
    for advice in outcome.advice:
        assert all(reason and not reason.endswith(": ") for reason in advice.because)
        assert len(set(advice.because)) == len(advice.because)


def test_not_sure_and_left_open_are_reasons_too(edition):
    shown = {each.guidance.id: each.because for each in outcome_of(edition, safe="not_sure", phq9_1=0).advice}

    assert "safety with other people: I’m not sure" in shown["safe_not_sure"]
    assert [each for each in shown["urgent_signs_open"] if each.endswith(": not answered")]


@pytest.mark.parametrize(
    ("left_open", "overruled"),
    [
        ("urgent_signs", {"audit_c", "gad7", "phq9"}),
        ("phq9_9", {"audit_c", "gad7", "phq9"}),
        ("gad7_1", {"gad7"}),
    ],
)
def test_a_calm_band_is_not_explained_while_something_that_matters_is_open(edition, left_open, overruled):
    calm = next(each for each in edition.document.vignettes if each.id == "c16").answers
    settled = outcome_of(edition, **calm)
    open_ended = outcome_of(edition, **(calm | {left_open: "declined"}))

    assert not [score.instrument.id for score in settled.scores if settled.overruled(score)]
    assert {score.instrument.id for score in open_ended.scores if open_ended.overruled(score)} == overruled
