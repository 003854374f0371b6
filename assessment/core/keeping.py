"""The cheap promises held against a real outcome: what was proved before is looked at again where it matters."""

from collections.abc import Iterator

from assessment.core.journey import Journey
from assessment.core.outcome import Outcome
from assessment.core.promises import Consequences
from assessment.core.writing import URGENCIES


def broken(journey: Journey, outcome: Outcome) -> tuple[str, ...]:
    """Return the ids of the promises that an outcome breaks: there should never be one."""
    return tuple(
        promise.id
        for promise in journey.edition.document.promises
        if promise.whenever.holds(journey.known)
        and (
            not all(_there(promise.then, journey, outcome))
            or any(_there(promise.never, journey, outcome))
            or ("guidance" in promise.at_least_one and not outcome.advice)
            or ("services" in promise.at_least_one and not outcome.services)
        )
    )


def _there(wanted: Consequences | None, journey: Journey, outcome: Outcome) -> Iterator[bool]:
    """Yield for each thing that is named whether an outcome has it."""
    if wanted is None:
        return
    shown = [advice.guidance for advice in outcome.advice]
    asked = {score.instrument.id: score for score in outcome.scores}
    found: dict[str, set[str]] = {
        "shows": {each.id for each in shown},
        "meets": {each.id for each in outcome.met},
        "flags": {each.id for each in outcome.flags},
        "services": {each.id for each in outcome.services},
        "their_services": {each.id for each in outcome.their_services},
        "asks": {each.id for each in (*journey.questions, *journey.afterwards)},
        "scores": set(asked),
        "bands": {id for id, score in asked.items() if len(score.bands) == 1},
    }
    for key, ids in found.items():
        yield from (id in ids for id in getattr(wanted, key))
    if wanted.first is not None:
        yield bool(shown) and shown[0].id == wanted.first
    if wanted.urgency is not None:
        urgent = URGENCIES[: URGENCIES.index(wanted.urgency) + 1]
        yield any(each.urgency in urgent for each in shown)
    if wanted.tone is not None:
        yield any(each.tone == wanted.tone for each in shown)
    if wanted.advises is not None:
        yield any(wanted.advises in each.advises for each in shown)
