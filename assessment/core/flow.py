"""The flow of a questionnaire as a picture: parts, rows, notes and arrows with their places, as plain values.

Parts stand below each other. Arrows run down lanes at the left: one lane from each question that is read, with a branch
to everything that reads it. A page is as high as A3 and A4 are to their width, and no row is cut where a page ends.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import Literal

from assessment.core import definition as written
from assessment.core.conditions import Gate
from assessment.core.edition import Edition, Question
from assessment.core.instructions import in_words, instructions, listed
from assessment.core.writing import PLACES, URGENCIES

WIDTH = 1120
PAGE = 1584  # the width times the square root of 2
MARGIN = 28
TOP = 56  # of a page after the first, above its first row
HEADER = 100
TITLE = 32  # of a part, above its first row
GAP = 7
LANE = 14  # from one lane to the next, and from one arrow to the next
ENTRY = 44  # between the lanes and the parts, where an arrow says where it comes from
ROW = 350
LABEL = 76  # in a row, before its words
LINE = 15
LETTER = 6  # of a line in small letters, with room to spare in the widest of the common typefaces


@dataclass(frozen=True)
class Entry:
    """What stands in a row: a question, an instrument, an interrupt, or a place of the outcome; `reads` names rows."""

    kind: Literal["question", "instrument", "interrupt", "place"]
    id: str
    label: str
    words: str
    questions: tuple[str, ...] = ()
    condition: str = ""
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Box:
    """A rectangle; `x` and `y` are its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        """Return where it ends."""
        return self.y + self.height


@dataclass(frozen=True)
class Row:
    """An entry in its place: its words and its condition in lines, the condition in a note at its right."""

    entry: Entry
    box: Box
    note: Box | None
    words: tuple[str, ...]
    condition: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A labelled box with its rows."""

    title: str
    remark: str
    box: Box
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Arrow:
    """A line from a row to a row that reads it, down a lane; lanes are counted from the rows to the left."""

    source: Row
    target: Row
    lane: int
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Flow:
    """A picture of all that a reader may be asked and told."""

    width: int
    height: int
    parts: tuple[Part, ...]
    arrows: tuple[Arrow, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Return every row, from top to bottom."""
        return tuple(row for part in self.parts for row in part.rows)


def flow(edition: Edition) -> Flow:
    """Return the picture of an edition's flow."""
    planned = [*_sections(edition, afterwards=False), _outcome(edition), *_sections(edition, afterwards=True)]
    lanes = _lanes([entry for _, _, entries in planned for entry in entries])
    left = MARGIN + LANE * len({*lanes.values()}) + ENTRY
    parts: list[Part] = []
    y = HEADER
    for title, remark, entries in planned:
        parts.append(_part(title, remark, entries, left, y))
        y = parts[-1].box.bottom + 2 * GAP
    rows = {row.entry.id: row for part in parts for row in part.rows}
    return Flow(WIDTH, y + MARGIN, tuple(parts), tuple(_arrows(rows, lanes, left)))


Planned = tuple[str, str, list[Entry]]


def _sections(edition: Edition, *, afterwards: bool) -> Iterator[Planned]:
    homes = {each.id: each.instrument.id if each.instrument else each.id for each in edition.questions}
    homes |= {id: id for id in edition.instruments}
    for section, here in groupby(edition.questions, lambda question: question.section):
        if section.afterwards is afterwards:
            remark = "asked on the outcome page" if afterwards else "on one page" * edition.on_one_page(section)
            yield section.title, remark, list(_entries(list(here), edition, homes))


def _entries(questions: Sequence[Question], edition: Edition, homes: dict[str, str]) -> Iterator[Entry]:
    for home, grouped in groupby(questions, lambda question: homes[question.id]):
        together = list(grouped)
        yield _asked(home, together, edition, homes)
        for question in together:
            for _, interrupt in edition.interrupts[question.id]:
                yield _interrupting(interrupt, edition, homes)


def _asked(id: str, questions: Sequence[Question], edition: Edition, homes: dict[str, str]) -> Entry:
    """Return a question, or an instrument's items together."""
    numbers = [edition.numbers[question.id] for question in questions]
    instrument = questions[0].instrument
    return Entry(
        kind="instrument" if instrument else "question",
        id=id,
        label=str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}",
        words=instrument.measure if instrument else questions[0].short,
        questions=tuple(question.id for question in questions),
        condition=_conditions(questions, edition),
        reads=_read((gate for question in questions for gate in question.gates), edition, homes) - {id},
    )


