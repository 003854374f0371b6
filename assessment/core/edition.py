"""A questionnaire as one reader meets it: plain values, in the order in which they are met."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from typing import NamedTuple

from assessment.core import definition as written
from assessment.core.about import About, Audience, Directory, SomeoneElse
from assessment.core.conditions import AllOf, AnyOf, Condition, Flagged, Gate, Not, Statement
from assessment.core.language import gettext, gettext_noop
from assessment.core.readers import Reader
from assessment.core.writing import Whose

NOT_SURE_WORDS = gettext_noop("I’m not sure")


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


@dataclass(frozen=True, eq=False)
class Question:
    """A question of the questionnaire or an item of an instrument: on a page they are the same thing.

    Made once for each edition, and told apart by what it is, not by what it says: to compare texts takes its time.
    `not_sure` holds the words for it where one may be unsure, and nothing where not.
    """

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
    not_sure: str = ""
    gates: tuple[Gate, ...] = ()
    instrument: written.Instrument | None = None
    item: written.Item | None = None

    @cached_property
    def choices(self) -> dict[str, Choice]:
        """Return the options by id."""
        return {choice.id: choice for choice in self.options}

    @cached_property
    def counts(self) -> dict[str, int]:
        """Return what each option of an item counts, by its id: reversed where the item is, times its weight."""
        points = {choice.id: choice.points for choice in self.options if choice.points is not None}
        if self.item is None or len(points) < len(self.options):
            message = f"{self.id} is not a scored item"
            raise TypeError(message)
        if self.item.reversed:
            ends = min(points.values()) + max(points.values())
            points = {id: ends - each for id, each in points.items()}
        return {id: each * self.item.weight for id, each in points.items()}

    def points(self, option: str) -> int:
        """Return what an option of an item counts."""
        return self.counts[option]

    @cached_property
    def point_range(self) -> tuple[int, int]:
        """Return the least and most an item can count, also where it is skipped."""
        every = list(self.counts.values())
        if self.item and self.item.skipped_points is not None:
            every.append(self.item.skipped_points)
        return min(every), max(every)

    @property
    def weight(self) -> int:
        """Return how many times an item counts."""
        return self.item.weight if self.item else 1


class Stop(NamedTuple):
    """A question, the gates that it stands behind by itself, and the interrupts that may follow."""

    question: Question
    gates: tuple[Gate, ...]
    interrupts: tuple[tuple[Gate, written.Interrupt], ...]


class Stretch(NamedTuple):
    """Questions that follow each other behind the same gate, which reads nothing that is asked among them."""

    gate: Gate
    stops: tuple[Stop, ...]


@dataclass(frozen=True, eq=False)
class Edition:
    """A questionnaire for one audience in one language. Built once, at start.

    `version` names the wording and the rules of the whole questionnaire: it is another as soon as anything differs.
    """

    reader: Reader
    document: written.Questionnaire
    questions: tuple[Question, ...]
    version: str

    @property
    def about(self) -> About:
        """Return what the questionnaire says of itself."""
        return self.document.service

    @property
    def audience(self) -> Audience:
        """Return who reads this."""
        return self.document.audiences[self.reader.audience]

    @property
    def sheet(self) -> written.Sheet | None:
        """Return what stands on this reader's page for a doctor, if there is one."""
        return next(iter(self.document.sheets), None)

    def place(self, whose: Whose) -> Directory | SomeoneElse | None:
        """Return which questions say where the reader, or the absent person, is and how old they are."""
        return self.about.directory if whose == "reader" else self.audience.someone_else

    @property
    def keyed(self) -> bool:
        """Say whether this reader keys in what others answer: a section on a page, and blanks are left blank."""
        return self.audience.keys_in is not None

    def on_one_page(self, section: written.Section) -> bool:
        """Say whether the questions of a section stand together on a page."""
        return section.together or self.keyed

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Return the questions and items by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def instruments(self) -> dict[str, tuple[Question, ...]]:
        """Return the items of each instrument that is asked, by the instrument's id."""
        items: dict[str, list[Question]] = {}
        for question in self.questions:
            if question.instrument:
                items.setdefault(question.instrument.id, []).append(question)
        return {each.id: tuple(items[each.id]) for each in self.document.instruments if each.id in items}

    @cached_property
    def sections(self) -> dict[str, written.Section]:
        """Return the sections by id, in the order in which they are met."""
        return {question.section.id: question.section for question in self.questions}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the questions' numbers on paper, from 1, by id."""
        return {question.id: place for place, question in enumerate(self.questions, 1)}

    @cached_property
    def flags(self) -> dict[str, written.Flag]:
        """Return the flags by id."""
        return {flag.id: flag for flag in self.document.flags}

    @cached_property
    def guidance(self) -> tuple[tuple[Gate, written.Guidance], ...]:
        """Return the guidance in file order, each with when it is shown."""
        return tuple((Gate(each.when, each.unless), each) for each in self.document.guidance)

    @cached_property
    def interrupts(self) -> dict[str, tuple[tuple[Gate, written.Interrupt], ...]]:
        """Return the interrupts that may come right after each question, in file order, each with when it is met."""
        every = [(Gate(each.when, each.unless), each) for each in self.document.interrupts]
        return {id: tuple(each for each in every if each[1].after == id) for id in self.by_id}

    @cached_property
    def way(self) -> tuple[Stretch, ...]:
        """Return every question in order: those that follow each other behind one gate together, to ask it once."""
        return tuple(
            Stretch(gate, tuple(self._stop(each) for each in behind))
            for gate, behind in groupby(self.questions, lambda each: each.gates[0])
        )

    def _stop(self, question: Question) -> Stop:
        return Stop(
            question, tuple(gate for gate in question.gates[1:] if gate != Gate()), self.interrupts[question.id]
        )

    def statements(self, gate: Gate | Condition) -> Iterator[Statement]:
        """Yield every single statement about a question or a score that a condition makes, through flags too."""
        for part in gate.parts():
            if isinstance(part, Flagged):
                yield from self.statements(self.flags[part.flag].when)
            elif isinstance(part, Statement):
                yield part

    def reads(self, gate: Gate | Condition) -> set[str]:
        """Return the ids of every question, item and instrument that a condition reads, through flags too."""
        return {statement.name for statement in self.statements(gate)}


