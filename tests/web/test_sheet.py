"""The page for a doctor of somebody who was alone: what it must say of how it came about, and must not make of it."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from assessment.documents.prose import plain_date
from tests.documents.reader_of_pdf import beside_the_pages, pages_of, text_of
from tests.web.person import vignette, walk
from tests.web.walker import Walker

LONDON = ZoneInfo("Europe/London")
MAKE = "Make the page for a doctor"
ITEM_9 = "“Thoughts that you would be better off dead or of hurting yourself in some way”"
ANSWERS_TO_ITEM_9 = ("Not at all", "Several days", "More than half the days", "Nearly every day")
GRADES = r"\brisk\b|\blow|\bhigh|moderate|severe|mild|minimal|\blevel|\bgrade|\bband|\brange|out of \d"


@pytest.fixture(scope="module")
def edition(app):
    return app.extensions["assessment"].first


@pytest.fixture(scope="module")
def sheet_of(app, edition):
    """Walk as a person of the vignettes, with some answers changed, and return the sheet as a PDF."""

    def made(id, **changed):
        walker = Walker(app.test_client())
        walk(walker, edition, vignette(edition, id, **changed))
        walker.follow("See where things stand")
        return walker.download(MAKE).data

    return made


@pytest.fixture(scope="module")
def sheet(sheet_of):
    """Of somebody with thoughts of being better off dead, who would rather not say a word on alcohol or on sleep."""
    return sheet_of("c2", phq9_3=None, audit_c_1="declined", audit_c_2="declined", audit_c_3="declined")


def test_it_says_who_answered_that_nobody_was_there_and_that_nobody_was_alerted(sheet):
    text = text_of(sheet)

    assert "The person, unattended, on a website. No clinician was there." in text
    assert "Nobody was alerted by these answers." in text
    assert "keyed in" not in text


def test_it_says_when_it_was_made_and_from_which_questionnaire(sheet, edition):
    text = text_of(sheet)

    assert f"Answered and printed on {plain_date(datetime.now(LONDON).date())}." in text
    assert f"Take stock, questionnaire {edition.version}." in text


def test_it_says_what_was_declined_and_what_was_not_asked(sheet):
    text = text_of(sheet)
    declined = re.search(r"Would rather not say: (.*?)\. ", text)[1]

    assert "AUDIT-C (alcohol)" in declined
    assert "(1 of 9 questions)" in declined
    assert "Not asked, because of other answers: " in text
    assert "Left blank" not in text, "alone, nothing is left blank: it is declined"


@pytest.mark.parametrize("answer", ANSWERS_TO_ITEM_9)
def test_item_9_stands_word_for_word_with_no_band_and_no_grade(sheet_of, answer):
    points = ANSWERS_TO_ITEM_9.index(answer)
    text = text_of(sheet_of("c2", phq9_9=points))
    after = text[text.index(ITEM_9) + len(ITEM_9) :]

    assert after.startswith(f": {answer}.")
    assert text.count(ITEM_9) == 1
    assert not re.search(GRADES, after[: len(answer) + 2])
    assert f"{answer} ({points})" not in text


def test_it_is_in_a_doctors_words(sheet_of):
    text = text_of(sheet_of("c4"))

    assert re.search(r"haematuria|cannot pass urine", text)
    assert "Because you told us" not in text


def test_what_is_urgent_stands_first(sheet_of):
    text = text_of(sheet_of("c4"))

    assert text.index("First ") < text.index("Pattern of use")
    assert "Emergency sign in the last 2 days: emergency pathway now." in text[: text.index("Pattern of use")]


def test_nobody_alone_can_say_that_a_clinician_was_with_them(app, edition):
    walker = Walker(app.test_client())
    walk(walker, edition, {})
    token = walker.open("/outcome").form_with(MAKE).find("input").get("value")
    forged = {"csrf_token": token, "setting": "conversation", "reference": "Ward 7"}
    text = text_of(walker.client.post("/sheet", data=forged).data)

    assert "The person, unattended, on a website. No clinician was there." in text
    assert "Asked in a conversation" not in text
    assert "Ward 7" not in text


def test_it_is_made_only_of_a_journey_that_has_ended(app):
    walker = Walker(app.test_client())
    walker.open("/")
    token = walker.press("I want to look at my own use").form_with("Continue").find("input").get("value")
    sent = walker.client.post("/sheet", data={"csrf_token": token})

    assert (sent.status_code, sent.location) == (303, "/step/age")


def test_it_is_one_page_and_tells_nothing_beside_it(sheet):
    assert pages_of(sheet) == 1
    assert beside_the_pages(sheet).startswith("WeasyPrint")
    assert not re.search(r"ketamine|mood|PHQ|GP", beside_the_pages(sheet))
