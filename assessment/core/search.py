"""A search for a person for whom a condition holds, cut short wherever the answer is already certain.

Kleene's logic does the cutting: what is true or false while much is still unknown stays so whatever the rest is.
The search knows who is asked what, which totals a scale can have, and nothing of the wording. Where it would take too
long it gives up.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from assessment.core.conditions import (
    NOT_SURE,
    AllOf,
    AnyOf,
    Chosen,
    Compared,
    Condition,
    Statement,
)
from assessment.core.edition import Edition, Question, inward
from assessment.core.scoring import possible_totals

TRIES = 2_000
MANY = 10

Value = frozenset[str] | float | None


@dataclass
class Imagined:
    """Facts of an imagined person, as far as imagined: the facts that conditions are held against."""

    edition: Edition
    values: dict[str, Value] = field(default_factory=dict)
    ranges: dict[str, tuple[float, float]] = field(default_factory=dict)

    def chosen(self, question: str) -> frozenset[str] | None:
        """Return the imagined options, none for a number; None if nothing is imagined."""
        value = self.values.get(question)
        if isinstance(value, int | float):
            return frozenset()
        return value

    def span(self, name: str) -> tuple[float, float] | None:
        """Return the imagined number twice, or all it could be; None if it is imagined not to be asked."""
        value = self.values.get(name)
        if isinstance(value, frozenset) and name not in self.ranges:
            points = [self.edition.by_id[name].points(id) for id in value]
            return (points[0], points[0])
        if isinstance(value, int | float):
            return (value, value)
        return None if name in self.values and name not in self.ranges else self.ranges.get(name)

    def is_imagined(self, name: str) -> bool:
        """Say whether it is settled what this person answers: also where they are surely not asked."""
        return name in self.values or all(
            any(gate.is_shut(self) for gate in question.gates)
            for question in self.edition.instruments.get(name) or (self.edition.by_id[name],)
        )

    def is_answered(self, question: str) -> bool | None:
        """Say whether an answer is imagined; None if nothing is imagined yet."""
        return self.values[question] is not None if question in self.values else None

    def flag(self, flag: str) -> bool | None:
        """Return whether a flag holds for the imagined person; None if not known."""
        return self.edition.flags[flag].when.holds(self)


class Search:
    """A search for a person for whom a condition holds, and others are not known to hold."""

    def __init__(self, edition: Edition, goal: Condition, unless: tuple[Condition, ...] = ()) -> None:
        self.edition = edition
        self.goal = inward(goal, edition)
        self.unless = unless
        self.statements = list(chain.from_iterable(map(edition.statements, (goal, *unless))))
        self.names = self._in_order()
        self.tries = 0

    def finds(self) -> bool:
        """Say whether there is such a person; True as well where the search gives up."""
        found = self.may_find()
        return found if self.tries <= TRIES else self._may_be()

    def may_find(self) -> bool:
        """Say whether a search through everything that is read finds such a person, or gives up."""
        return self._from(Imagined(self.edition), 0)

    def _easier(self) -> Iterator["Search"]:
        """Yield searches for few of the goal's demands at a time, those about the same things: cheap to refute."""
        parts = self.goal.conditions if isinstance(self.goal, AllOf) else ()
        read = {part: {statement.name for statement in self.edition.statements(part)} for part in parts}
        about = {part: self._subjects(names) for part, names in read.items()}
        tried: set[tuple[Condition, ...]] = {(), parts}
        for part in parts:
            near = self._subjects(Search(self.edition, part).names)
            for few in (
                tuple(other for other in parts if read[other] <= read[part]),
                tuple(other for other in parts if about[other] <= near),
            ):
                if few not in tried:
                    tried.add(few)
                    yield Search(self.edition, AllOf(few))

    def _subjects(self, names: Iterable[str]) -> set[str]:
        """Return what is read: an item is read as its instrument."""
        questions = {name: self.edition.by_id.get(name) for name in names}
        return {each.instrument.id if each and each.instrument else name for name, each in questions.items()}

    def surely_finds(self) -> bool:
        """Say whether there is such a person; False as well where the search gives up."""
        return self._may_be() and self.may_find() and self.tries <= TRIES

    def _may_be(self) -> bool:
        """Say whether nobody is ruled out by a few of the goal's demands alone."""
        return all(few.may_find() for few in self._easier())

    def _from(self, person: Imagined, place: int) -> bool:
        self.tries += 1
        if self.tries > TRIES:
            return True
        excluded = [unless.holds(person) for unless in self.unless]
        holds = self.goal.holds(person)
        if holds is False or True in excluded:
            return False
        if holds and (None not in excluded or place == len(self.names)):
            return True
        if place == len(self.names) or _hopeless(self.goal, person):
            return False
        name = self.names[place]
        for value in self._values(name, person):
            person.values[name] = value
            if self._from(person, place + 1):
                return True
        del person.values[name]
        return False

    def _in_order(self) -> list[str]:
        """Return everything that is read, and everything that decides whether it is asked, in the order of asking."""
        wanted = list(dict.fromkeys(statement.name for statement in self.statements))
        for name in wanted:
            for question in self._questions(name):
                for statement in chain.from_iterable(map(self.edition.statements, question.gates)):
                    self.statements.append(statement)
                    wanted += [statement.name] if statement.name not in wanted else []
        order = self.edition.numbers
        return sorted(wanted, key=lambda name: (order[self._questions(name)[-1].id], name not in order))

    def _questions(self, name: str) -> tuple[Question, ...]:
        return self.edition.instruments.get(name) or (self.edition.by_id[name],)

    def _values(self, name: str, person: Imagined) -> Iterator[Value]:
        """Yield what is worth imagining for a question or a score; None alone if it would not be asked."""
        questions = self._questions(name)
        if not any(all(gate.opens(person) for gate in question.gates) for question in questions):
            person.ranges.pop(name, None)
            yield None
            return
        if name in self.edition.instruments:
            yield from self._totals(name, person)
            return
        if questions[0].number:
            number = questions[0].number
            person.ranges[name] = (number.min, number.max)
            near = {each + step for each in self._compared(name) for step in (-1, 0, 1)}
            yield from sorted({number.min, number.max, *(each for each in near if number.min <= each <= number.max)})
            yield from [frozenset({NOT_SURE})] if questions[0].not_sure else []
            yield None
            return
        yield from self._chosen(questions[0])

    def _chosen(self, question: Question) -> Iterator[Value]:
        read = {
            id
            for part in self.statements
            if isinstance(part, Chosen) and part.name == question.id
            for id in part.options
        }
        if question.item:
            read = set(question.choices)
        told = [choice.id for choice in question.options if choice.id in read]
        other = next((choice.id for choice in question.options if choice.id not in read), None)
        single = [*told, *([other] if other else []), *([NOT_SURE] if question.not_sure else [])]
        yield from (frozenset({id}) for id in single)
        if question.several:
            together = [id for id in told if not question.choices[id].alone][:MANY]
            for size in range(len(together), 1, -1):
                yield from (frozenset(some) for some in combinations(together, size))
        yield None

    def _totals(self, name: str, person: Imagined) -> Iterator[Value]:
        """Yield the totals on both sides of every number the scale is compared with, as far as they are possible."""
        items = self.edition.instruments[name]
        definition = items[0].instrument
        totals = possible_totals(definition, items) if definition else []
        person.ranges[name] = (totals[0], totals[-1])
        if definition and definition.score == "sum":
            counts = [_counts(item, person) for item in items]
            low, high = sum(least for least, _ in counts), sum(most for _, most in counts)
            totals = [total for total in totals if low <= total <= high]
        wanted = set(totals[:1] + totals[-1:])
        for number in self._compared(name):
            below = [total for total in totals if total < number]
            above = [total for total in totals if total > number]
            wanted |= {*below[-1:], *above[:1], *(total for total in totals if total == number)}
        yield from sorted(wanted)
        yield None

    def _compared(self, name: str) -> set[float]:
        return {part.number for part in self.statements if isinstance(part, Compared) and part.name == name}


def _counts(item: Question, person: Imagined) -> tuple[float, float]:
    """Return the least and most an item can count for an imagined person."""
    skipped = item.item.skipped_points if item.item else None
    if skipped is not None and not item.gates[-1].opens(person):
        return skipped, skipped
    return person.span(item.id) or item.point_range


def _hopeless(goal: Condition, person: Imagined) -> bool:
    """Say whether a goal can no longer hold, whatever is imagined next: what it reads is imagined and it does not."""
    match goal:
        case AllOf(parts):
            return any(_hopeless(part, person) for part in parts)
        case AnyOf(parts):
            return all(_hopeless(part, person) for part in parts)
    settled = all(person.is_imagined(part.name) for part in goal.parts() if isinstance(part, Statement))
    return settled and goal.holds(person) is not True
