"""Planted faults in instruments: points, bands, wording, scoring and answers that cannot be told apart."""

import pytest

from tests.core.planting import SHIPPED, Plant, finds

Q, PHQ9, GAD7 = "questions.yaml", "content/instruments/phq9.yaml", "content/instruments/gad7.yaml"
AUDIT_C, SDS = "content/instruments/audit_c.yaml", "content/instruments/sds.yaml"

BANDS = [
    Plant(
        "a gap", PHQ9, "        from: 5\n", "        from: 6\n", "phq9: 5 is in no band", at="- id: minimal", apart=True
    ),
    Plant(
        "an overlap",
        PHQ9,
        "        to: 9\n",
        "        to: 10\n",
        "phq9: 10 is in more than one band",
        at="- id: moderate",
        apart=True,
    ),
    Plant(
        "a change that no two totals are apart",
        PHQ9,
        "points: 6, source",
        "points: 28, source",
        "no two totals of phq9 are 28 apart",
    ),
    Plant(
        "beyond the most",
        PHQ9,
        "        to: 27",
        "        to: 28",
        "goes beyond the totals",
        at="- id: severe",
        apart=True,
    ),
    Plant(
        "short of the most",
        PHQ9,
        "        to: 27",
        "        to: 26",
        "phq9: 27 is in no band",
        at="- id: severe",
        apart=True,
    ),
    Plant(
        "below the least",
        PHQ9,
        "        from: 0\n",
        "        from: -1\n",
        "goes beyond the totals",
        at="- id: minimal",
        apart=True,
    ),
    Plant(
        "from after to",
        PHQ9,
        "        from: 15\n",
        "        from: 20\n",
        "“moderately_severe”",
        at="- id: moderately_severe",
        apart=True,
    ),
    Plant(
        "one that nothing reaches",
        PHQ9,
        "      - id: severe\n        from: 20",
        "      - id: beyond\n        from: 30\n        to: 40\n        title: X\n        means: X.\n      - id: severe\n        from: 20",
        "no total of phq9 can be in the band “beyond”",
        at="- id: beyond",
        apart=True,
    ),
    Plant(
        "one left out",
        GAD7,
        "      - id: mild\n        from: 5\n        to: 9\n        title: Mild range\n        means: Your answers are in the range called mild, where self-help and looking again in 2 weeks are often suggested.\n",
        "",
        "in no band",
        at="- id: minimal",
        apart=True,
    ),
    Plant(
        "moved",
        PHQ9,
        "        to: 9\n        title: Mild range",
        "        to: 8\n        title: Mild range",
        "9 is in no band",
        at="- id: mild",
        apart=True,
    ),
    Plant(
        "a limit that is no number",
        PHQ9,
        "        from: 5\n",
        "        from: nan\n",
        "should be a number",
        apart=True,
        alone=True,
    ),
    Plant(
        "a limit in quotes",
        PHQ9,
        "        from: 5\n",
        '        from: "5"\n',
        "should be a number",
        apart=True,
        alone=True,
    ),
]

RECORDED = [
    Plant(
        "the stem",
        PHQ9,
        "Over the last 2 weeks, how often",
        "In the last 2 weeks, how often",
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "an item",
        PHQ9,
        "better off dead or of hurting",
        "better off dead or hurting",
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "an option",
        GAD7,
        "{text: Not at all,",
        "{text: Not at all sure,",
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "points",
        SDS,
        "never_almost_never: {text: Never or almost never, points: 0}",
        "never_almost_never: {text: Never or almost never, points: 1}",
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "an item left out",
        GAD7,
        "      - id: gad7_4\n        text: Trouble relaxing\n        short: trouble relaxing\n        loinc: 69734-2\n",
        "",
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "an item turned round",
        GAD7,
        "        short: trouble relaxing",
        "        short: trouble relaxing\n        reversed: true",
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "a weight",
        GAD7,
        "        short: trouble relaxing",
        "        short: trouble relaxing\n        weight: 2",
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "the method", GAD7, "    score: sum", "    score: max", "not the recorded ones", at="    checksum:", apart=True
    ),
    Plant(
        "the points of what is skipped",
        AUDIT_C,
        "        skipped_points: 0",
        "        skipped_points: 1",
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "the limits of bands",
        PHQ9,
        '        to: 9\n        title: Mild range\n        means: Your answers are in the range called mild, where self-help and looking again in 2 weeks are often suggested.\n        means_clinician: "5 to 9: mild range. Watchful waiting and a repeat in 2 weeks are the usual suggestion."\n      - id: moderate\n        from: 10',
        '        to: 10\n        title: Mild range\n        means: Your answers are in the range called mild, where self-help and looking again in 2 weeks are often suggested.\n        means_clinician: "5 to 9: mild range. Watchful waiting and a repeat in 2 weeks are the usual suggestion."\n      - id: moderate\n        from: 11',
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "the missing rule",
        PHQ9,
        "    missing: complete",
        "    missing: {prorate_from: 7, source: kroenke_2001}",
        "not the recorded ones",
        at="    checksum:",
        apart=True,
    ),
    Plant(
        "no checksum",
        PHQ9,
        "    checksum:",
        "    #checksum:",
        "“checksum” is missing",
        at="- id: phq9",
        apart=True,
        alone=True,
    ),
]

