"""Real databases for tests: a SQLite file, and a PostgreSQL server of our own from Debian's binaries.

A conftest that imports the fixtures `postgres_server`, `postgres_url`, `sqlite_url` and `database_url` has them all;
a test that asks for `database_url` runs once on each database. All of them are empty: call `migrate` first.
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
import pytest

BINARIES: Final = Path("/usr/lib/postgresql")
PATIENCE: Final = 30  # seconds to start or stop; it takes one
UNSAFE_BUT_FAST: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")


@dataclass(frozen=True)
class PostgresServer:
    """A running server that listens on a socket in its own folder only."""

    folder: Path

    def url(self, database: str = "postgres") -> str:
        """Return the address of a database, as the app takes it."""
        return f"postgresql://visits@/{database}?host={self.folder}"

    def new_database(self) -> str:
        """Make an empty database and return its address."""
        name = f"visits_{secrets.token_hex(4)}"
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """Start a server, and stop it after the last test."""
    with postgres(*UNSAFE_BUT_FAST) as server:
        yield server


@contextmanager
def postgres(*settings: str) -> Iterator[PostgresServer]:
    """Run a server with these settings until the end of the block."""
    found = sorted(BINARIES.glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # short, because a socket's path may have 107 bytes at most
    owner = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    if owner:
        shutil.chown(folder, owner, owner)
    server = _started(found[-1], folder, owner, settings)
    try:
        yield PostgresServer(folder)
    finally:
        server.send_signal(signal.SIGINT)  # its "fast shutdown"
        server.wait(PATIENCE)
        shutil.rmtree(folder)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> str:
    """Return the address of a new, empty PostgreSQL database."""
    return postgres_server.new_database()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the address of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'visits.sqlite3'}"


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database, of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


def _started(binaries: Path, folder: Path, owner: str | None, settings: Sequence[str]) -> subprocess.Popen[bytes]:
    data = folder / "data"
    as_owner = {"user": owner, "group": owner, "extra_groups": []} if owner else {}
    initdb = (binaries / "initdb", "-D", data, "-U", "visits", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, **as_owner)
    options = [word for setting in settings for word in ("-c", setting)]
    postgres = (binaries / "postgres", "-D", data, "-k", folder, "-h", "", *options)
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(postgres, stdout=log, stderr=log, cwd=folder, **as_owner)
    deadline = time.monotonic() + PATIENCE
    while not _answers(folder):
        if server.poll() is not None or time.monotonic() > deadline:
            server.kill()
            pytest.fail(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.05)
    return server


def _answers(folder: Path) -> bool:
    try:
        psycopg.connect(f"postgresql://visits@/postgres?host={folder}").close()
    except psycopg.OperationalError:
        return False
    return True
