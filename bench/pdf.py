"""Each kind of document through the pool of processes, beside WeasyPrint called directly on the same HTML; memory too.

Cold is the first document of a new pool. Bare is WeasyPrint with its styles and fonts shared. Naive is what a request
would do without a pool: call WeasyPrint where it is, with styles and fonts read anew (safe only where there is one
thread), or run its command, a process for each document. Two at a time is two people who ask one server process at
once: naive calls then wait for one another. `--documents N` makes so many more of a page, two at a time, and says what
is then held.
"""

import argparse
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from threading import Lock
from typing import Any, Final

from flask import Flask
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration

from assessment.app import create_app
from assessment.core.answers import read_all
from assessment.core.journey import Journey
from assessment.core.readers import Reader
from assessment.documents.paper import blank_form
from assessment.documents.pdf import Attached, Printer
from assessment.settings import Settings
from assessment.store.migrations import migrate
from assessment.web.prints import document
from assessment.web.shown import CHAPTERS
from assessment.web.visit import Visit
from bench.rounds import timed

ROOT: Final = Path(__file__).parents[1]
STYLE: Final = ROOT / "static" / "print.css"
STEP: Final = (
    "<h2>A step</h2><p>Two sentences of advice. They are about as long as ours.</p><ul><li>one</li><li>two</li></ul>"
)
PAGE: Final = (
    f'<!doctype html><html lang="en"><head><title>Notes</title></head><body><h1>Notes</h1>{STEP * 8}</body></html>'
)
ROUNDS: Final = 5
MANY: Final = 8  # documents a round, two at a time
PERSON: Final = "c3"
COPY: Final[dict[str, Any]] = {"kind": "copy", "include": [*CHAPTERS], "record": False}
KINDS: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "copy, all chapters": ("self", COPY),
    "copy with the record": ("self", {**COPY, "record": True}),
    "file to come back with": ("self", {"kind": "later"}),
    "GP sheet": ("self", {"kind": "sheet"}),
    "clinician’s summary": ("clinician", {"kind": "summary", "setting": "", "reference": ""}),
}


@dataclass(frozen=True)
class Printed:
    """A document as it goes to the printer."""

    versions: list[str]
    pages: int | None = None
    attached: Attached | None = None
    fillable: bool = False

    def through(self, printer: Printer) -> bytes:
        return printer.pdf(*self.versions, pages=self.pages, fillable=self.fillable, attached=self.attached)


class Bare:
    """WeasyPrint in this process, with its styles and fonts read once."""

    def __init__(self) -> None:
        self.fonts = FontConfiguration()
        self.styles = CSS(filename=str(STYLE), font_config=self.fonts)

    def fitting(self, printed: Printed) -> str:
        """Return the version that is printed: the first that fits."""
        rendered = (
            (html, HTML(string=html).render(self.fonts, stylesheets=[self.styles])) for html in printed.versions
        )
        return next((html for html, it in rendered if len(it.pages) <= (printed.pages or 999)), printed.versions[-1])

    def pdf(self, html: str, printed: Printed) -> None:
        attached = printed.attached
        HTML(string=html).write_pdf(
            stylesheets=[self.styles],
            font_config=self.fonts,
            pdf_variant="pdf/a-3a" if attached else "pdf/ua-1",
            pdf_tags=True,
            pdf_forms=printed.fillable,
            attachments=[Attachment(string=attached.text, name="record", relationship="Data")] if attached else None,
        )


def alone(html: str, printed: Printed) -> None:
    """Make a document in a process of its own, by WeasyPrint's command."""
    options = [
        "--stylesheet",
        str(STYLE),
        "--pdf-tags",
        "--pdf-variant",
        "pdf/a-3a" if printed.attached else "pdf/ua-1",
    ]
    if printed.fillable:
        options.append("--pdf-forms")
    with tempfile.NamedTemporaryFile() as record:
        if printed.attached:
            record.write(printed.attached.text)
            record.flush()
            options += ["--attachment", record.name, "--attachment-relationship", "Data"]
        command = [sys.executable, "-m", "weasyprint", *options, "-", "-"]
        subprocess.run(command, input=html.encode(), stdout=subprocess.DEVNULL, check=True)


