"""What an operator may count. Nothing of it tells which question, page of help or sign anybody met.

On a quiet service a count that is read every few seconds is one person. So pages are counted as pages, whichever they
are, and posts as posts, beginning, leaving and deleting among them; nothing is counted by audience.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from flask import Flask, Response, g, request
from prometheus_client import Counter, Gauge, Histogram

from assessment.documents.pool import BusyError

KINDS: Final = {"downloads": "document", "health": "health", "static": "static", "records.bring": "file"}
"""Of an endpoint, or of all in a blueprint; everything else is a page or a post."""

SPANS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds

REQUESTS: Final = Counter("assessment_requests", "Requests answered", ["kind", "status"])
SECONDS: Final = Histogram("assessment_request_seconds", "How long requests took", ["kind"], buckets=SPANS)
REFUSED: Final = Counter("assessment_refused", "Refused: a form, a host, a size, a file, or too many", ["why"])
MISTAKES: Final = Counter("assessment_mistakes", "The database was away, or we made a mistake", ["whose"])
DOCUMENTS: Final = Counter("assessment_documents", "Documents made, refused while busy, or failed", ["outcome"])
IN_HAND: Final = Gauge(
    "assessment_documents_in_hand", "Documents being made or waited for", multiprocess_mode="livesum"
)
LINES: Final = Counter("assessment_log_lines", "Warnings and errors in the log", ["logger", "level"])
PURGED: Final = Counter("assessment_purged_visits", "Idle visits deleted")
PURGED_AT: Final = Gauge(
    "assessment_purged_time_seconds", "When idle visits were last looked for", multiprocess_mode="max"
)


class Counting(logging.Handler):
    """Counts warnings and errors: rows that were altered or put back, promises that broke, and whatever else."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count a line."""
        LINES.labels(record.name, record.levelname.lower()).inc()


logging.getLogger("assessment").addHandler(Counting(logging.WARNING))  # of whoever serves, the first process too


def register(app: Flask) -> None:
    """Count and time every request of an app."""

    @app.before_request
    def _begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def _count(response: Response) -> Response:
        kind = _kind()
        REQUESTS.labels(kind, f"{response.status_code // 100}xx").inc()
        if "began" in g:
            SECONDS.labels(kind).observe(time.perf_counter() - g.began)
        return response


def refused(why: str) -> None:
    """Count a request that was refused."""
    REFUSED.labels(why).inc()


def mistaken(whose: str) -> None:
    """Count a request that could not be answered."""
    MISTAKES.labels(whose).inc()


def purged(visits: int) -> None:
    """Count idle visits that were deleted."""
    PURGED.inc(visits)
    PURGED_AT.set_to_current_time()


@contextmanager
def document() -> Iterator[None]:
    """Count a document that is made meanwhile, or is not."""
    outcome = "failed"
    try:
        with IN_HAND.track_inprogress():
            yield
        outcome = "made"
    except BusyError:
        outcome = "busy"
        raise
    finally:
        DOCUMENTS.labels(outcome).inc()


def _kind() -> str:
    endpoint = request.endpoint or ""
    found = KINDS.get(endpoint) or KINDS.get(endpoint.partition(".")[0])
    return found or ("post" if request.method == "POST" else "page")
