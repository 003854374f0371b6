"""An instrument's total, the range it can have, and the bands that range touches.

Each unanswered item contributes its least and its most points, so that a score is honest about what is missing:
`total` is there when every item is answered, or when the instrument's published rule for missing items allows it.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from assessment.core import definition as written
from assessment.core.edition import Question

Points = tuple[float, float]

METHODS: dict[str, Callable[[Sequence[float]], float]] = {
    "sum": sum,
    "mean": fmean,
    "count": lambda points: sum(1 for point in points if point > 0),
    "max": max,
}


@dataclass(frozen=True)
class Score:
    """What an instrument's answers come to.

    `low` and `high` bound every total that the missing answers could still give. `bands` are those the range
    touches: one when it is known, several when the missing answers decide, none where bands are not for this reader.
    `caution` takes the place of a band's meaning where an answer matters more than any total.
    """

    instrument: written.Instrument
    total: float | None
    low: float
    high: float
    bands: tuple[written.Band, ...]
    missing: tuple[str, ...]
    least: float
    most: float
    caution: str | None = None

    @property
    def complete(self) -> bool:
        """Say whether every item has an answer."""
        return not self.missing

    @property
    def span(self) -> Points:
        """Return the range that a comparison is made with: the total where there is one."""
        return (self.low, self.high) if self.total is None else (self.total, self.total)


def score(
    instrument: written.Instrument,
    items: Sequence[Question],
    points: dict[str, float],
    *,
    banded: bool,
    caution: str | None = None,
) -> Score:
    """Return an instrument's score.

    `points` holds, by item id, what each answered (or rightly skipped) item counts. Without `banded` no band is given.
    """
    method = METHODS[instrument.score]
    missing = tuple(item.id for item in items if item.id not in points)
    low = method([points.get(item.id, item.point_range[0]) for item in items])
    high = method([points.get(item.id, item.point_range[1]) for item in items]) if missing else low
    estimated = _estimated(instrument, items, points)
    total = low if not missing else estimated if estimated is None else min(max(estimated, low), high)
    span = (low, high) if total is None else (total, total)
    return Score(
        instrument=instrument,
        total=total,
        low=low,
        high=high,
        bands=tuple(band for band in instrument.bands if banded and _touches(band, span)),
        missing=missing,
        least=method([item.point_range[0] for item in items]),
        most=method([item.point_range[1] for item in items]),
        caution=caution,
    )


def _estimated(instrument: written.Instrument, items: Sequence[Question], points: dict[str, float]) -> float | None:
    """Return the total by the instrument's published rule: the mean of the answered items in place of the missing.

    Where items weigh differently, the mean is that of one weight. Rounded half up, but for a mean; never out of range.
    """
    rule = instrument.missing
    if isinstance(rule, str) or len(points) < max(rule.prorate_from, 1) or instrument.score == "max":
        return None
    weights = {item.id: 1 if instrument.score == "count" else item.weight for item in items}
    given = METHODS["count" if instrument.score == "count" else "sum"](list(points.values()))
    grown = given * sum(weights.values()) / sum(weights[id] for id in points)
    return grown / len(items) if instrument.score == "mean" else math.floor(grown + 0.5)


def _touches(band: written.Band, span: Points) -> bool:
    return band.from_ <= span[1] and span[0] <= band.to


def possible_totals(instrument: written.Instrument, items: Iterable[Question]) -> list[float]:
    """Return every total that complete answers can give, in order."""
    choices = [sorted({item.points(choice.id) for choice in item.options} | _skipped(item)) for item in items]
    if instrument.score == "count":
        choices = [sorted({int(point > 0) for point in each}) for each in choices]
    reached: set[float] = {0}
    for each in choices if instrument.score != "max" else []:
        reached = {total + point for total in reached for point in each}
    if instrument.score == "max":
        floor = max(each[0] for each in choices)
        reached = {point for each in choices for point in each if point >= floor}
    return sorted(total / len(choices) for total in reached) if instrument.score == "mean" else sorted(reached)


def _skipped(item: Question) -> set[int]:
    skipped = item.item.skipped_points if item.item else None
    return set() if skipped is None else {skipped}