@contextmanager
def running() -> Iterator[Flask]:
    """Make the app, on a database that is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/visits.sqlite3"
        migrate(url)
        given = {"DATABASE_URL": url, "SECRET_KEY": "0" * 64, "RATE_LIMIT_STORAGE": "off"}
        app = create_app(Settings.from_environment(given, ROOT))
        yield app
        app.extensions["assessment"].printer.close()


def documents() -> dict[str, Printed]:
    """Return every kind of document, of one of the vignettes."""
    with running() as app:
        editions = app.extensions["assessment"].editions
        found = {}
        for name, (audience, order) in KINDS.items():
            edition = editions[Reader(audience, "en")]
            fullest = max(edition.document.vignettes, key=lambda each: len(each.answers))
            person = next((each for each in edition.document.vignettes if each.id == PERSON), fullest)
            with app.test_request_context():
                made = document(Visit("", Journey(edition, read_all(edition, person.answers)[0])), order)
                assert made
                found[name] = Printed(made.html(), made.pages, made.attached)
        form = blank_form(editions[Reader("self", "en")], ROOT / "templates", large=False)
        return {**found, "blank form": Printed([form], fillable=True)}


def held(printer: Printer) -> str:
    """Return what each process of the pool holds."""
    processes = printer._pool._processes._processes  # noqa: SLF001 - nothing else tells
    status = [Path(f"/proc/{process}/status").read_text() for process in processes]
    return ", ".join(f"{int(each.split('VmRSS:')[1].split()[0]) // 1024} MB" for each in status)


def cold(printed: Printed) -> float:
    """Return the milliseconds from a new pool to its first document."""
    began = time.perf_counter()
    printer = Printer(STYLE)
    printed.through(printer)
    taken = (time.perf_counter() - began) * 1000
    printer.close()
    return taken


def compare(printer: Printer, name: str, printed: Printed) -> None:
    """Print a line of the table."""
    first, bare = cold(printed), Bare()
    html = bare.fitting(printed)
    ways = {
        "warm": lambda: printed.through(printer),
        "bare": lambda: bare.pdf(html, printed),
        "naive call": lambda: Bare().pdf(html, printed),
        "naive process": lambda: alone(html, printed),
    }
    warm, shared, call, process = (median(times) for times in timed(ROUNDS, ways).values())
    taken = " | ".join(f"{each:,.0f}" for each in (first, warm, shared, call, process))
    print(f"| {name} | {taken} | {warm / shared:.2f} | {call / warm:.2f} | {process / warm:.2f} |", flush=True)


def two_at_a_time(make: Callable[[], object]) -> None:
    """Make many documents, as for two people who ask at once."""
    with ThreadPoolExecutor(2) as askers:
        list(askers.map(lambda _: make(), range(MANY)))


def compare_two_at_a_time(printer: Printer, name: str, printed: Printed) -> None:
    """Print how many are made in a second, by the pool and by naive calls in threads, which are safe only in turn."""
    html, turn = Bare().fitting(printed), Lock()

    def naive() -> None:
        with turn:
            Bare().pdf(html, printed)

    ways = {
        "pool": lambda: two_at_a_time(lambda: printed.through(printer)),
        "naive call": lambda: two_at_a_time(naive),
    }
    pool, call = (MANY * 1000 / median(times) for times in timed(ROUNDS, ways).values())
    made = f"{pool:.2f} documents a second by the pool, {call:.2f} by naive calls"
    print(f"\nTwo at a time, {name}: {made}; pool : naive call {pool / call:.2f}.")


def make_many(printer: Printer, documents: int) -> None:
    """Make so many documents, and say now and then what the processes hold."""
    print(f"\n| documents | the processes hold |\n|---|---|\n| 0 | {held(printer)} |")
    began = time.perf_counter()
    with ThreadPoolExecutor(2) as askers:
        for made in range(0, documents, 100):
            list(askers.map(printer.pdf, [PAGE] * 100))
            print(f"| {made + 100} | {held(printer)} |", flush=True)
    print(f"\nOf a page of advice {documents / (time.perf_counter() - began):.1f} documents a second, two at a time.")


def main(many: int) -> None:
    """Print a table of every kind, how many are made in a second, and what is held."""
    kinds = documents()
    gc.freeze()  # as the server does: else bare and naive would look through the questionnaire with each document
    printer = Printer(STYLE)
    taken = ("cold ms", "warm ms", "bare ms", "naive call ms", "naive process ms")
    headings = ("document", *taken, "warm : bare", "naive call : warm", "naive process : warm")
    print(f"| {' | '.join(headings)} |\n{'|---' * len(headings)}|")
    for name, printed in kinds.items():
        compare(printer, name, printed)
    name = next(iter(kinds))
    compare_two_at_a_time(printer, name, kinds[name])
    if many:
        make_many(printer, many)
    printer.close()


if __name__ == "__main__":  # the pool's processes read this file too
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=0)
    main(parser.parse_args().documents)
