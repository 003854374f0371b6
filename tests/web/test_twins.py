"""Every document can be read as a page on the site, with the same words."""

import re

import pytest

from assessment.core.readers import Reader
from tests.documents.reader_of_pdf import text_of
from tests.web.person import vignette, walk
from tests.web.walker import Page

PAGE = "Show it here as a page instead of making a PDF"


def words(text):
    """Return the words alone: print breaks lines and pages, and numbers the pages."""
    return re.findall(r"[a-z]{3,}", text.lower())


@pytest.fixture
def walked(walker, app):
    def walked(audience, id="c3"):
        editions = app.extensions["assessment"].editions
        edition = editions[Reader(audience, "en")]
        asked = edition if audience == "family" else editions[Reader("self", "en")]
        walk(walker, edition, vignette(asked, id))
        walker.open("/outcome")
        return walker

    return walked


@pytest.mark.parametrize(
    ("audience", "id", "button", "as_page"),
    [
        ("self", "c3", "Make a PDF", "Read it as a page"),
        ("self", "c3", "Make the page for a doctor", "Read it here first"),
        ("family", "c9", "Make a PDF", "Read it as a page"),
        ("clinician", "c3", "Full summary", None),
        ("clinician", "c3", "Patient’s copy", None),
    ],
)
def test_a_page_says_what_the_pdf_says(walked, audience, id, button, as_page):
    walker = walked(audience, id)
    chapters = ["At a glance", "What to do next"] if "copy" in button or button == "Make a PDF" else []
    pdf = text_of(walker.download(button, *chapters).data)
    page = Page(walker.download(as_page or button, *chapters, *([] if as_page else [PAGE])))

    said = page.text.lower()  # cells of a table stand without a space between them
    missing = [word for word in words(pdf) if word not in said and word not in ("page", "notes")]
    assert not missing


def test_a_page_of_a_document_can_be_left_like_any_other(walked):
    page = Page(walked("self").download("Read it as a page", "At a glance"))

    assert "Leave this site" in page.headings("button")
    assert page.link("Back") == "/outcome"
    assert page.title.startswith("Notes")
