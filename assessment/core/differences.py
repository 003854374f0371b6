"""What an edit changes: for the invented people, and for anyone at all, proved or shown with a person. Needs z3.

Two editions speak of the same person. To a question that takes the same answers in both, that person gives one answer.
Where a question changed, what both take is answered alike, and what only one of them knows is free.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import z3

from assessment.core import definition as written
from assessment.core.answers import Answer, read_all
from assessment.core.conditions import NOT_SURE
from assessment.core.edition import Edition, Question
from assessment.core.journey import Journey
from assessment.core.logic import Everyone
from assessment.core.outcome import assess, plain
from assessment.core.proofs import Prover
from assessment.core.replies import Reply
from assessment.core.writing import URGENCIES

Thing = tuple[str, str]  # the kind of thing that somebody is told, and which: ("guidance", "rest_more [soon]")

KINDS = {"sign": "flags", "page": "interrupts", "guidance": "guidance", "service": "services", "scale": "instruments"}
# What decides who is told something, and so is proved; what stands with its question; what only authors read.
PROVED = {"for_", "when", "unless", "after", "urgency", "topics", "helps", "nations", "ages", "publish"}
NOT_WORDS = PROVED | {"items", "options", "checked", "recheck_by", "to_recheck", "sources", "checksum"}


@dataclass(frozen=True)
class Retold:
    """An invented person who is told otherwise: what only the new edition tells them, and what only the old one."""

    id: str
    gained: tuple[Thing, ...]
    lost: tuple[Thing, ...]
    unread: tuple[str, ...]  # answers that one of the editions does not take


@dataclass(frozen=True)
class Person:
    """The same person in both editions: what they answer to what they are asked there."""

    old: dict[str, Answer]
    new: dict[str, Answer]


@dataclass(frozen=True)
class Change:
    """Something that somebody is told in one edition only, and that somebody; None where a proof took too long."""

    thing: Thing
    gained: bool
    person: Person | None


def retold(old: Edition, new: Edition) -> Iterator[Retold]:
    """Yield the invented people of either edition who are told otherwise; the new one's answers count."""
    vignettes = (each for edition in (old, new) for each in edition.document.vignettes)
    for vignette in {each.id: each for each in vignettes if each.audience == new.reader.audience}.values():
        (before, refused), (after, refused_too) = (read_all(edition, vignette.answers) for edition in (old, new))
        was, now = told(Journey(old, before)), told(Journey(new, after))
        if set(was) != set(now):
            gained, lost = (each for each in now if each not in was), (each for each in was if each not in now)
            yield Retold(vignette.id, tuple(gained), tuple(lost), tuple(refused | refused_too))


def told(journey: Journey) -> list[Thing]:
    """Return what an outcome has, thing by thing."""
    outcome = assess(journey)
    shown = [each.guidance for each in outcome.advice]
    there = [("guidance", _named(each)) for each in shown]
    there += [("highest urgency", each) for each in URGENCIES if each in {one.urgency for one in shown}][:1]
    there += [("page", each.id) for each in outcome.met]
    there += [("service", each.id) for each in outcome.services]
    there += [("service for them", each.id) for each in outcome.their_services]
    for id, score in plain(outcome)["scores"].items():
        number = f"{score['low']} to {score['high']}" if score["total"] is None else score["total"]
        there.append(("score", f"{id} {number} ({' or '.join(score['bands']) or 'no band'})"))
    return there


def _named(guidance: written.Guidance) -> str:
    """Return a guidance by name. With another urgency it is another thing to be told."""
    return f"{guidance.id} [{guidance.urgency}]"


class Both:
    """The same people in an old edition and a new one."""

    def __init__(self, old: Edition, new: Edition) -> None:
        self.old, self.new = old, new
        self._prover = Prover(new)
        self._after = self._prover.everyone
        self._before = Everyone(old, {each.id: self._reply(each) for each in old.questions})
        pairs = [(self._before.replies[id], self._after.replies[id]) for id in old.by_id if id in new.by_id]
        self._linked = [alike(*pair) for pair in pairs if pair[0] is not pair[1]]

    @property
    def added(self) -> tuple[str, ...]:
        """Return the questions that only the new edition has."""
        return tuple(id for id in self.new.by_id if id not in self.old.by_id)

    @property
    def removed(self) -> tuple[str, ...]:
        """Return the questions that only the old edition has."""
        return tuple(id for id in self.old.by_id if id not in self.new.by_id)

    @property
    def answered_otherwise(self) -> tuple[str, ...]:
        """Return the questions that do not take the same answers in both editions, or do not count them alike."""
        return tuple(id for id, one in self.old.by_id.items() if id in self.new.by_id and not self._shared(one))

    def _shared(self, question: Question) -> bool:
        other = self.new.by_id.get(question.id)
        return other is not None and _answers(question) == _answers(other)

    def _reply(self, question: Question) -> Reply:
        shared = self._shared(question)
        return self._after.replies[question.id] if shared else Reply(question, f"{question.id} before")

    def changes(self) -> Iterator[Change]:
        """Yield everything that somebody is told in one edition and not in the other, with such a person."""
        before, after = _formulas(self._before), _formulas(self._after)
        nobody = z3.BoolVal(val=False)
        for thing in dict.fromkeys((*after, *before)):
            was, now = before.get(thing, nobody), after.get(thing, nobody)
            for gained, there, not_there in ((True, now, was), (False, was, now)):
                if there.eq(not_there):
                    continue
                try:
                    person = self._someone(z3.And(there, z3.Not(not_there)))
                except TimeoutError:
                    yield Change(thing, gained, None)
                else:
                    yield from [Change(thing, gained, person)] if person else []

    def _someone(self, goal: Any) -> Person | None:
        """Return somebody for whom a goal holds, with as few answers as can be left; None if there is nobody."""
        goals = [goal, *self._rules]
        model = self._prover.find(*goals)
        if model is None:
            return None
        for reply in dict.fromkeys((*self._after.replies.values(), *self._before.replies.values())):
            if z3.is_true(model.eval(reply.answered)):
                silent = self._prover.find(*goals, z3.Not(reply.answered))
                if silent is None:
                    continue
                model = silent
            goals.append(z3.Not(reply.answered))
        return Person(self._before.given(model), self._after.given(model))

    @cached_property
    def _rules(self) -> list[Any]:
        return [*self._before.possible(), *self._linked]


