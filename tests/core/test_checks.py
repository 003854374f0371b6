"""What `check` promises: it never raises, and whatever it accepts can be walked by anyone."""

import random
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.core.checks import check, open_questionnaire
from assessment.core.journey import Journey
from assessment.core.outcome import assess, plain
from assessment.core.source import Faults
from tests.core.people import people
from tests.core.planting import SHIPPED, SLEEP, TODAY, Bed, Plant, finds, texts_of

VIGNETTE = """vignettes:
  - id: rested
    story: Somebody who slept well.
    audience: sleeper
    answers: {country: here, years: grown, hours: 8, woken_by: [none], rest_1: 0, rest_2: 2, rest_3: 0}
    must: {first: rested_enough, scores: {rest: {total: 0, bands: [rested]}}, tone: reassuring, services: [listener]}
    must_not: {meets: [breath_page], flags: [gasping]}
flags:"""

PLANTS = [
    Plant(
        "an answer that does not exist", "advice.yaml", "hours: 8", "hours: 25", "25 is not a whole number from 0 to 24"
    ),
    Plant(
        "an option that does not exist",
        "advice.yaml",
        "country: here",
        "country: her",
        "“her” is not one of its answers",
    ),
    Plant("a question that does not exist", "advice.yaml", "country: here", "contry: here", "did you mean “country”"),
    Plant("points that do not exist", "advice.yaml", "rest_3: 0", "rest_3: 5", "5 is not the points"),
    Plant("an unknown audience", "advice.yaml", "audience: sleeper", "audience: sleper", "nobody reads as sleper"),
    Plant(
        "an unknown language",
        "advice.yaml",
        "audience: sleeper",
        "audience: sleeper\n    language: fr",
        "nobody reads as sleeper (fr)",
        at="audience: sleeper",
    ),
    Plant(
        "unknown guidance first",
        "advice.yaml",
        "first: rested_enough",
        "first: rested",
        "nothing called “rested” for “first”",
    ),
    Plant("an unknown flag", "advice.yaml", "flags: [gasping]", "flags: [gasp]", "did you mean “gasping”"),
    Plant(
        "an unknown service", "advice.yaml", "services: [listener]", "services: [listner]", "did you mean “listener”"
    ),
    Plant("an unknown key", "advice.yaml", "must: {first", "must: {frist", "did you mean “first”"),
    Plant("an unknown key of a score", "advice.yaml", "{total: 0,", "{totl: 0,", "totl"),
    Plant("a total that does not come", "advice.yaml", "{total: 0,", "{total: 3,", "scores must have rest total=3"),
    Plant(
        "a band that does not come",
        "advice.yaml",
        "bands: [rested]",
        "bands: [tired]",
        "scores must have rest bands=['tired']",
    ),
    Plant(
        "a page that is met", "advice.yaml", "meets: [breath_page]", "tone: reassuring", "tone must not have reassuring"
    ),
    Plant(
        "a rule that has changed",
        "advice.yaml",
        "when: rest <= 1 and",
        "when: rest <= 1 and country is there and",
        "first must have rested_enough",
        at="must: {first",
    ),
]


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_vignette_must_make_sense_and_come_out_as_it_says(plant, tmp_path):
    bed = Bed(SLEEP, texts_of(SLEEP))
    bed.texts["advice.yaml"] = bed.texts["advice.yaml"].replace("flags:", VIGNETTE, 1)
    bed.plant(plant)
    bed.check(tmp_path)

    finds(bed, plant)


def test_a_vignette_that_comes_out_right_is_no_fault(tmp_path):
    bed = Bed(SLEEP, texts_of(SLEEP))
    bed.texts["advice.yaml"] = bed.texts["advice.yaml"].replace("flags:", VIGNETTE, 1)
    bed.check(tmp_path)

    assert not bed.faults


def test_a_questionnaire_with_a_fault_never_opens(tmp_path):
    bed = Bed(SLEEP, texts_of(SLEEP))
    bed.texts["advice.yaml"] = bed.texts["advice.yaml"].replace("flag gasping", "flag gasp", 1)
    bed.check(tmp_path)

    with pytest.raises(Faults, match="did you mean “gasping”"):
        open_questionnaire(tmp_path / "questions.yaml", TODAY)


def test_warnings_do_not_keep_a_questionnaire_from_opening():
    late = TODAY.replace(year=TODAY.year + 1)

    assert [fault for fault in check(SHIPPED, late).faults if fault.expired]
    assert open_questionnaire(SHIPPED, late).editions


WORDS = [
    "",
    "~",
    "0",
    "-1",
    "99",
    "1.5",
    "true",
    "[]",
    "{}",
    "[a]",
    "{a: b}",
    "always",
    "flag x",
    "not_sure",
    "declined",
    "'",
    '"',
    "*a",
    "&a x",
    "- x",
    "? x",
    "!!int x",
    "# x",
    "x: y",
    "none",
    "phq9 >= 1",
    "here",
    "rest",
    "2026-01-01",
]


def mutated(text, chance):
    """Return a text with lines left out, doubled, moved, or with other values."""
    lines = text.split("\n")
    for _ in range(chance.randint(1, 3)):
        n = chance.randrange(len(lines))
        match chance.choice(["out", "twice", "move", "value", "value", "value", "swap", "indent"]):
            case "out":
                del lines[n]
            case "twice":
                lines.insert(n, lines[n])
            case "move":
                lines.insert(chance.randrange(len(lines)), lines.pop(n))
            case "value":
                lines[n] = re.sub(r"(: ).*$", lambda found: found[1] + chance.choice(WORDS), lines[n], count=1)
            case "swap":
                word = re.search(r"[a-z_0-9]{3,}", lines[n])
                other = re.search(r"[a-z_0-9]{3,}", chance.choice(lines))
                lines[n] = lines[n].replace(word[0], other[0], 1) if word and other else lines[n]
            case "indent":
                lines[n] = chance.choice([" ", "  ", "\t"]) + lines[n]
        lines = lines or [""]
    return "\n".join(lines)


def walks(questionnaire, checked, data):
    for edition in checked.editions.values() if not checked.refused else ():
        journey = Journey(edition, data.draw(people(edition)))
        assert plain(assess(journey)), questionnaire


@settings(max_examples=150, suppress_health_check=list(HealthCheck), deadline=None)
@given(seed=st.integers(0, 2**32), data=st.data())
def test_no_change_to_a_questionnaire_makes_check_raise_and_what_it_accepts_can_be_walked(tmp_path, seed, data):
    chance = random.Random(seed)
    texts = texts_of(SLEEP)
    for _ in range(chance.randint(1, 2)):
        name = chance.choice(sorted(texts))
        texts[name] = mutated(texts[name], chance)
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    walks(SLEEP, check(tmp_path / "questions.yaml", TODAY), data)


@settings(max_examples=5, suppress_health_check=list(HealthCheck), deadline=None)
@given(seed=st.integers(0, 2**32), data=st.data())
def test_no_change_to_the_shipped_questionnaire_makes_check_raise_either(tmp_path, seed, data):
    chance = random.Random(seed)
    bed = Bed(SHIPPED, texts_of(SHIPPED))
    name = chance.choice([name for name in sorted(bed.texts) if "sources" not in name])
    bed.texts[name] = mutated(bed.texts[name], chance)

    walks(SHIPPED, bed.check(tmp_path), data)
