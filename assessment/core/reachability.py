"""Can a condition come true, and can it fail? A search over people, cut short wherever the answer is already certain.

Kleene's logic does the cutting: what is true or false while much is still unknown stays so whatever the rest is.
The search knows who is asked what, which totals a scale can have, and nothing of the wording. Where it would take too
long it finds no fault; the prover decides those.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations

from assessment.core import definition as written
from assessment.core.conditions import (
    NOT_SURE,
    AllOf,
    Always,
    AnyOf,
    Chosen,
    Compared,
    Condition,
    Flagged,
    Gate,
    Not,
)
from assessment.core.edition import Edition, Question
from assessment.core.loading import Told
from assessment.core.references import Path, conditions
from assessment.core.scoring import possible_totals
from assessment.core.source import Fault

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
        """Return the imagined options; None if none are imagined."""
        value = self.values.get(question)
        return value if isinstance(value, frozenset) else None

    def span(self, name: str) -> tuple[float, float] | None:
        """Return the imagined number twice, or all it could be; None if it is imagined not to be asked."""
        value = self.values.get(name)
        if isinstance(value, frozenset):
            points = [self.edition.by_id[name].points(id) for id in value]
            return (points[0], points[0])
        if isinstance(value, int | float):
            return (value, value)
        return None if name in self.values and name not in self.ranges else self.ranges.get(name)

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
        self.goal = _inward(goal, edition)
        self.unless = unless
        self.statements = list(chain.from_iterable(map(edition.statements, (goal, *unless))))
        self.names = self._in_order()
        self.tries = 0

    def finds(self) -> bool:
        """Say whether there is such a person; True as well where the search gives up."""
        return self._from(Imagined(self.edition), 0)

    def surely_finds(self) -> bool:
        """Say whether there is such a person; False as well where the search gives up."""
        return self.finds() and self.tries <= TRIES

    def _from(self, person: Imagined, place: int) -> bool:
        self.tries += 1
        if self.tries > TRIES:
            return True
        excluded = [unless.holds(person) for unless in self.unless]
        if True in excluded or _hopeless(self.goal, person):
            return False
        if self.goal.holds(person) and (None not in excluded or place == len(self.names)):
            return True
        if place == len(self.names):
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
        order = {question.id: place for place, question in enumerate(self.edition.questions)}
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
    return person.span(item.id) or item.point_range()


def unreachable(told: Told, edition: Edition) -> Iterator[Fault]:
    """Every condition can hold and can fail, and whatever stands behind several of them can come up."""
    for path, condition in conditions(told.document):
        if isinstance(condition, Always):
            continue
        if not Search(edition, condition).finds():
            yield Fault(told.at(*path), "this can never hold", "it contradicts itself, or what is asked before it")
        elif not Search(edition, Not(condition)).finds():
            yield Fault(told.at(*path), "this always holds", "leave it out, or write “always”")
        else:
            yield from (Fault(told.at(*path), message, hint) for message, hint in _idle(condition, edition))
    for path, what, gates in _gated(told.document, edition):
        whens = tuple(gate.when for gate in gates if gate.when is not None)
        unless = tuple(gate.unless for gate in gates if gate.unless is not None)
        if not Search(edition, AllOf(whens), unless).finds():
            yield Fault(told.at(*path), f"{what} can never come up", "look at its “when” and “unless” together")


def _idle(condition: Condition, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the parts of a condition that make no difference to it, and a hint."""
    match condition:
        case Not(inner):
            yield from _idle(inner, edition)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                if isinstance(condition, AnyOf) and not Search(edition, part).finds():
                    yield f"in this, {_named(part)} can never hold", "leave it out, or mend it"
                elif isinstance(condition, AllOf) and not Search(edition, Not(part)).finds():
                    yield f"in this, {_named(part)} always holds", "leave it out, or mend it"
                else:
                    yield from _idle(part, edition)


def _named(part: Condition) -> str:
    match part:
        case Compared(name, comparison, number):
            return f"“{name} {comparison} {number:g}”"
        case Chosen(name, verb, options):
            return f"“{name} {verb} {', '.join(options)}”"
    first = next(part.parts())
    return f"the part that starts with “{getattr(first, 'name', None) or getattr(first, 'flag', 'always')}”"


def false_reassurance(told: Told, edition: Edition) -> Iterator[Fault]:
    """Nobody with a warning sign is reassured."""
    for n, guidance in enumerate(told.document.guidance):
        for flag in edition.flags.values() if guidance.tone == "reassuring" else ():
            unless = () if guidance.unless is None else (guidance.unless,)
            if flag.warning and Search(edition, AllOf((guidance.when, flag.when)), unless).surely_finds():
                message = f"the guidance “{guidance.id}” reassures people with the warning sign “{flag.id}”"
                yield Fault(told.at("guidance", n), message, f"add “unless: flag {flag.id}”")


def _gated(document: written.Questionnaire, edition: Edition) -> Iterator[tuple[Path, str, list[Gate]]]:
    """Yield whatever has both a `when` and an `unless`, with the gates it stands behind."""
    for s, section in enumerate(document.sections):
        for q, entry in enumerate(section.questions):
            if entry.when is not None and entry.unless is not None:
                yield ("sections", s, "questions", q), "this question", [Gate(entry.when, entry.unless)]
    for n, interrupt in enumerate(document.interrupts):
        gates = [Gate(interrupt.when, interrupt.unless), *edition.by_id[interrupt.after].gates]
        yield ("interrupts", n), f"the interrupt “{interrupt.id}”", gates
    for n, guidance in enumerate(document.guidance):
        if guidance.unless is not None:
            yield ("guidance", n), f"the guidance “{guidance.id}”", [Gate(guidance.when, guidance.unless)]


def _inward(condition: Condition, edition: Edition, *, opposite: bool = False) -> Condition:
    """Return a condition with its flags written out and its nots drawn in to single statements."""
    match condition:
        case Flagged(flag):
            return _inward(edition.flags[flag].when, edition, opposite=opposite)
        case Not(inner):
            return _inward(inner, edition, opposite=not opposite)
        case AllOf(parts) | AnyOf(parts):
            every = tuple(_inward(part, edition, opposite=opposite) for part in parts)
            return AllOf(every) if isinstance(condition, AllOf) != opposite else AnyOf(every)
    return Not(condition) if opposite else condition


def _hopeless(goal: Condition, person: Imagined) -> bool:
    """Say whether a goal can no longer hold, whatever is imagined next: what it reads is imagined and it does not."""
    match goal:
        case AllOf(parts):
            return any(_hopeless(part, person) for part in parts)
        case AnyOf(parts):
            return all(_hopeless(part, person) for part in parts)
    imagined = all(name in person.values for part in goal.parts() for name in [getattr(part, "name", "")] if name)
    return imagined and goal.holds(person) is not True
