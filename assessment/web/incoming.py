"""What comes in: who asks, the request, and the one cookie."""

import io
import re
from typing import IO, Any

import flask
from flask import Flask, g, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from assessment.web.kept import is_cookie

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host")
HOME = ("localhost", "127.0.0.1", "[::1]")


def at_home() -> bool:
    """Say whether a browser on this very machine asks, over plain HTTP and through no proxy."""
    if "at_home" not in g:
        g.at_home = (
            _host(request) in HOME and not request.is_secure and not any(name in request.headers for name in FORWARDED)
        )
    found: bool = g.at_home
    return found


def _host(asking: flask.Request) -> str:
    return re.sub(r":\d+$", "", asking.headers.get("Host", ""))


class Cookie(SecureCookieSessionInterface):
    """The one cookie. It travels over HTTPS only, except from this machine to itself.

    Browsers take a name that begins with “__Host-” from this very host alone: no neighbour can set one for us.
    """

    _serializer: Any = None

    def open_session(self, app: Flask, request: flask.Request) -> SecureCookieSession | None:
        """Return what the cookie holds; nothing where that is not what we write into it."""
        try:
            found = super().open_session(app, request)
        except (TypeError, ValueError):  # it holds no mapping
            return self.session_class()
        return found if found is None or is_cookie(found) else self.session_class()

    def get_signing_serializer(self, app: Flask) -> Any:  # noqa: ANN401 - as Flask names it
        """Return what signs the cookie, made once: its keys never change while the app runs."""
        self._serializer = self._serializer or super().get_signing_serializer(app)
        return self._serializer

    def save_session(self, app: Flask, session: SessionMixin, response: flask.Response) -> None:
        """Write or remove the cookie where what it holds has changed. `Vary` is said of every page (`headers`)."""
        if session.modified:
            super().save_session(app, session, response)

    def get_cookie_name(self, app: Flask) -> str:  # noqa: ARG002 - as Flask calls it
        return "visit" if at_home() else "__Host-visit"

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - as Flask calls it
        return not at_home()


class Request(flask.Request):
    """A request of which nothing touches the disk: an upload holds answers, so it stays in memory, and is small."""

    _trusted: list[str] | None = None

    @property
    def trusted_hosts(self) -> list[str] | None:
        """Return the names that are answered to, None for all: Werkzeug finds no address of IPv6 in a list."""
        return None if _host(self) == "[::1]" else self._trusted

    @trusted_hosts.setter
    def trusted_hosts(self, names: list[str] | None) -> None:
        self._trusted = names

    def _get_file_stream(self, *_about: object, **_more: object) -> IO[bytes]:
        return io.BytesIO()
