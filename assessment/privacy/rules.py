"""The rules of privacy, and what of all that was recorded breaks one."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from io import BytesIO
from pathlib import Path
from typing import Final, Self
from urllib.parse import parse_qsl, urlsplit

import pikepdf
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from assessment.privacy.browser import texts
from assessment.privacy.page import ELSEWHERE
from assessment.privacy.recording import Exchange
from assessment.privacy.stage import LEAVE_TO, Stage
from assessment.privacy.traces import WORD, Traces

RULES: Final = {
    "elsewhere": "Nothing is asked of anybody else",
    "cookie": "There is one cookie, only where needed: HttpOnly, SameSite, Secure over HTTPS, gone with the browser",
    "address": "No answer is in an address",
    "title": "No answer is in a title",
    "header": "No answer is in a header or a cookie",
    "file name": "No answer is in the name of a file",
    "no-store": "Every page and every file says “no-store”",
    "log": "No log line has an answer, an address, a query, a body, a cookie or the name of a browser",
    "metrics": "No metric has an answer, or the name of a question or a part",
    "disk": "No answer is in the clear in the database, its write-ahead log or a temporary file",
    "file": "No file is written while a request is answered",
    "left": "Nothing is left after deleting, leaving and 45 minutes without a click",
    "walk": "Every journey comes to its end",
}
"""Each rule in a sentence, by its name."""

COOKIES: Final = ("visit", "__Host-visit")  # at home, and over HTTPS: __Host- binds it to this host alone
ARGUMENTS: Final = [[], [("return", "check")]]
APART: Final = ("set-cookie", "location", "content-disposition", "content-security-policy", "date")
MISTAKE: Final = 500


@dataclass(frozen=True, order=True)
class Broken:
    """A rule that is broken, and how."""

    rule: str
    how: str

    def __str__(self) -> str:
        return f"{RULES[self.rule]}. But {self.how}."


def broken_by_exchanges(stage: Stage) -> Iterator[Broken]:
    """Yield what is broken by what passed between browsers and the app."""
    addresses = Addresses.of(stage)
    for each in stage.recording.exchanges:
        yield from (Broken("elsewhere", f"{each} {how}") for how in _elsewhere(each))
        yield from (Broken("cookie", f"{each} {how}") for how in cookies(each))
        yield from (Broken("address", f"{each} leads to {how}") for how in addresses.telling(each))
        yield from _told(each, stage.traces)
        static = each.path.startswith("/static/") and each.status in (200, 304)
        if not static and "no-store" not in each.header("Cache-Control"):
            yield Broken("no-store", f"{each} says “{each.header('Cache-Control')}”")
        if each.status == MISTAKE:
            yield Broken("walk", f"{each} was answered with a mistake of our own")
    yield from (Broken("elsewhere", f"the server itself asks {each}") for each in stage.recording.asked)
    yield from (Broken("file", f"{Path(each).name} was opened to be written") for each in stage.recording.written)


def broken_by_lines(lines: Iterable[str], traces: Traces) -> Iterator[Broken]:
    """Yield what is broken by log lines."""
    for line in lines:
        found = traces.private_in(line)
        if found:
            yield Broken("log", f"a line has “{found}”: {_short(line)}")


def broken_by_metrics(before: str, after: str, known: Iterable[str], traces: Traces) -> Iterator[Broken]:
    """Yield what metrics tell of who walked through meanwhile; `known` are the names of questions and parts."""
    new = set(WORD.findall(after)) - set(WORD.findall(before))
    yield from (Broken("metrics", f"they name “{each}”") for each in sorted(new.intersection(known)))
    found = traces.private_in(" ".join(sorted(new)))
    if found:
        yield Broken("metrics", f"they have “{found}”")


def broken_by_files(folder: Path, traces: Traces) -> Iterator[Broken]:
    """Yield what is broken by any file in a folder, and by its name."""
    for name, content in files(folder).items():
        found = traces.answer_in_bytes(content)
        if found:
            yield Broken("disk", f"{name} has “{found}”")
        found = traces.answer_in(name)
        if found:
            yield Broken("file name", f"{name} has “{found}”")


def files(folder: Path) -> dict[str, bytes]:
    """Return all files in a folder by name; one that is gone meanwhile is left out."""
    found = {}
    for path in folder.rglob("*"):
        try:
            found[path.name] = path.read_bytes()
        except OSError:
            continue
    return found


def cookies(exchange: Exchange) -> Iterator[str]:
    """Yield what is wrong with the cookies of a response."""
    headers = dict(exchange.sent_headers)
    https = headers.get("X-Forwarded-Proto") == "https"
    for line in (value for name, value in exchange.headers if name.lower() == "set-cookie"):
        for name, morsel in SimpleCookie(line).items():
            gone = not morsel.value
            wrong = {
                "is another cookie": name != COOKIES[https],
                "is without HttpOnly": not morsel["httponly"],
                "is without SameSite": morsel["samesite"].lower() not in ("strict", "lax"),
                "is without Secure over HTTPS": https and not morsel["secure"],
                "stays when the browser closes": not gone and bool(morsel["expires"] or morsel["max-age"]),
                "is sent to other hosts": bool(morsel["domain"]),
                "is set where nothing is begun": not gone and not _begins(exchange),
            }
            yield from (f"sets “{name}”, which {how}" for how, so in wrong.items() if so)


@dataclass(frozen=True)
class Addresses:
    """What an address of ours may be: one that stands there for everyone, with the name of a question or a section."""

    map: MapAdapter
    known: set[str]
    languages: set[str]
    traces: Traces

    @classmethod
    def of(cls, stage: Stage) -> Self:
        """Return what the addresses of an app may be."""
        known = set().union(*({*each.by_id, *each.sections} for each in stage.editions.values()))
        languages = {each.tag for each in stage.parts.languages[1:]}
        return cls(stage.app.url_map.bind("127.0.0.1"), known, languages, stage.traces)

    def telling(self, exchange: Exchange) -> Iterator[str]:
        """Yield every address of ours that a response leads to and that could tell something."""
        given = [*exchange.page.addresses(), exchange.header("Location")]
        for address in dict.fromkeys(given):
            if address and address != LEAVE_TO and not self.plain(address):
                yield f"“{address}”"

    def plain(self, address: str) -> bool:
        """Say whether an address stands there for everyone."""
        split = urlsplit(address)
        if split.netloc:
            return True  # of another host: “elsewhere” looks at it
        first, _, rest = split.path.removeprefix("/").partition("/")
        path = f"/{rest}" if first in self.languages else split.path
        asked = parse_qsl(split.query, keep_blank_values=True)
        fragment_tells = split.fragment not in self.known and self.traces.answer_in(split.fragment)
        static = path.startswith("/static/")
        return static or (self._of_everyone(path) and asked in ARGUMENTS and not fragment_tells)

    def _of_everyone(self, path: str) -> bool:
        try:
            _, named = self.map.match(path, method="GET")
        except HTTPException:
            return any(self.map.test(path, method) for method in ("POST",))
        return self.known.issuperset(named.values())


def _begins(exchange: Exchange) -> bool:
    """Say whether a response may set the cookie: it was there, a form on the page needs it, or a form was sent."""
    hidden = any(field.kind == "hidden" for form in exchange.page.forms for field in form.fields)
    return hidden or exchange.method == "POST" or any(name == "Cookie" for name, _ in exchange.sent_headers)


def _elsewhere(exchange: Exchange) -> Iterator[str]:
    yield from (f"fetches {each}" for each in exchange.page.fetched)
    if exchange.kind == "text/css":
        text = exchange.body.decode()
        yield from (f"fetches {each}" for each in re.findall(rf"(?:url\(|@import)\s*['\"]?({ELSEWHERE.pattern})", text))
    for name in ("Link", "Refresh", "Location", "Content-Security-Policy-Report-Only", "Report-To"):
        leads = ELSEWHERE.search(exchange.header(name))
        if leads and (name, leads[0]) != ("Location", LEAVE_TO):
            yield f"has the header {name}: {leads[0]}"
    if any(name == "Referer" for name, _ in exchange.sent_headers):
        yield "was asked for with the address of the page before"


def _told(exchange: Exchange, traces: Traces) -> Iterator[Broken]:
    """Yield the answers that stand in a title, a header, a cookie or the name of a file."""
    name = exchange.header("Content-Disposition")
    set_cookies = [value for each, value in exchange.headers if each.lower() == "set-cookie"]
    others = texts((each, value) for each, value in exchange.headers if each.lower() not in APART)
    places: list[tuple[str, Callable[[], Iterable[str]]]] = [
        ("title", lambda: [exchange.page.title, *_titles(exchange)]),
        ("header", lambda: [*others, *set_cookies]),
        ("file name", lambda: [name]),
    ]
    for rule, said in places:
        for text in said():
            found = traces.answer_in(text)
            if found:
                yield Broken(rule, f"{exchange} has “{found}” in “{_short(text)}”")


def _titles(exchange: Exchange) -> list[str]:
    """Return what a PDF says of itself, in words: its title, its author, its subject."""
    if exchange.kind != "application/pdf":
        return []
    with pikepdf.open(BytesIO(exchange.body)) as pdf:
        return [str(value) for value in pdf.docinfo.values()]


def _short(text: str) -> str:
    return text if len(text) < 160 else f"{text[:159]}…"  # noqa: PLR2004 - as much as a line of a terminal or two
