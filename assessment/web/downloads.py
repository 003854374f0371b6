"""The documents a person takes away, or a clinician prints."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from assessment.core.edition import Edition, doctors
from assessment.core.journey import Journey
from assessment.core.outcome import Outcome, assess
from assessment.core.sheet import LEFT_OUT, shortened
from assessment.core.sheet import sheet as laid_out
from assessment.web import visit
from assessment.web.parts import parts
from assessment.web.shown import CHAPTERS, SETTINGS, answers_by_section, every_answer, not_counted
from assessment.web.way import address_to_go_on, go

downloads = Blueprint("downloads", __name__)

FILE_NAME = "notes.pdf"  # says nothing of what is in it
HERE = ZoneInfo("Europe/London")
SUMMARY_STEPS = range(3)
SUMMARY_PAGES = 2
LONGEST_REFERENCE = 40


@downloads.post("/copy")
def copy() -> AnyResponse:
    """Make the person's copy, in their own words, with what was chosen to be in it. Crisis help is always in it."""
    present = visit.current()
    if present.journey.first_open:
        return go(address_to_go_on(present.journey))
    journey = present.in_own_words()
    html = render_template(
        "documents/copy.html",
        outcome=assess(journey),
        answers=answers_by_section(journey),
        include=set(request.form.getlist("include")) & set(CHAPTERS),
        made=_today(),
        keyed_in=journey is not present.journey,
        about_someone=journey.edition.audience.someone_else is not None,
    )
    return _pdf(html)


@downloads.post("/sheet")
def sheet() -> AnyResponse:
    """Make the one page for a doctor: shortened, and saying so, until it is one page."""
    present = visit.current()
    if present.journey.first_open:
        return go(address_to_go_on(present.journey))
    versions = sheet_versions(present.as_read_in(doctors(present.edition, parts().editions)), present.edition)
    return _pdf(*versions, pages=1) if versions else abort(404)


def sheet_versions(journey: Journey, answered_in: Edition) -> list[str]:
    """Return the page for a doctor, longest first; nothing if the questionnaire lays out none."""
    page = laid_out(journey, keyed=answered_in.keyed)
    if page is None:
        return []
    shown = {"sheet": page, **_for_a_doctor(journey, answered_in)}
    steps = range(len(LEFT_OUT) + 1)
    return [render_template("documents/sheet.html", left_out=shortened(step), **shown) for step in steps]


@downloads.post("/summary")
def summary() -> AnyResponse:
    """Make the clinician's summary: scores, every item, signs with their reasons, codes and sources."""
    present = visit.current()
    if not present.edition.keyed:
        abort(404)
    return _pdf(*summary_versions(present.journey), pages=SUMMARY_PAGES)


def summary_versions(journey: Journey) -> list[str]:
    """Return the clinician's summary, longest first."""
    shown = {
        "answers": every_answer(journey),
        "skipped": [each.short for each in journey.skipped if each not in not_counted(journey)],
        "not_counted": not_counted(journey),
        "numbers": journey.edition.numbers,
        **_for_a_doctor(journey, journey.edition),
    }
    return [render_template("documents/summary.html", detail=n, **shown) for n in SUMMARY_STEPS]


def _for_a_doctor(journey: Journey, answered_in: Edition) -> dict[str, Any]:
    """Return what every document for a doctor shows.

    Reference and setting are typed for the print by whoever keys answers in, and not kept.
    """
    outcome = assess(journey)
    typed = request.form if answered_in.keyed else {}
    how = SETTINGS.get(typed.get("setting", ""))
    return {
        "outcome": outcome,
        "urgent": outcome.urgent if journey.edition.keyed else (),
        "scales": scales(outcome),
        "answered": f"{how}, and keyed in by a clinician." if how else answered_in.audience.answered or "",
        "keyed": answered_in.keyed,
        "reference": typed.get("reference", "").strip()[:LONGEST_REFERENCE],
        "version": journey.edition.version,
        "made": _today(),
    }


def scales(outcome: Outcome) -> list[str]:
    """Return the short citations of the scales that were asked."""
    every = [score.instrument for score in outcome.scores]
    return [f"{each.short or each.title}: {each.cited_as or each.citation}." for each in every]


def _today() -> date:
    return datetime.now(HERE).date()


def _pdf(*versions: str, pages: int | None = None) -> Response:
    pdf = parts().printer.pdf(*versions, pages=pages)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)
