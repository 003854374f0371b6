"""A new version of the questionnaire comes while people answer: nothing is lost without a word."""

import shutil
from dataclasses import replace
from datetime import date

import pytest

from assessment.core.checks import open_questionnaire
from tests.web.conftest import SLEEP
from tests.web.keeper import bring

DECLINE = "I’d rather not say"
CHANGED = "The questions have changed since you began."
NOISE = "          noise: {text: Noise, text_cy: Sŵn}\n"
DOG = "          dog: {text: The dog, text_cy: Y ci}\n"
SNORING = """\
      - id: snoring
        ask: Do you snore?
        ask_cy: Ydych chi’n chwyrnu?
        short: snoring
        short_cy: chwyrnu
        why: Many do.
        why_cy: Mae llawer yn gwneud.
        options:
          snores: {text: I snore, text_cy: Ydw}
          silent: {text: I do not, text_cy: Nac ydw}
"""
HOURS = "      - id: hours\n        ask: How many hours did you sleep last night?\n"
READ = "bands_unless: years is young"
ASKED_TOO = ((HOURS, SNORING + HOURS), (READ, f"{READ} or snoring is snores"))


@pytest.fixture(scope="module")
def editions(tmp_path_factory):
    """Return the editions of the questionnaire with some of its text changed."""

    def changed(*changes):
        folder = shutil.copytree(SLEEP.parent, tmp_path_factory.mktemp("version") / "sleep")
        file = folder / "questions.yaml"
        text = file.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
        return open_questionnaire(file, date(2026, 11, 26)).editions

    return changed


@pytest.fixture
def bring_out(sleep_app):
    """Return what brings out a version: the same database and key, other questions."""
    shipped = sleep_app.extensions["assessment"]

    def version(editions):
        sleep_app.extensions["assessment"] = replace(shipped, editions=editions)

    yield version
    sleep_app.extensions["assessment"] = shipped


@pytest.fixture(scope="module")
def today(editions):
    return editions(("min: 0, max: 24, unit: hours", "min: 2, max: 24, unit: hours"))


@pytest.fixture(scope="module")
def before(editions):
    """The version before: with a question, an option and shorter nights that today's has not."""
    return editions(*ASKED_TOO, (NOISE, NOISE + DOG))


def answered(sleeper, door="I want to look at my sleep"):
    """Answer all of the version before, with what today's does not know."""
    sleeper.open("/")
    sleeper.press(door)
    sleeper.choose("Here")
    sleeper.choose("18 or over")
    sleeper.choose("I snore")
    sleeper.enter("1")
    sleeper.choose("The dog")
    for _ in range(3):
        sleeper.choose("Never")
    assert sleeper.page.path == "/check"
    return sleeper


def test_what_fits_stays_and_what_does_not_is_said_and_asked_again(sleeper, bring_out, before, today):
    bring_out(before)
    answered(sleeper)
    bring_out(today)
    page = sleeper.open("/outcome")

    assert page.path == "/step/hours"
    assert f"{CHANGED} 2 of the answers do not fit any more, and are not counted: hours slept; woken by." in page.text
    page = sleeper.enter("8")
    assert page.path == "/step/woken_by"
    assert f"{CHANGED} 1 of the answers does not fit any more, and is not counted: woken by." in page.text
    page = sleeper.choose("Noise")
    page = sleeper.open("/check")
    assert f"{CHANGED} 1 of the answers is to a question that we don’t ask any more. It is not counted." in page.text
    assert "8 hours" in page.text
    assert page.text.count("Never") == 3
    assert CHANGED in sleeper.open("/outcome").text
    assert CHANGED not in sleeper.open("/step/hours").text


def test_nothing_is_said_to_who_loses_nothing(sleeper, bring_out, today, editions):
    bring_out(today)
    sleeper.open("/")
    sleeper.press("I want to look at my sleep")
    sleeper.choose("Here")
    bring_out(editions((NOISE, NOISE + DOG)))

    assert CHANGED not in sleeper.choose("18 or over").text


def test_a_question_that_is_new_earlier_on_the_way_is_asked_before_the_outcome(sleeper, bring_out, before, today):
    bring_out(today)
    sleeper.open("/")
    sleeper.press("I want to look at my sleep")
    while sleeper.page.path != "/check":
        sleeper.choose(DECLINE)
    bring_out(before)

    page = sleeper.open("/outcome")
    assert page.heading == "Do you snore?"
    assert CHANGED not in page.text
    assert sleeper.choose("I snore").path == "/step/hours"
    assert sleeper.open("/outcome").status == 200


def test_who_meets_the_old_and_the_new_version_in_turn_loses_nothing(sleeper, bring_out, before, today):
    bring_out(before)
    answered(sleeper)
    for version in (today, before, today):
        bring_out(version)
        sleeper.open("/check")
    assert sleeper.enter("9").path == "/step/woken_by"
    bring_out(before)
    page = sleeper.open("/check")

    assert page.path == "/check"
    assert CHANGED not in page.text
    assert "I snore" in page.text
    assert "The dog" in page.text
    assert "9 hours" in page.text


def test_a_clinician_is_told_on_every_page_of_questions_and_beside_the_results(sleeper, bring_out, before, today):
    bring_out(before)
    sleeper.open("/")
    sleeper.press("I am with a patient")
    sleeper.fill({"1. Where is the patient?": ["Here"]}, "Keep these and go on")
    sleeper.fill({sleeper.page.legends()[1]: ["1"]}, "Keep these and go on")
    bring_out(today)

    for path in ("/part/scale", "/outcome"):
        page = sleeper.open(path)
        assert f"{CHANGED} 1 of the answers does not fit any more, and is not counted: hours slept." in page.text


def test_a_page_that_is_older_than_a_question_does_not_leave_it_unanswered_unasked(sleeper, bring_out, editions):
    together = ("    title: Last night\n", "    together: true\n    title: Last night\n")
    bring_out(editions(together))
    sleeper.open("/")
    sleeper.press("I want to look at my sleep")
    sleeper.choose("Here")
    sleeper.choose("18 or over")
    bring_out(editions(together, *ASKED_TOO))
    page = sleeper.fill({"3. How many hours did you sleep last night?": ["8"], "4. What woke you?": ["Noise"]})

    assert page.path == "/part/night"
    assert page.chosen("5. What woke you?") == ["Noise"]
    assert page.chosen("3. Do you snore?") == []


def test_whose_questions_are_gone_is_told_and_can_begin_again(sleeper, bring_out, today):
    bring_out(today)
    sleeper.open("/")
    sleeper.press("I am worried about someone’s sleep")
    bring_out({reader: each for reader, each in today.items() if reader.audience != "partner"})
    page = sleeper.open("/check")

    assert page.status == 410
    assert page.heading == "The questions have changed"
    assert sleeper.follow("Go to the start").status == 200
    assert sleeper.press("I want to look at my sleep").heading == "Where are you?"


def test_answers_that_come_back_in_a_file_of_before_are_told_of_once(sleeper, bring_out, before, today):
    bring_out(before)
    answered(sleeper)
    sleeper.open("/later")
    upload = sleeper.download("Make the file").data
    bring_out(today)
    sleeper.open("/come-back")
    page = bring(sleeper, upload)
    assert "so they count as not answered: hours slept; woken by." in page.text
    page = sleeper.press("Go on where you stopped")

    assert page.path == "/step/hours"
    assert CHANGED not in page.text