UNSCORED = [
    Plant("an option without points", SDS, "{text: Often, points: 2}", "{text: Often}", "has no points"),
    Plant("an item’s own option without points", SDS, "{text: Impossible, points: 3}", "Impossible", "has no points"),
    Plant(
        "no options at all",
        PHQ9,
        "    options:\n      not_at_all: {text: Not at all, points: 0, loinc: LA6568-5}\n      several_days: {text: Several days, points: 1, loinc: LA6569-3}\n      more_than_half: {text: More than half the days, points: 2, loinc: LA6570-1}\n      nearly_every_day: {text: Nearly every day, points: 3, loinc: LA6571-9}\n",
        "",
        "has no options",
        at="- id: phq9_1",
    ),
    Plant(
        "skipped, and counting nothing",
        AUDIT_C,
        "        skipped_points: 0\n",
        "",
        "counts nothing then",
        at="- id: audit_c_2",
    ),
    Plant(
        "prorated from more than there are",
        PHQ9,
        "    missing: complete",
        "    missing: {prorate_from: 12, source: kroenke_2001}",
        "has only 9 items",
    ),
    Plant(
        "an unknown source of the missing rule",
        PHQ9,
        "    missing: complete",
        "    missing: {prorate_from: 7, source: kroenk_2001}",
        "did you mean “kroenke_2001”",
    ),
    Plant(
        "points where nothing is scored",
        Q,
        "        options:\n          learn: {text: Finding",
        "        options:\n          learn: {points: 2, text: Finding",
        "points",
        at="learn: {points: 2",
    ),
    Plant(
        "two answers with the same points",
        SDS,
        "{text: Often, points: 2}",
        "{text: Often, points: 1}",
        "both count 1",
        warning=True,
    ),
    Plant("two items’ answers that read alike", GAD7, "{text: Several days,", "{text: Not at all,", "two answers read"),
    Plant(
        "an item’s answer with a name kept for the engine",
        GAD7,
        "      several_days:",
        "      declined:",
        "kept for the engine",
    ),
    Plant(
        "two answers that read alike",
        Q,
        "            text: Once\n",
        "            text: Not at all\n",
        "two answers read",
    ),
    Plant(
        "an answer kept for the engine",
        Q,
        "          not_given: Not at all",
        "          declined: Not at all",
        "kept for the engine",
    ),
    Plant(
        "another answer kept for the engine",
        Q,
        "          not_given: Not at all",
        "          not_sure: Not at all",
        "kept for the engine",
    ),
    Plant(
        "alone where one can be chosen",
        Q,
        "          not_given: Not at all",
        "          not_given: {text: Not at all, alone: true}",
        "only one answer can be chosen",
    ),
    Plant(
        "several without none",
        Q,
        "          none: {text: None of these just now, alone: true}\n",
        "",
        "cannot be answered with none",
        at="- id: help_wanted",
        warning=True,
    ),
]


@pytest.mark.parametrize("plant", BANDS, ids=lambda plant: plant.name)
def test_bands_that_do_not_cover_every_total_once_are_refused(plant, bed_of):
    finds(bed_of(plant, BANDS, SHIPPED), plant)


@pytest.mark.parametrize("plant", RECORDED, ids=lambda plant: plant.name)
def test_an_instrument_that_differs_from_what_was_recorded_is_refused(plant, bed_of):
    finds(bed_of(plant, RECORDED, SHIPPED), plant)


@pytest.mark.parametrize("plant", UNSCORED, ids=lambda plant: plant.name)
def test_answers_that_cannot_be_scored_or_told_apart_are_refused(plant, bed_of):
    finds(bed_of(plant, UNSCORED, SHIPPED), plant)
