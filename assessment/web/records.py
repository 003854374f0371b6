"""The record a person keeps: going on another day, coming back with it, and comparing it with today."""

from datetime import date
from typing import Final

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from assessment.core.language import gettext, gettext_noop
from assessment.core.outcome import assess
from assessment.documents.record import FOREIGN, LARGEST_UPLOAD, NoRecordError, Record, understood
from assessment.web import visit
from assessment.web.information import for_everyone
from assessment.web.metrics import refused
from assessment.web.parts import parts, today
from assessment.web.shown import help_first
from assessment.web.visit import Visit
from assessment.web.way import address_of, address_to_go_on, go

records = Blueprint("records", __name__)

UNPROCESSABLE: Final = 422
FIRST: Final = date(2026, 1, 1)  # before this nobody had a record
ROOM: Final = LARGEST_UPLOAD + 64 * 1024  # bytes of a post that brings a file


@records.before_app_request
def make_room() -> None:
    """Let in a file where one may be brought. Everywhere else a post is small.

    A file may hold line ends such that Werkzeug keeps some of it back and counts that as part of a field.
    """
    if request.endpoint == "records.bring":
        request.max_content_length = request.max_form_memory_size = ROOM


@records.get("/later")
def later() -> str:
    """Show how to stop here and go on another day. Who keys in answers has them on paper."""
    journey = visit.current().journey
    return abort(404) if journey.edition.keyed else render_template("later.html", go_on=address_to_go_on(journey))


@records.get("/come-back")
def come_back() -> str:
    """Ask for the file, or show what was found in it and where to go from there."""
    return _page()


@records.post("/come-back")
def bring() -> str | AnyResponse | tuple[str, int]:
    """Read a file, and keep what is in it with the visit: beside its answers, in place of none of them."""
    try:
        record = _uploaded()
    except NoRecordError as unread:
        refused("file")
        return _page(gettext(str(unread))), UNPROCESSABLE
    if visit.present() is None:
        visit.begin(record.reader)
    present = visit.current().bring(record)
    whole = present.earlier is not None and present.earlier.journey.first_open is None
    return go(url_for("records.compare" if whole and _finished(present) and present.compared else "records.come_back"))


@records.post("/come-back/go-on")
def go_on() -> AnyResponse:
    """Go on with the answers of the file. What they call for at once comes first, as when they were given."""
    journey = visit.current().go_on_with_earlier().journey
    if journey.met:
        return go(address_of(journey.met[-1], journey))
    return go(address_to_go_on(journey) if journey.first_open else url_for("pages.outcome"))


@records.get("/compare")
def compare() -> str | AnyResponse:
    """Show what changed since the earlier copy."""
    present = visit.current()
    if not _finished(present) or present.compared is None:
        return go(url_for("records.come_back"))
    now = present.compared.now
    shown = {"outcome": now, "help_first": help_first(present.journey, now), "earlier": present.earlier}
    days = (today() - present.earlier.made).days if present.earlier else 0
    return render_template(
        "compare.html",
        compared=present.compared,
        days=days,
        services=for_everyone(),
        keyed=present.edition.keyed,
        **shown,
    )


def _page(error: str = "") -> str:
    begun = visit.present()
    return render_template(
        "come_back.html",
        error=error,
        begun=begun,
        earlier=begun.earlier if begun else None,
        urgent=begun is not None and begun.earlier is not None and assess(begun.earlier.journey).urgent,
        finished=begun is not None and _finished(begun),
        go_on=address_to_go_on(begun.journey) if begun else None,
        services=for_everyone(),
    )


def _uploaded() -> Record:
    """Return the record in the file that was sent; `NoRecordError` with what to tell its bringer if there is none."""
    file = request.files.get("file")
    if file is None or not file.filename:
        raise NoRecordError(gettext_noop("Choose the file that you saved"))
    upload = file.read(LARGEST_UPLOAD + 1)
    if len(upload) > LARGEST_UPLOAD:
        raise NoRecordError(gettext_noop("This file is too large to be a copy from here: the most is 2 MB"))
    record = understood(parts().printer.record_in(upload))
    edition = parts().editions.get(record.reader)
    if edition is None or record.questionnaire != edition.about.name or not FIRST <= record.made <= today():
        raise NoRecordError(FOREIGN)
    return record


def _finished(present: Visit) -> bool:
    return present.journey.first_open is None and bool(present.journey.answers)
