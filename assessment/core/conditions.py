"""The condition language: one line that reads aloud, parsed once to frozen values.

A condition holds (True), does not hold (False) or is not known (None), in Kleene's strong three-valued logic:
what was not asked, not answered, declined or answered "I'm not sure" is not known.
"""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any, Protocol

from lark import Lark, Transformer, UnexpectedInput, UnexpectedToken

GRAMMAR = r"""
?start: or_
?or_: and_
     | and_ ("or" and_)+         -> any_of
?and_: not_
     | not_ ("and" not_)+        -> all_of
?not_: "not" not_                -> negation
     | "(" or_ ")"
     | "always"                  -> always
     | "flag" NAME               -> flagged
     | NAME "answered"           -> answered
     | NAME "is" one             -> is_one
     | NAME "is" "one" "of" names  -> is_one
     | NAME "has" one            -> has_any
     | NAME "has" "any" "of" names -> has_any
     | NAME "has" "all" "of" names -> has_all
     | NAME COMPARISON NUMBER    -> compare
one: NAME                        -> names
names: NAME ("," NAME)*
COMPARISON: ">=" | "<=" | ">" | "<" | "="
NAME: /[a-z0-9_]*[a-z_][a-z0-9_]*/
NUMBER: /\d+(\.\d+)?/
%ignore /[ \t\n]+/
"""

COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq,
}  # fmt: skip

NOT_SURE = "not_sure"
DEEPEST = 20  # brackets inside each other: nobody could read more aloud


class Facts(Protocol):
    """What is known of a person so far."""

    def chosen(self, question: str) -> frozenset[str] | None:
        """Return the ids of the chosen options; None if not known. Of a typed number there are none."""

    def span(self, name: str) -> tuple[float, float] | None:
        """Return the smallest and largest value a score, an item's points or a number can have; None if not asked."""

    def is_answered(self, question: str) -> bool | None:
        """Say whether an answer was given; "I'm not sure" is one, "I'd rather not say" is not."""

    def flag(self, flag: str) -> bool | None:
        """Return whether a flag holds; None if not known."""


class Condition:
    """A parsed condition; unless it is made of others, a single statement."""

    def holds(self, facts: Facts) -> bool | None:
        """Return True, False, or None where it is not known."""
        raise NotImplementedError

    def parts(self) -> Iterator["Condition"]:
        """Yield the single statements that this condition is made of."""
        yield self

    def because(self, facts: Facts) -> Iterator["Condition"]:
        """Yield the single statements that make this condition hold; nothing where it does not."""
        if self.holds(facts):
            yield self


@dataclass(frozen=True)
class Always(Condition):
    """`always`"""

    def holds(self, _facts: Facts) -> bool | None:
        return True


@dataclass(frozen=True)
class Flagged(Condition):
    """`flag red_physical`"""

    flag: str

    def holds(self, facts: Facts) -> bool | None:
        return facts.flag(self.flag)


@dataclass(frozen=True)
class Answered(Condition):
    """`mood_change answered`"""

    name: str

    def holds(self, facts: Facts) -> bool | None:
        return facts.is_answered(self.name)


@dataclass(frozen=True)
class Chosen(Condition):
    """`age is under_18`, `woken_by has any of noise, worry`, `woken_by has all of noise, worry`"""

    name: str
    verb: str
    options: tuple[str, ...]
    every: bool = False

    def holds(self, facts: Facts) -> bool | None:
        chosen = facts.chosen(self.name)
        if chosen is None or (chosen == {NOT_SURE} and NOT_SURE not in self.options):
            return None
        return chosen.issuperset(self.options) if self.every else not chosen.isdisjoint(self.options)


@dataclass(frozen=True)
class Compared(Condition):
    """`score >= 10`: holds if it holds for the whole range, fails if it fails for the whole range."""

    name: str
    comparison: str
    number: float

    def holds(self, facts: Facts) -> bool | None:
        span = facts.span(self.name)
        if span is None:
            return None
        low, high = span
        compare = COMPARISONS[self.comparison]
        at_ends = compare(low, self.number), compare(high, self.number)
        if at_ends == (True, True):
            return True
        crosses = self.comparison == "=" and low <= self.number <= high
        return None if any(at_ends) or crosses else False


@dataclass(frozen=True)
class Not(Condition):
    """`not ...`: the opposite of what is known; unknown stays unknown."""

    condition: Condition

    def holds(self, facts: Facts) -> bool | None:
        known = self.condition.holds(facts)
        return None if known is None else not known

    def parts(self) -> Iterator[Condition]:
        yield from self.condition.parts()

    def because(self, facts: Facts) -> Iterator[Condition]:
        if isinstance(self.condition, Answered) and self.holds(facts):
            yield self


