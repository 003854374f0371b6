"""Planted faults in what names what, and in how conditions are written."""

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
    Plant("an option", Q, "          week:\n", "          today:\n", "“today” is given twice"),
    Plant("an instrument placed", Q, "- instrument: phq9", "- instrument: gad7", "“gad7” is used twice", alone=True),
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
        alone=True,
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
    Plant(
        "a score that is chosen",
        FLAGS,
        "when: days_used >= 8",
        "when: phq9 is severe",
        "no question “phq9”",
        alone=True,
    ),
    Plant(
        "“not_sure” where nobody can be",
        FLAGS,
        "when: route has inject",
        "when: route has any of inject, not_sure",
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
        "topics: [crisis, talk, young, child_safety]",
        "topics: [crisis, tallk, young, child_safety]",
        "did you mean “talk”",
    ),
    Plant(
        "a source",
        GUIDANCE,
        "sources: [samaritans_contact,",
        "sources: [samaritan_contact,",
        "did you mean “samaritans_contact”",
    ),
    Plant("a nation", SERVICES, "nations: [england]", "nations: [engaland]", "did you mean “england”", alone=True),
    Plant("an age", SERVICES, "ages: [", "ages: [under_15, ", "no age “under_15”"),
    Plant(
        "the question of nations",
        Q,
        "{nation: nation, age: age",
        "{nation: nations, age: age",
        "did you mean “nation”",
        alone=True,
    ),
    Plant(
        "the question of ages",
        Q,
        "{nation: nation, age: age",
        "{nation: nation, age: days_used",
        "no question with options “days_used”",
        alone=True,
    ),
    Plant("a door question", Q, "door: [fit_door, help_wanted]}", "door: [fit_door, help_want]}", "“help_wanted”"),
    Plant(
        "a door that is offered",
        Q,
        "          get_help: {text: Treatment",
        "          get_hlp: {text: Treatment",
        "did you mean “get_help”",
        alone=True,
    ),
]

UNREADABLE = [
    Plant("a comparison without a number", Q, "when: phq9 >= 1", "when: phq9 >=", "cannot be read at its end"),
    Plant(
        "two conditions without a joint",
        FLAGS,
        "when: gad7 >= 8",
        "when: gad7 >= 8 gad7 >= 9",
        "cannot be read at “gad7”",
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


@pytest.mark.parametrize("plant", TWICE, ids=lambda plant: plant.name)
def test_an_id_used_twice_is_refused_where_it_is_used_again(plant, bed_of):
    finds(bed_of(plant, TWICE, SHIPPED), plant)


@pytest.mark.parametrize("plant", UNKNOWN, ids=lambda plant: plant.name)
def test_a_name_that_nothing_has_is_refused_where_it_stands(plant, bed_of):
    finds(bed_of(plant, UNKNOWN, SHIPPED), plant)


@pytest.mark.parametrize("plant", UNREADABLE, ids=lambda plant: plant.name)
def test_a_condition_that_cannot_be_read_is_refused_where_it_stops_making_sense(plant, bed_of):
    finds(bed_of(plant, UNREADABLE, SHIPPED), plant)
