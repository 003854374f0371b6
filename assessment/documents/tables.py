"""Outcomes as a table, a row for each person: the very values of the outcome as JSON, laid flat under named columns.

What is not there is empty, and never 0.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from assessment.core.edition import Edition
from assessment.core.journey import Journey
from assessment.core.outcome import Outcome, plain

Kind = Literal["text", "whole", "number", "yes", "list"]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """A column: its name, what kind of value stands in it, and what the value means, for the data dictionary."""

    name: str
    kind: Kind
    means: str


PERSON: Final = (
    Column("line", "whole", "The line of the file that was scored on which the person starts, counted from 1."),
    Column("id", "text", "What the file calls the person. Empty where it says nothing."),
    Column("audience", "text", "Who answered: in whose words, and by whose rules."),
    Column("language", "text", "The language in which it was answered."),
    Column("version", "text", "The questionnaire’s version: it is another as soon as a word or a rule differs."),
)
SCORE: Final = (
    Column("total", "number", "The total. Empty, and never 0, where the rule for missing answers gives none."),
    Column("low", "number", "The least that the total could be, whatever the missing answers are."),
    Column("high", "number", "The most that the total could be, whatever the missing answers are."),
    Column("band", "text", "The range that may be named. Empty where it is not known, or where a sign matters more."),
    Column("complete", "yes", "Whether no item is missing."),
)
FOLLOWS: Final = (
    Column("flags", "list", "The signs that hold."),
    Column("meets", "list", "The pages that come at once, right after an answer."),
    Column("guidance", "list", "The advice that is given, in the order in which it is shown."),
    Column("services", "list", "Who can help the person, in the order in which they are shown."),
    Column("their_services", "list", "Who can help the absent person that the answers are about."),
    Column("unanswered", "list", "The questions that were asked and declined, or left without an answer."),
)


def score_columns(edition: Edition) -> dict[str, tuple[Column, ...]]:
    """Return the columns of each instrument that is asked, by its id."""
    return {
        id: tuple(Column(f"{id}_{each.name}", each.kind, each.means) for each in SCORE) for id in edition.instruments
    }


def answer_columns(edition: Edition) -> dict[str, Column]:
    """Return the columns of the answers themselves, by the question's id."""
    return {question.id: Column(f"{question.id}_answer", "text", question.ask) for question in edition.questions}


def columns(editions: Iterable[Edition], *, with_answers: bool = False) -> tuple[Column, ...]:
    """Return the columns for these editions' readers together.

    No two have the same name: each ends in a word of its own kind, and those of one kind begin with different ids.
    """
    every = tuple(editions)
    found = [*PERSON, *(column for each in every for scale in score_columns(each).values() for column in scale)]
    found += FOLLOWS
    found += [column for each in every for column in answer_columns(each).values()] if with_answers else []
    return tuple({column.name: column for column in found}.values())


def row(journey: Journey, outcome: Outcome, *, with_answers: bool = False) -> Row:
    """Return an outcome by column; what was not asked is left out."""
    told, reader = plain(outcome), journey.edition.reader
    bands = {score.instrument.id: outcome.named(score) for score in outcome.scores}
    found = {"audience": reader.audience, "language": reader.language, "version": journey.edition.version}
    for id, score in told["scores"].items():
        band = bands[id]
        values = {**score, "band": band.id if band else None}
        found |= {f"{id}_{part.name}": values[part.name] for part in SCORE}
    found |= {part.name: told[part.name] for part in FOLLOWS} | {"guidance": [each["id"] for each in told["guidance"]]}
    return {**found, **_answers(journey)} if with_answers else found


def _answers(journey: Journey) -> dict[str, str]:
    """Return the answers on the way, each as the cell of a file that could be scored again."""
    given = ((id, answer) for id, answer in journey.known.answers.items() if answer is not None)
    return {f"{id}_answer": ";".join(each) if isinstance(each, tuple) else str(each) for id, each in given}


def as_csv(values: Iterable[object]) -> str:
    """Return values as a line of CSV: lists joined by “;”, yes and no as `true` and `false`, nothing as nothing."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(map(_cell, values))
    return line.getvalue()


def as_json(values: Row) -> str:
    """Return a row as a line of JSON."""
    return json.dumps(values, ensure_ascii=False) + "\n"


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    return ";".join(value) if isinstance(value, list) else value
