"""Invented people whose outcome is known, as they are written."""

from typing import Any, Literal

from pydantic import Field

from assessment.core.writing import Advises, Id, Text, Urgency, Written


class Expected(Written):
    """What an outcome must, or must not, have in it."""

    scores: dict[Id, dict[Literal["total", "low", "high", "bands", "complete"], Any]] = Field(default_factory=dict)
    flags: tuple[Id, ...] = ()
    meets: tuple[Id, ...] = ()
    shows: tuple[Id, ...] = ()
    first: Id | None = None
    services: tuple[Id, ...] = ()
    their_services: tuple[Id, ...] = ()
    urgency: Urgency | None = None
    unanswered: tuple[Id, ...] = ()
    not_asked: tuple[Id, ...] = ()
    tone: Literal["reassuring"] | None = None
    advises: Advises | None = None


class Vignette(Written):
    """An invented person in a sentence, what they answer, and what must come of it."""

    id: Id
    story: Text
    audience: Id
    language: Id = "en"
    answers: dict[Id, Any]
    must: Expected
    must_not: Expected = Field(default_factory=Expected)
