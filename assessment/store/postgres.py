"""Connections to PostgreSQL, through psycopg 3."""

from typing import Any, Final

import psycopg
from psycopg.abc import RV, PQGen

SILENCE: Final = 15  # seconds after which a PostgreSQL that says nothing at all is given up


class Listening(psycopg.Connection[Any]):
    """A connection that is given up when its server has said nothing for too long: one that hangs ends no statement."""

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        try:
            return super().wait(gen, interval, timeout or SILENCE)
        except psycopg.OperationalError:
            self.close()
            raise
