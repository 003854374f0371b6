"""What templates are given: the same for the screen and for the PDF."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from assessment.core.answers import written_down
from assessment.core.directory import Service
from assessment.core.edition import Question
from assessment.core.journey import Journey
from assessment.core.outcome import named_services
from assessment.documents import prose
from assessment.documents.codes import qr
from assessment.web.parts import parts
from assessment.web.way import address_to_change

Row = tuple[Question, str, str]

SETTINGS = {
    "conversation": "Asked in a conversation with the person",
    "paper": "Answered by the person alone, on paper",
    "paper_with_help": "Answered by the person on paper, with help",
}


def answers_by_section(journey: Journey) -> list[tuple[str, list[Row]]]:
    """Return every question on the way by section: the question, the answer in words, where to change it."""
    rows = [
        (
            question,
            written_down(question, journey.answers.get(question.id)),
            address_to_change(question, journey.edition),
        )
        for question in journey.questions
    ]
    return [(title, list(group)) for title, group in groupby(rows, lambda row: row[0].section.title)]


def every_answer(journey: Journey) -> list[tuple[Question, str, float | None]]:
    """Return every question on the way, the answer in words, and of an instrument's item what it counts."""
    known = journey.known
    return [
        (each, written_down(each, known.answers[each.id]), known.points(each) if each.item else None)
        for each in journey.questions
    ]


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
    pinned = [each for each in journey.met if each.pins]
    both = named_services(journey, pinned, "reader") + named_services(journey, pinned, "someone_else")
    return tuple(dict.fromkeys(both))


def places(nations: Sequence[str]) -> str:
    """Return nations by name; nothing if they are all there are."""
    first = parts().first
    names = {choice.id: choice.text for choice in first.by_id[first.about.directory.nation].options}
    return "" if set(nations) >= set(names) else ", ".join(names[nation] for nation in nations)


def short_citations(ids: Sequence[str]) -> list[str]:
    """Return sources as a doctor cites them."""
    known = {source.id: source for source in parts().first.document.sources}
    return [known[id].cited_as or f"{known[id].authors} {known[id].year or ''}".strip() for id in ids]


FILTERS: dict[str, Callable[..., Any]] = {
    **prose.FILTERS,
    "places": places,
    "qr": lambda address: Markup(qr(address)),  # noqa: S704 - drawn by us from an address in the directory
    "short_citations": short_citations,
}
