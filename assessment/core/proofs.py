"""Promises proved over every possible set of answers, or refuted with the person who breaks them. Needs z3."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import z3

from assessment.core.answers import Answer
from assessment.core.edition import Edition, Question
from assessment.core.logic import Everyone
from assessment.core.promises import Consequences, Promise
from assessment.core.writing import PLACES, URGENCIES

SECONDS = 60  # for one proof; none of the shipped ones takes one


@dataclass(frozen=True)
class Person:
    """Somebody whom the prover found: answers, and for a promise about change, the answer that was changed."""

    answers: dict[str, Answer]
    changed: tuple[str, Answer] | None = None


@dataclass(frozen=True)
class Verdict:
    """What became of a promise for one edition: proved, or broken by a person; `checks` counts the single proofs."""

    promise: str
    edition: Edition
    person: Person | None
    checks: int
    undecided: bool = False

    @property
    def kept(self) -> bool:
        """Say whether the promise is proved."""
        return self.person is None and not self.undecided


class Prover:
    """Proofs about one edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.everyone = Everyone(edition)
        self._solver = z3.Solver()
        self._solver.set("timeout", SECONDS * 1000)
        self._solver.add(*self.everyone.possible())

    def find(self, *goals: Any) -> Any | None:
        """Return a model of a person for whom all goals hold; None if there is none. `TimeoutError` if undecided."""
        self._solver.push()
        try:
            self._solver.add(*goals)
            found = self._solver.check()
            if found == z3.unknown:
                raise TimeoutError
            return self._solver.model() if found == z3.sat else None
        finally:
            self._solver.pop()

    def someone(self, *goals: Any) -> dict[str, Answer] | None:
        """Return the answers of a person for whom all goals hold, as few as can be left; None if there is nobody."""
        if self.find(*goals) is None:
            return None
        silent = list(goals)
        for reply in self.everyone.replies.values():
            if self.find(*silent, z3.Not(reply.answered)) is not None:
                silent.append(z3.Not(reply.answered))
        return self.everyone.given(self.find(*silent))

    def verdict(self, promise: Promise) -> Verdict:
        """Return what becomes of a promise."""
        checks = 0
        try:
            for breach, changed in self._breaches(promise):
                checks += 1
                person = self._broken(breach, changed)
                if person is not None:
                    return Verdict(promise.id, self.edition, person, checks)
        except TimeoutError:
            return Verdict(promise.id, self.edition, None, checks, undecided=True)
        return Verdict(promise.id, self.edition, None, checks)

    def _broken(self, breach: Any, changed: Everyone | None) -> Person | None:
        if changed is None:
            answers = self.someone(breach)
            return None if answers is None else Person(answers)
        model = self.find(breach, *changed.possible())
        if model is None:
            return None
        question = next(id for id, reply in changed.replies.items() if reply is not self.everyone.replies[id])
        given = changed.replies[question].given(model)
        assert given is not None  # noqa: S101 - a changed answer is an answer
        return Person(self.everyone.given(model), (question, given))

    def _breaches(self, promise: Promise) -> Iterator[tuple[Any, Everyone | None]]:
        """Yield each way in which a promise could be broken: who would break it, and with which answer changed."""
        holds = self.everyone.of(promise.whenever).holds
        for each in self._consequences(promise.then):
            yield z3.And(holds, z3.Not(each)), None
        for each in self._consequences(promise.never):
            yield z3.And(holds, each), None
        if "guidance" in promise.at_least_one:
            yield z3.And(holds, z3.Not(z3.Or(*self.everyone.shown.values()))), None
        if "services" in promise.at_least_one:
            listed = [self.everyone.listed(each) for each in self.edition.document.services]
            yield z3.And(holds, z3.Not(z3.Or(*listed))), None
        for question in self._among(promise) if promise.monotone else ():
            changed = self.everyone.but_for(question.id)
            worse = changed.replies[question.id].worse_than(self.everyone.replies[question.id])
            for what in promise.monotone:
                yield z3.And(holds, worse, self._calmer(what, changed)), changed

    def _among(self, promise: Promise) -> Iterator[Question]:
        for id in promise.among:
            yield from self.edition.instruments.get(id) or (self.edition.by_id[id],)

    def _calmer(self, what: str, changed: Everyone) -> Any:
        """Return when an outcome is calmer with the changed answer: less urgent, fewer warning signs, or reassuring."""
        if what == "urgency":
            return z3.Or(*(z3.And(self.everyone.at_least(u), z3.Not(changed.at_least(u))) for u in URGENCIES))
        if what == "warnings":
            signs = [flag for flag in self.edition.flags.values() if flag.warning]
            return z3.Or(*(z3.And(self.everyone.of(s.when).holds, z3.Not(changed.of(s.when).holds)) for s in signs))
        return z3.And(z3.Not(reassured(self.everyone)), reassured(changed))

    def _consequences(self, wanted: Consequences | None) -> Iterator[Any]:
        """Yield when each thing that is named is there."""
        if wanted is None:
            return
        everyone, services = self.everyone, {each.id: each for each in self.edition.document.services}
        instruments = {each.id: each for each in self.edition.document.instruments}
        yield from (everyone.shown[id] for id in wanted.shows)
        yield from (everyone.met[id] for id in wanted.meets)
        yield from (everyone.of(self.edition.flags[id].when).holds for id in wanted.flags)
        yield from (everyone.listed(services[id]) for id in wanted.services)
        yield from (everyone.listed(services[id], "someone_else") for id in wanted.their_services)
        yield from (everyone.asked[id] for id in wanted.asks)
        yield from (everyone.span(id).asked for id in wanted.scores)
        yield from (everyone.banded(instruments[id]) for id in wanted.bands)
        if wanted.first is not None:
            yield self._first(wanted.first)
        if wanted.urgency is not None:
            yield everyone.at_least(wanted.urgency)
        if wanted.tone is not None:
            yield reassured(everyone)
        if wanted.advises is not None:
            advising = (g.id for g in self.edition.document.guidance if wanted.advises in g.advises)
            yield z3.Or(*(everyone.shown[id] for id in advising))

    def _first(self, id: str) -> Any:
        """Return when a guidance is shown and nothing stands before it."""
        order = sorted(
            self.edition.document.guidance, key=lambda g: (PLACES.index(g.place), URGENCIES.index(g.urgency))
        )
        before = order[: [each.id for each in order].index(id)]
        return z3.And(self.everyone.shown[id], *(z3.Not(self.everyone.shown[each.id]) for each in before))

    def unreached(self) -> Iterator[str]:
        """Yield every guidance and every band that nobody reaches, by name."""
        for id, shown in self.everyone.shown.items():
            if self.find(shown) is None:
                yield f"nobody is shown the guidance “{id}”"
        for items in self.edition.instruments.values():
            instrument = items[0].instrument
            for band in instrument.bands if instrument else ():
                if instrument and self.find(self.everyone.in_band(instrument, band)) is None:
                    yield f"nobody is in the band “{band.id}” of {instrument.id}"


def reassured(everyone: Everyone) -> Any:
    """Return when something reassuring is said."""
    calm = (each.id for each in everyone.edition.document.guidance if each.tone == "reassuring")
    return z3.Or(*(everyone.shown[id] for id in calm))


def people(edition: Edition) -> int:
    """Return how many different sets of answers an edition takes: each question declined, or answered in any way."""
    count = 1
    for question in edition.questions:
        ways = 1 + bool(question.not_sure)
        if question.number:
            ways += question.number.max - question.number.min + 1
        elif question.several:
            alone = sum(each.alone for each in question.options)
            ways += alone + 2 ** (len(question.options) - alone) - 1
        else:
            ways += len(question.options)
        count *= ways
    return count
