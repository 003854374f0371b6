"""Servers as processes of their own on free ports of this machine, stopped at the end; and what they hold of memory."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bench.bare import Taken, in_environment
from bench.driver import HOST

ROOT: Final = Path(__file__).parents[1]
PATIENCE: Final = 60  # seconds
SERVER: Final = ("--config", "python:assessment.serving", "bench.bare:create_app()")
AS_IT_COMES: Final = ("--worker-class", "gthread")
PAUSE: Final = 0.01  # seconds


class NotServedError(Exception):
    """A server did not start. The sentence has what it said."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(
    command: Sequence[str | Path], port: int, folder: Path, environment: Mapping[str, str], within: Path = ROOT
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server from the moment that it answers until the end of the block."""
    log = folder / f"log-{port}"
    with (
        log.open("wb") as said,
        subprocess.Popen(
            command, cwd=within, env={**os.environ, **environment}, stdout=said, stderr=said, start_new_session=True
        ) as server,
    ):
        try:
            wait_for(port, server, log)
            yield server
        finally:
            server.terminate()
            server.wait(PATIENCE)


def wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a server answers a request."""
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            with socket.create_connection((HOST, port), timeout=PATIENCE) as connection:
                connection.sendall(f"GET /healthz HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
                if connection.recv(16):
                    return
        except OSError:
            time.sleep(PAUSE)
    raise NotServedError(f"a server did not start: {log.read_text(errors='replace').strip()[-2000:]}")


def ours(folder: Path, database_url: str = "", **environment: str) -> tuple[list[str], int, Mapping[str, str]]:
    """Return how `assessment serve` is started on a free port: the command, the port and the environment."""
    port = free_port()
    settings = {
        "PORT": str(port),
        "DATABASE_URL": database_url or f"sqlite:///{folder / f'ours-{port}.sqlite3'}",
        "SECRET_KEY": secrets.token_hex(32),
        "RATE_LIMIT_STORAGE": "off",  # all come from one address
    }
    return [sys.executable, "run.py"], port, {**settings, **environment}


def bare(
    folder: Path, requests: Sequence[Taken], database_url: str = "", *different: str
) -> tuple[list[str], int, Mapping[str, str]]:
    """Return how the bare app is started on the same server as ours, but for what is to be different."""
    port = free_port()
    settings = {
        "DATABASE_URL": database_url or f"sqlite:///{folder / f'bare-{port}.sqlite3'}",
        **in_environment(requests),
        "SECRET_KEY": secrets.token_hex(32),
    }
    command = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{port}", *different, *SERVER]
    return command, port, settings


def processes(first: int) -> Iterator[int]:
    """Yield a process and all that came from it, the oldest first."""
    yield first
    for task in Path(f"/proc/{first}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from processes(int(child))


def megabytes(process: int) -> float:
    """Return what a process holds: its own memory, and its share of what it holds with others."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    return int(rollup.split("\nPss:")[1].split()[0]) / 1024
