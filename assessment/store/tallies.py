"""How many visits began and reached their end on each day, for each audience. Nothing joins a count to a visit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Engine, bindparam, select, text

from assessment.store.tables import TALLIES

FEWEST: Final = 10  # that are told: fewer people might be known by who they are

COUNT: Final = text(
    "INSERT INTO tallies (day, audience, begun, completed) VALUES (:day, :audience, :begun, :completed) "
    "ON CONFLICT (day, audience) DO UPDATE "
    "SET begun = tallies.begun + :begun, completed = tallies.completed + :completed"
)
OVER: Final = select(TALLIES).where(TALLIES.c.day < bindparam("before")).order_by(TALLIES.c.day, TALLIES.c.audience)


@dataclass(frozen=True)
class Told:
    """What is told of a day and an audience; None stands for a number that is held back."""

    day: date
    audience: str
    begun: int | None
    completed: int | None


class Tallies:
    """The counts of one database. Safe to share between threads; raises `SQLAlchemyError` as the database does."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def begun(self, day: date, audience: str) -> None:
        """Count a visit that began."""
        self._count(day, audience, begun=1)

    def completed(self, day: date, audience: str) -> None:
        """Count that a visit reached its end, on the day that it began."""
        self._count(day, audience, completed=1)

    def told(self, before: date) -> Iterator[Told]:
        """Yield each day before a day. No number is told from which one under 10 can be worked out.

        So the completed are held back too where fewer than 10 of those who began did not complete.
        """
        with self._engine.connect() as connection:
            for row in connection.execute(OVER, {"before": before}):
                parts = (row.completed, row.begun - row.completed)
                begun = row.begun if row.begun >= FEWEST else None
                yield Told(row.day, row.audience, begun, row.completed if min(parts) >= FEWEST else None)

    def _count(self, day: date, audience: str, *, begun: int = 0, completed: int = 0) -> None:
        values = {"day": day.isoformat(), "audience": audience, "begun": begun, "completed": completed}
        with self._engine.connect() as connection:
            connection.execute(COUNT, values)
