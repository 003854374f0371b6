"""The authors' page: a questionnaire as it is being written, and never part of the app that is served."""

import os
import shutil

import pytest

from assessment.preview import create_preview
from tests.core.planting import SLEEP
from tests.web.walker import Walker


@pytest.fixture
def written(tmp_path):
    """Return the main file of a copy of the second questionnaire."""
    shutil.copytree(SLEEP.parent, tmp_path / "sleep")
    return tmp_path / "sleep" / "questions.yaml"


@pytest.fixture
def author(written):
    app = create_preview(written, 8000)
    yield Walker(app.test_client())
    app.extensions["assessment"].printer.close()


def send(author, button, **given):
    """Fill in the form of the page and press a button, as a browser posts it."""
    form = author.open("/preview").form_with(button)
    token = next(each.get("value") for each in form.iter("input") if each.get("name") == "csrf_token")
    return author.client.post(form.get("action"), data={"csrf_token": token, **given}, follow_redirects=True)


def save(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(file, (file.stat().st_mtime + 5, file.stat().st_mtime + 5))


def test_typed_answers_show_their_way_and_what_follows(author):
    page = send(author, "Show their way", answers="woken_by: [breath]", vignette="sleeper/")

    assert "Gasping for breath" in page.text
    assert "see_doctor (today)" in page.text


def test_a_mistake_in_typed_answers_is_said(author):
    page = send(author, "Show their way", answers="woken_by: [thunder]", vignette="sleeper/")

    assert "“thunder” is not one of its answers" in page.text


def test_the_outcome_page_is_the_apps_own(author):
    answers = "{country: here, years: grown, hours: 8, woken_by: [none], rest_1: 0, rest_2: 0, rest_3: 0}"
    button = "Show their outcome page, with its documents"
    page = send(author, button, answers=answers, vignette="sleeper/", outcome="yes")

    assert page.request.path == "/outcome"


def test_faults_show_as_soon_as_a_file_is_saved_and_the_last_good_version_stays(author, written):
    assert "There are none." in author.open("/preview/faults").text
    save(written, "ask: Where are you?", "aks: Where are you?")
    assert "did you mean “ask”?" in author.open("/preview/faults").text
    author.open("/")
    assert author.press("I want to look at my sleep").heading == "Where are you?"
    save(written, "aks: Where are you?", "ask: Whereabouts are you?")
    assert "There are none." in author.open("/preview/faults").text
    author.open("/")
    assert author.press("I want to look at my sleep").heading == "Whereabouts are you?"