@dataclass(frozen=True)
class AllOf(Condition):
    """`... and ...`"""

    conditions: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool | None:
        return _settled(self.conditions, facts, by=False)

    def parts(self) -> Iterator[Condition]:
        return chain.from_iterable(condition.parts() for condition in self.conditions)

    def because(self, facts: Facts) -> Iterator[Condition]:
        if self.holds(facts):
            for condition in self.conditions:
                yield from condition.because(facts)


@dataclass(frozen=True)
class AnyOf(Condition):
    """`... or ...`"""

    conditions: tuple[Condition, ...]

    def holds(self, facts: Facts) -> bool | None:
        return _settled(self.conditions, facts, by=True)

    def parts(self) -> Iterator[Condition]:
        return chain.from_iterable(condition.parts() for condition in self.conditions)

    def because(self, facts: Facts) -> Iterator[Condition]:
        return chain.from_iterable(condition.because(facts) for condition in self.conditions)


def _settled(conditions: tuple[Condition, ...], facts: Facts, *, by: bool) -> bool | None:
    """Return what one condition settles by itself; else None if one is not known, else the opposite."""
    found: bool | None = not by
    for condition in conditions:
        known = condition.holds(facts)
        if known is by:
            return by
        if known is None:
            found = None
    return found


Statement = Answered | Chosen | Compared


@dataclass(frozen=True)
class Gate:
    """When something comes up: `when` must be known to hold, `unless` must not be known to hold."""

    when: Condition | None = None
    unless: Condition | None = None

    def opens(self, facts: Facts) -> bool:
        """Say whether the thing comes up for this person."""
        return (self.when is None or self.when.holds(facts) is True) and not (
            self.unless is not None and self.unless.holds(facts) is True
        )

    def is_shut(self, facts: Facts) -> bool:
        """Say whether it stays closed whatever is answered next."""
        shut = self.when is not None and self.when.holds(facts) is False
        return shut or (self.unless is not None and self.unless.holds(facts) is True)

    def parts(self) -> Iterator[Condition]:
        """Yield every single statement that is read."""
        for condition in (self.when, self.unless):
            if condition is not None:
                yield from condition.parts()


class ConditionError(ValueError):
    """A condition that cannot be read; `column` counts from 0 within its text."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


class _Build(Transformer[Any, Condition]):
    """Grammar rules to values, a method a rule."""

    names = staticmethod(lambda tokens: tuple(map(str, tokens)))

    def any_of(self, parts: list[Condition]) -> Condition:
        return AnyOf(tuple(parts))

    def all_of(self, parts: list[Condition]) -> Condition:
        return AllOf(tuple(parts))

    def negation(self, parts: list[Condition]) -> Condition:
        return parts[0].condition if isinstance(parts[0], Not) else Not(parts[0])

    def always(self, _parts: list[Any]) -> Condition:
        return Always()

    def flagged(self, parts: list[str]) -> Condition:
        return Flagged(str(parts[0]))

    def answered(self, parts: list[str]) -> Condition:
        return Answered(str(parts[0]))

    def is_one(self, parts: list[Any]) -> Condition:
        return Chosen(str(parts[0]), "is", parts[1])

    def has_any(self, parts: list[Any]) -> Condition:
        return Chosen(str(parts[0]), "has", parts[1])

    def has_all(self, parts: list[Any]) -> Condition:
        return Chosen(str(parts[0]), "has", parts[1], every=True)

    def compare(self, parts: list[str]) -> Condition:
        return Compared(str(parts[0]), str(parts[1]), float(parts[2]))


_PARSER = Lark(GRAMMAR, parser="lalr", transformer=_Build(), maybe_placeholders=False)
HINT = (
    "a condition reads like: score >= 10 · woken_by has noise · country is one of here, there · "
    "flag red_physical · mood answered · joined by and, or, not and brackets"
)


def parse(text: str) -> Condition:
    """Return the condition that a line of text says; ConditionError with the column where it stops making sense."""
    depths = list(accumulate((sign == "(") - (sign == ")") for sign in text))
    if max(depths, default=0) > DEEPEST:
        raise ConditionError(f"more than {DEEPEST} brackets stand inside each other", depths.index(DEEPEST + 1))
    try:
        return _PARSER.parse(text)  # type: ignore[return-value]
    except UnexpectedInput as stop:
        ended = isinstance(stop, UnexpectedToken) and stop.token.type == "$END"
        column = len(text) if ended or stop.pos_in_stream is None else stop.pos_in_stream
        where = f"at “{text[column:].split(maxsplit=1)[0]}”" if text[column:].strip() else "at its end"
        raise ConditionError(f"this condition cannot be read {where}", column) from None
