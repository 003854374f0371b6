"""Sealed rows: begun, read, kept, forgotten, and purged when idle."""

import json
import logging
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import Engine, Executable, bindparam, delete, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

from assessment.store.engine import scrub
from assessment.store.sealing import Keys
from assessment.store.tables import VISITS

Content = Mapping[str, Any]  # whatever JSON can say; what it means is the caller's affair

IDLE: Final = timedelta(minutes=45)
LONGEST: Final = timedelta(hours=12)
MINUTE: Final = timedelta(minutes=1)
BEGUN: Final = "begun in minute"  # sealed beside the content: the table itself tells no beginning
SECRET_LENGTH: Final = 32  # random bytes; 43 characters in the cookie
ATTEMPTS: Final = 100  # of one change, before giving way to others who change the same visit without pause

# Built once: to build a statement costs more than to run it (docs/performance/statements.md).
_row = VISITS.c.locator == bindparam("row")
BEGIN: Final = insert(VISITS)
FIND: Final = select(VISITS.c.sealed, VISITS.c.revision, VISITS.c.touched).where(
    _row, VISITS.c.touched > bindparam("asleep")
)
TOUCH: Final = update(VISITS).where(_row, VISITS.c.touched == bindparam("seen"))
REPLACE: Final = update(VISITS).where(_row, VISITS.c.revision == bindparam("known"))
FORGET: Final = delete(VISITS).where(VISITS.c.locator.in_(bindparam("rows", expanding=True)))
PUT_BACK: Final = update(VISITS).where(VISITS.c.touched > bindparam("latest"))
PURGE: Final = delete(VISITS).where(VISITS.c.touched <= bindparam("asleep"))

WRITER: Final = json.JSONEncoder(separators=(",", ":"))

log = logging.getLogger(__name__)


class VisitContendedError(Exception):
    """A change was overtaken by others to the same visit every time that it was tried. It was not kept."""


class Found(NamedTuple):
    """A visit as it stood when it was last looked at."""

    keys: Keys  # of the server key that the row was sealed with
    content: Content
    begun: int  # minutes, as in the table
    revision: int
    touched: int


