"""The cheap promises are held against every real outcome, as the prover reads them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.conditions import parse
from assessment.core.journey import Journey
from assessment.core.keeping import broken
from assessment.core.outcome import assess
from assessment.core.promises import Promise
from assessment.core.readers import Reader
from tests.core.people import people

IN_DANGER = {"phq9_9": ("several_days",)}


def kept(edition, answers, **promise):
    document = edition.document.model_copy(
        update={"promises": (Promise(id="p", says="A promise for a test.", **promise),)}
    )
    held = type(edition)(edition.reader, document, edition.questions, edition.version)
    journey = Journey(held, answers)
    return not broken(journey, assess(journey))


@pytest.mark.parametrize("audience", ["self", "family", "clinician"])
@settings(max_examples=60)
@given(data=st.data())
def test_no_outcome_breaks_a_promise_that_was_proved(checked, audience, data):
    edition = checked.editions[Reader(audience, "en")]
    journey = Journey(edition, data.draw(people(edition)))

    assert broken(journey, assess(journey)) == ()


@pytest.mark.parametrize(
    "promise",
    [
        {"then": {"shows": ("nothing_to_report",)}},
        {"then": {"meets": ("emergency_body_now",)}},
        {"then": {"first": "safety_plan"}},
        {"then": {"flags": ("mixing",)}},
        {"then": {"services": ("adfam",)}},
        {"then": {"tone": "reassuring"}},
        {"never": {"shows": ("crisis_help",)}},
        {"never": {"meets": ("support_now",)}},
        {"never": {"first": "crisis_help"}},
        {"never": {"urgency": "now"}},
        {"never": {"scores": ("phq9",)}},
    ],
)
def test_a_promise_that_an_outcome_breaks_is_named(edition, promise):
    assert not kept(edition, IN_DANGER, whenever="phq9_9 >= 1", **promise)
    assert kept(edition, {}, whenever="phq9_9 >= 1", **promise)


def test_a_condition_that_is_not_known_asks_for_nothing(edition):
    assert parse("phq9_9 >= 1").holds(Journey(edition, {}).known) is None
    assert kept(edition, {}, whenever="phq9_9 >= 1", then={"shows": ("nothing_to_report",)})
