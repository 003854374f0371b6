"""The journey's pages: start, question, pause, check answers, outcome, and the two ways out."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from assessment.core.answers import Refusal
from assessment.core.definition import Interrupt
from assessment.core.edition import Question, doctors
from assessment.core.journey import Journey, Step
from assessment.core.outcome import assess, services
from assessment.core.readers import Reader
from assessment.core.sheet import sheet
from assessment.core.writing import URGENCIES
from assessment.web import forms, visit
from assessment.web.parts import parts
from assessment.web.shown import CHAPTERS, SETTINGS, answers_by_section, help_first, not_counted, place
from assessment.web.way import address_after, address_of, address_to_go_on, go, is_returning

pages = Blueprint("pages", __name__)

UNPROCESSABLE = 422


@pages.get("/")
def start() -> str:
    """Show what happens before the first question, and the way back to a visit that was begun."""
    everyone = parts().first.document.audiences
    asked = parts().audiences
    others = {id: each for id, each in everyone.items() if id not in asked}
    begun = visit.present()
    go_on = address_to_go_on(begun.journey) if begun else None
    return render_template("start.html", audiences=asked.items(), others=others.items(), go_on=go_on)


@pages.post("/begin")
def begin() -> Response:
    """Begin a visit for the reader who was chosen."""
    audience = request.form.get("audience", "")
    if audience not in parts().audiences:
        abort(400)
    visit.begin(Reader(audience, parts().first.reader.language))
    return go(address_to_go_on(visit.current().journey))


@pages.get("/step/<question_id>")
def question(question_id: str) -> str | Response:
    """Show a question that may be met now."""
    journey = visit.current().journey
    asked = journey.question(question_id)
    if asked is None:
        return go(address_to_go_on(journey))
    return _question_page(journey, asked, journey.answers.get(asked.id))


@pages.post("/step/<question_id>")
def answer(question_id: str) -> str | Response | tuple[str, int]:
    """Keep an answer and go on to what follows from it."""
    present = visit.current()
    asked = present.edition.by_id.get(question_id)
    if asked is None:
        return go(address_to_go_on(present.journey))
    form = forms.posted(asked)
    given = forms.verdict(asked, form)
    if not isinstance(given, Refusal):
        kept = present.answer(asked, given)
        return go(_next(kept.journey, asked) if kept else address_to_go_on(present.journey))
    if present.journey.question(question_id) is None:
        return go(address_to_go_on(present.journey))
    return _question_page(present.journey, asked, form.answer.data, given.message), UNPROCESSABLE


@pages.get("/pause")
def pause() -> str | Response:
    """Show what answers have called for, most urgent and latest first. One address for all says nothing of which."""
    journey = visit.current().journey
    if not journey.met:
        return go(address_to_go_on(journey))
    met = sorted(journey.met, key=lambda each: (URGENCIES.index(each.urgency), -journey.steps.index(each)))
    called = [(interrupt, services(journey, interrupt.topics, interrupt.helps)) for interrupt in met]
    last = journey.edition.by_id[journey.met[-1].after].section
    return render_template("pause.html", called=called, go_on=address_after(journey, last), keyed=journey.edition.keyed)


@pages.get("/check")
def check_answers() -> str | Response:
    """Show every answer, each to be changed."""
    journey = visit.current().journey
    if journey.first_open:
        return go(address_to_go_on(journey))
    return render_template("check.html", sections=answers_by_section(journey))


@pages.get("/outcome")
def outcome() -> str | Response:
    """Show where things stand."""
    journey = visit.current().journey
    if journey.first_open:
        return go(address_to_go_on(journey))
    visit.current().count_as_completed()
    if journey.edition.keyed:
        return render_template("results.html", **_results(visit.current()))
    return render_template(
        "outcome.html",
        **_assessed(journey),
        journey=journey,
        chapters=CHAPTERS,
        earlier=visit.current().earlier,
        compared=visit.current().compared,
        about_someone=journey.edition.audience.someone_else is not None,
        sheet=sheet(visit.current().as_read_in(doctors(journey.edition, parts().editions)), keyed=False),
    )


def _assessed(journey: Journey) -> dict[str, Any]:
    """Return an outcome, and help for everyone should it break a promise after all."""
    found = assess(journey)
    return {"outcome": found, "help_first": help_first(journey, found)}


def _results(present: visit.Visit) -> dict[str, Any]:
    """Return what a clinician is shown of the answers they have keyed in."""
    journey = present.journey
    return {
        **_assessed(journey),
        "patients": assess(present.in_own_words()),
        "journey": journey,
        "not_counted": not_counted(journey),
        "chapters": CHAPTERS,
        "earlier": present.earlier,
        "compared": present.compared,
        "numbers": journey.edition.numbers,
        "settings": SETTINGS.items(),
    }


@pages.post("/delete")
def delete() -> Response:
    """Delete everything now."""
    visit.forget()
    return go(url_for("pages.deleted"))


@pages.get("/deleted")
def deleted() -> str:
    """Say that everything is deleted."""
    return render_template("deleted.html")


@pages.post("/leave")
def leave() -> Response:
    """Delete everything and go on to an ordinary site. Needs no token: leaving must never fail."""
    visit.forget()
    return go(parts().settings.leave_to)


def _question_page(journey: Journey, asked: Question, given: object, error: str | None = None) -> str:
    """Return the page of a question; `given` is the answer kept, or what was typed with a fault in it."""
    before = journey.before(asked)
    back = url_for("pages.check_answers") if is_returning() else address_of(before, journey) if before else None
    return render_template(
        "question.html",
        question=asked,
        given=given,
        error=error,
        back=back or url_for("pages.start"),
        returning=is_returning(),
        **place(journey, asked),
    )


def _next(journey: Journey, step: Step) -> str:
    """Return the address of what follows a step: an interrupt at once; else, on the way back to the check, new ones."""
    if step not in journey.steps:  # another tab has meanwhile taken it off the way
        return address_to_go_on(journey)
    following = journey.after(step)
    if is_returning() and not isinstance(following, Interrupt):
        return address_to_go_on(journey)
    return address_of(following, journey) if following else url_for("pages.check_answers")
