"""Planted faults in who answers about whom: absent people, keyed-in answers, questions afterwards, sheets, doors."""

import re

import pytest

from tests.core.planting import SHIPPED, SLEEP, Bed, Plant, finds, texts_of

Q, ADVICE = "questions.yaml", "advice.yaml"
FAMILY = "content/family/guidance.yaml"

ABSENT = [
    Plant(
        "a scale about an absent person",
        Q,
        "      - id: their_years\n",
        "      - instrument: rest\n      - id: their_years\n",
        "a person who is not there is never scored",
    ),
    Plant(
        "a section about an absent person, for readers who answer for nobody else",
        Q,
        "    title_cy: Neithiwr\n",
        "    title_cy: Neithiwr\n    about: someone_else\n",
        "sleeper answers for nobody else",
    ),
    Plant(
        "guidance that helps an absent person, for those readers",
        ADVICE,
        "  - id: wind_down\n    for: [sleeper]\n",
        "  - id: wind_down\n    for: [sleeper]\n    helps: someone_else\n",
        "sleeper answers for nobody else",
    ),
    Plant(
        "a page that helps an absent person, for those readers",
        ADVICE,
        "    pins: true\n",
        "    pins: true\n    helps: someone_else\n",
        "nurse answers for nobody else",
    ),
    Plant(
        "an unknown nation of theirs",
        Q,
        "{nation: their_country, age: their_years}",
        "{nation: their_contry, age: their_years}",
        "did you mean “their_country”",
    ),
    Plant(
        "an age of theirs that is a number",
        Q,
        "{nation: their_country, age: their_years}",
        "{nation: their_country, age: hours}",
        "no question with options “hours”",
    ),
    Plant(
        "a nation of theirs with other options",
        Q,
        "          there: {text: There alone",
        "          elsewhere: {text: There alone",
        "“their_country” has other options than “country”",
        at="someone_else: {nation",
        alone=True,
    ),
    Plant(
        "an age of theirs with an option more",
        Q,
        "          grown: {text: 18 or older",
        "          old: {text: 65 or older, text_cy: 65 neu’n hŷn}\n          grown: {text: 18 or older",
        "“their_years” has other options than “years”",
        at="someone_else: {nation",
    ),
    Plant(
        "several ages of theirs",
        Q,
        "        short: their age\n",
        "        short: their age\n        choose: several\n",
        "only one “their_years” decides",
    ),
    Plant(
        "an unknown person that is helped",
        ADVICE,
        "    helps: someone_else",
        "    helps: them",
        "cannot stand here",
        alone=True,
    ),
    Plant(
        "an unknown person that is asked about",
        Q,
        "about: someone_else",
        "about: somebody",
        "cannot stand here",
        alone=True,
    ),
    Plant(
        "a misspelt key of someone else", Q, "age: their_years}", "agee: their_years}", "did you mean “age”", alone=True
    ),
    Plant("someone else without an age", Q, ", age: their_years}", "}", "“age” is missing", alone=True),
]

KEYED = [
    Plant("an unknown audience", Q, "keys_in: sleeper", "keys_in: sleper", "nobody answers as “sleper”"),
    Plant("itself", Q, "keys_in: sleeper", "keys_in: nurse", "nobody answers as “nurse”"),
    Plant(
        "a question for one of the two",
        Q,
        "    for: [sleeper, nurse]\n    questions:\n      - instrument: rest",
        "    for: [sleeper]\n    questions:\n      - instrument: rest",
        "“nurse” keys in what “sleeper” answers, but “rest” is not asked of both alike",
        at="keys_in",
        alone=True,
    ),
    Plant(
        "questions of another kind of reader",
        Q,
        "keys_in: sleeper",
        "keys_in: partner",
        "“nurse” keys in what “partner” answers, but “their_country” is not asked of both alike",
    ),
]

LATE = [
    Plant(
        "before the rest",
        Q,
        "    title_cy: Neithiwr\n",
        "    title_cy: Neithiwr\n    afterwards: true\n",
        "what is asked afterwards comes last",
    ),
    Plant(
        "with a score",
        Q,
        "    title_cy: Yr wythnos ddiwethaf\n    for: [sleeper, nurse]\n    questions:\n      - ",
        "    title_cy: Yr wythnos ddiwethaf\n    for: [sleeper, nurse]\n    afterwards: true\n    questions:\n      - ",
        "nothing is scored afterwards",
        at="- instrument: rest",
        alone=True,
    ),
    Plant(
        "with a page behind it",
        ADVICE,
        "    after: woken_by\n",
        "    after: feels\n",
        "no page follows what is asked afterwards",
        alone=True,
    ),
    Plant(
        "and read before",
        Q,
        "        unless: woken_by has breath",
        "        unless: woken_by has breath or feels is sooner",
        "“feels”, which is not asked before it",
        alone=True,
    ),
]

