"""The way into a database: SQLite made safe for threads and forgetful, or PostgreSQL."""

import sqlite3
import time
from pkgutil import resolve_name
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE: Final = 10_000  # milliseconds that a SQLite writer waits for another, or PostgreSQL works on a statement
HASTE: Final = 500  # milliseconds that somebody who leaves waits for the disk to be wiped

POOL: Final = {"pool_size": 8, "max_overflow": 8, "pool_timeout": 5}  # seconds; one a thread
PAUSE: Final = 0.5  # seconds without use after which a connection is asked: PostgreSQL takes as long to start anew
POSTGRES: Final = {
    "connect_timeout": 5,  # seconds
    "tcp_user_timeout": PATIENCE,  # that a machine which is gone is waited for
    "options": f"-c statement_timeout={PATIENCE}",
}
PGBOUNCER: Final = "pgbouncer"  # “true” in the address: it stands in between, and statements are not prepared
LISTENING: Final = "assessment.store.postgres:Listening"  # by name: on SQLite nobody waits for what PostgreSQL needs
HERE: Final = ("localhost", "127.0.0.1", "::1")

PRAGMAS: Final = (
    "PRAGMA journal_mode = WAL",  # readers and the one writer do not wait for each other
    "PRAGMA synchronous = NORMAL",  # in WAL mode a power cut may lose the last answers, never the database
    "PRAGMA secure_delete = ON",  # what is deleted or replaced is overwritten with zeros
)


def connect(database_url: str | URL, *, patient: bool = False) -> Engine:
    """Return an engine for `sqlite:///…` or `postgresql://…`. Nothing is opened before its first use.

    Statements' parameters stay out of error messages, and so out of logs. Each statement is a transaction by itself;
    who is `patient` makes transactions of several, and waits for any statement.
    """
    url = make_url(database_url)
    kind: dict[str, Any] = {"hide_parameters": True, **({} if patient else {"isolation_level": "AUTOCOMMIT"})}
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url.difference_update_query([PGBOUNCER]), connect_args=_to_postgres(url), **kind, **POOL)
        _ask_after_a_pause(engine)
        if not patient:
            listening = resolve_name(LISTENING)
            event.listen(engine, "do_connect", lambda _dialect, _record, given, how: listening.connect(*given, **how))
        return engine
    engine = create_engine(database_url, connect_args={"timeout": PATIENCE / 1000}, **kind)
    event.listen(engine, "connect", _prepare)
    if patient:
        event.listen(engine, "begin", _begin)
    return engine


def _to_postgres(url: URL) -> dict[str, Any]:
    """Return how to connect, as far as the address does not say: no other machine is met in the clear.

    Where it names no host the driver may know one; on a Unix socket it asks for no TLS whatever we say.
    """
    host = url.query.get("hostaddr") or url.query.get("host", url.host)
    sealed = {} if host in HERE or str(host).startswith("/") else {"sslmode": "require"}
    bounced = {"prepare_threshold": None} if url.query.get(PGBOUNCER) == "true" else {}
    return {name: how for name, how in {**POSTGRES, **sealed, **bounced}.items() if name not in url.query}


def _ask_after_a_pause(engine: Engine) -> None:
    """Let a connection that was not used just now be asked whether it still is one, before it is used again.

    SQLAlchemy’s own `pool_pre_ping` asks each time, which is every second round trip (docs/performance/statements.md).
    """

    @event.listens_for(engine, "checkin")
    def _used(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["used"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:  # noqa: ANN401 - the driver's
        if time.monotonic() - record.info.get("used", time.monotonic()) < PAUSE:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None


def scrub(engine: Engine) -> None:
    """Wipe what was deleted or replaced from the disk, as far as the database can.

    SQLite keeps earlier states of a page in its write-ahead log until that is emptied, which this does; where another
    program reads the database at length, the log stays until the next time. PostgreSQL keeps earlier states until it
    vacuums and recycles its log. What remains anywhere is a sealed row that only the visitor's secret opens.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {HASTE}")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {PATIENCE}")


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _begin(connection: Connection) -> None:
    # A transaction that reads and then writes must hold the write lock from its start: SQLite refuses at once, without
    # waiting, to turn a reader into a writer after somebody else has written.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
