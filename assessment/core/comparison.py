"""Two outcomes of the same person side by side: by how much each measure changed, as far as that is known.

Both are read and scored by today's questionnaire, so that equal answers always give equal scores. A change is a range,
as a score is: what was not answered, then or today, may have been anything.
"""

from dataclasses import dataclass
from functools import cached_property

from assessment.core.definition import Flag
from assessment.core.outcome import Outcome
from assessment.core.scoring import Score


@dataclass(frozen=True)
class Change:
    """A measure then and today."""

    before: Score
    now: Score

    @property
    def least(self) -> float:
        """Return the least that today's score can be above the earlier one; less than 0 where it can be below.

        A total that a rule estimates is not taken for one that was answered.
        """
        return self.now.low - self.before.high

    @property
    def most(self) -> float:
        """Return the most that today's score can be above the earlier one."""
        return self.now.high - self.before.low

    @property
    def settled(self) -> bool:
        """Say whether it is known by how much the score changed."""
        return self.least == self.most

    @property
    def for_this_reader(self) -> bool:
        """Say whether published figures fit: where the ranges of a scale are not for a reader, neither are they."""
        return not self.now.instrument.bands or bool(self.now.bands and self.before.bands)

    @property
    def reliable(self) -> bool | None:
        """Say whether the change reaches the published reliable change, up or down.

        None if no figure is published that fits this reader, or if missing answers decide.
        """
        published = self.now.instrument.reliable_change
        if published is None or not self.for_this_reader:
            return None
        if self.least >= published.points or self.most <= -published.points:
            return True
        return False if -published.points < self.least <= self.most < published.points else None


@dataclass(frozen=True)
class Comparison:
    """What changed between two outcomes: measures, and warning signs that were told then, today or both times."""

    before: Outcome
    now: Outcome

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Return the measures that were asked both times and answered in part at least."""
        earlier = {score.instrument.id: score for score in self.before.scores if _answered(score)}
        return tuple(
            Change(earlier[score.instrument.id], score)
            for score in self.now.scores
            if _answered(score) and score.instrument.id in earlier
        )

    @cached_property
    def once(self) -> tuple[str, ...]:
        """Return the measures that were answered only one of the times, by name."""
        both = {change.now.instrument.id for change in self.changes}
        every = {each.instrument.id: each for each in (*self.now.scores, *self.before.scores) if _answered(each)}
        return tuple(each.instrument.measure for id, each in every.items() if id not in both)

    @cached_property
    def both_times(self) -> tuple[Flag, ...]:
        """Return the warning signs that were told then and today."""
        return tuple(flag for flag in _warnings(self.now) if flag in _warnings(self.before))

    @cached_property
    def new(self) -> tuple[Flag, ...]:
        """Return the warning signs that were told today and not then."""
        return tuple(flag for flag in _warnings(self.now) if flag not in _warnings(self.before))

    @cached_property
    def not_today(self) -> tuple[Flag, ...]:
        """Return the warning signs that were told then and not today, which does not mean that they are gone."""
        return tuple(flag for flag in _warnings(self.before) if flag not in _warnings(self.now))


def _answered(score: Score) -> bool:
    return len(score.missing) < len(score.instrument.items)


def _warnings(outcome: Outcome) -> tuple[Flag, ...]:
    return tuple(flag for flag in outcome.flags if flag.warning)
