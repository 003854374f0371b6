"""Planted faults in what names what, in conditions, in the order of asking, and in what can come true."""

import pytest

from tests.core.planting import SHIPPED, Plant, finds

Q, FLAGS, PAGES, GUIDANCE = "questions.yaml", "content/flags.yaml", "content/interrupts.yaml", "content/guidance.yaml"
SERVICES, SOURCES, PHQ9 = "content/services.yaml", "content/sources.yaml", "content/instruments/phq9.yaml"
AUDIT_C, SDS = "content/instruments/audit_c.yaml", "content/instruments/sds.yaml"

TWICE = [
    Plant("a question", Q, "- id: urine_test", "- id: antibiotics", "“antibiotics” is used twice"),
    Plant(
        "a question and an item",
        Q,
        "- id: urine_test",
        "- id: phq9_3",
        "“phq9_3” is used twice",
        at="id: phq9_3",
        at_file=PHQ9,
    ),
    Plant("a question and an interrupt", PAGES, "- id: support_now", "- id: stomach", "“stomach” is used twice"),
    Plant(
        "a question and an instrument",
        Q,
        "- id: urine_test",
        "- id: gad7",
        "“gad7” is used twice",
        at="- instrument: gad7",
    ),
    Plant("a section", Q, "  - id: want", "  - id: mood", "“mood” is used twice"),
    Plant("an option", Q, "          week: {text: 1 to 7", "          today: {text: 1 to 7", "“today” is given twice"),
    Plant(
        "an instrument placed",
        Q,
        "- instrument: gad7",
        "- instrument: phq9",
        "“phq9” is used twice",
        at="      - instrument: phq9",
    ),
    Plant("an item", PHQ9, "- id: phq9_4", "- id: phq9_3", "“phq9_3” is used twice"),
    Plant("a band", PHQ9, "- id: moderately_severe", "- id: moderate", "“moderate” is used twice"),
    Plant("a flag", FLAGS, "- id: low_mood", "- id: mixing", "“mixing” is used twice"),
    Plant("guidance", GUIDANCE, "- id: crisis_next_hour", "- id: crisis_help", "“crisis_help” is used twice"),
    Plant("a service", SERVICES, "- id: emergency_999_text", "- id: emergency_999", "“emergency_999” is used twice"),
    Plant("a source", SOURCES, "- id: lbc_2026", "- id: acmd_2026", "“acmd_2026” is used twice"),
    Plant("a group of help", Q, "    - id: medical", "    - id: now", "“now” is used twice"),
    Plant(
        "a key",
        Q,
        "        short: your age",
        "        short: your age\n        short: age",
        "“short” is given twice",
        at="short: age",
    ),
]

