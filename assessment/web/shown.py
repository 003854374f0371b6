"""What templates are given: the same for the screen and for the PDF."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flask import url_for
from markupsafe import Markup

from assessment.core.answers import written_down
from assessment.core.directory import Service
from assessment.core.edition import Question
from assessment.core.journey import Journey
from assessment.core.outcome import services
from assessment.documents.codes import qr
from assessment.documents.prose import blocks, spans
from assessment.web.parts import parts

Row = tuple[Question, str, str]


def answers_by_section(journey: Journey) -> list[tuple[str, list[Row]]]:
    """Return every question on the way by section: the question, the answer in words, where to change it."""
    rows = [
        (question, written_down(question, journey.answers.get(question.id)), _change(question))
        for question in journey.questions
    ]
    return [(title, list(group)) for title, group in groupby(rows, lambda row: row[0].section.title)]


def place(journey: Journey, question: Question) -> dict[str, Any]:
    """Return where a question stands: the part, the number of parts, the part's title and the share of it done."""
    sections = list(dict.fromkeys(each.section.id for each in journey.questions))
    beside = [each for each in journey.questions if each.section.id == question.section.id]
    return {
        "part": sections.index(question.section.id) + 1,
        "parts": len(sections),
        "section_title": question.section.title,
        "part_progress": beside.index(question) / len(beside),
    }


def pinned(journey: Journey) -> tuple[Service, ...]:
    """Return the services that stay on top of every page once an interrupt has called for them."""
    return services(journey, [topic for each in journey.met if each.pins for topic in each.topics])


def plain_date(day: date) -> str:
    """Return a date as people write it: 23 November 2026."""
    return f"{day.day} {day:%B %Y}"


def places(nations: Sequence[str]) -> str:
    """Return nations by name; nothing if they are all there are."""
    first = parts().first
    names = {choice.id: choice.text for choice in first.by_id[first.about.directory.nation].options}
    return "" if set(nations) >= set(names) else ", ".join(names[nation] for nation in nations)


FILTERS: dict[str, Callable[..., Any]] = {
    "blocks": blocks,
    "spans": spans,
    "places": places,
    "plain_date": plain_date,
    "qr": lambda address: Markup(qr(address)),  # noqa: S704 - drawn by us from an address in the directory
}


def _change(question: Question) -> str:
    values: dict[str, Any] = {"return": "check"}
    return url_for("pages.question", question_id=question.id, **values)
