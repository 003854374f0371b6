"""A visit: the only meeting point of request, secret, store and core."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, g, request, session
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy.exc import SQLAlchemyError

from assessment.core.answers import Answer, read_all
from assessment.core.edition import Edition
from assessment.core.journey import Journey
from assessment.core.readers import Reader
from assessment.store.visits import Content
from assessment.web.parts import parts

KEPT_AS = "visit"
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host")
HOME = ("localhost", "127.0.0.1", "[::1]")


def at_home() -> bool:
    """Say whether a browser on this very machine asks, over plain HTTP and through no proxy."""
    host = re.sub(r":\d+$", "", request.headers.get("Host", ""))
    return host in HOME and not request.is_secure and not any(name in request.headers for name in FORWARDED)


class Cookie(SecureCookieSessionInterface):
    """The one cookie. It travels over HTTPS only, except from this machine to itself."""

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002 - as Flask calls it
        return not at_home()


class NoVisitError(Exception):
    """There is no visit to go on with: none was begun, it was deleted, or it was idle for too long."""


@dataclass(frozen=True)
class Visit:
    """One person's visit as it stands."""

    secret: str
    journey: Journey

    @property
    def edition(self) -> Edition:
        """Return the edition that this person reads."""
        return self.journey.edition

    def as_read_in(self, edition: Edition) -> Journey:
        """Return the same answers as they are read in another edition."""
        return self.journey if edition is self.edition else Journey(edition, self.journey.answers)

    def in_own_words(self) -> Journey:
        """Return the same answers as they are read by whom they are about, where somebody else keyed them in."""
        whose = self.edition.audience.keys_in or self.edition.reader.audience
        return self.as_read_in(parts().editions[Reader(whose, self.edition.reader.language)])

    def keep(self, answers: Mapping[str, Answer | None]) -> "Visit":
        """Keep answers and return the visit as it then stands, with whatever another tab has kept meanwhile.

        An answer that is None is taken back.
        """
        raw = {id: list(each) if isinstance(each, tuple) else each for id, each in answers.items()}

        def change(content: Content) -> Content:
            kept = {id: each for id, each in (content["answers"] | raw).items() if each is not None}
            return {**content, "answers": kept}

        g.visit = _opened(self.secret, lambda secret: parts().visits.keep(secret, change))
        kept: Visit = g.visit
        return kept


def begin(reader: Reader) -> None:
    """Begin a visit. What an earlier visit of this browser held is forgotten."""
    forget()
    content = {"audience": reader.audience, "language": reader.language, "answers": {}}
    session[KEPT_AS] = parts().visits.begin(content)


def current() -> Visit:
    """Return the visit of this browser, read once for each request; `NoVisitError` if there is none."""
    if "visit" not in g:
        g.visit = _opened(session.get(KEPT_AS, ""), parts().visits.read)
    found: Visit = g.visit
    return found


def present() -> Visit | None:
    """Return the visit of this browser, if there is one and it can be read: help must be shown without a database."""
    if "without_visit" in g:
        return None
    try:
        return current()
    except (NoVisitError, SQLAlchemyError):
        return None


def do_without() -> None:
    """Read no visit again in this request: the page that says what went wrong must not go wrong the same way."""
    g.without_visit = True


def forget() -> None:
    """Delete the visit of this browser now, and its cookie."""
    secret = session.get(KEPT_AS)
    if secret:
        parts().visits.forget(secret)
    session.clear()
    g.pop("visit", None)


def _opened(secret: str, opening: Callable[[str], Content | None]) -> Visit:
    content = opening(secret) if secret else None
    edition = content and parts().editions.get(Reader(content["audience"], content["language"]))
    if not content or not edition:
        raise NoVisitError
    answers, _ = read_all(edition, content["answers"])  # without those that a newer questionnaire no longer has
    return Visit(secret, Journey(edition, answers))
