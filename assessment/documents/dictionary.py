"""The data dictionary: what every column of answers and outcomes holds, for whoever reads a table of them.

A variable that several audiences meet in the same words stands there once; in other words, once for each wording.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from assessment.core.answers import DECLINED, DECLINED_WORDS
from assessment.core.conditions import NOT_SURE
from assessment.core.definition import Instrument
from assessment.core.edition import Edition, Question
from assessment.core.instructions import in_words, instructions
from assessment.core.scoring import score
from assessment.documents.paper import rendered, rule
from assessment.documents.prose import whole
from assessment.documents.tables import FOLLOWS, PERSON, SCORE, answer_columns, as_csv, score_columns

TYPES: Final = {
    "text": "text",
    "whole": "whole number",
    "number": "number",
    "yes": "true or false",
    "list": "several ids, divided by “;”",
}
NOT_ANSWERED: Final = "Empty where it was not asked, or not answered"
LEFT_OPEN: Final = f"{NOT_ANSWERED}; if it was asked, its id stands in “unanswered”."
NO_CALM_BAND: Final = (
    "A range that reassures is not named where an item is missing, a warning sign holds, or one was left open."
)
HEADER: Final = (
    "variable", "id", "audiences", "number", "section", "means", "type", "unit", "least", "most",
    "codes", "asked", "instrument", "loinc", "missing", "version",
)  # fmt: skip


@dataclass(frozen=True)
class Code:
    """A value that can stand in a variable: what it stands for, and what it counts where it counts anything."""

    code: str
    text: str
    counts: str = ""
    loinc: str = ""

    def __str__(self) -> str:
        notes = "; ".join(filter(None, [self.counts, self.loinc and f"LOINC {self.loinc}"]))
        return f"{self.code} = {self.text}{f' ({notes})' if notes else ''}"


@dataclass(frozen=True)
class Variable:
    """A column of the table. `id` is of the question or the instrument that it is of, and `asked` when it is asked."""

    name: str
    means: str
    type: str
    id: str = ""
    number: int | None = None
    section: str = ""
    unit: str = ""
    least: str = ""
    most: str = ""
    codes: tuple[Code, ...] = ()
    asked: tuple[str, ...] = ()
    instrument: str = ""
    loinc: str = ""
    missing: str = ""


Variables = Mapping[Variable, tuple[str, ...]]


def variables(editions: Iterable[Edition]) -> Variables:
    """Return every variable of these editions, and the audiences that meet it so: the answers first."""
    found: dict[Variable, tuple[str, ...]] = {}
    every = tuple(editions)
    for part in (_answers, _person, _scores, _what_follows):
        for edition in every:
            for variable in part(edition):
                found[variable] = (*found.get(variable, ()), edition.reader.audience)
    return found


def as_table(found: Variables, version: str) -> str:
    """Return the dictionary as CSV, a row for each variable."""
    rows = [
        [
            each.name, each.id, list(audiences), each.number, each.section, each.means, each.type, each.unit,
            each.least, each.most, " | ".join(map(str, each.codes)), " ".join(each.asked), each.instrument, each.loinc,
            each.missing, version,
        ]
        for each, audiences in found.items()
    ]  # fmt: skip
    return "".join(map(as_csv, [HEADER, *rows]))


def page(found: Variables, edition: Edition, templates: Path) -> str:
    """Return the dictionary as a page, in the language of an edition."""
    answers = {each: audiences for each, audiences in found.items() if each.number}
    derived = {each: audiences for each, audiences in found.items() if not each.number}
    parts = {"Answers": answers, "What follows from them": derived}
    return rendered(templates, "documents/dictionary.html", edition, parts=parts)


def _answers(edition: Edition) -> Iterator[Variable]:
    for id, column in answer_columns(edition).items():
        question = edition.by_id[id]
        variable = Variable(
            name=column.name,
            means=" ".join(filter(None, [question.stem, question.ask])),
            type="one id",
            id=id,
            number=edition.numbers[id],
            section=question.section.title,
            codes=tuple(_codes(question)),
            asked=instructions(question, edition),
            missing=f"{NOT_ANSWERED}." if question.section.afterwards else LEFT_OPEN,
        )
        if question.number:
            bounds = whole(question.number.min), whole(question.number.max)
            unit = question.number.unit
            variable = replace(variable, type=TYPES["whole"], unit=unit, least=bounds[0], most=bounds[1])
        elif question.several:
            variable = replace(variable, type=TYPES["list"])
        yield _of_an_item(variable, question) if question.item else variable


def _of_an_item(variable: Variable, question: Question) -> Variable:
    assert question.item  # noqa: S101 - asked of items only
    assert question.instrument  # noqa: S101
    skipped = question.item.skipped_points
    counts = "" if skipped is None else f" Rightly skipped, it counts {skipped}."
    return replace(
        variable,
        instrument=question.instrument.id,
        loinc=question.item.loinc or "",
        missing=variable.missing + counts,
    )


def _codes(question: Question) -> Iterator[Code]:
    for option in question.options:
        counts = ""
        if question.item:
            points = question.points(option.id)
            counts = f"counts {points}" if points == option.points else f"{option.points} on the form, counts {points}"
        yield Code(option.id, option.text, counts, option.loinc or "")
    if question.not_sure:
        yield Code(NOT_SURE, question.not_sure)
    yield Code(DECLINED, DECLINED_WORDS)


def _person(edition: Edition) -> Iterator[Variable]:
    codes = {
        "audience": (Code(edition.reader.audience, edition.audience.start),),
        "language": tuple(Code(id, name) for id, name in edition.about.languages.items()),
    }
    for column in PERSON:
        yield Variable(column.name, column.means, TYPES[column.kind], codes=codes.get(column.name, ()))


def _scores(edition: Edition) -> Iterator[Variable]:
    for id, columns in score_columns(edition).items():
        items = edition.instruments[id]
        instrument = items[0].instrument
        assert instrument  # noqa: S101 - items are made from an instrument
        ends = score(instrument, items, {}, banded=False)
        bounds = {"least": whole(ends.least), "most": whole(ends.most)}
        loinc = (instrument.loinc and instrument.loinc.total) or ""
        own: dict[str, dict[str, Any]] = {
            "total": {**bounds, "missing": rule(instrument), "loinc": loinc},
            "low": bounds,
            "high": bounds,
            "band": {"codes": tuple(_bands(instrument)), "missing": _no_band(instrument, edition)},
            "complete": {},
        }
        for part, column in zip(SCORE, columns, strict=True):
            means = f"{instrument.title}, {instrument.window}. {column.means}"
            variable = Variable(column.name, means, TYPES[column.kind], id=id, instrument=id)
            yield replace(variable, **own[part.name])


def _bands(instrument: Instrument) -> Iterator[Code]:
    for band in instrument.bands:
        yield Code(band.id, band.title, f"{whole(band.from_)} to {whole(band.to)}")


def _no_band(instrument: Instrument, edition: Edition) -> str:
    conditions = [instrument.bands_unless, instrument.caution and instrument.caution.when]
    never = [f"None is named if {in_words(each, edition)}." for each in conditions if each]
    return " ".join([NO_CALM_BAND, *never] if any(band.calm for band in instrument.bands) else never)


def _what_follows(edition: Edition) -> Iterator[Variable]:
    document = edition.document
    codes = {
        "flags": tuple(Code(each.id, each.words, "a warning sign" if each.warning else "") for each in document.flags),
        "meets": tuple(Code(each.id, each.title) for each in document.interrupts),
        "guidance": tuple(Code(each.id, each.title) for each in document.guidance),
        "services": tuple(
            Code(each.id, each.name)
            for each in document.services
            if each.publish and edition.reader.audience in each.for_
        ),
    }
    for column in FOLLOWS:
        own = codes.get(column.name.removeprefix("their_"), ())
        yield Variable(column.name, column.means, TYPES[column.kind], codes=own)
