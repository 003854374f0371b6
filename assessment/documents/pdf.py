"""HTML to PDF through WeasyPrint, in processes of its own, closed to the network.

WeasyPrint must not run in several threads of one process, and a page with a fault in it must not take the server down:
so it runs in a small pool of processes, each with its fonts and styles read once.
"""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import Any

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

PROCESSES = 2
SECONDS = 30
DOCUMENTS = 200  # made by a process before it makes way for a fresh one: memory grows a little with each


class NotPrintedError(Exception):
    """The document could not be made this time. Nothing is lost: it can be asked for again."""


class Printer:
    """A pool of processes that make PDFs. Safe to share between threads; starts with its first document."""

    def __init__(self, style_sheet: Path) -> None:
        self._style_sheet = style_sheet
        self._lock = Lock()
        self._pool = self._new_pool()

    def pdf(self, html: str) -> bytes:
        """Return a tagged A4 PDF of a whole HTML page. `NotPrintedError` if it fails or takes over 30 seconds."""
        pool = self._pool
        try:
            return pool.submit(_make, html).result(timeout=SECONDS)
        except (BrokenProcessPool, TimeoutError) as problem:
            with self._lock:
                if self._pool is pool:
                    self._pool = self._new_pool()
                    pool.shutdown(wait=False, cancel_futures=True)
            raise NotPrintedError from problem

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown(cancel_futures=True)

    def _new_pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            PROCESSES,
            mp_context=get_context("spawn"),
            initializer=_prepare,
            initargs=(self._style_sheet,),
            max_tasks_per_child=DOCUMENTS,
        )


_shared: dict[str, Any] = {}  # of one process of the pool: a font configuration per document would leak


def _prepare(style_sheet: Path) -> None:
    fonts = FontConfiguration()
    _shared["fonts"] = fonts
    _shared["styles"] = CSS(filename=str(style_sheet), font_config=fonts)


def _make(html: str) -> bytes:
    page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()))  # it fetches nothing at all
    made: bytes = page.write_pdf(
        stylesheets=[_shared["styles"]], font_config=_shared["fonts"], pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return made
