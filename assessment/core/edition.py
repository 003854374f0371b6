"""A questionnaire as one reader meets it: plain values, in the order in which they are met."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assessment.core import definition as written
from assessment.core.conditions import Condition, Flagged, Gate, Statement
from assessment.core.readers import Reader


@dataclass(frozen=True)
class Choice:
    """An answer that can be chosen; `points` only in an instrument."""

    id: str
    text: str
    short: str | None
    hint: str | None
    points: int | None
    alone: bool
    loinc: str | None


@dataclass(frozen=True)
class Question:
    """A question of the questionnaire or an item of an instrument: on a page they are the same thing."""

    id: str
    section: written.Section
    ask: str
    short: str
    why: str
    stem: str | None = None
    hint: str | None = None
    options: tuple[Choice, ...] = ()
    several: bool = False
    number: written.Number | None = None
    not_sure: bool = False
    gates: tuple[Gate, ...] = ()
    instrument: written.Instrument | None = None
    item: written.Item | None = None

    @cached_property
    def choices(self) -> dict[str, Choice]:
        """Return the options by id."""
        return {choice.id: choice for choice in self.options}

    def points(self, option: str) -> int:
        """Return what an option of an item counts: reversed where the item is, times its weight."""
        item, points = self._scored(option)
        if item.reversed:
            every = [choice.points or 0 for choice in self.options]
            points = min(every) + max(every) - points
        return points * item.weight

    def point_range(self) -> tuple[int, int]:
        """Return the least and most an item can count, also where it is skipped."""
        every = [self.points(choice.id) for choice in self.options]
        if self.item and self.item.skipped_points is not None:
            every.append(self.item.skipped_points)
        return min(every), max(every)

    @property
    def weight(self) -> int:
        """Return how many times an item counts."""
        return self.item.weight if self.item else 1

    def _scored(self, option: str) -> tuple[written.Item, int]:
        points = self.choices[option].points
        if self.item is None or points is None:
            message = f"{self.id} is not a scored item"
            raise TypeError(message)
        return self.item, points


@dataclass(frozen=True)
class Edition:
    """A questionnaire for one audience in one language. Built once, at start."""

    reader: Reader
    document: written.Questionnaire
    questions: tuple[Question, ...]

    @property
    def about(self) -> written.About:
        """Return what the questionnaire says of itself."""
        return self.document.service

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Return the questions and items by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def instruments(self) -> dict[str, tuple[Question, ...]]:
        """Return the items of each instrument that is asked, by the instrument's id."""
        return {
            instrument.id: tuple(q for q in self.questions if q.instrument is instrument)
            for instrument in self.document.instruments
            if any(q.instrument is instrument for q in self.questions)
        }

    @cached_property
    def flags(self) -> dict[str, written.Flag]:
        """Return the flags by id."""
        return {flag.id: flag for flag in self.document.flags}

    def interrupts_after(self, question: Question) -> Iterator[written.Interrupt]:
        """Yield the interrupts that may come right after a question, in file order."""
        return (interrupt for interrupt in self.document.interrupts if interrupt.after == question.id)

    def statements(self, gate: Gate | Condition) -> Iterator[Statement]:
        """Yield every single statement about a question or a score that a condition makes, through flags too."""
        for part in gate.parts():
            if isinstance(part, Flagged):
                yield from self.statements(self.flags[part.flag].when)
            elif isinstance(part, Statement):
                yield part

    def reads(self, gate: Gate | Condition) -> Iterator[str]:
        """Yield the ids of every question, item and instrument that a condition reads, through flags too."""
        return (statement.name for statement in self.statements(gate))


def edition(document: written.Questionnaire, reader: Reader) -> Edition:
    """Return a questionnaire's edition for a reader, its instruments' items laid out where they are asked."""
    instruments = {instrument.id: instrument for instrument in document.instruments}
    questions: list[Question] = []
    for section in document.sections:
        for entry in section.questions:
            if isinstance(entry, written.Placed):
                questions += items(section, entry, instruments[entry.instrument])
            else:
                questions.append(_question(section, entry))
    return Edition(reader, document, tuple(questions))


def _question(section: written.Section, question: written.Question) -> Question:
    return Question(
        id=question.id,
        section=section,
        ask=question.ask,
        short=question.short,
        why=question.why,
        hint=question.hint,
        options=_choices(question.options or {}),
        several=question.choose == "several",
        number=question.number,
        not_sure=question.not_sure,
        gates=(Gate(question.when, question.unless),),
    )


def items(section: written.Section, placed: written.Placed, instrument: written.Instrument) -> Iterator[Question]:
    """Yield an instrument's items as questions, where they are placed in a section."""
    for item in instrument.items:
        yield Question(
            id=item.id,
            section=section,
            ask=item.text,
            short=item.short,
            why=instrument.why,
            stem=instrument.stem,
            options=_choices(item.options or instrument.options or {}),
            gates=(Gate(placed.when, placed.unless), Gate(unless=item.unless)),
            instrument=instrument,
            item=item,
        )


def _choices(options: dict[str, written.Option]) -> tuple[Choice, ...]:
    return tuple(
        Choice(id, option.text, option.short, option.hint, option.points, option.alone, option.loinc)
        for id, option in options.items()
    )