UNKNOWN = [
    Plant(
        "a question in a condition",
        Q,
        "when: stopping is one of trying",
        "when: stoping is one of trying",
        "did you mean “stopping”",
    ),
    Plant(
        "an option in a condition",
        Q,
        "is one of trying, stopped_recently",
        "is one of tryng, stopped_recently",
        "did you mean “trying”",
    ),
    Plant("an option in a flag", FLAGS, "bladder has blood", "bladder has bloood", "did you mean “blood”"),
    Plant(
        "a flag",
        GUIDANCE,
        "when: flag suicidal_thoughts",
        "when: flag suicidal_thought",
        "did you mean “suicidal_thoughts”",
    ),
    Plant("a score", Q, "when: phq9 >= 1", "when: phq8 >= 1", "did you mean “phq9_8”"),
    Plant("a number", FLAGS, "when: days_used >= 8", "when: day_used >= 8", "did you mean “days_used”"),
    Plant(
        "a choice that is compared", FLAGS, "when: days_used >= 8", "when: amount >= 8", "no number or score “amount”"
    ),
    Plant("a score that is chosen", FLAGS, "when: days_used >= 8", "when: phq9 is severe", "no question “phq9”"),
    Plant(
        "“not_sure” where nobody can be",
        FLAGS,
        "when: safe is unsafe",
        "when: safe is one of unsafe, not_sure",
        "no option “not_sure”",
    ),
    Plant("“is” where several can be chosen", FLAGS, "when: route has inject", "when: route is inject", "takes “has”"),
    Plant("“has” where one can be chosen", FLAGS, "when: safe is unsafe", "when: safe has unsafe", "takes “is”"),
    Plant("an instrument", Q, "- instrument: gad7", "- instrument: gad8", "did you mean “gad7”"),
    Plant("what an interrupt comes after", PAGES, "after: phq9_9", "after: phq9_10", "no question “phq9_10”"),
    Plant("an interrupt after a score", PAGES, "after: phq9_9", "after: phq9", "no question “phq9”"),
    Plant(
        "a topic of guidance",
        GUIDANCE,
        "topics: [crisis, emergency]",
        "topics: [crisis, emergancy]",
        "did you mean “emergency”",
    ),
    Plant("a topic of an interrupt", PAGES, "topics: [crisis]", "topics: [crysis]", "did you mean “crisis”"),
    Plant(
        "a topic of the help page",
        Q,
        "topics: [emergency, crisis]",
        "topics: [emergency, crises]",
        "did you mean “crisis”",
    ),
    Plant(
        "a topic of a service",
        SERVICES,
        "topics: [crisis, talk, young]",
        "topics: [crisis, tallk, young]",
        "did you mean “talk”",
    ),
    Plant(
        "a source",
        GUIDANCE,
        "sources: [samaritans_contact,",
        "sources: [samaritan_contact,",
        "did you mean “samaritans_contact”",
    ),
    Plant("a nation", SERVICES, "nations: [england]", "nations: [engaland]", "did you mean “england”"),
    Plant("an age", SERVICES, "ages: [", "ages: [under_15, ", "no age “under_15”"),
    Plant(
        "the question of nations", Q, "{nation: nation, age: age", "{nation: nations, age: age", "did you mean “nation”"
    ),
    Plant(
        "the question of ages",
        Q,
        "{nation: nation, age: age",
        "{nation: nation, age: days_used",
        "no question with options “days_used”",
    ),
    Plant("the door question", Q, "door: help_wanted}", "door: help_want}", "did you mean “help_wanted”"),
    Plant(
        "a door that is offered",
        Q,
        "          get_help: {text: Treatment",
        "          get_hlp: {text: Treatment",
        "did you mean “get_help”",
    ),
]

UNREADABLE = [
    Plant("a comparison without a number", Q, "when: phq9 >= 1", "when: phq9 >=", "cannot be read at its end"),
    Plant(
        "two conditions without a joint", Q, "when: phq9 >= 1", "when: phq9 >= 1 phq9 >= 2", "cannot be read at “phq9”"
    ),
    Plant("a foreign operator", Q, "when: phq9 >= 1", "when: phq9 => 1", "cannot be read at “>”"),
    Plant("two equals signs", Q, "when: phq9 >= 1", "when: phq9 == 1", "cannot be read at “=”"),
    Plant("&&", FLAGS, "phq9_9 >= 1", "phq9_9 >= 1 && phq9 >= 1", "cannot be read at “&&”"),
    Plant("a bracket that stays open", FLAGS, "when: phq9_9 >= 1", "when: (phq9_9 >= 1", "cannot be read at its end"),
    Plant("capitals", FLAGS, "when: phq9_9 >= 1", "when: PHQ9_9 >= 1", "cannot be read at “PHQ9_9”"),
    Plant(
        "an option in quotes", FLAGS, "when: safe is unsafe", "when: safe is 'unsafe'", "cannot be read at “'unsafe'”"
    ),
    Plant("true", FLAGS, "when: safe is unsafe", "when: true", "a condition is a line of text"),
    Plant("a list", FLAGS, "when: safe is unsafe", "when: [safe is unsafe]", "a condition is a line of text"),
    Plant("nothing", FLAGS, "when: safe is unsafe", "when:", "a condition is a line of text"),
    Plant("an empty text", FLAGS, "when: safe is unsafe", "when: ''", "cannot be read at its end"),
    Plant(
        "in a placed instrument",
        Q,
        "- instrument: gad7",
        "- instrument: gad7\n        when: age is",
        "at its end",
        at="when: age is",
    ),
    Plant(
        "over several lines",
        FLAGS,
        "when: safe is unsafe",
        "when: >-\n      safe is\n      unsafe or",
        "at its end",
        at="when: >-",
    ),
]

