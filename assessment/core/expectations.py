"""Faults in what vignettes expect and promises promise: names of what does not exist."""

from collections.abc import Iterator

from assessment.core.edition import Edition
from assessment.core.loading import Told
from assessment.core.source import Fault, suggestion


def promised(told: Told, asked: Edition) -> Iterator[Fault]:
    """Find what a promise names that does not exist, or could not be worse."""
    for n, promise in enumerate(told.document.promises):
        for side in ("then", "never"):
            yield from unknown_names(told, asked, ("promises", n, side))
        for m, id in enumerate(promise.among):
            at = told.at("promises", n, "among", m)
            question = asked.by_id.get(id)
            if question is None and id not in asked.instruments:
                known = {*asked.by_id, *asked.instruments}
                yield Fault(at, f"there is no question or instrument “{id}”", suggestion(id, known))
            elif question and not (question.item or question.several or question.number):
                hint = "an instrument, an item, a number, or a question where several can be chosen"
                yield Fault(at, f"nothing says which answer to “{id}” is worse", hint)


def unknown_names(told: Told, asked: Edition, path: tuple[str, int, str]) -> Iterator[Fault]:
    """Find what is expected of an outcome, at a path, and does not exist."""
    document = told.document
    shown = {each.id for each in document.guidance}
    services = {each.id for each in document.services}
    known = {
        "flags": set(asked.flags),
        "meets": {each.id for each in document.interrupts},
        "shows": shown,
        "first": shown,
        "services": services,
        "their_services": services,
        "scores": set(asked.instruments),
        "bands": set(asked.instruments),
        "asks": set(asked.by_id),
        "unanswered": set(asked.by_id),
        "not_asked": set(asked.by_id),
    }
    kind, place, side = path
    expected = told.tree[kind][place].get(side) or {}
    for key, ids in known.items():
        named = expected.get(key)
        for id in (named,) if isinstance(named, str) else named or ():
            if id not in ids:
                message = f"there is nothing called “{id}” for “{key}”"
                yield Fault(told.at(*path, key), message, suggestion(id, ids))
