"""When many want documents at once, a page waits and asks again by itself; nothing that was chosen is lost."""

from contextlib import contextmanager

import pytest

from assessment.core.readers import Reader
from assessment.documents.pool import NotDoneError
from tests.documents.reader_of_pdf import text_of
from tests.web.keeper import multipart
from tests.web.person import vignette, walk


@pytest.fixture
def clinician(walker, app):
    editions = app.extensions["assessment"].editions
    walk(walker, editions[Reader("clinician", "en")], vignette(editions[Reader("self", "en")], "c3"))
    return walker


@contextmanager
def all_busy(app, pool="_pool"):
    places = getattr(app.extensions["assessment"].printer, pool)._places  # noqa: SLF001 - as five others would
    taken = 0
    while places.acquire(blocking=False):
        taken += 1
    yield
    for _ in range(taken):
        places.release()


def waited(walker, app, button="GP sheet, 1 page"):
    """Ask for a document while all are busy, and return the page that waits."""
    with all_busy(app):
        response = walker.download(button, typed={"Local reference (optional). Printed, and then forgotten.": "RW-77"})
        assert response.status_code == 303
        return walker.open(response.location)


def test_the_page_asks_again_by_itself_without_a_script(clinician, app):
    page = waited(clinician, app)

    assert page.status == 503
    assert page.heading == "The page for a doctor will be made in a moment"
    assert clinician.response.headers["Refresh"] == "3"
    assert clinician.response.headers["Retry-After"] == "3"
    assert page.link("Ask again now") == "/waiting"


def test_what_was_asked_for_comes_when_its_turn_has_come_with_all_that_was_typed(clinician, app):
    waited(clinician, app)
    response = clinician.client.get("/waiting")

    assert response.mimetype == "application/pdf"
    assert "RW-77" in text_of(response.data)


def test_once_it_came_nothing_of_it_is_kept(clinician, app):
    waited(clinician, app)
    clinician.client.get("/waiting")
    again = clinician.client.get("/waiting")

    assert again.status_code == 303


def test_who_waits_can_go_back_and_has_lost_nothing(clinician, app):
    page = waited(clinician, app)

    assert clinician.open(page.link("Go back to where you were")).heading == "Results"


def test_a_file_that_is_brought_while_all_are_busy_costs_one_message(walker, app):
    walker.open("/come-back")
    form = walker.page.form_with("Read the file")
    token = form.find("input").get("value")
    with all_busy(app, "_readers"):
        response = walker.client.post("/come-back", **multipart(token, b"%PDF-1.7"))

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "try again" in response.text


def test_a_crash_costs_one_message_and_the_next_try_works(clinician, app, monkeypatch):
    printer = app.extensions["assessment"].printer

    def crash(*_, **__):
        raise NotDoneError

    with monkeypatch.context() as patched:
        patched.setattr(printer, "pdf", crash)
        response = clinician.download("GP sheet, 1 page")
    assert response.status_code == 503
    assert "Your answers are safe" in response.text
    assert clinician.download("GP sheet, 1 page").mimetype == "application/pdf"


def test_what_was_waited_for_is_forgotten_once_another_document_came(clinician, app):
    waited(clinician, app)
    clinician.open("/outcome")
    clinician.download("Full summary")

    assert clinician.client.get("/waiting").status_code == 303


def test_who_changed_an_answer_meanwhile_is_asked_on_and_gets_no_unfinished_copy(walker, app):
    edition = app.extensions["assessment"].editions[Reader("self", "en")]
    walk(walker, edition, vignette(edition, "c16"))
    walker.open("/outcome")
    with all_busy(app):
        walker.download("Make a PDF")
    walker.open("/step/ketamine_use?return=check")
    question = edition.by_id["ketamine_use"]
    walker.choose(question.choices["not_prescribed"].text)
    response = walker.client.get("/waiting")

    assert response.status_code == 303
