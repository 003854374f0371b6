"""The version of a questionnaire: another as soon as anything is asked, scored or said otherwise."""

import pytest

from assessment.core.loading import load
from tests.core.planting import SHIPPED, SLEEP, texts_of

Q, ADVICE = "questions.yaml", "advice.yaml"
VIGNETTE = """vignettes:
  - id: rested
    story: Somebody who slept well.
    audience: sleeper
    answers: {hours: 8}
    must: {first: about_sleep}
flags:"""


@pytest.fixture
def version(tmp_path):
    """Return the version of a copy of the sleep questionnaire with some texts in it changed."""

    def version(*changes):
        texts = texts_of(SLEEP)
        for file, old, new in changes:
            assert old in texts[file]
            texts[file] = texts[file].replace(old, new, 1)
        for name, text in texts.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return load(tmp_path / Q).version

    return version


def test_it_is_the_day_of_the_last_review_and_a_fingerprint(version):
    assert version().startswith("2026-11-01 ")
    assert len(version().partition(" ")[2]) == 8
    assert version() == load(SLEEP).version != load(SHIPPED).version


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (Q, "ask: Where are you?", "ask: Where is that?"),
        (Q, "ask_cy: Ble rydych chi?", "ask_cy: Ble ydych chi?"),
        (Q, "short_nurse: nocturnal gasping", "short_nurse: gasping at night"),
        (Q, "unless: hours >= 10", "unless: hours >= 11"),
        (Q, "points: 2}", "points: 3}"),
        (Q, "to: 3,", "to: 2,"),
        (Q, "alone: true", "alone: false"),
        (Q, "reviewed: 2026-11-01", "reviewed: 2026-11-02"),
        (Q, 'citation: "Nobody N.', 'citation: "Nobody O.'),
        (ADVICE, "text: Sleep comes in waves.", "text: Sleep comes and goes."),
        (ADVICE, "urgency: soon", "urgency: today"),
        (ADVICE, "when: woken_by has breath", "when: woken_by has worry"),
        (ADVICE, "show: 000 111", "show: 000 112"),
        (ADVICE, "rows: [hours, woken_by]", "rows: [woken_by, hours]"),
        (ADVICE, "helps: someone_else", "helps: reader"),
    ],
)  # fmt: skip
def test_it_is_another_as_soon_as_anything_is_asked_scored_or_said_otherwise(version, file, old, new):
    assert version((file, old, new)) != load(SLEEP).version


def test_it_is_another_if_answers_stand_in_another_order(version):
    noise, worry = "noise: {text: Noise, text_cy: Sŵn}", "worry: {text: Worry, text_cy: Pryder}"
    both = f"          {noise}\n          {worry}\n"

    assert version((Q, both, f"          {worry}\n          {noise}\n")) != load(SLEEP).version


def test_it_stays_what_it_is_whatever_the_tests_of_it_are(version):
    assert version((ADVICE, "flags:", VIGNETTE)) == load(SLEEP).version


def test_it_stays_what_it_is_however_the_files_are_written(version):
    options = "          here: {text: Here, text_cy: Yma}\n"
    spread = "          here:  # a comment\n            text: Here\n            text_cy: Yma\n"

    assert version((Q, options, spread)) == load(SLEEP).version


def test_every_reader_has_the_same(checked, checked_sleep):
    for each in (checked, checked_sleep):
        assert len({edition.version for edition in each.editions.values()}) == 1
