"""Invented people whose outcome is known: what they must get, and must not, held against what they do get."""

from collections.abc import Iterable, Iterator
from typing import Any

from assessment.core.answers import read_all
from assessment.core.cases import Vignette
from assessment.core.edition import Edition
from assessment.core.expectations import unknown_names
from assessment.core.journey import Journey
from assessment.core.loading import Told
from assessment.core.outcome import assess, plain
from assessment.core.readers import Readers
from assessment.core.source import Fault, suggestion
from assessment.core.writing import URGENCIES

Side = str  # "must" or "must_not"


def vignettes(told: Told, asked: Edition) -> Iterator[Fault]:
    """Every vignette is of a reader there is, gives answers and expects things that exist, and comes out right."""
    for n, vignette in enumerate(told.document.vignettes):
        if (vignette.audience, vignette.language) != (told.reader.audience, told.reader.language):
            continue
        answers, refusals = read_all(asked, vignette.answers)
        for id, refusal in refusals.items():
            yield Fault(told.at("vignettes", n, "answers", id), f"{id}: {refusal.detail}")
        unknown = [
            fault for side in ("must", "must_not") for fault in unknown_names(told, asked, ("vignettes", n, side))
        ]
        yield from unknown
        for side, key, message in () if refusals or unknown else broken(vignette, Journey(asked, answers)):
            yield Fault(told.at("vignettes", n, side, key), f"{vignette.id}: {message}", vignette.story)


def unread(every: Iterable[Told], known: Readers) -> Iterator[Fault]:
    """Find vignettes of readers who are not among those known."""
    readers = {(reader.audience, reader.language) for reader in known.all()}
    for told in every:
        for n, vignette in enumerate(told.document.vignettes):
            if (vignette.audience, vignette.language) not in readers:
                message = f"nobody reads as {vignette.audience} ({vignette.language})"
                yield Fault(told.at("vignettes", n, "audience"), message, suggestion(vignette.audience, dict(readers)))


def broken(vignette: Vignette, journey: Journey) -> Iterator[tuple[Side, str, str]]:
    """Yield each expectation that a journey's outcome does not meet: the side, the key, and what is there instead."""
    there = _there(journey)
    for key, found in there.items():
        for wanted in _listed(getattr(vignette.must, key)):
            if wanted not in found:
                yield "must", key, f"{key} must have {_said(wanted)}, and has {_said_all(found)}"
        for unwanted in _listed(getattr(vignette.must_not, key)):
            if unwanted in found:
                yield "must_not", key, f"{key} must not have {_said(unwanted)}, and has {_said_all(found)}"


def _there(journey: Journey) -> dict[str, list[Any]]:
    """Return what an outcome has, by the keys of an expectation."""
    outcome = assess(journey)
    shown = [advice.guidance.id for advice in outcome.advice]
    scores = plain(outcome)["scores"]
    urgency = min((each.guidance.urgency for each in outcome.advice), key=URGENCIES.index, default=None)
    return {
        "scores": [(id, key, value) for id, score in scores.items() for key, value in score.items()],
        "flags": [flag.id for flag in outcome.flags],
        "meets": [interrupt.id for interrupt in outcome.met],
        "shows": shown,
        "first": shown[:1],
        "services": [service.id for service in outcome.services],
        "their_services": [service.id for service in outcome.their_services],
        "urgency": [urgency] if urgency else [],
        "unanswered": list(outcome.unanswered),
        "not_asked": [id for id in journey.edition.by_id if id not in journey.known.answers],
        "tone": [advice.guidance.tone for advice in outcome.advice if advice.guidance.tone],
        "advises": [each for advice in outcome.advice for each in advice.guidance.advises],
    }


def _listed(expected: Any) -> list[Any]:
    if isinstance(expected, dict):
        return [(id, key, value) for id, score in expected.items() for key, value in score.items()]
    return list(expected) if isinstance(expected, tuple) else [] if expected is None else [expected]


def _said(each: Any) -> str:
    return f"{each[0]} {each[1]}={each[2]}" if isinstance(each, tuple) else str(each)


def _said_all(found: list[Any]) -> str:
    return ", ".join(map(_said, found)) or "nothing"
