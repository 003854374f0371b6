"""Several questions on one page: a section that stands together, a clinician's key-in, what is asked afterwards."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, render_template, url_for
from werkzeug.wrappers import Response

from assessment.core.answers import DECLINED, Refusal
from assessment.core.edition import Question
from assessment.core.instructions import instructions
from assessment.core.journey import Journey
from assessment.web import forms, visit
from assessment.web.shown import place
from assessment.web.way import (
    RETURN,
    address_after,
    address_of,
    address_of_question,
    address_to_go_on,
    go,
    is_returning,
)

sections = Blueprint("sections", __name__)

UNPROCESSABLE = 422


@sections.get("/part/<section_id>")
def section(section_id: str) -> str | Response:
    """Show a section whose questions stand together."""
    journey = visit.current().journey
    questions = _page(journey, section_id)
    if not questions:
        return go(address_to_go_on(journey))
    return _section_page(journey, questions, journey.answers, {})


@sections.post("/part/<section_id>")
def answer(section_id: str) -> str | Response | tuple[str, int]:
    """Keep the answers of a page and go on to what follows from them; stay while one of them is at fault."""
    present = visit.current()
    questions = _page(present.journey, section_id)
    if not questions:
        return go(address_to_go_on(present.journey))
    blank = None if present.edition.keyed else (DECLINED,)
    judged = forms.judged(questions, present.journey.answers, blank)
    journey = present.keep(judged.answers).journey
    if set(journey.met) - set(present.journey.met):  # what is urgent does not wait for a fault to be mended
        return go(address_of(journey.met[-1], journey))
    if judged.refusals:
        return _section_page(journey, questions, judged.typed, judged.refusals), UNPROCESSABLE
    return go(address_after(journey, questions[0].section))


@sections.post("/fit")
def fit() -> Response:
    """Keep what is asked on the outcome page, and show the page again as it then is."""
    present = visit.current()
    if present.journey.first_open:
        return go(address_to_go_on(present.journey))
    judged = forms.judged(present.journey.afterwards, present.journey.answers, blank=None)
    if judged.refusals:
        abort(400)  # the page offers nothing that could be at fault
    present.keep(judged.answers)
    return go(url_for("pages.outcome", _anchor="fit"))


def _page(journey: Journey, section_id: str) -> tuple[Question, ...]:
    """Return the questions of a section's page, if it may be met now."""
    here = next((each.section for each in journey.edition.questions if each.section.id == section_id), None)
    if here is None or here.afterwards or not journey.edition.on_one_page(here):
        return ()
    questions = journey.page(here)
    return questions if any(journey.question(each.id) for each in questions) else ()


def _section_page(
    journey: Journey,
    questions: Sequence[Question],
    given: Mapping[str, object],
    faults: Mapping[str, Refusal],
) -> str:
    """Return the page of a section; `given` holds the answers kept, or what was typed with a fault in it."""
    first = questions[0]
    before = journey.before(first) if first in journey.steps else None
    back = url_for("pages.check_answers") if is_returning() else before and address_of(before, journey)
    return render_template(
        "section.html",
        section=first.section,
        questions=questions,
        keyed=journey.edition.keyed,
        numbers=journey.edition.numbers,
        notes={each.id: instructions(each, journey.edition) for each in questions},
        given=given,
        shown={each.id: forms.as_shown(journey.answers.get(each.id)) for each in questions},
        faults=faults,
        back=back or url_for("pages.start"),
        action=address_of_question(first, journey.edition, {"return": RETURN} if is_returning() else {}),
        **place(journey, first),
    )
