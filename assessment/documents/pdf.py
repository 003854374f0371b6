"""HTML to PDF through WeasyPrint, in processes of its own, closed to the network.

WeasyPrint must not run in several threads of one process, and a page with a fault in it must not take the server down:
so it runs in a small pool of processes, each with its fonts and styles read once.
"""

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any, NoReturn

from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

PROCESSES = 2
SECONDS = 30
WAITING = 5  # documents at once, being made or waiting: more would keep the server from everything else
DOCUMENTS = 200  # made by a process before it makes way for a fresh one: memory grows a little with each


class NotPrintedError(Exception):
    """The document could not be made this time. Nothing is lost: it can be asked for again."""


@dataclass(frozen=True)
class _Order:
    versions: tuple[str, ...]
    pages: int | None
    fillable: bool


class Printer:
    """A pool of processes that make PDFs. Safe to share between threads; starts with its first document."""

    def __init__(self, style_sheet: Path) -> None:
        self._style_sheet = style_sheet
        self._lock = Lock()
        self._places = BoundedSemaphore(WAITING)
        self._pool = self._new_pool()

    def pdf(self, *versions: str, pages: int | None = None, fillable: bool = False) -> bytes:
        """Return a tagged A4 PDF of a whole HTML page. Its inputs can be filled in where it is `fillable`.

        Of several versions, the first that is at most so many `pages` long; the last if none is.
        `NotPrintedError` if too many are waiting, if it takes over 30 seconds, or if it fails twice.
        """
        if not self._places.acquire(blocking=False):
            raise NotPrintedError
        try:
            order = _Order(versions, pages, fillable)
            return self._made(order) or self._made(order) or self._give_up()
        finally:
            self._places.release()

    def _made(self, order: _Order) -> bytes | None:
        """Return the document; None if its process died, which may have been for another document's sake."""
        pool = self._pool
        try:
            return pool.submit(_make, order).result(timeout=SECONDS)
        except (BrokenProcessPool, RuntimeError):  # it broke, or was replaced at this moment
            self._replace(pool)
        except TimeoutError:
            self._replace(pool)
            self._give_up()
        return None

    def _give_up(self) -> NoReturn:
        raise NotPrintedError

    def _replace(self, pool: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._pool is pool:
                self._pool = self._new_pool()
                for process in list((pool._processes or {}).values()):  # noqa: SLF001 - there is no public way yet
                    process.kill()  # or one that is stuck would go on
                pool.shutdown(wait=False, cancel_futures=True)

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


def _make(order: _Order) -> bytes:
    options = {
        **DEFAULT_OPTIONS,
        "stylesheets": [_shared["styles"]],
        "pdf_variant": "pdf/ua-1",
        "pdf_tags": True,
        "pdf_forms": order.fillable,
    }
    for html in order.versions:
        page = HTML(string=html, url_fetcher=URLFetcher(allowed_protocols=()))  # it fetches nothing at all
        document = page.render(_shared["fonts"], **options)
        if order.pages is None or len(document.pages) <= order.pages:
            break
    made: bytes = document.write_pdf(**options)
    return made
