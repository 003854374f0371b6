"""Errors that others have published are not copied in: wherever they stand, however they are spaced."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.checks import check
from assessment.core.known_errors import known_errors, slips
from assessment.core.loading import load
from tests.core.planting import SHIPPED, SLEEP, TODAY, Bed, Plant, finds, texts_of

SERVICES, GUIDANCE, Q = "content/services.yaml", "content/guidance.yaml", "questions.yaml"
GAD7, AUDIT_C, PHQ9 = (f"content/instruments/{name}.yaml" for name in ("gad7", "audit_c", "phq9"))
SAMARITANS = '{by: phone, show: 116 123, to: "116123"}'

PLANTS = [
    Plant(
        "two neighbours swapped",
        SERVICES,
        SAMARITANS,
        '{by: phone, show: 116 132, to: "116132"}',
        "“116 132” is one swap from 116 123",
    ),
    Plant(
        "a swap in the hours", SERVICES, "every day, on 116 123", "every day, on 116 213", "is one swap from 116 123"
    ),
    Plant(
        "one digit wrong",
        SERVICES,
        '{by: phone, show: 0800 068 4141, to: "08000684141"}',
        '{by: phone, show: 0800 068 4142, to: "08000684142"}',
        "“0800 068 4142” is one digit from 0800 068 4141",
    ),
    Plant(
        "an old number, spaced otherwise",
        SERVICES,
        '{by: phone, show: 0808 808 2234, to: "08088082234"}',
        '{by: phone, show: "0845 790 9090", to: "08457909090"}',
        "this is a known error: “0845 790 9090”",
    ),
    Plant(
        "a known misprint",
        SERVICES,
        '{by: phone, show: 0808 802 1414, to: "08088021414"}',
        '{by: phone, show: 0808 068 4141, to: "08080684141"}',
        "it is “0800 068 4141”",
    ),
    Plant(
        "the wrong class", GUIDANCE, "    title: Talk to someone now", "    title: Ketamine is class a", "known error"
    ),
    Plant("a wrong first option", GAD7, "text: Not at all", "text: Not at all sure", "it is “Not at all”"),
    Plant("a code of another screen", PHQ9, "loinc: 44250-9", "loinc: 93373-9", "known error: “93373-9”"),
    Plant("a code that cannot be", GAD7, "total: 70274-6", "total: 70274-5", "known error: “70274-5”"),
    Plant("a code for US drinks", AUDIT_C, "loinc: 68518-0", "loinc: 68519-8", "known error: “68519-8”"),
    Plant("a US cut-off", AUDIT_C, "        from: 5", "        from: 4", "starts at 4, not at 5"),
]

ENTRY = """canon:
  - id: line
    wrong: [0123 456 789, sleep like a log]
    right: 0987 654 321
    why: a leaflet had the old one.
flags:"""


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_published_error_is_found_where_it_stands(plant, bed_of):
    finds(bed_of(plant, PLANTS, SHIPPED), plant)


@pytest.fixture
def sleep_with(tmp_path):
    def sleep_with(entry=ENTRY, text="Gasping at night should be looked at."):
        bed = Bed(SLEEP, texts_of(SLEEP))
        advice = bed.texts["advice.yaml"].replace("flags:", entry, 1)
        bed.texts["advice.yaml"] = advice.replace("Gasping at night should be looked at.", text, 1)
        bed.check(tmp_path)
        return [f"{fault.message}. {fault.hint}" for fault in bed.faults]

    return sleep_with


def test_a_canon_that_nothing_breaks_is_silent_in_any_language(sleep_with):
    assert not sleep_with()


@pytest.mark.parametrize(
    "text",
    [
        "Some say 10123 456 789 is a sum.",  # part of a longer number
        "Some say 0987 654 321 is one.",  # right
        "Some say 0987 653 320 is one.",  # two digits off
        "You may sleep like a logger.",
        "You may sleep, like a log.",
    ],
)
def test_what_only_looks_alike_is_left_alone(sleep_with, text):
    assert not [said for said in sleep_with(text=text) if "known error" in said or "is one" in said.split("“")[0]]
    assert not [said for said in sleep_with(text=text) if "from 0987" in said]


def test_words_are_found_over_lines_and_in_capitals(sleep_with):
    said = sleep_with(text=">-\n      You may Sleep like\n      a LOG.")

    assert [each for each in said if "known error: “Sleep like a LOG”" in each and "a leaflet had" in each]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("{id: empty, why: because}", "this finds nothing"),
        ("{id: cut, first_positive: 3, why: because}", "“first_positive” is of an instrument"),
        ("{id: cut, instrument: rests, first_positive: 3, why: because}", "did you mean “rest”?"),
        ("{id: bare, wrong: 0123 456 789}", "“why” is missing"),
        ("{id: odd, wrongs: 0123 456 789, why: because}", "did you mean “wrong”?"),
        ("{id: cut, instrument: rest, first_positive: 99, why: because}", "not at 99"),
    ],
)
def test_an_entry_must_make_sense(sleep_with, entry, says):
    said = sleep_with(f"canon:\n  - {entry}\nflags:")

    assert [each for each in said if says in each], said


def test_an_id_stands_once(sleep_with):
    twice = "canon:\n  - {id: a, wrong: xyz, why: b}\n  - {id: a, wrong: zyx, why: b}\nflags:"

    assert [each for each in sleep_with(twice) if "the id “a” is used twice" in each]


@pytest.fixture(scope="module")
def told():
    return load(SHIPPED).told[0]


@st.composite
def slipped(draw):
    """Draw a number, and the same with one digit wrong or two neighbours swapped, in any spacing."""
    right = draw(st.text("0123456789", min_size=3, max_size=11))
    n = draw(st.integers(0, len(right) - 2))
    other = right[:n] + draw(st.sampled_from("0123456789")) + right[n + 1 :]
    swapped = right[:n] + right[n + 1] + right[n] + right[n + 2 :]
    number = draw(st.sampled_from([other, swapped]))
    return right, number, draw(st.sampled_from(["", " ", "-"])).join(number)


@given(slipped())
def test_every_slip_in_a_right_number_is_found_however_it_is_spaced(drawn):
    right, number, spaced = drawn
    found = list(slips(f"Call 12 {spaced}, or 999 {right}.", right))

    assert (spaced in [each for each, _ in found]) == (number != right)
    assert right not in [each for each, _ in found]


def test_no_right_number_is_a_slip_of_itself_and_the_shipped_words_keep_to_the_canon(told):
    assert not list(known_errors(told))
    assert len(told.document.canon) >= 9


def test_a_right_number_one_digit_from_another_is_right(tmp_path):
    bed = Bed(SLEEP, texts_of(SLEEP))
    near = "canon:\n  - {id: a, right: 0987 654 321, why: b}\n  - {id: b, right: 0987 654 322, why: b}\nflags:"
    advice = bed.texts["advice.yaml"].replace("flags:", near, 1)
    bed.texts["advice.yaml"] = advice.replace("purpose: ", "purpose: 0987 654 321. ", 1)
    bed.check(tmp_path)

    assert not [fault for fault in check(tmp_path / "questions.yaml", TODAY).faults if " from 0987" in fault.message]
