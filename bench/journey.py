"""A whole journey over HTTP on the production server, beside a bare Flask app with as many
requests, statements and bytes.

Both are driven in turn by the same people, on SQLite: 1, 8 and 64 at once.
"""

import argparse
import secrets
import tempfile
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from sqlalchemy import Engine, event

from assessment.app import create_app
from assessment.core.checks import check
from assessment.core.readers import Reader
from assessment.settings import Settings
from assessment.store.migrations import migrate
from bench.driver import Load, Page, drive
from bench.served import ROOT, bare, ours, served
from tests.web.person import vignette, walk
from tests.web.walker import Walker

QUESTIONNAIRE: Final = ROOT / "questions.yaml"
PERSON: Final = "c3"
PEOPLE: Final = (1, 8, 64)


@dataclass
class Recorder:
    """Takes the place of Flask's test client, and keeps what a browser would be on and send, and what that took."""

    client: Any
    pages: list[Page] = field(default_factory=list)
    asked_for: str = ""
    sizes: list[int] = field(default_factory=list)
    statements: Counter[str] = field(default_factory=Counter)

    def get(self, address: str) -> Any:
        reply = self.client.get(address)
        if address != self.asked_for:  # a redirect is followed by who walks
            self.pages.append(Page(address))
        self._came(reply)
        return reply

    def post(self, address: str, data: dict[str, list[str]]) -> Any:
        reply = self.client.post(address, data=data)
        sent = {name: values for name, values in data.items() if name != "csrf_token"}
        self.pages.append(Page("", urlencode(sent, doseq=True) or "nothing=", address))
        self._came(reply)
        return reply

    def _came(self, reply: Any) -> None:
        self.asked_for = reply.headers.get("Location", "")
        self.sizes += [] if self.asked_for else [len(reply.data)]

    def ran(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """Count a statement that was run, by its first word."""
        self.statements[statement.split(maxsplit=1)[0]] += 1


def recorded(folder: Path) -> Recorder:
    """Walk once through the app in this process, and return what was sent and what it took."""
    database = f"sqlite:///{folder / 'recorded.sqlite3'}"
    migrate(database)
    given = {"DATABASE_URL": database, "SECRET_KEY": secrets.token_hex(32), "RATE_LIMIT_STORAGE": "off"}
    app = create_app(Settings.from_environment(given, ROOT))
    edition = check(QUESTIONNAIRE, date(2026, 11, 23)).editions[Reader("self", "en")]
    recorder = Recorder(app.test_client())
    walker = Walker(recorder)  # type: ignore[arg-type]
    event.listen(Engine, "before_cursor_execute", recorder.ran)
    walk(walker, edition, vignette(edition, PERSON))
    walker.open("/outcome")
    event.remove(Engine, "before_cursor_execute", recorder.ran)
    app.extensions["assessment"].printer.close()
    return recorder


def as_bare(recorder: Recorder) -> list[Page]:
    """Return a walk through the bare app with as many pages read and forms sent."""
    return [
        Page("", "answer=yes", f"/{number}") if page.filled else Page(f"/{number}")
        for number, page in enumerate(recorder.pages)
    ]


def shown(name: str, people: int, load: Load) -> str:
    """Return a line of the table."""
    figures = (load.journeys / load.seconds, load.each_second, *map(load.percentile, (50, 95, 99)))
    own = 100 * load.own_seconds / load.seconds
    return f"| {name} | {people} | " + " | ".join(f"{figure:,.1f}" for figure in figures) + f" | {own:.0f} % |"


def main(rounds: int) -> None:
    """Drive both in turn and print a table."""
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        folder = Path(made)
        recorder = recorded(folder)
        forms = sum(1 for page in recorder.pages if page.filled)
        size = sum(recorder.sizes) // len(recorder.sizes)
        print(f"One journey: {len(recorder.sizes)} pages of {size:,} bytes each, {forms} forms sent.")
        print(f"Statements: {dict(recorder.statements)}; the bare app runs one for a page and three for a form.\n")
        servers = {"Take stock": (ours(folder), recorder.pages), "bare Flask": (bare(folder, size), as_bare(recorder))}
        for (command, port, environment), _ in servers.values():
            stack.enter_context(served(command, port, folder, **environment))
        print("| server | people | journeys/s | requests/s | p50 ms | p95 ms | p99 ms | this loop |")
        print("|---|---|---|---|---|---|---|---|")
        for people in PEOPLE:
            loads = {name: Load() for name in servers}
            for _ in range(rounds):
                for name, ((_, port, _), pages) in servers.items():
                    loads[name].add(drive(port, pages, people, max(1, 16 // people)))
            for name, load in loads.items():
                print(shown(name, people, load))
            mine, reference = loads.values()
            ratio = (mine.journeys / mine.seconds) / (reference.journeys / reference.seconds)
            print(f"| ratio | {people} | {ratio:.2f} | | | | | |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    main(parser.parse_args().rounds)
