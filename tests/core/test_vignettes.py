"""The invented people of the shipped questionnaire get what they must, and nothing that they must not."""

from datetime import date

import pytest

from assessment.core.answers import read_all
from assessment.core.checks import check
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.readers import Reader
from assessment.core.vignettes import broken
from tests.core.planting import SHIPPED

VIGNETTES = check(SHIPPED, date(2026, 11, 23)).editions[Reader("self", "en")].document.vignettes
PROMISED = ["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c11", "c12", "c13", "c16"]


@pytest.mark.parametrize("vignette", VIGNETTES, ids=[each.id for each in VIGNETTES])
def test_a_vignette_comes_out_right(edition, vignette):
    answers, refusals = read_all(edition, vignette.answers)
    wrong = [message for _, _, message in broken(vignette, Journey(edition, answers))]

    assert not refusals
    assert not wrong, f"{vignette.story}\n" + "\n".join(wrong)


def test_the_promised_vignettes_are_there_and_each_expects_something():
    there = {each.id: each for each in VIGNETTES}

    assert [id for id in PROMISED if id not in there] == []
    for id in PROMISED:
        must = there[id].must
        assert must.shows or must.first or must.scores or must.not_asked, id


def test_every_guidance_is_met_by_a_vignette(edition):
    met = set()
    for vignette in VIGNETTES:
        answers, _ = read_all(edition, vignette.answers)
        journey = Journey(edition, answers)
        met |= {each.guidance.id for each in assess(journey).advice}

    assert {each.id for each in edition.document.guidance} - met == set()
