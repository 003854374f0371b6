"""An edition as logic: every possible set of answers at once, with the very meaning that the engine gives to one.

A condition becomes two formulas, one for “it holds” and one for “it fails”; where neither is true it is not known.
A score becomes the least and the most it can be. Needs z3, which only the prover asks for.
"""

import operator
from collections.abc import Iterable
from functools import cached_property
from itertools import combinations
from typing import Any

import z3

from assessment.core import definition as written
from assessment.core.answers import Answer
from assessment.core.conditions import (
    NOT_SURE,
    AllOf,
    Always,
    Answered,
    AnyOf,
    Chosen,
    Compared,
    Condition,
    Flagged,
    Gate,
    Not,
)
from assessment.core.directory import Service
from assessment.core.edition import Edition, Question
from assessment.core.replies import Known, Reply, Span
from assessment.core.writing import URGENCIES, Urgency, Whose

COMPARE = {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}


class Everyone:
    """All that follows from any answers to an edition, as formulas over those answers."""

    def __init__(self, edition: Edition, replies: dict[str, Reply] | None = None) -> None:
        self.edition = edition
        self.replies = replies or {each.id: Reply(each, each.id) for each in edition.questions}
        self.asked: dict[str, Any] = {}
        self._flags: dict[str, Known] = {}
        self._spans: dict[str, Span] = {}
        for question in edition.questions:
            self.asked[question.id] = z3.And(*(self.opens(gate) for gate in question.gates))

    def possible(self) -> list[Any]:
        """Return what makes these possible answers."""
        return [rule for reply in self.replies.values() for rule in reply.possible()]

    def but_for(self, question: str) -> "Everyone":
        """Return the same people with another answer to one question."""
        changed = Reply(self.edition.by_id[question], f"{question}’")
        return Everyone(self.edition, self.replies | {question: changed})

    def opens(self, gate: Gate) -> Any:
        """Return when something comes up."""
        when = z3.BoolVal(val=True) if gate.when is None else self.of(gate.when).holds
        return when if gate.unless is None else z3.And(when, z3.Not(self.of(gate.unless).holds))

    def of(self, condition: Condition) -> Known:
        """Return when a condition holds and when it fails."""
        match condition:
            case Always():
                return Known(z3.BoolVal(val=True), z3.BoolVal(val=False))
            case Flagged(flag):
                if flag not in self._flags:
                    self._flags[flag] = self.of(self.edition.flags[flag].when)
                return self._flags[flag]
            case Not(inner):
                known = self.of(inner)
                return Known(known.fails, known.holds)
            case AllOf(parts):
                every = [self.of(part) for part in parts]
                return Known(z3.And(*(each.holds for each in every)), z3.Or(*(each.fails for each in every)))
            case AnyOf(parts):
                every = [self.of(part) for part in parts]
                return Known(z3.Or(*(each.holds for each in every)), z3.And(*(each.fails for each in every)))
        return self._stated(condition)

    def _stated(self, condition: Condition) -> Known:
        match condition:
            case Answered(name):
                answered = self._answered(name)
                return Known(answered, z3.Not(answered))
            case Chosen(name, _, options, every):
                reply = self.replies[name]
                unclear = reply.unsure if NOT_SURE not in options else z3.BoolVal(val=False)
                known = z3.And(self._answered(name), z3.Not(unclear))
                named = [reply.unsure if id == NOT_SURE else reply.options[id] for id in options]
                hit = z3.And(*named) if every else z3.Or(*named)
                return Known(z3.And(known, hit), z3.And(known, z3.Not(hit)))
            case Compared(name, comparison, number):
                return self._compared(self.span(name), comparison, number)
        raise TypeError(condition)

    def _answered(self, name: str) -> Any:
        return z3.And(self.asked[name], self.replies[name].answered)

    def _compared(self, span: Span, comparison: str, number: float) -> Known:
        compare = COMPARE[comparison]
        bound = _number(number)
        at_ends = compare(span.low, bound), compare(span.high, bound)
        crosses = z3.And(span.low <= bound, bound <= span.high) if comparison == "=" else z3.BoolVal(val=False)
        fails = z3.And(span.asked, z3.Not(z3.Or(*at_ends, crosses)))
        return Known(z3.And(span.asked, *at_ends), fails)

    def span(self, name: str) -> Span:
        """Return the least and most a score, an item or a number can be."""
        if name not in self._spans:
            items = self.edition.instruments.get(name)
            self._spans[name] = self._scored(items) if items else self._single(self.edition.by_id[name])
        return self._spans[name]

    def _single(self, question: Question) -> Span:
        reply = self.replies[question.id]
        if question.number:
            told = z3.And(reply.answered, z3.Not(reply.unsure))
            low, high = question.number.min, question.number.max
            value = reply.number
        else:
            told, value = reply.answered, reply.points()
            low, high = question.point_range
        return Span(self.asked[question.id], z3.If(told, value, low), z3.If(told, value, high))

    def _scored(self, items: tuple[Question, ...]) -> Span:
        ranges = [self._counts(item) for item in items]
        method = items[0].instrument.score if items[0].instrument else "sum"
        low, high = (_total([each[side] for each in ranges], method) for side in (1, 2))
        asked = z3.Or(*(self.asked[item.id] for item in items))
        rule = items[0].instrument.missing if items[0].instrument else "complete"
        if isinstance(rule, str) or method == "max":
            return Span(asked, low, high)
        least, most = low, high
        for known in range(max(rule.prorate_from, 1), len(items)):
            for here in combinations(range(len(items)), known):
                total = _grown(items, ranges, here, method)
                total = z3.If(total < least, least, z3.If(total > most, most, total))
                these = z3.And(*(each[0] if n in here else z3.Not(each[0]) for n, each in enumerate(ranges)))
                low, high = z3.If(these, total, low), z3.If(these, total, high)
        return Span(asked, low, high)

    def _counts(self, item: Question) -> tuple[Any, Any, Any]:
        """Return whether it is known what an item counts, and the least and most it can."""
        told = self._answered(item.id)
        points = self.replies[item.id].points()
        least, most = item.point_range
        skipped = item.item.skipped_points if item.item else None
        if skipped is None:
            return told, z3.If(told, points, least), z3.If(told, points, most)
        rightly = z3.And(z3.Not(self.asked[item.id]), z3.Not(self.opens(item.gates[-1])))
        low, high = (z3.If(told, points, z3.If(rightly, skipped, end)) for end in (least, most))
        return z3.Or(told, rightly), low, high

    @cached_property
    def shown(self) -> dict[str, Any]:
        """Return when each guidance is shown."""
        return {each.id: self.opens(Gate(each.when, each.unless)) for each in self.edition.document.guidance}

    @cached_property
    def met(self) -> dict[str, Any]:
        """Return when each interrupt is met."""
        return {
            each.id: z3.And(self.asked[each.after], self.opens(Gate(each.when, each.unless)))
            for each in self.edition.document.interrupts
        }

    def at_least(self, urgency: Urgency) -> Any:
        """Return when something as urgent as this, or more, is said."""
        urgent = URGENCIES[: URGENCIES.index(urgency) + 1]
        return _any(self.shown[each.id] for each in self.edition.document.guidance if each.urgency in urgent)

    def listed(self, service: Service, whose: Whose = "reader") -> Any:
        """Return when a service is listed for the reader, or for the absent person."""
        document, place = self.edition.document, self.edition.place(whose)
        if not service.publish or self.edition.reader.audience not in service.for_ or place is None:
            return z3.BoolVal(val=False)
        named = [(self.met[page.id], page.helps, page.topics) for page in document.interrupts]
        named += [(self.shown[advice.id], advice.helps, advice.topics) for advice in document.guidance]
        called = _any(when for when, helps, topics in named if helps == whose and set(topics) & set(service.topics))
        ages = service.ages or tuple(self.edition.by_id[place.age].choices)
        return z3.And(called, self._fits(place.nation, service.nations), self._fits(place.age, ages))

    def _fits(self, question: str, options: Iterable[str]) -> Any:
        """Return when an answer is one of these, or is not known."""
        reply = self.replies[question]
        unknown = z3.Or(z3.Not(self._answered(question)), reply.unsure)
        return z3.Or(unknown, *(reply.options[id] for id in options if id in reply.options))

    def banded(self, instrument: written.Instrument) -> Any:
        """Return when a band of an instrument may be named: only one is touched."""
        span = self.span(instrument.id)
        one = _any(self._within(band, span) for band in instrument.bands)
        return z3.And(span.asked, self.opens(Gate(unless=instrument.bands_unless)), one)

    def in_band(self, instrument: written.Instrument, band: written.Band) -> Any:
        """Return when a band of an instrument is the one that is named."""
        return z3.And(self.banded(instrument), self._within(band, self.span(instrument.id)))

    def _within(self, band: written.Band, span: Span) -> Any:
        return z3.And(span.low >= _number(band.from_), span.high <= _number(band.to))

    def given(self, model: Any) -> dict[str, Answer]:
        """Return the answers of a found person, to what they are asked."""
        asked = (id for id, when in self.asked.items() if z3.is_true(model.eval(when, model_completion=True)))
        found = {id: self.replies[id].given(model) for id in asked}
        return {id: each for id, each in found.items() if each is not None}


def _any(each: Iterable[Any]) -> Any:
    return z3.Or(*each)


def _number(number: float) -> Any:
    return z3.RealVal(str(number)) if number != int(number) else int(number)


def _total(points: list[Any], method: str) -> Any:
    if method == "max":
        highest = points[0]
        for each in points[1:]:
            highest = z3.If(each > highest, each, highest)
        return highest
    if method == "count":
        return z3.Sum([z3.If(each > 0, 1, 0) for each in points])
    total = z3.Sum(points)
    return z3.ToReal(total) / len(points) if method == "mean" else total


def _grown(items: tuple[Question, ...], ranges: list[tuple[Any, Any, Any]], here: tuple[int, ...], method: str) -> Any:
    """Return the total by the published rule where just these items are known: the mean in place of the missing."""
    weights = [1 if method == "count" else item.weight for item in items]
    given = _total([ranges[n][1] for n in here], "count" if method == "count" else "sum")
    whole, part = sum(weights), sum(weights[n] for n in here)
    if method == "mean":
        return z3.ToReal(given * whole) / (part * len(items))
    return (2 * given * whole + part) / (2 * part)  # whole-number division: rounded half up
