"""The documents a person takes away."""

from datetime import UTC, datetime

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from assessment.core.outcome import assess
from assessment.web import visit
from assessment.web.parts import parts
from assessment.web.shown import answers_by_section

downloads = Blueprint("downloads", __name__)

FILE_NAME = "notes.pdf"  # says nothing of what is in it
CHAPTERS = ("picture", "next", "safer", "people", "doors", "answers")


@downloads.post("/copy")
def copy() -> AnyResponse:
    """Make the person's copy, with what they chose to have in it. Crisis help is always in it."""
    journey = visit.current().journey
    if journey.first_open:
        return redirect(url_for("pages.question", question_id=journey.first_open.id), 303)
    html = render_template(
        "documents/copy.html",
        outcome=assess(journey),
        answers=answers_by_section(journey),
        include=set(request.form.getlist("include")) & set(CHAPTERS),
        made=datetime.now(UTC).date(),
    )
    pdf = parts().printer.pdf(html)
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)
