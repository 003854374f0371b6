"""Faults in what names what: ids and references. Each rule yields its faults."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from assessment.core import definition as written
from assessment.core.conditions import NOT_SURE, Answered, Chosen, Compared, Condition, Flagged
from assessment.core.loading import Told
from assessment.core.source import Fault, suggestion

Path = tuple[str | int, ...]
Naming = tuple[Path, str, str, Iterable[str]]  # where a name stands, the name, what it is the name of, the known ones


def conditions(document: written.Questionnaire) -> Iterator[tuple[Path, Condition]]:
    """Yield every condition of a questionnaire and the path to it; those of instruments that are asked."""
    owners: list[tuple[Path, Any]] = []
    for s, section in enumerate(document.sections):
        owners += [(("sections", s, "questions", q), entry) for q, entry in enumerate(section.questions)]
    asked = {each.id for each in placed(document)}
    for i, instrument in enumerate(document.instruments):
        if instrument.id not in asked:
            continue
        owners += [(("instruments", i), instrument), (("instruments", i, "caution"), instrument.caution)]
        owners += [(("instruments", i, "items", n), item) for n, item in enumerate(instrument.items)]
    for kind in ("flags", "interrupts", "guidance", "sheets", "promises"):
        owners += [((kind, n), entry) for n, entry in enumerate(getattr(document, kind))]
    for path, owner in owners:
        for key in ("when", "unless", "bands_unless", "whenever"):
            condition = getattr(owner, key, None)
            if condition is not None:
                yield (*path, key), condition


def duplicate_ids(told: Told) -> Iterator[Fault]:
    """No two things that can be named alike share an id."""
    document = told.document
    asked: list[tuple[Path, str]] = []
    for s, section in enumerate(document.sections):
        for q, entry in enumerate(section.questions):
            name = entry.instrument if isinstance(entry, written.Placed) else entry.id
            asked.append((("sections", s, "questions", q), name))
    for i, instrument in enumerate(document.instruments):
        asked += [(("instruments", i, "items", n), item.id) for n, item in enumerate(instrument.items)]
    asked += [(("interrupts", n), each.id) for n, each in enumerate(document.interrupts)]
    groups = [asked]
    for kind in (
        "sections",
        "instruments",
        "flags",
        "guidance",
        "services",
        "sources",
        "sheets",
        "promises",
        "vignettes",
        "canon",
    ):
        groups += [[((kind, n), each.id) for n, each in enumerate(getattr(document, kind))]]
    groups.append([(("service", "help", n), group.id) for n, group in enumerate(document.service.help)])
    for i, instrument in enumerate(document.instruments):
        groups += [[(("instruments", i, "bands", n), band.id) for n, band in enumerate(instrument.bands)]]
    for group in groups:
        seen: dict[str, Path] = {}
        for path, id in group:
            if id in seen:
                first = told.at(*seen[id])
                hint = f"the other is in {first.file} on line {first.line}"
                yield Fault(told.at(*path, "id"), f"the id “{id}” is used twice", hint)
            seen.setdefault(id, path)


def unknown_references(told: Told) -> Iterator[Fault]:
    """Everything that is named exists."""
    if not told.document.sections:
        return
    for naming in (_named_by_service, _named_by_journey, _named_by_advice, _named_by_instruments):
        for path, name, kind, known in naming(told.document):
            if name not in known:
                yield Fault(told.at(*path), f"there is no {kind} “{name}”", suggestion(name, known))


def _named_by_service(document: written.Questionnaire) -> Iterator[Naming]:
    choices = {id: set(each.options or {}) for id, each in _questions(document).items() if each.options}
    directory = document.service.directory
    yield ("service", "directory", "nation"), directory.nation, "question with options", choices
    yield ("service", "directory", "age"), directory.age, "question with options", choices
    if not set(directory.door) & set(choices):  # another reader may be asked the others
        for door in directory.door:
            yield ("service", "directory", "door"), door, "question with options", choices
    for n, service in enumerate(document.services):
        for m, nation in enumerate(service.nations):
            yield ("services", n, "nations", m), nation, "nation", choices.get(directory.nation, [])
        for m, age in enumerate(service.ages):
            yield ("services", n, "ages", m), age, "age", choices.get(directory.age, [])


def _named_by_journey(document: written.Questionnaire) -> Iterator[Naming]:
    instruments = {each.id for each in document.instruments}
    asked = _answerable(document)
    for s, section in enumerate(document.sections):
        for q, entry in enumerate(section.questions):
            if isinstance(entry, written.Placed):
                yield ("sections", s, "questions", q, "instrument"), entry.instrument, "instrument", instruments
    for n, interrupt in enumerate(document.interrupts):
        yield ("interrupts", n, "after"), interrupt.after, "question", asked


def _named_by_advice(document: written.Questionnaire) -> Iterator[Naming]:
    topics = {topic for service in document.services for topic in service.topics}
    sources = {source.id for source in document.sources}
    for n, interrupt in enumerate(document.interrupts):
        for m, topic in enumerate(interrupt.topics):
            yield ("interrupts", n, "topics", m), topic, "service with the topic", topics
    for n, group in enumerate(document.service.help):
        for m, topic in enumerate(group.topics):
            yield ("service", "help", n, "topics", m), topic, "service with the topic", topics
    for n, guidance in enumerate(document.guidance):
        for m, topic in enumerate(guidance.topics):
            yield ("guidance", n, "topics", m), topic, "service with the topic", topics
        for m, source in enumerate(guidance.sources):
            yield ("guidance", n, "sources", m), source, "source", sources


def _named_by_instruments(document: written.Questionnaire) -> Iterator[Naming]:
    sources = {source.id for source in document.sources}
    for n, instrument in enumerate(document.instruments):
        if isinstance(instrument.missing, written.Prorate):
            yield ("instruments", n, "missing", "source"), instrument.missing.source, "source", sources
        if instrument.reliable_change:
            change = instrument.reliable_change.source
            yield ("instruments", n, "reliable_change", "source"), change, "source", sources


def unknown_names_in_conditions(told: Told) -> Iterator[Fault]:
    """Every condition reads questions, options, scores and flags that exist, in words that fit them."""
    document = told.document
    if not document.sections:
        return
    asked = _answerable(document)
    numbers = _numbers(document)
    flags = {flag.id for flag in document.flags}
    for path, condition in conditions(document):
        for part in condition.parts():
            message, hint, word = _misnamed(part, asked, numbers, flags)
            if message:
                text = str(_value(told, path))
                yield Fault(told.at(*path).later(max(text.find(word), 0)), message, hint)


def _misnamed(
    part: Condition, asked: dict[str, written.Question | written.Item], numbers: set[str], flags: set[str]
) -> tuple[str, str, str]:
    """Return what is wrong with a statement, a hint and the word at fault; an empty message if nothing is."""
    known: Collection[str]
    if isinstance(part, Flagged):
        known, kind, name = flags, "flag", part.flag
    elif isinstance(part, Compared):
        known, kind, name = numbers, "number or score", part.name
    elif isinstance(part, Chosen | Answered):
        known, kind, name = asked.keys(), "question", part.name
    else:
        return "", "", ""
    if name not in known:
        return f"there is no {kind} “{name}”", suggestion(name, known), name
    return _misfitting(part, asked[name]) if isinstance(part, Chosen) else ("", "", "")


def _misfitting(part: Chosen, question: written.Question | written.Item) -> tuple[str, str, str]:
    """Return how a statement about a choice does not fit its question."""
    several = isinstance(question, written.Question) and question.choose == "several"
    if several != (part.verb == "has"):
        hint = "“has” where several can be chosen, “is” where one can"
        return f"“{part.name}” takes “{'has' if several else 'is'}”", hint, part.name
    unsure = isinstance(question, written.Question) and question.not_sure
    options = {*(question.options or {}), *([NOT_SURE] if unsure else [])}
    missing = next((option for option in part.options if option not in options), None)
    if missing is None:
        return "", "", ""
    return f"“{part.name}” has no option “{missing}”", suggestion(missing, options), missing


def flags_in_a_circle(told: Told) -> Iterator[Fault]:
    """No flag reads itself, not even through other flags."""
    reads = {
        flag.id: {part.flag for part in flag.when.parts() if isinstance(part, Flagged)} for flag in told.document.flags
    }
    for n, flag in enumerate(told.document.flags):
        reached: set[str] = set()
        ahead = set(reads[flag.id])
        while ahead:
            reached |= ahead
            ahead = {further for each in ahead for further in reads.get(each, ())} - reached
        if flag.id in reached:
            yield Fault(told.at("flags", n, "when"), f"the flag “{flag.id}” reads itself", "say what it is made of")


def unknown_doors(every: list[Told]) -> Iterator[Fault]:
    """Every question that chooses the door is asked of some reader."""
    asked = {id for told in every for id, each in _questions(told.document).items() if each.options}
    for told in every:
        for n, door in enumerate(told.document.service.directory.door):
            if door not in asked:
                at = told.at("service", "directory", "door", n)
                yield Fault(at, f"there is no question with options “{door}”", suggestion(door, asked))


def placed(document: written.Questionnaire) -> list[written.Instrument]:
    """Return the instruments that these readers are asked."""
    entries = [entry for section in document.sections for entry in section.questions]
    named = {entry.instrument for entry in entries if isinstance(entry, written.Placed)}
    return [instrument for instrument in document.instruments if instrument.id in named]


def _value(told: Told, path: Path) -> Any:
    value: Any = told.tree
    for step in path:
        value = value[step]
    return value


def _questions(document: written.Questionnaire) -> dict[str, written.Question]:
    return {
        entry.id: entry
        for section in document.sections
        for entry in section.questions
        if isinstance(entry, written.Question)
    }


def _answerable(document: written.Questionnaire) -> dict[str, written.Question | written.Item]:
    """Return what these readers can be asked, by id; the items of the placed instruments with their options."""
    items = {
        item.id: item.model_copy(update={"options": item.options or instrument.options})
        for instrument in placed(document)
        for item in instrument.items
    }
    return {**items, **_questions(document)}


def _numbers(document: written.Questionnaire) -> set[str]:
    """Return the ids of what can be compared with a number."""
    scores = {instrument.id for instrument in placed(document)}
    items = {item.id for instrument in placed(document) for item in instrument.items}
    return scores | items | {id for id, each in _questions(document).items() if each.number}
