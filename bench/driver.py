"""Many people at once over HTTP: each walks through the same pages on a connection of their own, as browsers do.

One process and one loop over sockets: what it costs itself is measured too, so that it is seen not to be the limit.
"""

import re
import selectors
import socket
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Final

HOST: Final = "127.0.0.1"
PATIENCE: Final = 120  # seconds without any answer
PIECE: Final = 256 * 1024  # bytes
TOKEN: Final = re.compile(rb'name="(csrf\w+)"[^>]* value="([^"]+)"')
LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
COOKIE: Final = re.compile(rb"\r\nset-cookie: *([^=\r]+)=([^;\r]*)", re.IGNORECASE)
LOCATION: Final = re.compile(rb"\r\nlocation: *(?:https?://[^/]+)?([^\r]+)", re.IGNORECASE)
CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
LAST_CHUNK: Final = b"\r\n0\r\n\r\n"
CLOSED: Final = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
GONE_ON: Final = (301, 302, 303, 307)  # the last after a GET only


class UnexpectedError(Exception):
    """A server answered what no walk expects."""


@dataclass(frozen=True)
class Page:
    """A page to be on, wherever one is if it has no path, and the form to send from it; an empty one is only read."""

    path: str
    filled: str = ""
    to: str = ""
    """Where the form goes, if not to where the page is."""


@dataclass(frozen=True)
class Reply:
    status: int
    head: bytes
    body: bytes

    @property
    def location(self) -> str:
        found = LOCATION.search(self.head)
        return found[1].decode() if found else ""


@dataclass
class Load:
    """What many people met: seconds for each request, and for everything."""

    taken: list[float] = field(default_factory=list)
    journeys: int = 0
    page_bytes: int = 0
    seconds: float = 0
    own_seconds: float = 0
    """Of the processor, that this loop used itself."""

    @property
    def each_second(self) -> float:
        return len(self.taken) / self.seconds

    def percentile(self, percent: int) -> float:
        """Return milliseconds that so many of a hundred requests took at most."""
        return quantiles(self.taken, n=100)[percent - 1] * 1000

    def add(self, other: "Load") -> None:
        self.taken += other.taken
        self.journeys += other.journeys
        self.page_bytes += other.page_bytes
        self.seconds += other.seconds
        self.own_seconds += other.own_seconds


def walk(pages: Sequence[Page]) -> Generator[bytes, Reply, int]:
    """Send what a browser sends on the way through the pages; return how many bytes of pages came."""
    cookies: dict[bytes, bytes] = {}
    here, shown, size = "", Reply(0, b"", b""), 0
    for page in pages:
        if page.path not in ("", here):
            here = page.path
            shown = yield _request("GET", here, cookies)
            here, shown = yield from _followed(here, shown, cookies)
            size += len(shown.body)
        if page.filled:
            token = TOKEN.search(shown.body)
            body = page.filled.encode() + (b"&%b=%b" % token.groups() if token else b"")
            shown = yield _request("POST", page.to or here, cookies, body)
            here, shown = yield from _followed(here, shown, cookies)
            size += len(shown.body)
    return size


def _followed(here: str, reply: Reply, cookies: dict[bytes, bytes]) -> Generator[bytes, Reply, tuple[str, Reply]]:
    cookies.update(COOKIE.findall(reply.head))
    while reply.status in GONE_ON:
        here = reply.location
        reply = yield _request("GET", here, cookies)
        cookies.update(COOKIE.findall(reply.head))
    if reply.status != 200:
        raise UnexpectedError(f"{reply.status} at {here}")
    return here, reply


def _request(method: str, path: str, cookies: dict[bytes, bytes], body: bytes | None = None) -> bytes:
    lines = [f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n".encode()]
    if cookies:
        lines.append(b"Cookie: %b\r\n" % b"; ".join(b"%b=%b" % each for each in cookies.items()))
    if body is None:
        return b"".join([*lines, b"\r\n"])
    kind = b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n" % len(body)
    return b"".join([*lines, kind, body])


class Person:
    """One of them: goes through the pages so many times, each time as somebody new, on a connection of their own."""

    def __init__(self, port: int, pages: Sequence[Page], times: int, load: Load) -> None:
        self._port = port
        self._pages = pages
        self._left = times
        self._load = load
        self.connection: socket.socket | None = None
        self._begin()

    def _begin(self) -> None:
        self._way = walk(self._pages)
        self._send(next(self._way))

    def _send(self, request: bytes) -> None:
        self._request, self._came, self._length = request, bytearray(), -1
        self._sent = time.perf_counter()
        if self.connection is None:
            self.connection = socket.create_connection((HOST, self._port))
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.connection.sendall(request)

    def take(self) -> bool:
        """Take what has come, and go on if it is a whole reply; return whether there is more to do."""
        assert self.connection is not None
        piece = self.connection.recv(PIECE)
        if not piece:
            raise UnexpectedError("the connection was closed in the middle of a reply")
        self._came += piece
        if self._length < 0:
            end = self._came.find(b"\r\n\r\n")
            if end < 0:
                return True
            self._head = bytes(self._came[: end + 2])
            said = LENGTH.search(self._head)
            self._length = end + 4 + (int(said[1]) if said else 0)
        chunked = CHUNKED.search(self._head)
        whole = self._came.endswith(LAST_CHUNK) if chunked else len(self._came) >= self._length
        return not whole or self._go_on()

    def _go_on(self) -> bool:
        self._load.taken.append(time.perf_counter() - self._sent)
        reply = Reply(int(self._head[9:12]), self._head, bytes(self._came[len(self._head) + 2 :]))
        if CLOSED.search(self._head):
            self.close()
        try:
            self._send(self._way.send(reply))
        except StopIteration as done:
            self._load.journeys += 1
            self._load.page_bytes += done.value
            self._left -= 1
            self.close()
            if not self._left:
                return False
            self._begin()
        return True

    def close(self) -> None:
        """Close the connection; the next request opens another."""
        if self.connection:
            self.connection.close()
            self.connection = None


def drive(port: int, pages: Sequence[Page], people: int, times: int) -> Load:
    """Let so many people walk through the pages, each so many times."""
    load = Load()
    began, own = time.perf_counter(), time.process_time()
    with selectors.DefaultSelector() as selector:
        for _ in range(people):
            person = Person(port, pages, times, load)
            assert person.connection is not None
            selector.register(person.connection, selectors.EVENT_READ, person)
        while selector.get_map():
            ready = selector.select(PATIENCE)
            if not ready:
                raise UnexpectedError("the server does not answer")
            for key, _ in ready:
                person = key.data
                goes_on = person.take()
                if person.connection is not key.fileobj:
                    selector.unregister(key.fileobj)
                    if goes_on:
                        selector.register(person.connection, selectors.EVENT_READ, person)
    load.seconds, load.own_seconds = time.perf_counter() - began, time.process_time() - own
    return load