SHEETS = [
    Plant(
        "two for one reader",
        ADVICE,
        "  - id: seen\n    for: [partner]",
        "  - id: seen_too\n    for: [partner, nurse]",
        "nurse has two sheets",
    ),
    Plant(
        "one id twice",
        ADVICE,
        "  - id: seen\n    for: [partner]",
        "  - id: ward  # again\n    for: [partner, nurse]",
        "the id “ward” is used twice",
    ),
    Plant("an unknown row", ADVICE, "woken_by, how_often]", "woken_by, how_oftn]", "did you mean “how_often”"),
    Plant("an item as a row", ADVICE, "rows: [rest]", "rows: [rest_3]", "no question or instrument “rest_3”"),
    Plant(
        "a row that another reader is asked",
        ADVICE,
        "rows: [hours, woken_by]",
        "rows: [hours, how_often]",
        "no question or instrument “how_often”",
    ),
    Plant("an unknown wish", ADVICE, "    asks: [feels]", "    asks: [fels]", "did you mean “feels”"),
    Plant("a part without rows", ADVICE, "rows: [rest]", "rows: []", "at least 1", alone=True),
    Plant("a misspelt key of a part", ADVICE, "rows: [rest]", "rowz: [rest]", "did you mean “rows”", alone=True),
    Plant(
        "of a reader whose answers nobody can name",
        Q,
        "    answered: Someone else, alone.\n    answered_cy: Rhywun arall, ar ei ben ei hun.\n",
        "",
        "the sheet cannot say who answered as “partner”",
        at="    start: I am worried",
    ),
    Plant(
        "of answers that are keyed in, and whose nobody can say",
        Q,
        "    answered: The person alone.\n    answered_cy: Y person ar ei ben ei hun.\n",
        "",
        "the sheet cannot say who answered as “sleeper”",
        at="    start: I want to look",
    ),
    Plant("that rests on nothing", ADVICE, "unless: their_years is", "unless: their_age is", "no question “their_age”"),
    Plant(
        "that rests on what another reader is asked",
        ADVICE,
        "unless: their_years is young",
        "unless: rest >= 4",
        "no number or score “rest”",
    ),
    Plant(
        "that nobody is ever offered",
        ADVICE,
        "unless: their_years is young",
        "unless: their_years is one of young, grown",
        "this always holds",
        alone=True,
    ),
    Plant("for nobody", ADVICE, "    for: [nurse]\n", "    for: []\n", "for nobody", alone=True),
]

DOORS = [
    Plant("of one door question", Q, "[fit_door, help_wanted]", "[fit_dor, help_wanted]", "did you mean “fit_door”"),
    Plant("a score", Q, "[fit_door, help_wanted]", "[phq9, help_wanted]", "no question with options “phq9”"),
    Plant(
        "all that a reader is asked",
        Q,
        "door: [fit_door, help_wanted]",
        "door: [help_wanted]",
        "no question with options “help_wanted”",
    ),
    Plant(
        "an option that is no door",
        "content/fit.yaml",
        "          get_help:\n",
        "          get_hlp:\n",
        "did you mean “get_help”",
        at="            text: Treatment or a service",
        alone=True,
    ),
]

TITLES = iter(re.findall(r"^    title: .*$", texts_of(SHIPPED)[FAMILY], re.MULTILINE))  # each takes one text


def says(text, message="labels somebody who is not there"):
    return Plant(text, FAMILY, next(TITLES), f'    title: "{text}"', message)


LABELLED = [
    says("They are addicts"),
    says("They’re addicted to ketamine"),
    says("If he is an alcoholic"),
    says("She’s depressed"),
    says("Perhaps they are deeply depressed"),
    says("They must be dependent on it"),
    says("Your son is a drug user"),
    says("Your youngest daughter has become addicted"),
    says("Your mum is an alcoholic"),
    says("This person is mentally ill"),
    says("He is suicidal"),
    says("Their score says more"),
    says("What his addiction means"),
    says("Her risk level today"),
    says("Their dependence"),
    says("You are an addict", "labels the reader"),
]


