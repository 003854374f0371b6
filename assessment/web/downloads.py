"""The documents a person takes away, or a clinician prints: as PDF, or as a page to read here.

A document is made at once if there is a place free. If not, what was asked for is kept with the visit, and a page waits
for its turn by asking again. A person's own documents are in the language of their visit; what a doctor is handed is in
English.
"""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Final

from flask import Blueprint, Response, abort, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from assessment.core.language import ENGLISH, gettext_noop, speaking, spoken
from assessment.core.outcome import assess
from assessment.documents.fhir.response import bundle
from assessment.documents.pool import BusyError
from assessment.web import visit
from assessment.web.parts import today
from assessment.web.prints import Document, Order, document
from assessment.web.shown import CHAPTERS
from assessment.web.visit import Visit
from assessment.web.way import address_to_go_on, go

downloads = Blueprint("downloads", __name__)

FILE_NAME: Final = "notes.pdf"  # says nothing of what is in it
FHIR_NAME: Final = "notes.json"
LONGEST_REFERENCE: Final = 40
SECONDS_TO_WAIT: Final = 3
FOR_DOCTORS: Final = ("sheet", "summary")
NAMED: Final = {
    "copy": gettext_noop("Your copy will be made in a moment"),
    "sheet": gettext_noop("The page for a doctor will be made in a moment"),
    "summary": gettext_noop("The summary will be made in a moment"),
    "later": gettext_noop("Your file to go on with will be made in a moment"),
}


@downloads.post("/copy")
def copy() -> AnyResponse:
    """Make the person's copy, in their own words, with what was chosen to be in it. Crisis help is always in it."""
    return _asked_for(
        "copy", include=sorted(CHAPTERS.keys() & request.form.getlist("include")), record="record" in request.form
    )


@downloads.post("/sheet")
def sheet() -> AnyResponse:
    """Make the one page for a doctor: shortened, and saying so, until it is one page."""
    return _asked_for("sheet", **_typed())


@downloads.post("/summary")
def summary() -> AnyResponse:
    """Make the clinician's summary: scores, every item, signs with their reasons, codes and sources."""
    return _asked_for("summary", **_typed())


@downloads.post("/fhir")
def fhir() -> AnyResponse:
    """Give the keyed-in answers and their scores to other programs, as a FHIR R4 Bundle."""
    with speaking(ENGLISH):
        present = visit.current()
        if not present.edition.keyed:
            abort(404)
        told = bundle(present.journey, assess(present.journey), today(), _typed()["reference"])
    headers = {"Content-Disposition": f'attachment; filename="{FHIR_NAME}"'}
    return Response(json.dumps(told, indent=1, ensure_ascii=False), mimetype="application/fhir+json", headers=headers)


@downloads.post("/later")
def later() -> AnyResponse:
    """Make the file with which a person goes on another day."""
    return _asked_for("later")


@downloads.get("/waiting")
def waiting() -> AnyResponse:
    """Make what was asked for if its turn has come; else wait, and ask again by itself."""
    present = visit.current()
    if present.waits_for is None or _too_early(present, present.waits_for["kind"]):
        return go(address_to_go_on(present.journey))
    try:
        with _read_by(present.waits_for["kind"]):
            made = _printed(_document(visit.again(), present.waits_for))
    except BusyError:
        headers = {"Refresh": str(SECONDS_TO_WAIT), "Retry-After": str(SECONDS_TO_WAIT)}
        page = render_template("waiting.html", back=_back(present), named=NAMED[present.waits_for["kind"]])
        return Response(page, 503, headers)
    present.wait_for(None)
    return made


def _asked_for(kind: str, **chosen: object) -> AnyResponse:
    """Return a document, or the page that waits for it."""
    with _read_by(kind):
        return _made_or_waiting(kind, chosen)


def _read_by(kind: str) -> AbstractContextManager[None]:
    """Speak the language of who reads a document."""
    return speaking(ENGLISH if kind in FOR_DOCTORS else spoken())


def _made_or_waiting(kind: str, chosen: Mapping[str, object]) -> AnyResponse:
    present = visit.current()
    order = {"kind": kind, **chosen}
    found = _document(present, order)
    if _too_early(present, kind):
        return go(address_to_go_on(present.journey))
    if "as_page" in request.form:
        return Response(found.page(back=_back(present)))
    try:
        made = _printed(found)
    except BusyError:
        present.wait_for(order)
        return go(url_for("downloads.waiting"))
    if present.waits_for:
        present.wait_for(None)
    return made


def _too_early(present: Visit, kind: str) -> bool:
    return kind != "later" and present.journey.first_open is not None


def _document(present: Visit, order: Order) -> Document:
    return document(present, order) or abort(404)


def _printed(found: Document) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(found.pdf(), mimetype="application/pdf", headers=headers)


def _typed() -> dict[str, str]:
    """Return what a clinician typed for the print: a reference and how the answers were given."""
    return {
        "reference": request.form.get("reference", "").strip()[:LONGEST_REFERENCE],
        "setting": request.form.get("setting", ""),
    }


def _back(present: Visit) -> str:
    return address_to_go_on(present.journey) if present.journey.first_open else url_for("pages.outcome")
