"""Faults in who answers about whom: absent people, keyed-in answers, what is asked afterwards, a page for a doctor."""

from collections.abc import Iterator

from assessment.core import definition as written
from assessment.core.loading import Told
from assessment.core.references import Path, placed
from assessment.core.source import Fault, suggestion


def never_scored(told: Told) -> Iterator[Fault]:
    """Nobody who is not there is scored."""
    for s, section in enumerate(told.document.sections):
        for q, entry in enumerate(section.questions if section.about == "someone_else" else ()):
            if isinstance(entry, written.Placed):
                at = told.at("sections", s, "questions", q)
                yield Fault(
                    at, "a person who is not there is never scored", "ask about signs one by one, without points"
                )


def absent_people(told: Told) -> Iterator[Fault]:
    """Only readers who answer about someone else are asked and told of them; where that person is has been asked."""
    audience = told.reader.audience
    someone = told.document.audiences[audience].someone_else
    if someone is None:
        for path in _about_someone_else(told.document):
            hint = "say under “audiences” who “someone_else” is"
            yield Fault(told.at(*path), f"{audience} answers for nobody else", hint)
        return
    options = _options(told.document)
    here = told.document.service.directory
    for key, own, theirs in (("nation", here.nation, someone.nation), ("age", here.age, someone.age)):
        at = told.at("audiences", audience, "someone_else", key)
        if theirs not in options:
            yield Fault(at, f"there is no question with options “{theirs}”", suggestion(theirs, options))
        elif set(options[theirs]) != set(options.get(own, ())):
            yield Fault(at, f"“{theirs}” has other options than “{own}”", "the directory knows only those")


def _about_someone_else(document: written.Questionnaire) -> Iterator[Path]:
    for s, section in enumerate(document.sections):
        if section.about == "someone_else":
            yield "sections", s, "about"
    for kind in ("interrupts", "guidance"):
        for n, each in enumerate(getattr(document, kind)):
            if each.helps == "someone_else":
                yield kind, n, "helps"


def keyed_in(every: list[Told]) -> Iterator[Fault]:
    """Whoever keys in another's answers is asked the same questions, in the same order and with the same answers."""
    asked = {(told.reader.audience, told.reader.language): _alike(told.document) for told in every}
    for told in every:
        other = told.document.audiences[told.reader.audience].keys_in
        if other is None:
            continue
        at = told.at("audiences", told.reader.audience, "keys_in")
        theirs = asked.get((other, told.reader.language))
        if theirs is None or told.document.audiences[other].keys_in is not None:
            yield Fault(at, f"nobody answers as “{other}”", suggestion(other, told.document.audiences))
            continue
        own = asked[told.reader.audience, told.reader.language]
        odd = next((id for id in [*theirs, *own] if theirs.get(id) != own.get(id)), None)
        if odd or list(theirs) != list(own):
            what = f"“{odd}” is not asked of both alike" if odd else "they are asked in another order"
            yield Fault(at, f"“{told.reader.audience}” keys in what “{other}” answers, but {what}")
        if told.document.sheets and told.document.audiences[other].answered is None:
            at = told.at("audiences", other)
            yield Fault(at, f"the sheet cannot say who answered as “{other}”", "add “answered:”")


def asked_afterwards(told: Told) -> Iterator[Fault]:
    """See that what is asked on the outcome page comes last, is not scored and is never followed by a page."""
    sections = told.document.sections
    late: set[str] = set()
    for s, section in enumerate(sections):
        if not section.afterwards:
            continue
        if any(not after.afterwards for after in sections[s:]):
            yield Fault(
                told.at("sections", s, "afterwards"), "what is asked afterwards comes last", "move it to the end"
            )
        for q, entry in enumerate(section.questions):
            late.add(entry.instrument if isinstance(entry, written.Placed) else entry.id)
            if isinstance(entry, written.Placed):
                yield Fault(told.at("sections", s, "questions", q), "nothing is scored afterwards")
    for n, interrupt in enumerate(told.document.interrupts):
        if interrupt.after in late:
            yield Fault(told.at("interrupts", n, "after"), "no page follows what is asked afterwards")


def sheets(told: Told) -> Iterator[Fault]:
    """See that a reader has one sheet, and that what stands on it is asked."""
    questions = set(_asked(told.document))
    audience = told.document.audiences[told.reader.audience]
    if told.document.sheets and audience.answered is None:
        at = told.at("audiences", told.reader.audience)
        yield Fault(at, f"the sheet cannot say who answered as “{told.reader.audience}”", "add “answered:”")
    scores = {instrument.id for instrument in placed(told.document)}
    for n, sheet in enumerate(told.document.sheets):
        if n:
            hint = f"the other is in {told.at('sheets', 0).file} on line {told.at('sheets', 0).line}"
            yield Fault(told.at("sheets", n), f"{told.reader.audience} has two sheets", hint)
        rows: list[tuple[Path, str]] = [(("asks", a), id) for a, id in enumerate(sheet.asks)]
        for p, part in enumerate(sheet.parts):
            rows += [(("parts", p, "rows", r), id) for r, id in enumerate(part.rows)]
        for path, id in rows:
            if id not in questions | scores:
                known = questions | scores
                at = told.at("sheets", n, *path)
                yield Fault(at, f"there is no question or instrument “{id}”", suggestion(id, known))


def _asked(document: written.Questionnaire) -> list[str]:
    return list(_alike(document))


def _alike(document: written.Questionnaire) -> dict[str, object]:
    """Return what must be the same of every question for its answers to be read by another audience."""
    entries = [entry for section in document.sections for entry in section.questions]
    return {
        entry.instrument if isinstance(entry, written.Placed) else entry.id: (
            entry.when,
            entry.unless,
            None if isinstance(entry, written.Placed) else _answers(entry),
        )
        for entry in entries
    }


def _answers(question: written.Question) -> tuple[object, ...]:
    """Return what can be answered to a question, whatever the words for it."""
    bounds = (question.number.min, question.number.max) if question.number else None
    options = tuple((id, option.alone) for id, option in (question.options or {}).items())
    return options, question.choose, bounds, bool(question.not_sure)


def _options(document: written.Questionnaire) -> dict[str, dict[str, written.Option]]:
    entries = [entry for section in document.sections for entry in section.questions]
    return {each.id: each.options for each in entries if isinstance(each, written.Question) and each.options}