def _conditions(questions: Sequence[Question], edition: Edition) -> str:
    """Return when these are asked; where that is not so of all of them, of which."""
    said: dict[str, list[str]] = {}
    for question in questions:
        for sentence in instructions(question, edition):
            said.setdefault(sentence, []).append(str(edition.numbers[question.id]))
    return " ".join(
        sentence if len(numbers) == len(questions) else f"At {listed(numbers, 'and')}: {sentence}"
        for sentence, numbers in said.items()
    )


def _interrupting(interrupt: written.Interrupt, edition: Edition, homes: dict[str, str]) -> Entry:
    unless = "" if interrupt.unless is None else f" Not if {in_words(interrupt.unless, edition)}."
    return Entry(
        kind="interrupt",
        id=interrupt.id,
        label=interrupt.urgency.replace("_", " "),
        words=interrupt.title,
        condition=f"After question {edition.numbers[interrupt.after]}, if {in_words(interrupt.when, edition)}.{unless}",
        reads=_read([Gate(interrupt.when, interrupt.unless)], edition, homes),
    )


def _read(gates: Iterable[Gate], edition: Edition, homes: dict[str, str]) -> frozenset[str]:
    return frozenset(homes[name] for gate in gates for name in edition.reads(gate))


def _outcome(edition: Edition) -> Planned:
    """Return the places of the outcome, with how many pieces of advice may stand there."""
    entries = []
    for place in PLACES:
        counts = Counter(each.urgency for each in edition.document.guidance if each.place == place)
        words = ", ".join(f"{counts[each]} {each.replace('_', ' ')}" for each in URGENCIES if counts[each])
        if words:
            entries.append(Entry("place", place, str(counts.total()), words))
    return "The outcome", "how many pieces of guidance may stand in each place, by urgency", entries


def _lanes(entries: Sequence[Entry]) -> dict[str, int]:
    """Return a lane for each entry that is read: none shared at a time, and short ways nearest to the rows."""
    order = {entry.id: place for place, entry in enumerate(entries)}
    ways: dict[str, tuple[int, int]] = {}
    for entry in entries:
        for source in entry.reads:
            first, last = ways.get(source, (order[source], order[source]))
            ways[source] = min(first, order[entry.id]), max(last, order[entry.id])
    lanes: dict[str, int] = {}
    for source, (first, last) in sorted(ways.items(), key=lambda way: (way[1][1] - way[1][0], order[way[0]])):
        taken = {lane for other, lane in lanes.items() if first <= ways[other][1] and ways[other][0] <= last}
        lanes[source] = next(lane for lane in range(len(ways)) if lane not in taken)
    return lanes


def _part(title: str, remark: str, entries: Sequence[Entry], left: int, y: int) -> Part:
    rows: list[Row] = []
    for entry in entries:
        rows.append(_row(entry, left, rows[-1].box.bottom + GAP if rows else y + TITLE))
    top = rows[0].box.y - TITLE
    box = Box(left, top, WIDTH - MARGIN - left, rows[-1].box.bottom + 2 * GAP - top)
    return Part(title, remark, box, tuple(rows))


def _row(entry: Entry, left: int, y: int) -> Row:
    """Return an entry at this height, or at the top of the next page where this one ends within it."""
    x = left + 2 * GAP
    beside = x + ROW + 2 * GAP
    width = WIDTH - MARGIN - 2 * GAP - beside
    words = wrap(entry.words, int((ROW - LABEL - GAP) / LETTER))
    condition = wrap(entry.condition, int((width - 2 * GAP) / LETTER))
    height = max(max(1 + len(words), len(condition)) * LINE + 2 * GAP, LANE * (len(entry.reads) + 2))
    end = (y // PAGE + 1) * PAGE
    if y + height > end - MARGIN and height <= PAGE - TOP - MARGIN:
        y = end + TOP
    note = Box(beside, y, width, height) if condition else None
    return Row(entry, Box(x, y, ROW, height), note, tuple(words), tuple(condition))


def _arrows(rows: dict[str, Row], lanes: dict[str, int], left: int) -> Iterator[Arrow]:
    """Yield the arrows; those into one row come in below each other, from the nearest lane first."""
    for target in rows.values():
        for port, id in enumerate(sorted(target.entry.reads, key=lanes.__getitem__), 1):
            source, lane = rows[id], left - ENTRY - LANE * lanes[id]
            out, into = source.box.bottom - GAP, target.box.y + LANE * port
            points = ((source.box.x, out), (lane, out), (lane, into), (target.box.x, into))
            yield Arrow(source, target, lanes[id], points)
