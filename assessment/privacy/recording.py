"""What is recorded while the app runs: every exchange, every log line, every file opened and address asked."""

import io
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from assessment.privacy.page import Page, read

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]
WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Exchange:
    """A request and the response to it, whole."""

    method: str
    path: str
    query: str
    sent_headers: Headers
    sent: bytes
    status: int
    headers: Headers
    body: bytes
    within: str = ""
    """What stands before the addresses of the app: a language, such as /cy."""

    def header(self, name: str) -> str:
        """Return a header of the response, or nothing."""
        return ", ".join(value for each, value in self.headers if each.lower() == name.lower())

    @cached_property
    def kind(self) -> str:
        """Return the media type of the response."""
        return self.header("Content-Type").split(";")[0]

    @cached_property
    def page(self) -> Page:
        """Return the page that was shown; an empty one where it was none."""
        return read(self.body.decode(), self.within) if self.kind == "text/html" else Page()

    @property
    def arguments(self) -> list[tuple[str, str]]:
        """Return the query of the request, taken apart."""
        return parse_qsl(self.query, keep_blank_values=True)

    def __str__(self) -> str:
        return f"{self.method} {self.within}{self.path}"


@dataclass
class Recording:
    """All that was recorded."""

    exchanges: list[Exchange] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


class Recorder:
    """A layer around a WSGI app, through which everything passes and is written down."""

    def __init__(self, app: "WSGIApplication", recording: Recording) -> None:
        self.app = app
        self.recording = recording

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer a request as the app does."""
        sent = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(sent)
        started: list[Any] = []

        def start(status: str, headers: Headers, exc_info: object = None) -> Any:  # noqa: ANN401 - as WSGI has it
            started[:] = [int(status.split(maxsplit=1)[0]), headers]
            return start_response(status, headers, exc_info)  # type: ignore[arg-type]

        with _audited(self.recording):
            response = self.app(environ, start)
            body = b"".join(response)
            if hasattr(response, "close"):
                response.close()
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        asked = (environ["REQUEST_METHOD"], path, query, _sent_headers(environ), sent)
        got = (started[0], started[1], body)
        self.recording.exchanges.append(Exchange(*asked, *got, within=environ["SCRIPT_NAME"]))
        return [body]


class Lines(logging.Handler):
    """Keeps every log line as a log file would have it, of whatever level."""

    def __init__(self, recording: Recording) -> None:
        super().__init__(logging.NOTSET)
        self.recording = recording
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, with the traceback if it has one."""
        self.recording.lines.append(self.format(record))


@contextmanager
def logged(recording: Recording) -> Iterator[None]:
    """Record everything that is logged meanwhile, down to the finest level."""
    lines, root = Lines(recording), logging.getLogger()
    before = root.level
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.setLevel(before)
        root.removeHandler(lines)


def _sent_headers(environ: "WSGIEnvironment") -> Headers:
    named = [(name.removeprefix("HTTP_"), value) for name, value in environ.items() if name.startswith("HTTP_")]
    return [(name.replace("_", "-").title(), str(value)) for name, value in named]


class _Audit:
    """Python's own word on files that are opened and addresses that are asked. Once there it cannot be taken away."""

    def __init__(self) -> None:
        self.recording: Recording | None = None
        self._there = False

    def __call__(self, event: str, given: tuple[Any, ...]) -> None:
        if self.recording is None:
            return
        if event == "open" and isinstance(given[0], str | bytes) and given[2] & WRITES:
            path = os.fsdecode(given[0])
            if path != os.devnull and ".pyc" not in path:
                self.recording.written.append(path)
        elif event == "socket.connect" and isinstance(given[1], tuple):
            self.recording.asked.append(str(given[1][0]))
        elif event == "socket.getaddrinfo":
            self.recording.asked.append(str(given[0]))

    def begin(self, recording: Recording) -> None:
        """Record from now on."""
        if not self._there:
            sys.addaudithook(self)
            self._there = True
        self.recording = recording


_AUDIT: Final = _Audit()


@contextmanager
def _audited(recording: Recording) -> Iterator[None]:
    """Record what files are opened to write and what addresses are asked while a request is answered."""
    _AUDIT.begin(recording)
    try:
        yield
    finally:
        _AUDIT.recording = None