def _answers(question: Question) -> Any:
    """Return which answers a question takes, and what each counts."""
    taken = {each.id: (each.alone, question.points(each.id) if question.item else 0) for each in question.options}
    bounds = (question.number.min, question.number.max) if question.number else None
    return taken, question.several, bool(question.not_sure), bounds


def alike(one: Reply, other: Reply) -> Any:
    """Return when two questions are answered alike, as far as both take the answer."""
    ones, others = _choices(one), _choices(other)
    shared = ones.keys() & others.keys()
    chosen, chosen_too = ({id: each[id] for id in sorted(shared)} for each in (ones, others))
    same = z3.And(*(chosen[id] == chosen_too[id] for id in chosen))
    both_take = z3.And(_takes(one.question, chosen_too), _takes(other.question, chosen))
    return z3.And(z3.Implies(both_take, same), _same_number(one, other))


def _choices(reply: Reply) -> dict[str, Any]:
    return {**reply.options, **({NOT_SURE: reply.unsure} if reply.question.not_sure else {})}


def _takes(question: Question, chosen: dict[str, Any]) -> Any:
    """Return when a question takes a choice: nothing beside what stands alone."""
    alone = [id for id in chosen if not question.several or id == NOT_SURE or question.choices[id].alone]
    return z3.And(*(z3.Implies(chosen[one], z3.Not(chosen[id])) for one in alone for id in chosen if id != one))


def _same_number(one: Reply, other: Reply) -> Any:
    """Return when a number that both questions take is the same in both; of anything else, always."""
    bounds = [each.question.number for each in (one, other)]
    if bounds[0] is None or bounds[1] is None:
        return z3.BoolVal(val=True)
    least, most = max(each.min for each in bounds if each), min(each.max for each in bounds if each)
    told = [
        z3.And(each.answered, z3.Not(each.unsure), each.number >= least, each.number <= most) for each in (one, other)
    ]
    return z3.And(told[0] == told[1], z3.Implies(told[0], one.number == other.number))


def _formulas(everyone: Everyone) -> dict[Thing, Any]:
    """Return when somebody is told each thing."""
    document = everyone.edition.document
    told = {("guidance", _named(each)): everyone.shown[each.id] for each in document.guidance}
    higher = z3.BoolVal(val=False)
    for urgency in URGENCIES:
        told["highest urgency", urgency] = z3.And(everyone.at_least(urgency), z3.Not(higher))
        higher = everyone.at_least(urgency)
    told |= {("page", each.id): everyone.met[each.id] for each in document.interrupts}
    told |= {("service", each.id): everyone.listed(each) for each in document.services}
    told |= {("service for them", each.id): everyone.listed(each, "someone_else") for each in document.services}
    return told


def reworded(old: Edition, new: Edition) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield what is in both editions and reads otherwise, or stands elsewhere: its kind, its id, and which keys."""
    for id, question in new.by_id.items():
        if id in old.by_id:
            was, now = _words(old.by_id[id]), _words(question)
            keys = tuple(key for key in was | now if key in was and key in now and was[key] != now[key])
            yield from [("question", id, keys)] if keys else []
    for kind, group in KINDS.items():
        before = {each.id: each for each in getattr(old.document, group)}
        for each in getattr(new.document, group):
            same = before.get(each.id, each)
            keys = tuple(
                key
                for key in type(each).model_fields
                if key not in NOT_WORDS and getattr(same, key) != getattr(each, key)
            )
            yield from [(kind, each.id, keys)] if keys else []


def _words(question: Question) -> dict[str, Any]:
    """Return the words of a question, of each option too."""
    words = {key: getattr(question, key) for key in ("ask", "hint", "short", "why", "stem")}
    words |= {"not_sure": question.not_sure} if question.not_sure else {}
    return words | {each.id: (each.text, each.short, each.hint) for each in question.options}
