"""How hard our own words are to read."""

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from assessment.cli import main
from assessment.core.loading import load
from assessment.core.reading import Reading, overall, readings, syllables
from tests.core.planting import SHIPPED, SLEEP

PLAIN = st.lists(st.sampled_from(["We", "go", "to", "the", "doctor", "about", "medicine", "today"]), min_size=1)


@pytest.fixture(scope="module")
def told():
    return {str(each.reader): each for file in (SHIPPED, SLEEP) for each in load(file).told}


def sentence(words):
    return " ".join(words) + "."


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("I", 1),
        ("we", 1),
        ("the", 1),
        ("safe", 1),
        ("whole", 1),
        ("table", 2),
        ("asked", 1),
        ("wanted", 2),
        ("takes", 1),
        ("changes", 2),
        ("going", 2),
        ("serious", 3),
        ("usual", 3),
        ("don’t", 1),
        ("doesn’t", 2),
        ("about", 2),
        ("ambulance", 3),
        ("emergency", 4),
        ("self-harm", 2),
        ("999", 1),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word, count):
    assert syllables(word) == syllables(word.upper()) == count


def test_the_age_is_the_published_grade_and_five_years():
    read = Reading("here", ("The cat sat on the mat.", "It was happy."))  # 9 words, 2 sentences, 10 syllables

    assert read.age == pytest.approx(0.39 * 9 / 2 + 11.8 * 10 / 9 - 15.59 + 5)


@given(st.lists(PLAIN, min_size=2, max_size=6))
def test_the_same_words_in_one_sentence_are_never_easier_than_in_several(parts):
    apart = Reading("here", tuple(map(sentence, parts)))
    together = Reading("here", (sentence([word for part in parts for word in part]),))

    assert together.age >= apart.age
    assert together.longest >= apart.longest


@pytest.mark.parametrize("reader", ["self (en)", "family (en)", "clinician (en)", "sleeper (en)", "partner (en)"])
def test_every_piece_of_guidance_is_read_and_the_hardest_comes_first(told, reader):
    every = readings(told[reader])
    ages = [each.age for each in every]
    where = {each.where for each in every}

    assert ages == sorted(ages, reverse=True)
    assert {f"guidance {each.id}" for each in told[reader].document.guidance} <= where
    assert {kind for kind, _ in map(str.split, where)} <= {"sections", "interrupts", "instruments", "guidance"}


def test_the_items_of_an_instrument_are_not_judged(told):
    every = readings(told["self (en)"])
    read = {sentence for each in every for sentence in each.sentences}

    for instrument in told["self (en)"].document.instruments:
        assert f"instruments {instrument.id}" in {each.where for each in every}
        assert not read & {item.text for item in instrument.items}


def test_labels_are_no_sentences(told):
    read = {sentence for each in readings(told["self (en)"]) for sentence in each.sentences}

    assert not read & {each.title for each in told["self (en)"].document.guidance if not each.title.endswith("?")}


def test_all_of_it_has_every_sentence(told):
    every = readings(told["sleeper (en)"])
    whole = overall(every)

    assert len(whole.sentences) == sum(len(each.sentences) for each in every)
    assert min(each.age for each in every) < whole.age < max(each.age for each in every)


def test_what_people_read_here_is_read_at_eleven_or_little_later(told):
    for reader in ("self (en)", "family (en)"):
        assert overall(readings(told[reader])).age < 11.5


def test_the_command_prints_the_hardest_first_and_says_how_it_reckons():
    said = CliRunner().invoke(main, ["reading", "--questionnaire", str(SLEEP), "--audience", "partner"]).output
    _, *lines, reckoned = said.splitlines()
    ages = [float(line.split()[0]) for line in lines]

    assert ages[:-1] == sorted(ages[:-1], reverse=True)
    assert lines[-1].endswith("all of it")
    assert "Flesch-Kincaid grade + 5" in reckoned
