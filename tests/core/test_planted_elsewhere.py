"""Planted faults in a questionnaire of two languages and two audiences."""

import pytest

from tests.core.planting import SLEEP, Plant, finds

ELSEWHERE = [
    Plant("prorating the greatest", "questions.yaml", "    score: sum", "    score: max", "prorate", at="    missing:"),
    Plant(
        "a wording missing in a language",
        "questions.yaml",
        "        ask_cy: Ble rydych chi?\n",
        "",
        "“ask” has no wording in cy",
        at="        ask: Where are you?",
    ),
    Plant(
        "another reader’s wording missing in a language",
        "questions.yaml",
        "        ask_nurse_cy: Ble mae’r claf?\n",
        "",
        "“ask_nurse” has no wording in cy",
        at="        ask_nurse: Where",
    ),
    Plant(
        "an option missing in a language",
        "questions.yaml",
        "{text: Noise, text_cy: Sŵn}",
        "{text: Noise}",
        "“text” has no wording in cy",
    ),
    Plant(
        "a short option missing in a language",
        "questions.yaml",
        "{text: Noise, text_cy: Sŵn}",
        "Noise",
        "“noise” has no wording in cy",
    ),
    Plant(
        "a checksum missing in a language",
        "questions.yaml",
        "    checksum_cy:",
        "    #checksum_cy:",
        "“checksum” has no wording in cy",
        at="    checksum:",
    ),
    Plant(
        "a translation changed",
        "questions.yaml",
        "text_cy: Weithiau",
        "text_cy: Ambell waith",
        "not the recorded ones",
        at="    checksum_cy:",
        alone=True,
    ),
    Plant(
        "a unit missing in a language",
        "questions.yaml",
        "unit: hours, unit_cy: oriau",
        "unit: hours",
        "“unit” has no wording in cy",
    ),
    Plant(
        "guidance missing in a language",
        "advice.yaml",
        "    title_cy: Am gwsg\n",
        "",
        "“title” has no wording in cy",
        at="title: About sleep",
    ),
    Plant(
        "a reader is told of what they are not asked",
        "advice.yaml",
        "    for: [sleeper]\n    when: rest >= 4",
        "    for: [sleeper, partner]\n    when: rest >= 4",
        "no number or score “rest”",
        at="when: rest >= 4",
        alone=True,
    ),
    Plant(
        "reassurance with a warning sign",
        "advice.yaml",
        "when: rest <= 1 and woken_by has none and hours >= 7",
        "when: rest <= 1 and hours >= 7 or hours >= 8",
        "reassures",
        at="id: rested_enough",
        alone=True,
    ),
]


@pytest.mark.parametrize("plant", ELSEWHERE, ids=lambda plant: plant.name)
def test_faults_are_found_in_a_questionnaire_of_two_languages_and_audiences(plant, bed_of):
    finds(bed_of(plant, ELSEWHERE, SLEEP), plant)
