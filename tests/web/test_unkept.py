"""Should an outcome ever break a promise, help comes first and the operator hears of it: how many, and nothing else."""

import logging

import pytest

from assessment.core.readers import Reader
from tests.web.person import vignette, walk


@pytest.fixture
def arrived(walker, app):
    """Return somebody whose answers are in, before they see where things stand."""
    edition = app.extensions["assessment"].editions[Reader("self", "en")]
    walk(walker, edition, vignette(edition, "c16"))
    return walker


def test_help_for_everyone_stands_first_and_the_log_has_a_count(arrived, monkeypatch, caplog):
    monkeypatch.setattr("assessment.web.shown.broken", lambda *_: ("one", "another"))
    with caplog.at_level(logging.ERROR):
        page = arrived.follow("See where things stand")

    first = page.text.index("If you need help now")
    assert first < page.text.index("At a glance")
    assert "Samaritans" in page.text[first : page.text.index("At a glance")]
    said = "Promises that an outcome broke: 2. Run “assessment prove”."
    assert [each.getMessage() for each in caplog.records] == [said]


def test_while_promises_are_kept_nothing_stands_before_the_outcome(arrived, caplog):
    page = arrived.follow("See where things stand")

    assert "If you need help now" not in page.text
    assert not caplog.records
