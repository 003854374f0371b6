"""A whole journey over HTTP on the production server, beside a bare Flask app that does as much: the limit.

All are driven in turn by the same people, 1, 8 and 64 at once, on SQLite; with `--postgresql` on a server of its own.
What the bare app does is what a journey of ours was recorded to take, request by request: statements and bytes. It runs
on our worker, which answers in turn, and on gunicorn's own, which is what a Flask app gets that changes nothing.
"""

import argparse
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
from bench.bare import Taken
from bench.driver import Load, Page, drive
from bench.served import AS_IT_COMES, ROOT, bare, ours, served
from tests.databases import postgres
from tests.web.person import vignette, walk
from tests.web.walker import Walker

QUESTIONNAIRE: Final = ROOT / "questions.yaml"
PERSON: Final = "c3"
PEOPLE: Final = (1, 8, 64)
WRITING: Final = ("INSERT", "UPDATE", "DELETE")
HEADINGS: Final = (
    "server",
    "people",
    "journeys/s",
    "requests/s",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "p99 : p50",
    "this loop",
)


@dataclass
class Recorder:
    """Takes the place of Flask's test client, and keeps what a browser would be on and send, and what that took."""

    client: Any
    pages: list[Page] = field(default_factory=list)
    as_bare: list[Page] = field(default_factory=list)
    """The same walk through the bare app, where each request's address is its number."""
    taken: list[Taken] = field(default_factory=list)
    led_to: str = ""
    statements: list[str] = field(default_factory=list)
    """The first words of those that the request ran."""

    def get(self, address: str) -> Any:
        if address != self.led_to:  # a redirect is followed by who walks
            self.pages.append(Page(address))
            self.as_bare.append(Page(f"/{len(self.taken)}"))
        return self._came(self.client.get(address))

    def post(self, address: str, data: dict[str, list[str]]) -> Any:
        sent = {name: values for name, values in data.items() if name != "csrf_token"}
        self.pages.append(Page("", urlencode(sent, doseq=True) or "nothing=", address))
        self.as_bare.append(Page("", "answer=yes", f"/{len(self.taken)}"))
        return self._came(self.client.post(address, data=data))

    def _came(self, reply: Any) -> Any:
        self.led_to = reply.headers.get("Location", "")
        writes = sum(map(self.statements.count, WRITING))
        page_bytes = 0 if self.led_to else len(reply.data)
        self.taken.append(Taken(self.statements.count("SELECT"), writes, page_bytes))
        self.statements.clear()
        return reply

    def ran(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        """Note a statement that was run."""
        self.statements.append(statement.split(maxsplit=1)[0])

    def __str__(self) -> str:
        pages = [each for each in self.taken if each.page_bytes]
        forms = [each for each in self.taken if not each.page_bytes]
        size = sum(each.page_bytes for each in pages) // len(pages)
        return "; ".join(
            [
                f"One journey: {len(pages)} pages of {size:,} bytes each, {_run(pages)}",
                f"{len(forms)} forms, {_run(forms)}",
            ]
        )


def _run(requests: list[Taken]) -> str:
    reads, writes = (sum(each[kind] for each in requests) for kind in (0, 1))
    return f"{reads} statements that read and {writes} that write"


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
    walk(walker, edition, vignette(edition, PERSON))  # type: ignore[no-untyped-call]
    walker.open("/outcome")
    event.remove(Engine, "before_cursor_execute", recorder.ran)
    app.extensions["assessment"].printer.close()
    return recorder


def shown(name: str, people: int, load: Load) -> str:
    """Return a line of the table."""
    figures = (load.journeys / load.seconds, load.each_second, *map(load.percentile, (50, 95, 99)))
    apart = load.percentile(99) / load.percentile(50)
    own = 100 * load.own_seconds / load.seconds
    return (
        f"| {name} | {people} | " + " | ".join(f"{figure:,.1f}" for figure in (*figures, apart)) + f" | {own:.0f} % |"
    )


@contextmanager
def databases(*, postgresql: bool) -> Iterator[tuple[str, str, str]]:
    """Make three empty databases and give their addresses; none is a SQLite file each."""
    if not postgresql:
        yield "", "", ""
        return
    with postgres() as server:
        yield server.new_database(), server.new_database(), server.new_database()


def main(rounds: int, *, postgresql: bool) -> None:
    """Drive both in turn and print a table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        recorder = recorded(folder)
        print(f"{recorder}. On {'PostgreSQL' if postgresql else 'SQLite'}.\n")
        mine, theirs, others = stack.enter_context(databases(postgresql=postgresql))
        servers = {
            "Take stock": (ours(folder, mine), recorder.pages),
            "bare Flask": (bare(folder, recorder.taken, theirs), recorder.as_bare),
            "bare Flask, gunicorn as it comes": (bare(folder, recorder.taken, others, *AS_IT_COMES), recorder.as_bare),
        }
        for (command, port, environment), pages in servers.values():
            stack.enter_context(served(command, port, folder, environment))
            drive(port, pages, 1, 1)  # whoever comes first waits until templates are compiled
        print(f"| {' | '.join(HEADINGS)} |\n{'|---' * len(HEADINGS)}|")
        for people in PEOPLE:
            loads = {name: Load() for name in servers}
            for _ in range(rounds):
                for name, ((_, port, _), pages) in servers.items():
                    loads[name].add(drive(port, pages, people, max(1, 16 // people)))
            for name, load in loads.items():
                print(shown(name, people, load))
            first, *limits = (load.journeys / load.seconds for load in loads.values())
            for name, limit in zip(list(loads)[1:], limits, strict=True):
                print(f"| ratio to {name} | {people} | {first / limit:.2f} | | | | | | |", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--postgresql", action="store_true")
    given = parser.parse_args()
    main(given.rounds, postgresql=given.postgresql)
