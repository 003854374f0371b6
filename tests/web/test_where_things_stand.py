"""The outcome page of the shipped questionnaire, as its readers see it."""

import pytest

from assessment.core.answers import DECLINED, read_all
from assessment.core.conditions import NOT_SURE
from tests.web.walker import Walker, label_of

WORDS = {DECLINED: "I’d rather not say", NOT_SURE: "I’m not sure"}


@pytest.fixture
def outcome_of(app):
    """Walk as a person of the vignettes, with some answers changed, and return the outcome page."""
    edition = app.extensions["assessment"].first

    def outcome(vignette, **changed):
        person = next(each for each in edition.document.vignettes if each.id == vignette)
        answers, _ = read_all(edition, dict(person.answers) | changed)
        walker = Walker(app.test_client())
        walker.open("/")
        page = walker.press("I want to look at my own use")
        while page.path != "/check":
            if page.path == "/pause":
                page = walker.open(next(e.get("href") for e in page.all("a") if e.get("class") == "go quiet"))
                continue
            question = edition.by_id[page.path.rsplit("/", 1)[1]]
            given = answers.get(question.id, (DECLINED,))
            if isinstance(given, int):
                page = walker.enter(str(given))
            else:
                page = walker.choose(*(WORDS.get(id) or label_of(question.choices[id]) for id in given))
        return walker.follow("See where things stand")

    return outcome


def test_a_low_number_is_not_called_low_risk_beside_a_warning_sign(outcome_of):
    page = outcome_of("c16", audit_c_1=2, audit_c_2=1, audit_c_3=1, alcohol_signs=["shakes"])

    assert "4 out of 12" in page.text
    assert "Low risk" not in page.text
    assert "The signs you told us about matter more than it does." in page.text


def test_a_low_mood_number_never_talks_thoughts_of_being_better_off_dead_down(outcome_of):
    page = outcome_of("c2")

    assert "Minimal range. Your answers are in the range called minimal, the lowest of the 5 ranges." not in page.text
    assert "They matter more than this number, whatever it is." in page.text


def test_under_18_the_number_stands_alone_and_it_is_said_why(outcome_of):
    page = outcome_of("c5")

    assert "so you see only the number" in page.text
    assert "range called" not in page.text


def test_an_unfinished_scale_names_no_range(outcome_of):
    page = outcome_of("c11")

    assert "not enough answers" in page.text
    assert "so we don’t name a range" in page.text


def test_the_page_keeps_its_order(outcome_of):
    page = outcome_of("c4")
    order = ["At a glance", "What to do next", "People who can help", "More, when you like", "If this does not fit you",
             "Keep a copy", "Delete everything now"]  # fmt: skip
    headings = [" ".join("".join(each.itertext()).split()) for each in page.all("h2")]
    places = [next(n for n, heading in enumerate(headings) if heading.startswith(name)) for name in order]

    assert places == sorted(places)
    assert headings.index("At a glance") > 0, "what is urgent about the body comes before the picture"


def test_many_reasons_are_not_a_wall(outcome_of):
    page = outcome_of("c16")

    assert "more of your answers." in page.text
    assert "Nothing in your answers points to a problem" in page.text
