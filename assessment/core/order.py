"""Faults in what is asked, and when: nothing is read before it is asked, and nothing is asked that nobody reads."""

from collections.abc import Iterator

from assessment.core import definition as written
from assessment.core.edition import Edition
from assessment.core.loading import Told
from assessment.core.references import Path, conditions, placed
from assessment.core.source import Fault


def reading_ahead(told: Told, asked: Edition) -> Iterator[Fault]:
    """No condition reads what is asked later, and a question never reads itself."""
    order = {question.id: place for place, question in enumerate(asked.questions)}
    for id, items in asked.instruments.items():
        order[id] = order[items[-1].id]
    for path, condition in conditions(told.document):
        place = _asked_at(told.document, asked, path, order)
        if place is None:
            continue
        for name in asked.reads(condition):
            if order.get(name, -1) >= place:
                hint = "a condition can only read what was asked before"
                yield Fault(told.at(*path), f"this reads “{name}”, which is not asked before it", hint)


def _asked_at(document: written.Questionnaire, asked: Edition, path: Path, order: dict[str, int]) -> int | None:
    """Return the place in the journey at which a condition is held; None if at the end."""
    match path:
        case ("sections", int(s), "questions", int(q), _):
            entry = document.sections[s].questions[q]
            if isinstance(entry, written.Placed):
                return order[asked.instruments[entry.instrument][0].id]
            return order[entry.id]
        case ("instruments", int(i), "items", int(n), _):
            return order.get(document.instruments[i].items[n].id)
        case ("interrupts", int(n), _):
            return order[document.interrupts[n].after] + 1
    return None


def unread_questions(told: Told, asked: Edition, on_sheets: set[str]) -> Iterator[Fault]:
    """Every question is read by a condition, by the directory, or shown on a sheet: else why ask it."""
    places = [place for place in (asked.about.directory, asked.audience.someone_else) if place]
    used = (condition for path, condition in conditions(told.document) if path[0] != "promises")
    read = {name for condition in used for name in asked.reads(condition)}
    read |= on_sheets | set(asked.about.directory.door) | {id for each in places for id in (each.nation, each.age)}
    for s, section in enumerate(told.document.sections):
        for q, entry in enumerate(section.questions):
            if isinstance(entry, written.Question) and entry.id not in read:
                message = f"nothing reads the answer to “{entry.id}”"
                hint = "use it in a condition, name it on a sheet, or do not ask it"
                yield Fault(told.at("sections", s, "questions", q, "id"), message, hint)


def never_asked(every: list[Told]) -> Iterator[Fault]:
    """Every instrument is placed for some reader, and nobody is told things who is asked nothing."""
    asked = {instrument.id for told in every for instrument in placed(told.document)}
    for told in every:
        for n, instrument in enumerate(told.document.instruments):
            if instrument.id not in asked:
                hint = f"place it in a section: “- instrument: {instrument.id}”"
                yield Fault(told.at("instruments", n), f"the instrument “{instrument.id}” is never asked", hint)
        if told.document.guidance and not told.document.sections:
            message = f"the audience “{told.reader.audience}” is told this, and asked nothing"
            yield Fault(told.at("guidance", 0), message, "give them a section, or leave them out of “for”")
