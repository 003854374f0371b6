"""Where a visitor goes next: the addresses of the steps on the way."""

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from assessment.core.definition import Interrupt, Section
from assessment.core.edition import Edition, Question
from assessment.core.journey import Journey, Step

SEE_OTHER = 303
RETURN = "check"
RETURNING = f"return={RETURN}".encode()


def go(address: str) -> Response:
    """Send the browser on to an address."""
    return redirect(address, SEE_OTHER)


def is_returning() -> bool:
    """Say whether the visitor came from the check of answers, to change one."""
    return request.query_string == RETURNING


def address_of(step: Step, journey: Journey) -> str:
    """Return the address of a step."""
    returning: dict[str, Any] = {"return": RETURN} if is_returning() else {}
    if isinstance(step, Interrupt):
        return url_for("pages.pause", **returning)
    return address_of_question(step, journey.edition, returning)


def address_of_question(question: Question, edition: Edition, arguments: dict[str, Any]) -> str:
    """Return the address of a question: its own page, or that of its section."""
    if edition.on_one_page(question.section):
        return url_for("sections.section", section_id=question.section.id, **arguments)
    return url_for("pages.question", question_id=question.id, **arguments)


def address_to_change(question: Question, edition: Edition) -> str:
    """Return the address at which an answer is changed on the way back to the check: the very place on its page."""
    if question.section.afterwards:
        return url_for("pages.outcome", _anchor=question.id)
    place = {"_anchor": question.id} if edition.on_one_page(question.section) else {}
    return address_of_question(question, edition, {"return": RETURN, **place})


def address_to_go_on(journey: Journey) -> str:
    """Return the address of the first open question, or else of the check.

    To key answers in, nothing is open: the first page with a blank on it, or else the outcome.
    """
    if journey.edition.keyed and not is_returning():
        return _page_after(journey, list(journey.edition.sections), with_blanks=True)
    return address_of(journey.first_open, journey) if journey.first_open else url_for("pages.check_answers")


def address_after(journey: Journey, here: Section) -> str:
    """Return the address of what follows the page of a section.

    Whoever keys in answers goes on to the next page though this one has blanks, and from the last to the outcome.
    """
    if not journey.edition.keyed or is_returning():
        return address_to_go_on(journey)
    order = list(journey.edition.sections)
    return _page_after(journey, order[order.index(here.id) + 1 :], with_blanks=False)


def _page_after(journey: Journey, sections: list[str], *, with_blanks: bool) -> str:
    """Return the address of the first of these sections that has a question on the way, and perhaps a blank one."""
    there = {each.section.id for each in journey.questions if not with_blanks or each.id not in journey.answers}
    following = next((id for id in sections if id in there), None)
    return url_for("sections.section", section_id=following) if following else url_for("pages.outcome")