class Visits:
    """All visits of one database, each found and opened only with the secret that `begin` returned.

    Safe to share between threads. Each statement is a transaction by itself, so that nobody holds a lock while waiting
    for another, or while a change is worked out.
    """

    def __init__(
        self,
        engine: Engine,
        server_key: bytes,
        *old_server_keys: bytes,
        idle: timedelta = IDLE,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Keep visits for `idle`, in whole minutes. `clock` gives seconds since 1970-01-01 00:00 UTC.

        What an old server key sealed is still opened, and sealed with the newest at the next answer.
        """
        self._engine = engine
        self._server_keys = (server_key, *old_server_keys)
        self._idle = idle // MINUTE
        self._clock = clock

    def begin(self, content: Content) -> str:
        """Keep a new visit and return its secret, 43 URL-safe characters. Kept nowhere: it goes in the cookie."""
        secret = secrets.token_urlsafe(SECRET_LENGTH)
        keys = Keys.derive(secret, self._server_keys[0])
        minute = self._minute()
        sealed = keys.seal(_written(content, minute), revision=0)
        self._run(BEGIN, locator=keys.locator, sealed=sealed, revision=0, touched=minute)
        return secret

    def read(self, secret: str, at_least: int = 0) -> Content | None:
        """Return what the visit holds; None where `find` would return None."""
        found = self.find(secret, at_least)
        return found and found.content

    def find(self, secret: str, at_least: int = 0) -> Found | None:
        """Return the visit; None if there is none, it was idle or went on for too long, or does not open.

        `at_least` is how often its visitor knows it to have been replaced: an older state, put back by somebody who
        can write to the database, is refused. Reading counts as activity. It is written down once a minute at most.
        """
        found = self._find(secret, at_least)
        if found is None:
            return None
        minute = self._minute()
        if found.touched < minute or found.touched > minute + 1:  # the clock was put back
            self._touch(found, minute)
        return found

    def keep(
        self, secret: str, change: Callable[[Content], Content], at_least: int = 0, found: Found | None = None
    ) -> Found | None:
        """Replace the content by what `change` makes of it, and return that; None where `find` would return None.

        Whoever has `found` the visit need not have it read again. Where somebody else replaced the content meanwhile,
        `change` is applied again to theirs, so that two tabs never lose an answer. It may be called several times, and
        must do nothing but return the new content.

        Raises `VisitContendedError` if that happened as often as it was tried.
        """
        only = len(self._server_keys) == 1  # so that what was found is of the newest
        newest = found.keys if found and only else Keys.derive(secret, self._server_keys[0])
        for _ in range(ATTEMPTS):
            found = found or self._find(secret, at_least)
            if found is None:
                return None
            replaced = self._replace(found, newest, change(found.content))
            if replaced:
                return replaced
            found = None
        raise VisitContendedError

    def forget(self, secret: str) -> None:
        """Delete the visit now, and wipe it from the disk as far as the database can. It may be gone already."""
        locators = [keys.locator for keys in self._keys(secret)]
        if self._run(FORGET, rows=locators):
            scrub(self._engine)

    def answer(self) -> None:
        """Look whether there are visits; raises `SQLAlchemyError` if the database does not answer or has no table."""
        with self._engine.connect() as connection:
            connection.execute(select(VISITS.c.touched).limit(1))

    def purge(self) -> int:
        """Delete all visits that were idle for too long, and return how many there were.

        Where a clock was put back, visits that seem to have been touched later than now are idle from now on.
        """
        minute = self._minute()
        self._run(PUT_BACK, latest=minute + 1, touched=minute)
        purged = self._run(PURGE, asleep=minute - self._idle)
        scrub(self._engine)
        return purged

    def _keys(self, secret: str) -> Iterator[Keys]:
        return (Keys.derive(secret, server_key) for server_key in self._server_keys)

    def _minute(self) -> int:
        return int(self._clock() // MINUTE.total_seconds())

    def _find(self, secret: str, at_least: int) -> Found | None:
        found = next(filter(None, map(self._find_with, self._keys(secret))), None)
        if found and found.revision < at_least:
            log.warning("A visit does not open: an older state of its row was put back in the database.")
            return None
        if found and self._minute() - found.begun >= LONGEST // MINUTE:
            self.forget(secret)
            return None
        return found

    def _find_with(self, keys: Keys) -> Found | None:
        awake = {"row": keys.locator, "asleep": self._minute() - self._idle}
        with self._engine.connect() as connection:
            row = connection.execute(FIND, awake).one_or_none()
        if row is None:
            return None
        content = keys.open(row.sealed, row.revision)
        if content is None:
            log.warning("A visit does not open: its row was altered in the database.")
            return None
        found = json.loads(content)
        return Found(keys, found, found.pop(BEGUN, row.touched), row.revision, row.touched)

    def _replace(self, found: Found, keys: Keys, content: Content) -> Found | None:
        following, minute = found.revision + 1, self._minute()
        replaced = self._run(
            REPLACE,
            row=found.keys.locator,
            known=found.revision,
            sealed=keys.seal(_written(content, found.begun), following),
            revision=following,
            touched=minute,
            **({} if keys.locator == found.keys.locator else {"locator": keys.locator}),  # or its index is written anew
        )
        return Found(keys, content, found.begun, following, minute) if replaced else None

    def _touch(self, found: Found, minute: int) -> None:
        try:
            self._run(TOUCH, row=found.keys.locator, seen=found.touched, touched=minute)
        except SQLAlchemyError as problem:  # a full disk takes no answer; what is there can still be read
            log.warning("It could not be written down that a visit was seen: %s.", type(problem).__name__)

    def _run(self, statement: Executable, **values: object) -> int:
        with self._engine.connect() as connection:
            return connection.execute(statement, values).rowcount


def _written(content: Content, begun: int) -> bytes:
    return WRITER.encode({**content, BEGUN: begun}).encode()
