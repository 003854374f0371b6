"""What was proved, as a document that a clinical reviewer can read and sign."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assessment.core.conditions import Always
from assessment.core.edition import Edition
from assessment.core.instructions import in_words
from assessment.core.promises import Consequences, Promise
from assessment.documents.paper import rendered

ADVICE = {
    "stop_now": "advice to stop now",
    "cut_down": "advice to cut down",
    "medical_advice_first": "advice to ask a doctor first",
}
CALMER = {
    "urgency": "the most urgent thing that is said stays as urgent, or becomes more so",
    "warnings": "no warning sign is lost",
    "reassurance": "nothing reassuring is said that was not said before",
}
URGENT = {"now": "now", "today": "today", "this_week": "this week", "soon": "soon", "any_time": "at any time"}


@dataclass(frozen=True)
class Line:
    """What became of a promise for one reader: proved or broken, by how many single proofs."""

    promise: Promise
    edition: Edition
    kept: bool
    checks: int

    @property
    def whenever(self) -> str:
        """Return for whom the promise is."""
        condition = self.promise.whenever
        return "For everyone" if isinstance(condition, Always) else f"Whenever {in_words(condition, self.edition)}"

    @property
    def then(self) -> list[str]:
        """Return what is always there for them."""
        kinds = [f"at least one entry of {kind}" for kind in self.promise.at_least_one]
        return [*_named(self.promise.then, self.edition), *kinds]

    @property
    def never(self) -> list[str]:
        """Return what is never there for them."""
        return list(_named(self.promise.never, self.edition))

    @property
    def monotone(self) -> str:
        """Return what no answer that is changed for the worse does to them."""
        among = "; ".join(_name(id, self.edition) for id in self.promise.among)
        calmer = ", ".join(CALMER[each] for each in self.promise.monotone)
        return f"if one answer is changed for the worse among {among}, {calmer}" if among else ""


def safety_report(lines: Iterable[Line], templates: Path, **found: object) -> str:
    """Return the report as HTML: each promise in words, how it was checked, and over how many possible people.

    Of what was `found`: `people`, the number of possible sets of answers by audience; `unreached`, what nobody can ever
    be shown; `day`, when it was checked.
    """
    by_promise: dict[str, list[Line]] = {}
    for line in lines:
        by_promise.setdefault(line.promise.id, []).append(line)
    first = next(iter(by_promise.values()))[0].edition
    return rendered(templates, "documents/promises.html", first, promises=by_promise, **found)


def _name(id: str, edition: Edition) -> str:
    items = edition.instruments.get(id)
    return items[0].instrument.title if items and items[0].instrument else edition.by_id[id].short


def _named(wanted: Consequences | None, edition: Edition) -> Iterator[str]:
    """Yield what is named, in words."""
    if wanted is None:
        return
    document = edition.document
    guidance = {each.id: each.title for each in document.guidance}
    services = {each.id: each.name for each in document.services}
    yield from (f"the advice “{guidance[id]}”" for id in wanted.shows)
    yield from (f"the page “{each.title}”, at once" for each in document.interrupts if each.id in wanted.meets)
    if wanted.first is not None:
        yield f"before all other advice, “{guidance[wanted.first]}”"
    yield from (f"the sign “{edition.flags[id].words}”" for id in wanted.flags)
    yield from (f"the service {services[id]}" for id in wanted.services)
    yield from (f"for the absent person, the service {services[id]}" for id in wanted.their_services)
    yield from (f"the question “{edition.by_id[id].ask}”" for id in wanted.asks)
    yield from (f"a score of {_name(id, edition)}" for id in wanted.scores)
    yield from (f"a named range of {_name(id, edition)}" for id in wanted.bands)
    if wanted.urgency is not None:
        yield f"something as urgent as “{URGENT[wanted.urgency]}”, or more"
    if wanted.tone is not None:
        yield "anything reassuring"
    if wanted.advises is not None:
        yield ADVICE[wanted.advises]
