"""What the database holds: visits, with nothing of a person in the clear, and counts, where they are wanted."""

from datetime import date
from typing import Final, cast

from sqlalchemy import LargeBinary, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CONSTRAINT_NAMES = {
    "pk": "pk_%(table_name)s",
    "ix": "ix_%(table_name)s_%(column_0_name)s",
}  # Named, so that a migration can drop them on any database.


class Base(DeclarativeBase):
    """All tables, as Alembic compares them with a database."""

    metadata = MetaData(naming_convention=CONSTRAINT_NAMES)


class Visit(Base):
    """One visitor's answers, sealed whole.

    Nothing here says who, what or since when: there is no number in order of arrival, no time of creation,
    and the time of the last touch is no finer than the minute that forgetting needs.
    """

    __tablename__ = "visits"

    locator: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    """32 bytes derived from the visitor's secret, from which the secret cannot be found again."""

    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The content as `sealing.Keys.seal` made it."""

    revision: Mapped[int]
    """How often the content was replaced."""

    touched: Mapped[int] = mapped_column(index=True)
    """The last time the visitor was seen, in whole minutes since 1970-01-01 00:00 UTC."""


class Tally(Base):
    """How many visits of an audience began on a day, and how many of those reached their end."""

    __tablename__ = "tallies"

    day: Mapped[date] = mapped_column(primary_key=True)
    audience: Mapped[str] = mapped_column(primary_key=True)
    begun: Mapped[int]
    completed: Mapped[int]


VISITS: Final = cast("Table", Visit.__table__)
TALLIES: Final = cast("Table", Tally.__table__)
