"""Planted faults in the shape of a questionnaire: keys, kinds of values, what is missing."""

import pytest

from tests.core.planting import SHIPPED, Bed, Plant, finds

Q, FLAGS, PAGES, GUIDANCE = "questions.yaml", "content/flags.yaml", "content/interrupts.yaml", "content/guidance.yaml"
SERVICES, SOURCES, PHQ9 = "content/services.yaml", "content/sources.yaml", "content/instruments/phq9.yaml"
AUDIT_C, SDS = "content/instruments/audit_c.yaml", "content/instruments/sds.yaml"

MISSPELT = [
    Plant("of the whole", Q, "\nsections:", "\nsectoins:", "did you mean “sections”", alone=True),
    Plant("of the service", Q, "  owner:", "  ownr:", "did you mean “owner”"),
    Plant("of the directory", Q, "age: age, door", "age: age, dor", "did you mean “door”"),
    Plant("of a group of help", Q, "      alarm: true", "      alram: true", "did you mean “alarm”"),
    Plant("of an audience", Q, "    minutes: 8", "    minuts: 8", "did you mean “minutes”"),
    Plant("of a section", Q, "    title: Your body", "    tilte: Your body", "did you mean “title”"),
    Plant("of a question", Q, "        short: your age", "        shrt: your age", "did you mean “short”"),
    Plant(
        "of another reader’s wording",
        Q,
        "        short: your age",
        "        short: age\n        short_famly: x",
        "did you mean “short_family”",
        at="short_famly",
    ),
    Plant("of an option", Q, "None of these, alone:", "None of these, alnoe:", "did you mean “alone”"),
    Plant("of a number", Q, "{min: 0, max: 30", "{mim: 0, max: 30", "did you mean “min”"),
    Plant(
        "of a placed instrument",
        Q,
        "      - instrument: gad7",
        "      - instrument: gad7\n        whne: always",
        "did you mean “when”",
        at="whne",
    ),
    Plant("of an instrument", PHQ9, "    window:", "    widnow:", "did you mean “window”"),
    Plant("of an item", PHQ9, "        short: poor appetite", "        shotr: poor appetite", "did you mean “short”"),
    Plant("of an item’s option", SDS, "{text: Impossible, points", "{text: Impossible, point", "did you mean “points”"),
    Plant("of a band", PHQ9, "        means:", "        mean:", "did you mean “means”"),
    Plant("of a licence", PHQ9, "      notice:", "      notise:", "did you mean “notice”"),
    Plant("of codes", PHQ9, "{panel: 44249-1", "{pannel: 44249-1", "did you mean “panel”"),
    Plant("of a flag", FLAGS, "    warning: true", "    warnign: true", "did you mean “warning”"),
    Plant("of an interrupt", PAGES, "    pins: true", "    pin: true", "did you mean “pins”"),
    Plant("of guidance", GUIDANCE, "    urgency: now", "    urgancy: now", "did you mean “urgency”"),
    Plant("of a service in the directory", SERVICES, "    publish: true", "    pubish: true", "did you mean “publish”"),
    Plant("of a contact", SERVICES, '{by: phone, show: "999"', '{by: phone, shw: "999"', "did you mean “show”"),
    Plant(
        "of a check",
        SERVICES,
        "    checked:\n      on:",
        "    checked:\n      onn:",
        "did you mean “on”",
        at="      onn:",
    ),
    Plant("of a source", SOURCES, "    publisher: GOV.UK", "    publihser: GOV.UK", "did you mean “publisher”"),
]

