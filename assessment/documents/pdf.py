"""PDFs made of HTML, in processes of their own, closed to the network; and records read out of PDFs.

A page or an upload with a fault in it must not take the server down: so both are done in a small pool of processes.
"""

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Final

from assessment.documents.pool import Pool

PRESS: Final = "assessment.documents.press"  # by name: the server imports nothing that only they need
UPLOADS: Final = "assessment.documents.uploads"
PRINTERS: Final = 2  # processes
READERS: Final = 1
SECONDS: Final = 30
SECONDS_TO_READ: Final = 5


@dataclass(frozen=True)
class Attached:
    """A record that goes into a PDF, and the day that it is of."""

    text: bytes
    day: date


@dataclass(frozen=True)
class Order:
    """A document to make: its versions as HTML, of which the first is taken that has at most so many pages."""

    versions: tuple[str, ...]
    pages: int | None
    fillable: bool
    attached: Attached | None


class Printer:
    """Makes PDFs in a pool of processes, and reads records out of them. Safe to share between threads.

    Its methods raise `BusyError` if too many are waiting, and `NotDoneError` if it takes too long or fails twice.
    """

    def __init__(self, style_sheet: Path) -> None:
        self._pool = Pool(PRINTERS, _prepare, style_sheet)
        self._readers = Pool(READERS, _prepare_to_read)  # what is brought may be made to harm: it keeps no printer busy

    def warm(self) -> None:
        """Start the processes now, without waiting for them."""
        self._pool.warm()
        self._readers.warm()

    def close(self) -> None:
        """End the processes."""
        self._pool.close()
        self._readers.close()

    def pdf(
        self, *versions: str, pages: int | None = None, fillable: bool = False, attached: Attached | None = None
    ) -> bytes:
        """Return a tagged A4 PDF of a whole HTML page. Its inputs can be filled in where it is `fillable`.

        Of several versions, the first that is at most so many `pages` long; the last if none is. With a record
        attached it is PDF/A-3 as well.
        """
        return self._pool.do(_make, Order(versions, pages, fillable, attached), seconds=SECONDS)

    def answer(self) -> None:
        """Show that a process is there to make documents."""
        self._pool.answer(SECONDS)

    def record_in(self, upload: bytes) -> bytes:
        """Return the record that is attached to a PDF; `NoRecordError` if there is none that can be read."""
        return self._readers.do(_attached_to, upload, seconds=SECONDS_TO_READ)


def _prepare(style_sheet: Path) -> None:
    import_module(PRESS).prepare(style_sheet)


def _make(order: Order) -> bytes:
    made: bytes = import_module(PRESS).make(order)
    return made


def _prepare_to_read() -> None:
    import_module(UPLOADS).prepare()


def _attached_to(upload: bytes) -> bytes:
    record: bytes = import_module(UPLOADS).attached_to(upload)
    return record
