"""The invented people of the shipped questionnaire get what they must, and nothing that they must not."""

import pytest

from assessment.core.answers import read_all
from assessment.core.checks import check
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.readers import Reader
from assessment.core.vignettes import broken
from tests.core.planting import SHIPPED, TODAY

EDITIONS = check(SHIPPED, TODAY).editions
AUDIENCES = [reader.audience for reader in EDITIONS]
VIGNETTES = next(iter(EDITIONS.values())).document.vignettes
PROMISED = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12", "c13", "c14", "c16"]


def journey_of(vignette):
    edition = EDITIONS[Reader(vignette.audience, vignette.language)]
    answers, refusals = read_all(edition, vignette.answers)
    assert not refusals
    return Journey(edition, answers)


@pytest.mark.parametrize("vignette", VIGNETTES, ids=[each.id for each in VIGNETTES])
def test_a_vignette_comes_out_right(vignette):
    wrong = [message for _, _, message in broken(vignette, journey_of(vignette))]

    assert not wrong, f"{vignette.story}\n" + "\n".join(wrong)


def test_the_promised_vignettes_are_there_and_each_expects_something():
    there = {each.id: each for each in VIGNETTES}

    assert [id for id in PROMISED if id not in there] == []
    for id in PROMISED:
        must = there[id].must
        assert must.shows or must.first or must.scores or must.not_asked, id


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_guidance_is_met_by_a_vignette(audience):
    journeys = [journey_of(each) for each in VIGNETTES if each.audience == audience]
    met = {advice.guidance.id for journey in journeys for advice in assess(journey).advice}
    told = {each.id for each in EDITIONS[Reader(audience, "en")].document.guidance}

    assert told - met == set()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_page_that_comes_at_once_is_met_by_a_vignette(audience):
    journeys = [journey_of(each) for each in VIGNETTES if each.audience == audience]
    met = {interrupt.id for journey in journeys for interrupt in journey.met}

    assert {each.id for each in EDITIONS[Reader(audience, "en")].document.interrupts} - met == set()
