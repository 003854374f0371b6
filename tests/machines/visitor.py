"""A browser over the network: HTTPS through the proxy, one cookie, and a person who sends a form again if told to."""

import http.client
import socket
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

from tests.machines.site import NAME

PATIENCE = 30  # seconds that somebody waits for a page
PROXY_AWAY = (502, 504)
READING = 1  # second until they have read what went wrong; a machine that dies is met again for a hundredth of one


class Secure(http.client.HTTPConnection):
    """A connection to the proxy on this machine, from an address of its own, by the name that it has outside."""

    def __init__(self, proxy, source="127.0.0.1"):
        super().__init__(NAME, 443, timeout=PATIENCE)
        self.proxy = proxy
        self.source = source

    def connect(self):
        there = ("127.0.0.1", self.proxy.secure)
        plain = socket.create_connection(there, self.timeout, source_address=(self.source, 0))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = self.proxy.trust.wrap_socket(plain, server_hostname=NAME)


@dataclass
class Response:
    """An answer, as the walker reads it."""

    status_code: int
    headers: http.client.HTTPMessage
    data: bytes
    request: SimpleNamespace

    @property
    def text(self):
        return self.data.decode()

    @property
    def location(self):
        return self.headers["Location"]


@dataclass
class Visitor:
    """Takes the place of Flask's test client. `away` names requests that got the proxy’s own page, or half of ours."""

    connection: http.client.HTTPConnection
    cookies: dict[str, str] = field(default_factory=dict)
    away: list[str] = field(default_factory=list)

    def get(self, address):
        return self._asked("GET", address)

    def post(self, address, data, content_type="application/x-www-form-urlencoded"):
        """Send a form; where the page that comes says “go back and try again”, do so, once."""
        body = data if isinstance(data, bytes) else urlencode(data, doseq=True).encode()
        answer = self._asked("POST", address, body, {"Content-Type": content_type})
        if answer.status_code in PROXY_AWAY:
            time.sleep(READING)
            answer = self._asked("POST", address, body, {"Content-Type": content_type})
        return answer

    def _asked(self, method, address, body=None, headers=None):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, address, body, {"Cookie": cookie, **(headers or {})})
        got = self.connection.getresponse()
        try:
            data = got.read()
        except http.client.IncompleteRead:  # the machine ended between the head and the page: they load it again
            self.away.append(f"{method} cut off")
            self.connection.close()
            return self._asked(method, address, body, headers)
        answer = Response(got.status, got.headers, data, SimpleNamespace(path=urlsplit(address).path))
        if answer.status_code in PROXY_AWAY:
            self.away.append(f"{method} {answer.status_code}")
        for line in got.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return answer
