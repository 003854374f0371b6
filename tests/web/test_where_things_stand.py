"""The outcome page of the shipped questionnaire, as its readers see it."""

import pytest

from tests.web.person import vignette, walk
from tests.web.walker import Walker


@pytest.fixture
def outcome_of(app):
    """Walk as a person of the vignettes, with some answers changed, and return the outcome page."""
    edition = app.extensions["assessment"].first

    def outcome(id, **changed):
        walker = Walker(app.test_client())
        walk(walker, edition, vignette(edition, id, **changed))
        return walker.follow("See where things stand")

    return outcome


def test_a_low_number_is_not_called_low_risk_beside_a_warning_sign(outcome_of):
    page = outcome_of("c16", audit_c_1=2, audit_c_2=1, audit_c_3=1, alcohol_signs=["shakes"])

    assert "4 out of 12" in page.text
    assert "Low risk" not in page.text
    assert "What else you told us matters more than it does." in page.text


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
    order = ["At a glance", "What to do next", "People who can help", "More, when you like", "If this does not fit",
             "Keep a copy", "For a GP", "Delete everything now"]  # fmt: skip
    headings = [" ".join("".join(each.itertext()).split()) for each in page.all("h2")]
    places = [next(n for n, heading in enumerate(headings) if heading.startswith(name)) for name in order]

    assert places == sorted(places)
    assert headings.index("At a glance") > 0, "what is urgent about the body comes before the picture"


def test_many_reasons_are_not_a_wall(outcome_of):
    page = outcome_of("c16")

    assert "more of your answers." in page.text
    assert "Nothing in your answers points to a problem" in page.text
