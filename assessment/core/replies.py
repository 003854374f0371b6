"""Any answer to a question, as logic: the choices that the judge of answers would take, and no others. Needs z3."""

from dataclasses import dataclass
from typing import Any

import z3

from assessment.core.answers import Answer
from assessment.core.conditions import NOT_SURE
from assessment.core.edition import Question


@dataclass(frozen=True)
class Known:
    """When a statement holds and when it fails; where neither, it is not known."""

    holds: Any
    fails: Any


@dataclass(frozen=True)
class Span:
    """The least and the most a number can be, where it was asked for at all."""

    asked: Any
    low: Any
    high: Any


class Reply:
    """Any answer that could be given to a question, or none."""

    def __init__(self, question: Question, name: str) -> None:
        self.question = question
        self.answered = z3.Bool(f"{name} answered")
        self.unsure = z3.Bool(f"{name} unsure") if question.not_sure else z3.BoolVal(val=False)
        self.options = {choice.id: z3.Bool(f"{name} {choice.id}") for choice in question.options}
        self.number: Any = z3.Int(f"{name} number") if question.number else None

    def possible(self) -> list[Any]:
        """Return what makes this an answer that the judge of answers could give."""
        chosen = list(self.options.values())
        rules = [z3.Implies(each, self.answered) for each in (*chosen, self.unsure)]
        if self.question.number:
            bounds = self.question.number
            return [*rules, self.number >= bounds.min, self.number <= bounds.max]
        rules.append(z3.Implies(self.answered, z3.Or(self.unsure, *chosen)))
        single = [self.unsure, *(self.options[each.id] for each in self.question.options if each.alone)]
        if not self.question.several:
            return [*rules, z3.AtMost(*chosen, self.unsure, 1)]
        return [*rules, *(z3.Implies(one, z3.Not(z3.Or(*self._others(one)))) for one in single)]

    def _others(self, one: Any) -> list[Any]:
        return [each for each in (self.unsure, *self.options.values()) if each is not one]

    def worse_than(self, other: "Reply") -> Any:
        """Return when this answer is worse than another: more points, a larger number, or more signs ticked."""
        question = self.question
        both = z3.And(self.answered, other.answered, z3.Not(self.unsure), z3.Not(other.unsure))
        if question.number:
            return z3.And(both, self.number > other.number)
        if question.item:
            return z3.And(both, self.points() > other.points())
        signs = [each.id for each in question.options if not each.alone]
        more = z3.Or(*(z3.And(self.options[id], z3.Not(other.options[id])) for id in signs))
        return z3.And(both, more, *(z3.Implies(other.options[id], self.options[id]) for id in signs))

    def points(self) -> Any:
        """Return what an item counts with this answer."""
        return z3.Sum([z3.If(chosen, self.question.points(id), 0) for id, chosen in self.options.items()])

    def given(self, model: Any) -> Answer | None:
        """Return the answer that a found person gives; None if none."""
        if not z3.is_true(model.eval(self.answered)):
            return None
        if z3.is_true(model.eval(self.unsure)):
            return (NOT_SURE,)
        if self.number is not None:
            value: int = model.eval(self.number, model_completion=True).as_long()
            return value
        return tuple(id for id, chosen in self.options.items() if z3.is_true(model.eval(chosen)))
