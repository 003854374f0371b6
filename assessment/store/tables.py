"""What the database holds: visits, with nothing of a person in the clear, and counts, where they are wanted."""

from typing import Final

from sqlalchemy import Column, Date, Integer, LargeBinary, MetaData, String, Table

METADATA: Final = MetaData(
    naming_convention={  # so that a migration can drop them on any database
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

VISITS: Final = Table(
    "visits",
    METADATA,
    Column("locator", LargeBinary(32), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("touched", Integer, nullable=False, index=True),
)
"""One visitor's answers a row, sealed whole.

The `locator`, 32 bytes, is derived from the visitor's secret, which cannot be found again from it. `sealed` is the
content as `sealing.Keys.seal` made it, `revision` how often it was replaced, and `touched` when the visitor was last
seen, in whole minutes since 1970-01-01 00:00 UTC.

Nothing here says who, what or since when: there is no number in order of arrival, no time of creation,
and the time of the last touch is no finer than the minute that forgetting needs.
"""

TALLIES: Final = Table(
    "tallies",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("audience", String, primary_key=True),
    Column("begun", Integer, nullable=False),
    Column("completed", Integer, nullable=False),
)
"""How many visits of an audience began on a day, and how many of those reached their end."""
