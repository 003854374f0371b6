"""Planted faults in the order of asking, and in what can come true."""

import pytest

from tests.core.planting import SHIPPED, Plant, finds

Q, FLAGS, PAGES, GUIDANCE = "questions.yaml", "content/flags.yaml", "content/interrupts.yaml", "content/guidance.yaml"
SERVICES, SOURCES, PHQ9 = "content/services.yaml", "content/sources.yaml", "content/instruments/phq9.yaml"
AUDIT_C, SDS = "content/instruments/audit_c.yaml", "content/instruments/sds.yaml"

ASTRAY = [
    Plant(
        "reads ahead",
        Q,
        "when: bladder has any of",
        "when: nose has bleeding or bladder has any of",
        "",
        at="when: nose",
        alone=True,
    ),
    Plant(
        "reads what is asked later",
        Q,
        "when: antibiotics is one of once",
        "when: stomach has cramps or antibiotics is one of once",
        "not asked before it",
        alone=True,
    ),
    Plant(
        "reads itself",
        Q,
        "when: antibiotics is one of once",
        "when: urine_test is clear or antibiotics is one of once",
        "not asked before it",
        alone=True,
    ),
    Plant(
        "reads a score before its end",
        PAGES,
        "after: phq9_9\n    when: phq9_9 >= 1",
        "after: phq9_8\n    when: phq9 >= 1",
        "not asked before it",
        at="when: phq9 >= 1",
        alone=True,
    ),
    Plant(
        "reads ahead through a flag",
        Q,
        "when: antibiotics is one of once",
        "when: flag low_mood or antibiotics is one of once",
        "not asked before it",
        alone=True,
    ),
    Plant(
        "an interrupt reads ahead",
        PAGES,
        "after: urgent_signs\n    when: flag emergency_body",
        "after: age\n    when: flag emergency_body",
        "not asked before it",
        at="when: flag emergency_body",
        alone=True,
    ),
    Plant(
        "an item reads itself",
        AUDIT_C,
        "unless: audit_c_1 is never",
        "unless: audit_c_2 is units_0_2",
        "not asked before it",
        alone=True,
    ),
    Plant(
        "a flag reads itself",
        FLAGS,
        "when: phq9_9 >= 1",
        "when: phq9_9 >= 1 or flag suicidal_thoughts",
        "reads itself",
        alone=True,
    ),
    Plant(
        "flags in a circle",
        FLAGS,
        "when: daily_depressants has any of",
        "when: flag stopping_could_harm or daily_depressants has any of",
        "reads itself",
        alone=True,
    ),
    Plant(
        "a question that nothing reads",
        "content/clinician/sheet.yaml",
        "days_used, amount, how_long",
        "days_used, how_long",
        "nothing reads the answer",
        at="- id: amount",
        at_file=Q,
        alone=True,
    ),
    Plant(
        "an instrument never asked",
        Q,
        "      - instrument: gad7\n",
        "",
        "is never asked",
        at="  - id: gad7",
        at_file="content/instruments/gad7.yaml",
        alone=True,
    ),
    Plant(
        "an instrument never asked, and read",
        Q,
        "      - instrument: phq9",
        "",
        "is never asked",
        at="  - id: phq9",
        at_file=PHQ9,
        alone=True,
    ),
    Plant(
        "what is not asked is read",
        Q,
        "      - instrument: phq9",
        "",
        "no number or score “phq9_9”",
        at="when: phq9_9 >= 1",
        at_file=FLAGS,
        alone=True,
    ),
]

