"""QR codes beside the links of a copy."""

import re

import pytest

from assessment.core.journey import Journey
from assessment.documents import codes
from assessment.web.prints import document
from assessment.web.visit import Visit
from tests.web.person import vignette

COPY = {"kind": "copy", "include": ["people"], "record": False}
PLACE = re.compile(r'<span class="code">.*?<title>QR code for (\S+)</title>.*?</span><a [^>]*href="([^"]+)"', re.DOTALL)


@pytest.fixture
def printed(app, edition):
    """Return a function that prints a copy as HTML."""

    def html():
        answers = vignette(edition, "c3")
        with app.test_request_context():
            return document(Visit("", Journey(edition, answers)), COPY).html()[0]

    return html


def test_each_code_leads_where_its_link_does(printed):
    places = PLACE.findall(printed())

    assert len(places) > 4
    assert all(code == link for code, link in places)


def test_the_codes_that_are_kept_tell_nothing_of_who_was_shown_which(app, printed, monkeypatch):
    drawn = []
    monkeypatch.setattr(codes, "_drawn", lambda address: drawn.append(address) or "")
    codes.drawn.cache_clear()
    printed()
    codes.drawn.cache_clear()

    contacts = [each for service in app.extensions["assessment"].services for each in service.contact]
    assert set(drawn) == {each.to for each in contacts if each.to and each.by in ("web", "chat", "bsl")}
