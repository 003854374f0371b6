"""What templates are given: the same for the screen and for the PDF."""

import logging
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from assessment.core.answers import is_known, written_down
from assessment.core.directory import Service
from assessment.core.edition import Question
from assessment.core.journey import Journey
from assessment.core.keeping import broken
from assessment.core.language import gettext_noop, spoken
from assessment.core.outcome import Outcome, named_services
from assessment.core.writing import Whose
from assessment.documents import prose
from assessment.documents.codes import drawn
from assessment.web.information import for_everyone
from assessment.web.parts import parts
from assessment.web.way import address_to_change

Row = tuple[Question, str, str, bool]
WHOSE: tuple[Whose, ...] = ("reader", "someone_else")

log = logging.getLogger(__name__)

CHAPTERS = {
    "picture": gettext_noop("At a glance"),
    "next": gettext_noop("What to do next"),
    "safer": gettext_noop("Making it safer meanwhile"),
    "people": gettext_noop("People who can help"),
    "doors": gettext_noop("More, when you like"),
    "changes": gettext_noop("What changed since your earlier copy"),
    "answers": gettext_noop("Your answers, word for word"),
}
"""Of the person's copy, by the name under which each is chosen."""

SETTINGS = {
    "conversation": gettext_noop("Asked in a conversation with the person"),
    "paper": gettext_noop("Answered by the person alone, on paper"),
    "paper_with_help": gettext_noop("Answered by the person on paper, with help"),
}


def answers_by_section(journey: Journey) -> list[tuple[str, list[Row]]]:
    """Return every question on the way by section: the question, the answer in words, where to change it, is it known.

    What is not known is said in our words, and what is known in the questionnaire's.
    """
    rows = [
        (
            question,
            written_down(question, journey.answers.get(question.id)),
            address_to_change(question, journey.edition),
            is_known(journey.answers.get(question.id)),
        )
        for question in _answered(journey)
    ]
    return [(title, list(group)) for title, group in groupby(rows, lambda row: row[0].section.title)]


def every_answer(journey: Journey) -> list[tuple[Question, str, float | None]]:
    """Return every question on the way, the answer in words, and of an instrument's item what it counts."""
    known = journey.known
    return [
        (each, written_down(each, known.answers[each.id]), known.points(each) if each.item else None)
        for each in _answered(journey)
    ]


def _answered(journey: Journey) -> list[Question]:
    """Return the questions on the way, and those that were asked afterwards and answered."""
    return [*journey.questions, *(each for each in journey.afterwards if each.id in journey.answers)]


def not_counted(journey: Journey) -> list[Question]:
    """Return what was keyed in although another answer says to skip it."""
    return [each for each in journey.left_behind if is_known(journey.answers[each.id])]


def place(journey: Journey, question: Question) -> dict[str, Any]:
    """Return where a question stands: the part, of how many, its title, the share of it done; its place in a scale."""
    sections = list(dict.fromkeys(each.section.id for each in journey.questions))
    beside = [each for each in journey.questions if each.section.id == question.section.id]
    return {
        "part": sections.index(question.section.id) + 1,
        "parts": len(sections),
        "section_title": question.section.title,
        "part_progress": beside.index(question) / len(beside),
        "of_scale": _of_scale(journey, question),
    }


def _of_scale(journey: Journey, question: Question) -> tuple[int, int] | None:
    """Return which of how many questions of its scale this is; None unless it is settled that all of them are asked."""
    items = journey.edition.instruments[question.instrument.id] if question.item and question.instrument else ()
    settled = question.stem and all(each in journey.questions for each in items)
    return (items.index(question) + 1, len(items)) if settled else None


def help_first(journey: Journey, outcome: Outcome) -> Sequence[Service]:
    """Return help for everyone that is to stand before an outcome, should it break a promise after all."""
    unkept = broken(journey, outcome)
    if unkept:
        log.error("Promises that an outcome broke: %d. Run “assessment prove”.", len(unkept))
    return for_everyone() if unkept else ()


def pinned(journey: Journey) -> tuple[Service, ...]:
    """Return the services that stay on top of every page once an interrupt has called for them.

    There is room for few: until we are told where somebody is, they are those for every nation.
    """
    pinned = [each for each in journey.met if each.pins]
    if not pinned:
        return ()
    found: list[Service] = []
    for whose in WHOSE:
        named = named_services(journey, pinned, whose)
        found += named if journey.nation(whose) else [each for each in named if not places(each.nations)]
    return tuple(dict.fromkeys(found))


def lang() -> dict[str, str]:
    """Return the attributes of an element whose words are the questionnaire's: they may be in another language."""
    written_in = parts().first.reader.language
    turned = {"dir": "ltr"} if spoken().leftward else {}
    return {} if written_in == spoken().tag else {"lang": written_in, **turned}


def places(nations: Sequence[str]) -> str:
    """Return nations by name; nothing if they are all there are."""
    names = parts().nations
    return "" if set(nations) >= set(names) else ", ".join(names[nation] for nation in nations)


def short_citations(ids: Sequence[str]) -> list[str]:
    """Return sources as a doctor cites them."""
    known = {source.id: source for source in parts().first.document.sources}
    return [known[id].cited_as or f"{known[id].authors} {known[id].year or ''}".strip() for id in ids]


def qr(address: str) -> Markup:
    """Return the QR code of an address in the directory."""
    contacts = (contact for service in parts().services for contact in service.contact)
    every = frozenset(each.to for each in contacts if each.to and each.by in ("web", "chat", "bsl"))
    return Markup(drawn(every)[address])  # noqa: S704 - drawn by us


FILTERS: dict[str, Callable[..., Any]] = {
    **prose.FILTERS,
    "places": places,
    "qr": qr,
    "short_citations": short_citations,
}