WRONG = [
    Plant("text that is a list", Q, "short: your age", "short: [your, age]", "should be text"),
    Plant("text that is a number", Q, "short: your age", "short: 7", "should be text"),
    Plant("an empty text", Q, "short: your age", "short: ''", "is empty"),
    Plant("a text of nothing", Q, "short: your age", "short:", "should be text"),
    Plant("a text of spaces", Q, "short: your age", "short: '  '", "is empty"),
    Plant("a missing text", Q, "        short: your age\n", "", "“short” is missing", at="- id: age"),
    Plant(
        "a missing why", Q, "why: Different services", "hint: Different services", "“why” is missing", at="- id: age"
    ),
    Plant("options in a list", Q, "number: {min: 0, max: 30, unit: days}", "options: [a, b]", "should be a mapping"),
    Plant(
        "one option only",
        Q,
        '          unsafe:\n            text: "Yes"\n            short: someone is hurting or frightening you\n'
        "            short_clinician: hurt, frightened or controlled by someone\n",
        "",
        "at least 2",
        at='          safe: "No"',
    ),
    Plant(
        "options and a number",
        Q,
        "        number: {min: 0, max: 30, unit: days}",
        "        number: {min: 0, max: 30, unit: days}\n        options: {a: A, b: B}",
        "either options or a number",
        at="- id: days_used",
    ),
    Plant(
        "neither options nor a number",
        Q,
        "        number: {min: 0, max: 30, unit: days}\n",
        "",
        "either options or a number",
        at="- id: days_used",
    ),
    Plant("a number whose least is its most", Q, "{min: 0, max: 30", "{min: 30, max: 30", "less than its most"),
    Plant("a number upside down", Q, "{min: 0, max: 30", "{min: 31, max: 30", "less than its most"),
    Plant("a number in quotes", Q, "{min: 0, max: 30", '{min: "0", max: 30', "should be a whole number"),
    Plant("a number with a fraction", Q, "{min: 0, max: 30", "{min: 0.5, max: 30", "should be a whole number"),
    Plant(
        "several of a number",
        Q,
        "        number: {min: 0,",
        "        choose: several\n        number: {min: 0,",
        "several",
        at="- id: days_used",
    ),
    Plant("an unknown way to choose", Q, "choose: several", "choose: sevral", "did you mean “several”"),
    Plant("yes for true", Q, "None of these, alone: true", "None of these, alone: yes", "true or false"),
    Plant("1 for true", PAGES, "pins: true", "pins: 1", "true or false"),
    Plant("an id with capitals", Q, "- id: amount", "- id: Amount", "small letters"),
    Plant("an id with a space", Q, "- id: amount", "- id: the amount", "small letters"),
    Plant("an id of digits", Q, "- id: amount", '- id: "12"', "not only digits"),
    Plant("an option id with a hyphen", Q, "          under_16:", "          under-16:", "small letters"),
    Plant("an option id that is a number", Q, "          under_16:", "          16:", "is not a word"),
    Plant(
        "a section that is a word",
        Q,
        "  - id: want\n",
        "  - want\n  - id: want\n",
        "should be a mapping",
        at="  - want",
    ),
    Plant("a question that is a word", Q, "      - instrument: gad7", "      - gad7", "should be a mapping"),
    Plant("a question that is nothing", Q, "      - instrument: gad7", "      -", "should be a mapping"),
    Plant(
        "a list that breaks off",
        Q,
        "      - id: mind\n",
        "    questions_: []\n      - id: mind\n",
        "this is not YAML",
        at="      - id: mind",
        alone=True,
    ),
    Plant(
        "an audience in a list",
        Q,
        "    for: [self, clinician]\n    questions:\n      - id: ready",
        "    for: []\n    questions:\n      - id: ready",
        "for nobody",
        at="    for: []",
        alone=True,
    ),
    Plant("an audience as a word", Q, "    for: [self, clinician]", "    for: self", "should be a list", alone=True),
    Plant(
        "an unknown audience",
        Q,
        "    for: [self, clinician]",
        "    for: [slef, clinician]",
        "did you mean “self”",
        alone=True,
    ),
    Plant(
        "an unknown audience of guidance",
        GUIDANCE,
        "    for: [self]",
        "    for: [selves]",
        "no audience “selves”",
        alone=True,
    ),
    Plant("an unknown urgency", GUIDANCE, "urgency: this_week", "urgency: this week", "did you mean “this_week”"),
    Plant("an unknown door", GUIDANCE, "door: get_help", "door: gethelp", "did you mean “get_help”"),
    Plant("an unknown place", GUIDANCE, "place: crisis", "place: crysis", "did you mean “crisis”"),
    Plant("an unknown tone", GUIDANCE, "tone: reassuring", "tone: reasuring", "cannot stand here"),
    Plant("unknown advice", GUIDANCE, "advises: [stop_now]", "advises: [stop]", "did you mean “stop_now”"),
    Plant("an unknown way of contact", SERVICES, "{by: phone,", "{by: fone,", "did you mean “phone”"),
    Plant("an unknown method", PHQ9, "    score: sum", "    score: som", "did you mean “sum”"),
    Plant("an unknown missing rule", PHQ9, "    missing: complete", "    missing: compleet", "complete"),
    Plant("a day that is none", SERVICES, "recheck_by: 2027-02-23", "recheck_by: 2027-02-30", "a date like"),
    Plant("a day in words", SERVICES, "recheck_by: 2027-02-23", "recheck_by: next spring", "a date like"),
    Plant("a day as a number", SERVICES, "recheck_by: 2027-02-23", "recheck_by: 20270223", "a date like"),
    Plant("a day upside down", SERVICES, "recheck_by: 2027-02-23", "recheck_by: 23/02/2027", "a date like"),
    Plant(
        "no day",
        SERVICES,
        "    recheck_by: 2027-02-23\n",
        "",
        "“recheck_by” is missing",
        at="- id: emergency_999",
        alone=True,
    ),
    Plant("points in quotes", SDS, "points: 3}", 'points: "3"}', "should be a whole number"),
    Plant("points that are true", SDS, "points: 3}", "points: true}", "should be a whole number"),
    Plant("points with a fraction", SDS, "points: 3}", "points: 2.5}", "should be a whole number"),
    Plant("no languages", Q, "languages: {en: English}", "languages: {}", "at least 1", alone=True),
    Plant("no nations", SERVICES, "nations: [england, scotland, wales, northern_ireland]", "nations: []", "at least 1"),
    Plant("no topics", SERVICES, "topics: [emergency, crisis, urgent_medical]", "topics: []", "at least 1"),
    Plant(
        "a negative weight",
        SDS,
        "        short: your use feeling out of control",
        "        short: your use\n        weight: -1",
        "greater than 0",
        at="weight: -1",
    ),
]


@pytest.mark.parametrize("plant", MISSPELT, ids=lambda plant: plant.name)
def test_a_misspelt_key_is_refused_where_it_stands_with_the_right_spelling(plant, bed_of):
    finds(bed_of(plant, MISSPELT, SHIPPED, Bed.load), plant)


@pytest.mark.parametrize("plant", WRONG, ids=lambda plant: plant.name)
def test_a_value_of_the_wrong_kind_is_refused_where_it_stands(plant, bed_of):
    finds(bed_of(plant, WRONG, SHIPPED, Bed.load), plant)
