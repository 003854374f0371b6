"""The real server, as `assessment serve` starts it: what it says while somebody walks through and others misuse it."""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.request import urlopen

from assessment.given import ROOT
from assessment.master import HOST
from assessment.privacy.browser import Browser, Pairs, over
from assessment.privacy.journeys import QUERY
from assessment.privacy.person import Person
from assessment.privacy.rules import Broken, broken_by_files, broken_by_lines, broken_by_metrics
from assessment.privacy.stage import LEAVE_TO, Stage

PROGRAM: Final = "assessment"
PATIENCE: Final = 60  # seconds for it to start, or to stop
PAUSE: Final = 0.1  # seconds
MISUSED: Final = (
    b"GET /%s?" + QUERY.encode() + b" HTTP/9.9\r\n\r\n",
    b"\x16\x03\x01 " + QUERY.encode() + b"\r\n\r\n",
    b"GET /check?" + QUERY.encode() + b" HTTP/1.1\r\nHost: a b\r\nX-Long: " + b"x" * 20_000 + b"\r\n\r\n",
    b"POST /begin?" + QUERY.encode() + b" HTTP/1.1\r\nHost: localhost\r\nContent-Length: no\r\n\r\n",
)
"""What no browser sends: each must be refused without a word of it in the log."""


class NotServedError(Exception):
    """The server did not start. The sentence has what it said."""


def walk_on_the_server(stage: Stage, person: Person, questionnaire: Path, program: str) -> tuple[int, list[Broken]]:
    """Return how many lines the real server said, and what of them, or of its files, is broken."""
    folder = stage.folder / "served"
    (folder / "temporary").mkdir(parents=True)
    log = folder / "log"
    traces = replace(stage.traces, private=stage.traces.private | {HOST})
    with _served(folder, questionnaire, log, program) as (port, metrics_port):
        before = _metrics(metrics_port)
        browser = Browser(over(port), https=True)
        person.begin(browser)
        person.go_on(browser)
        for cookie in browser.cookies.values():
            traces.hide(cookie)
        _misuse(port, browser)
        found = list(broken_by_files(folder / "temporary", traces)) + list(broken_by_files(folder / "store", traces))
        browser.open("/outcome")
        form = browser.page.form_to("/delete")
        browser.submit(form, form.buttons[0], [])
        known = {*person.edition.by_id, *person.edition.sections}
        found += broken_by_metrics(before, _metrics(metrics_port), known, traces)
    _, *lines = log.read_text(encoding="utf-8").splitlines()  # the first names the address that it serves on
    return len(lines), [*found, *broken_by_lines(lines, traces)]


def _misuse(port: int, browser: Browser) -> None:
    """Send what nobody should: bytes that are no request, a form without its token, an address that is not there."""
    for request in MISUSED:
        with socket.create_connection((HOST, port), timeout=PATIENCE) as connection:
            connection.sendall(request)
            connection.recv(1024)
    browser.open(f"/nothing?{QUERY}")
    filled: Pairs = [("answer", next(iter(browser.cookies.values()), ""))]
    browser.open("/outcome")
    form = browser.page.form_to("/delete")
    without = replace(form, fields=[])
    browser.submit(without, form.buttons[0], filled)


@contextmanager
def _served(folder: Path, questionnaire: Path, log: Path, program: str) -> Iterator[tuple[int, int]]:
    """Serve on a free port with a database of its own; what the server says goes into the log."""
    (folder / "store").mkdir()
    port, metrics_port = _free_port(), _free_port()
    environment = {
        **{
            name: value
            for name, value in os.environ.items()
            if name not in ("OLD_SECRET_KEYS", "WEB_CONCURRENCY", "METRICS_HOST")
        },
        "DATABASE_URL": f"sqlite:///{folder / 'store' / 'served.sqlite3'}",
        "SECRET_KEY": secrets.token_hex(32),
        "PORT": str(port),
        "QUESTIONNAIRE": str(questionnaire.resolve()),
        "LEAVE_TO": LEAVE_TO,
        "PROXIES": "1",  # we ask as one would
        "METRICS_PORT": str(metrics_port),
        "TALLIES": "on",
        "TMPDIR": str(folder / "temporary"),
    }
    command = [sys.executable, "-m", program, "serve"]
    with (
        log.open("wb") as said,
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=said, stderr=said) as server,  # noqa: S603 - ours
    ):
        try:
            for each in (port, metrics_port):  # the second is opened when the first has been for a while
                _wait_for(each, server, log)
            yield port, metrics_port
        finally:
            server.terminate()
            server.wait(PATIENCE)


def _metrics(port: int) -> str:
    with urlopen(f"http://{HOST}:{port}/metrics", timeout=PATIENCE) as page:
        text: str = page.read().decode()
        return text


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < until:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(PAUSE)
        else:
            return
    raise NotServedError(f"the server did not start: {log.read_text(encoding='utf-8').strip()[-500:]}")