@pytest.mark.parametrize("plant", ABSENT, ids=lambda plant: plant.name)
def test_an_absent_person_is_never_scored_and_only_those_who_answer_for_them_are_told_of_them(plant, bed_of):
    finds(bed_of(plant, ABSENT, SLEEP), plant)


@pytest.mark.parametrize("plant", KEYED, ids=lambda plant: plant.name)
def test_whoever_keys_in_is_asked_what_another_reader_is_asked(plant, bed_of):
    finds(bed_of(plant, KEYED, SLEEP), plant)


@pytest.mark.parametrize("plant", LATE, ids=lambda plant: plant.name)
def test_what_is_asked_on_the_outcome_page_comes_last_and_decides_nothing_before_it(plant, bed_of):
    finds(bed_of(plant, LATE, SLEEP), plant)


@pytest.mark.parametrize("plant", SHEETS, ids=lambda plant: plant.name)
def test_a_reader_has_one_sheet_and_what_stands_on_it_is_asked(plant, bed_of):
    finds(bed_of(plant, SHEETS, SLEEP), plant)


@pytest.mark.parametrize("plant", DOORS, ids=lambda plant: plant.name)
def test_every_question_that_chooses_the_door_is_asked_of_someone(plant, bed_of):
    finds(bed_of(plant, DOORS, SHIPPED), plant)


@pytest.mark.parametrize("plant", LABELLED, ids=lambda plant: plant.name)
def test_nobody_who_is_absent_is_labelled(plant, bed_of):
    finds(bed_of(plant, LABELLED, SHIPPED), plant)


def test_readers_who_answer_for_nobody_else_may_be_told_what_people_say(tmp_path):
    bed = Bed(SLEEP, texts_of(SLEEP))
    wind_down = '    text: "A regular hour helps.'
    assert wind_down in bed.texts[ADVICE]
    bed.texts[ADVICE] = bed.texts[ADVICE].replace(wind_down, wind_down + " Nobody sleeps well if they are depressed.")
    bed.check(tmp_path)

    assert not bed.faults


@pytest.fixture
def keyed(tmp_path):
    """Say how the nurse's questions differ from the sleeper's, once `woken_by` is asked of each by itself."""

    def keyed(*changes):
        bed = Bed(SLEEP, texts_of(SLEEP))
        head, own, tail = re.split(
            r"(      - id: woken_by\n        ask: What woke you.*?)(?=  - id: scale)", bed.texts[Q], flags=re.DOTALL
        )
        section = "  - id: {id}\n    title: Waking\n    title_cy: Deffro\n    for: [{id}]\n    questions:\n{asked}"
        nurse = own
        for old, new in changes:
            assert old in nurse
            nurse = nurse.replace(old, new)
        parts = [section.format(id="sleeper", asked=own), section.format(id="nurse", asked=nurse)]
        bed.texts[Q] = head + "".join(parts) + tail
        bed.check(tmp_path)
        return [fault.message.partition(", but ")[2] for fault in bed.faults if "keys in" in fault.message]

    return keyed


def test_the_same_question_may_be_written_for_each_of_them(keyed):
    assert not keyed()
    assert not keyed(("What woke you?", "What woke the patient?"), ("{text: Noise,", "{text: A noise,"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("          noise: ", "          sound: "),
        ("alone: true", "alone: false"),
        ("choose: several", "choose: one"),
        ("unless: hours >= 10", "unless: hours >= 9"),
        ("unless: hours >= 10", "when: years is grown"),
        ("unless: hours >= 10", "not_sure: true"),
    ],
)
def test_a_question_that_is_answered_otherwise_or_comes_up_otherwise_cannot_be_keyed_in(keyed, old, new):
    assert keyed((old, new)) == ["“woken_by” is not asked of both alike"]


def test_questions_in_another_order_cannot_be_keyed_in(tmp_path):
    bed = Bed(SLEEP, texts_of(SLEEP))
    asked = "[{instrument: rest, unless: woken_by has breath}]"
    early = f"  - {{id: early, title: First, title_cy: Cyntaf, for: [nurse], questions: {asked}}}\n"
    for old, new in (
        ("  - id: night\n", f"{early}  - id: night\n"),
        (
            "    for: [sleeper, nurse]\n    questions:\n      - instrument",
            "    for: [sleeper]\n    questions:\n      - instrument",
        ),
    ):
        assert old in bed.texts[Q]
        bed.texts[Q] = bed.texts[Q].replace(old, new)
    bed.check(tmp_path)

    assert [each for each in bed.faults if each.message.endswith("but they are asked in another order")]
