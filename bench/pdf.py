"""A person's copy through the pool of processes, beside WeasyPrint called directly on the same HTML; and its memory.

`--documents N` makes so many more of a page, two at a time, and prints what the processes then hold.
"""

import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from assessment.app import create_app
from assessment.core.answers import read_all
from assessment.core.journey import Journey
from assessment.core.readers import Reader
from assessment.documents.pdf import Printer
from assessment.settings import Settings
from assessment.store.migrations import migrate
from assessment.web.prints import document
from assessment.web.shown import CHAPTERS
from assessment.web.visit import Visit
from bench.rounds import measure

ROOT = Path(__file__).parents[1]
STYLE = ROOT / "static" / "print.css"
STEP = "<h2>A step</h2><p>Two sentences of advice. They are about as long as ours.</p><ul><li>one</li><li>two</li></ul>"
PAGE = f'<!doctype html><html lang="en"><head><title>Notes</title></head><body><h1>Notes</h1>{STEP * 8}</body></html>'


def copy_of(id: str) -> str:
    """Return the HTML of the copy of a person of the vignettes, with all its chapters."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/visits.sqlite3"
        migrate(url)
        app = create_app(
            Settings(
                database_url=url,
                secret_key=bytes(32),
                questionnaire=ROOT / "questions.yaml",
                leave_to="https://weather.invalid/",
                port=8000,
                purge_every=0,
            )
        )
        parts = app.extensions["assessment"]
        edition = parts.editions[Reader("self", "en")]
        person = next(each for each in edition.document.vignettes if each.id == id)
        journey = Journey(edition, read_all(edition, person.answers)[0])
        with app.test_request_context():
            copy = document(Visit("", journey), {"kind": "copy", "include": [*CHAPTERS], "record": False})
            (html,) = copy.html() if copy else [""]
        parts.printer.close()
    return html


def held(printer: Printer) -> list[str]:
    """Return what each process of the pool holds."""
    processes = printer._pool._processes._processes  # noqa: SLF001 - nothing else tells
    status = [Path(f"/proc/{process}/status").read_text() for process in processes]
    return [f"{int(each.split('VmRSS:')[1].split()[0]) // 1024} MB" for each in status]


def main() -> None:
    page = copy_of("c3")
    began = time.perf_counter()
    printer = Printer(STYLE)
    printer.pdf(page)
    print(f"the first document of a new pool: {(time.perf_counter() - began) * 1000:.0f} ms, held {held(printer)}")
    fonts = FontConfiguration()
    styles = CSS(filename=str(STYLE), font_config=fonts)
    measure(
        10,
        {
            "through the warm pool": lambda: printer.pdf(page),
            "WeasyPrint directly, a call for each request": lambda: HTML(string=page).write_pdf(
                stylesheets=[CSS(filename=str(STYLE))], pdf_variant="pdf/ua-1"
            ),
            "WeasyPrint directly, styles and fonts shared": lambda: HTML(string=page).write_pdf(
                stylesheets=[styles], font_config=fonts, pdf_variant="pdf/ua-1"
            ),
        },
    )
    if "--documents" in sys.argv:
        count = int(sys.argv[sys.argv.index("--documents") + 1])
        began = time.perf_counter()
        with ThreadPoolExecutor(2) as askers:
            for made in range(0, count, 100):
                list(askers.map(printer.pdf, [PAGE] * 100))
                print(f"after {made + 100} more: {held(printer)}")
        print(f"{count / (time.perf_counter() - began):.1f} documents a second")
    printer.close()


if __name__ == "__main__":  # the pool's processes read this file too
    main()
