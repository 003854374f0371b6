"""The one page for a doctor: what was answered, in the order of the sheet, and what was not."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.core.answers import DECLINED, Answer, is_known, written_down
from assessment.core.conditions import NOT_SURE, Gate
from assessment.core.edition import Edition, Question
from assessment.core.journey import Journey, Known
from assessment.core.scoring import Score


@dataclass(frozen=True)
class Row:
    """What was answered to one question: `said`, and where several could be ticked, what was `not_ticked`."""

    label: str
    said: tuple[str, ...]
    not_ticked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    """An instrument's score with the items that count more than their least, by answer, those that count most first.

    `verbatim` items stand apart, in full and with their answers, whatever they are.
    """

    score: Score
    items: tuple[tuple[str, tuple[str, ...]], ...]
    verbatim: tuple[tuple[str, str], ...]


Line = Row | Measured


@dataclass(frozen=True)
class Sheet:
    """A page for a doctor. What is not known is named by how it came about; `skipped` was not asked.

    `not_counted` was keyed in although another answer says to skip it.
    """

    title: str
    note: str | None
    parts: tuple[tuple[str, tuple[Line, ...]], ...]
    asks: tuple[Row, ...]
    declined: tuple[str, ...]
    blank: tuple[str, ...]
    skipped: tuple[str, ...]
    not_counted: tuple[Row, ...]


LEFT_OUT = {
    "texts": "the words under what to consider",
    "not_ticked": "what was not ticked",
    "urgent_texts": "the words under what comes first",
    "lines": "some lines to write on",
    "any_time": "what to consider at any time",
    "soon": "what to consider soon",
    "sources": "the sources of what to consider",
    "items": "the items of scales",
    "this_week": "what to consider this week",
}
"""What is left out step by step until all stands on one page, and how the page says so. Nothing urgent is ever."""


def shortened(step: int) -> dict[str, str]:
    """Return what is left out at a step: nothing at 0, then more and more."""
    return dict(list(LEFT_OUT.items())[:step])


def sheet(journey: Journey, *, keyed: bool) -> Sheet | None:
    """Return the page for a doctor as its reader's edition lays it out; None if it lays out none for this person.

    Of answers that were `keyed` in, those that another answer says to skip are named, and not counted.
    """
    edition, known = journey.edition, journey.known
    laid_out = edition.sheet
    if laid_out is None or not Gate(unless=laid_out.unless).opens(known):
        return None
    ids = [*(id for part in laid_out.parts for id in part.rows), *laid_out.asks]
    listed = [each for id in ids for each in _questions(id, edition) if not each.section.afterwards]
    asked = [question for question in listed if question.id in known.answers]
    behind = [each for each in journey.left_behind if is_known(journey.answers[each.id])] if keyed else []
    return Sheet(
        title=laid_out.title,
        note=laid_out.note,
        parts=tuple((part.title, tuple(_lines(part.rows, known))) for part in laid_out.parts),
        asks=tuple(line for line in _lines(laid_out.asks, known) if isinstance(line, Row)),
        declined=_labels([each for each in asked if known.answers[each.id] == (DECLINED,)], edition),
        blank=_labels([each for each in asked if known.answers[each.id] is None], edition),
        skipped=_labels([each for each in listed if each.id not in known.answers and each not in behind], edition),
        not_counted=tuple(row(each, journey.answers[each.id]) for each in behind),
    )


def _questions(id: str, edition: Edition) -> tuple[Question, ...]:
    return edition.instruments.get(id) or (edition.by_id[id],)


def _lines(ids: tuple[str, ...], known: Known) -> Iterator[Line]:
    for id in ids:
        if id in known.edition.instruments:
            found = known.score(id)
            if found:
                yield _measured(found, known)
        elif is_known(known.answers.get(id)):
            yield row(known.edition.by_id[id], known.answers[id])


def row(question: Question, answer: Answer | None) -> Row:
    """Return what was answered to a question, and what was not ticked."""
    if not question.several or not isinstance(answer, tuple) or answer == (NOT_SURE,):
        return Row(question.short, (written_down(question, answer),))
    ticked = tuple(choice.short or choice.text for choice in question.options if choice.id in answer)
    others = (each for each in question.options if each.id not in answer and not each.alone)
    return Row(question.short, ticked, tuple(choice.short or choice.text for choice in others))


def _measured(score: Score, known: Known) -> Measured:
    items = known.edition.instruments[score.instrument.id]
    counting: dict[str, list[Question]] = {}
    for item in sorted(items, key=lambda each: -(known.points(each) or 0)):
        if (known.points(item) or 0) > item.point_range[0] and not (item.item and item.item.verbatim):
            answer = written_down(item, known.answers[item.id]) if item.id in known.answers else "Skipped"
            counting.setdefault(answer, []).append(item)
    verbatim = (each for each in items if each.item and each.item.verbatim and each.id in known.answers)
    return Measured(
        score,
        tuple((answer, tuple(item.short for item in group)) for answer, group in counting.items()),
        tuple((each.ask, written_down(each, known.answers[each.id])) for each in verbatim),
    )


def _labels(questions: list[Question], edition: Edition) -> tuple[str, ...]:
    """Return questions by name; of an instrument, how many of its items."""
    labels: dict[str, int] = {}
    for question in questions:
        name = question.instrument.id if question.instrument else question.id
        labels[name] = labels.get(name, 0) + 1
    return tuple(_label(name, count, edition) for name, count in labels.items())


def _label(name: str, count: int, edition: Edition) -> str:
    items = edition.instruments.get(name)
    if items is None:
        return edition.by_id[name].short
    title = items[0].instrument.measure if items[0].instrument else name
    return title if count == len(items) else f"{title} ({count} of {len(items)} questions)"