ASTRAY = [
    Plant(
        "reads ahead",
        Q,
        "when: bladder has any of",
        "when: nose has any of bleeding, bladder has any of",
        "",
        at="when: nose",
    ),
    Plant(
        "reads what is asked later",
        Q,
        "when: antibiotics is one of once",
        "when: stomach has cramps or antibiotics is one of once",
        "not asked before it",
    ),
    Plant(
        "reads itself",
        Q,
        "when: antibiotics is one of once",
        "when: urine_test is clear or antibiotics is one of once",
        "not asked before it",
    ),
    Plant(
        "reads a score before its end",
        PAGES,
        "after: phq9_9\n    when: phq9_9 >= 1",
        "after: phq9_8\n    when: phq9 >= 1",
        "not asked before it",
        at="when: phq9 >= 1",
    ),
    Plant(
        "reads ahead through a flag",
        Q,
        "when: antibiotics is one of once",
        "when: flag low_mood or antibiotics is one of once",
        "not asked before it",
    ),
    Plant(
        "an interrupt reads ahead",
        PAGES,
        "after: urgent_signs\n    when: flag emergency_body",
        "after: age\n    when: flag emergency_body",
        "not asked before it",
        at="when: flag emergency_body",
    ),
    Plant(
        "an item reads itself",
        AUDIT_C,
        "unless: audit_c_1 is never",
        "unless: audit_c_2 is units_0_2",
        "not asked before it",
    ),
    Plant(
        "a flag reads itself", FLAGS, "when: phq9_9 >= 1", "when: phq9_9 >= 1 or flag suicidal_thoughts", "reads itself"
    ),
    Plant(
        "flags in a circle",
        FLAGS,
        "when: daily_depressants has any of",
        "when: flag stopping_could_harm or daily_depressants has any of",
        "reads itself",
    ),
    Plant(
        "a question that nothing reads",
        Q,
        "        sheet: true\n      - id: how_long",
        "      - id: how_long",
        "nothing reads the answer",
        at="- id: amount",
    ),
    Plant(
        "an instrument never asked",
        Q,
        "      - instrument: gad7\n",
        "",
        "is never asked",
        at="  - id: gad7",
        at_file="content/instruments/gad7.yaml",
    ),
    Plant(
        "an instrument never asked, and read",
        Q,
        "      - instrument: phq9",
        "",
        "is never asked",
        at="  - id: phq9",
        at_file=PHQ9,
    ),
    Plant(
        "what is not asked is read",
        Q,
        "      - instrument: phq9",
        "",
        "no number or score “phq9_9”",
        at="when: phq9_9 >= 1",
        at_file=FLAGS,
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
        "can never",
        at="      ketamine_use is never and other_drugs has none",
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
        "not of itself", FLAGS, "when: safe is unsafe", "when: safe is unsafe and not safe is unsafe", "can never hold"
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


@pytest.mark.parametrize("plant", TWICE, ids=lambda plant: plant.name)
def test_an_id_used_twice_is_refused_where_it_is_used_again(plant, tmp_path, shipped_faults):
    finds(plant, SHIPPED, tmp_path, shipped_faults)


@pytest.mark.parametrize("plant", UNKNOWN, ids=lambda plant: plant.name)
def test_a_name_that_nothing_has_is_refused_where_it_stands(plant, tmp_path, shipped_faults):
    finds(plant, SHIPPED, tmp_path, shipped_faults)


@pytest.mark.parametrize("plant", UNREADABLE, ids=lambda plant: plant.name)
def test_a_condition_that_cannot_be_read_is_refused_where_it_stops_making_sense(plant, tmp_path, shipped_faults):
    finds(plant, SHIPPED, tmp_path, shipped_faults)


@pytest.mark.parametrize("plant", ASTRAY, ids=lambda plant: plant.name)
def test_what_cannot_be_asked_in_this_order_is_refused(plant, tmp_path, shipped_faults):
    finds(plant, SHIPPED, tmp_path, shipped_faults)


@pytest.mark.parametrize("plant", NEVER, ids=lambda plant: plant.name)
def test_what_never_or_always_holds_is_refused(plant, tmp_path, shipped_faults):
    finds(plant, SHIPPED, tmp_path, shipped_faults)
