"""A browser without a screen: it sends what a person filled in, keeps its cookie, and follows where it is sent."""

import http.client
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urljoin, urlsplit

from werkzeug.test import Client

from assessment.privacy.page import Button, Form, Page
from assessment.privacy.recording import Exchange, Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

NAME: Final = "Mozilla/5.0 (Walker of privacy; 7f3a)"
HERE: Final = "192.0.2."  # addresses for examples (RFC 5737), as are the next and any host in .invalid (RFC 2606)
BEFORE_THE_PROXY: Final = "198.51.100.44"
BEHIND_A_PROXY: Final = [("X-Forwarded-For", BEFORE_THE_PROXY), ("X-Forwarded-Proto", "https")]
EDGE: Final = "privacyedge51ca"
REDIRECTS: Final = (301, 302, 303, 307, 308)
MOST_HOPS: Final = 5

Pairs = list[tuple[str, str]]
Send = Callable[[str, str, Headers, bytes], Exchange]


@dataclass
class Browser:
    """One person's browser. `https` is one behind a proxy that speaks HTTPS; `within` a language, such as /cy."""

    send: Send
    https: bool = False
    within: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    shown: Exchange | None = None

    @property
    def page(self) -> Page:
        """Return the page that is open."""
        return self.here.page

    @property
    def here(self) -> Exchange:
        """Return the last exchange; there must have been one."""
        if self.shown is None:
            raise LookupError("nothing was opened yet")
        return self.shown

    @property
    def path(self) -> str:
        """Return the path of the page that is open."""
        return self.here.path

    def open(self, address: str) -> Exchange:
        """Open an address, and follow where it leads."""
        return self._follow(self._exchange("GET", address))

    def submit(self, form: Form, button: Button, filled: Pairs) -> Exchange:
        """Send a form by one of its buttons, with what was filled in and what is hidden in it."""
        pairs = [(each.name, each.value) for each in form.fields if each.kind == "hidden"] + filled
        pairs += [(button.name, button.value)] if button.name else []
        kind = "application/x-www-form-urlencoded"
        return self._follow(self._exchange("POST", button.action, urlencode(pairs).encode(), kind))

    def upload(self, form: Form, name: str, content: bytes) -> Exchange:
        """Send a form with a file of this name, and follow where it leads."""
        parts = [_part(f'name="{each.name}"', each.value.encode()) for each in form.fields if each.kind == "hidden"]
        field = next(each for each in form.fields if each.kind == "file")
        parts.append(_part(f'name="{field.name}"; filename="{name}"\r\nContent-Type: application/pdf', content))
        body = b"".join(parts) + f"--{EDGE}--\r\n".encode()
        kind = f"multipart/form-data; boundary={EDGE}"
        return self._follow(self._exchange("POST", form.action, body, kind))

    def _exchange(self, method: str, address: str, body: bytes = b"", kind: str = "") -> Exchange:
        headers = [("User-Agent", NAME), *(BEHIND_A_PROXY if self.https else [])]
        if self.cookies:
            headers.append(("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())))
        if kind:
            headers.append(("Content-Type", kind))
        exchange = self.send(method, self.within + address.split("#", maxsplit=1)[0], headers, body)
        for name, value in exchange.headers:
            if name.lower() == "set-cookie":
                self._take(value)
        return exchange

    def _take(self, cookie: str) -> None:
        for name, morsel in SimpleCookie(cookie).items():
            if morsel.value and morsel["max-age"] != "0":
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)

    def _follow(self, exchange: Exchange) -> Exchange:
        for _ in range(MOST_HOPS):
            target = urlsplit(exchange.header("Location"))
            if exchange.status not in REDIRECTS or target.netloc:
                break
            address = urljoin(self.within + exchange.path, target.geturl())
            exchange = self._exchange("GET", address.removeprefix(self.within))
        self.shown = exchange
        return exchange


def through(app: "WSGIApplication", exchanges: list[Exchange]) -> Send:
    """Return what sends one person's requests through an app whose recorder adds to these exchanges."""
    client, address_here = Client(app, use_cookies=False), f"{HERE}{len(exchanges) % 250 + 1}"

    def send(method: str, address: str, headers: Headers, body: bytes) -> Exchange:
        host = "questions.invalid" if ("X-Forwarded-Proto", "https") in headers else "127.0.0.1"
        base, environment = f"http://{host}/", {"REMOTE_ADDR": address_here}
        client.open(address, base, method=method, headers=headers, data=body, environ_overrides=environment).close()
        return exchanges[-1]

    return send


def over(port: int) -> Send:
    """Return what sends requests to a server on this machine."""

    def send(method: str, address: str, headers: Headers, body: bytes) -> Exchange:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            connection.request(method, address, body or None, dict(headers))
            response = connection.getresponse()
            split = urlsplit(address)
            got = response.status, response.getheaders(), response.read()
            return Exchange(method, split.path, split.query, headers, body, *got)
        finally:
            connection.close()

    return send


def texts(headers: Iterable[tuple[str, str]]) -> list[str]:
    """Return headers as lines."""
    return [f"{name}: {value}" for name, value in headers]


def _part(about: str, content: bytes) -> bytes:
    return f"--{EDGE}\r\nContent-Disposition: form-data; {about}\r\n\r\n".encode() + content + b"\r\n"