NEVER = [
    Plant(
        "two answers to one question",
        Q,
        "when: stopping is one of trying, stopped_recently",
        "when: stopping is trying and stopping is stopped_recently",
        "can never hold",
    ),
    Plant("a score beyond its most", Q, "when: phq9 >= 1", "when: phq9 >= 28", "can never hold"),
    Plant("a number beyond its most", FLAGS, "when: days_used >= 8", "when: days_used > 30", "can never hold"),
    Plant("an item beyond its most", FLAGS, "when: phq9_9 >= 1", "when: phq9_9 >= 4", "can never hold"),
    Plant("a score below its least", FLAGS, "when: gad7 >= 8", "when: gad7 < 0", "can never hold"),
    Plant("a number between whole ones", FLAGS, "when: gad7 >= 8", "when: gad7 = 8.5", "can never hold"),
    Plant("an impossible sum", FLAGS, "when: phq9 >= 10", "when: phq9 >= 25 and phq9_1 = 0", "can never hold"),
    Plant("a sum against an item", FLAGS, "when: phq9 >= 10", "when: phq9 = 0 and phq9_9 >= 1", "can never hold"),
    Plant(
        "a score of skipped items",
        FLAGS,
        "when: audit_c >= 5",
        "when: audit_c >= 5 and audit_c_1 is never",
        "can never hold",
    ),
    Plant(
        "two sides of a number",
        GUIDANCE,
        "and phq9_9 = 0 and phq9 <= 4 and gad7 <= 4",
        "and phq9_9 = 0 and phq9 <= 4 and gad7 <= 4 and gad7 >= 10",
        "can never come up",
        at="- id: nothing_to_report",
        alone=True,
    ),
    Plant(
        "what stands alone and another",
        FLAGS,
        "when: route has inject",
        "when: bladder has all of none, blood",
        "can never hold",
    ),
    Plant(
        "what is not asked then",
        FLAGS,
        "when: safe is unsafe",
        "when: ketamine_use is never and last_used is week and safe is unsafe",
        "can never hold",
    ),
    Plant(
        "not of itself",
        FLAGS,
        "when: safe is unsafe",
        "when: safe is unsafe and not safe is unsafe",
        "can never hold",
        alone=True,
    ),
    Plant(
        "through a flag",
        FLAGS,
        "when: safe is unsafe",
        "when: flag low_mood and phq9 < 5 and safe is unsafe",
        "can never hold",
    ),
    Plant(
        "a part of a condition",
        FLAGS,
        "when: gad7 >= 8",
        "when: gad7 >= 8 or phq9 >= 28",
        "“phq9 >= 28” can never hold",
    ),
    Plant(
        "`when` and `unless` alike",
        GUIDANCE,
        "    when: flag stopped_or_trying",
        "    when: flag stopped_or_trying\n    unless: flag stopped_or_trying",
        "can never come up",
        at="- id: since_stopping",
    ),
    Plant(
        "an interrupt against its question",
        PAGES,
        "unless: flag emergency_body",
        "unless: flag same_day_body",
        "can never come up",
        at="- id: same_day_body_now",
    ),
    Plant(
        "a question behind a contradiction",
        Q,
        "unless: ketamine_use is one of never, prescribed_only or last_used is one of year, longer\n        options:\n          under_half",
        "when: last_used is today\n        unless: last_used is one of today, week\n        options:\n          under_half",
        "can never come up",
        at="- id: amount",
    ),
    Plant("every answer", FLAGS, "when: safe is unsafe", "when: safe is one of unsafe, safe", "always holds"),
    Plant("a score from its least", FLAGS, "when: gad7 >= 8", "when: gad7 >= 0", "always holds"),
    Plant(
        "an always-true part", FLAGS, "when: gad7 >= 8", "when: gad7 >= 8 and phq9 <= 27", "“phq9 <= 27” always holds"
    ),
    Plant("either way", FLAGS, "when: safe is unsafe", "when: safe is unsafe or not safe is unsafe", "always holds"),
    Plant("a page that always comes", PAGES, "when: phq9_9 >= 1", "when: phq9_9 >= 0", "always holds"),
]


@pytest.mark.parametrize("plant", ASTRAY, ids=lambda plant: plant.name)
def test_what_cannot_be_asked_in_this_order_is_refused(plant, bed_of):
    finds(bed_of(plant, ASTRAY, SHIPPED), plant)


@pytest.mark.parametrize("plant", NEVER, ids=lambda plant: plant.name)
def test_what_never_or_always_holds_is_refused(plant, bed_of):
    finds(bed_of(plant, NEVER, SHIPPED), plant)