def edition(document: written.Questionnaire, reader: Reader, version: str) -> Edition:
    """Return a questionnaire's edition for a reader, its instruments' items laid out where they are asked.

    Where somebody may be unsure in our words, they are those of the language that is spoken meanwhile.
    """
    instruments = {instrument.id: instrument for instrument in document.instruments}
    questions: list[Question] = []
    for section in document.sections:
        for entry in section.questions:
            if isinstance(entry, written.Placed):
                questions += items(section, entry, instruments[entry.instrument])
            else:
                questions.append(_question(section, entry))
    return Edition(reader, document, tuple(questions), version)


def doctors(edition: Edition, editions: Mapping[Reader, Edition]) -> Edition:
    """Return the edition in whose words a doctor reads the same answers: of who keys them in; else this one."""
    reader = edition.reader
    for other, keying in editions.items():
        if keying.audience.keys_in == reader.audience and other.language == reader.language:
            return keying
    return edition


def inward(condition: Condition, edition: Edition, *, opposite: bool = False) -> Condition:
    """Return a condition with its flags written out and its nots drawn in to single statements."""
    match condition:
        case Flagged(flag):
            return inward(edition.flags[flag].when, edition, opposite=opposite)
        case Not(inner):
            return inward(inner, edition, opposite=not opposite)
        case AllOf(parts) | AnyOf(parts):
            kind = AllOf if isinstance(condition, AllOf) != opposite else AnyOf
            drawn = [inward(part, edition, opposite=opposite) for part in parts]
            return kind(tuple(chain.from_iterable(parts_of(part, kind) for part in drawn)))
    return Not(condition) if opposite else condition


def parts_of(condition: Condition, kind: type[AllOf | AnyOf]) -> tuple[Condition, ...]:
    """Return the parts of a condition of this kind; of another kind, the condition alone."""
    return condition.conditions if isinstance(condition, kind) else (condition,)


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
        not_sure=gettext(NOT_SURE_WORDS) if question.not_sure is True else question.not_sure or "",
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
