"""The language that the interface speaks just now, and its words: `gettext` for whoever is being answered.

A questionnaire's own texts are apart from this: they come in the languages of its editions.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from gettext import NullTranslations
from typing import Final


@dataclass(frozen=True)
class Language:
    """A language of the interface: its tag (BCP 47), its own name for itself, and its words."""

    tag: str
    name: str
    words: NullTranslations
    locale: str
    """By which dates are written."""

    leftward: bool = False
    """Whether it is written from right to left."""

    draft: bool = False
    """Whether it still awaits a native reader."""


NUMBER: Final = re.compile(r"\d+(?: \d+)+")

ENGLISH: Final = Language("en", "English", NullTranslations(), locale="en")
_spoken: Final = ContextVar("language", default=ENGLISH)


def spoken() -> Language:
    """Return the language that is spoken just now: English, unless somebody chose another."""
    return _spoken.get()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Speak a language meanwhile."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


def isolated(text: str) -> str:
    """Return a text whose telephone numbers keep the order of their parts where it is written from right to left."""
    return NUMBER.sub("\u2066\\g<0>\u2069", text)


def gettext(message: str) -> str:
    """Return a text of the interface, which is written in English in the code, in the language that is spoken."""
    return spoken().words.gettext(message)


def ngettext(one: str, several: str, number: int) -> str:
    """Return the text that fits a number, in the language that is spoken."""
    return spoken().words.ngettext(one, several, number)


def gettext_noop(message: str) -> str:
    """Mark a text that is looked up only where it is shown."""
    return message
