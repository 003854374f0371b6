"""How an answer is known when it is seen where it must not be.

The words of every answer are marked, so that nothing else reads like them. What a browser sends instead of words (the
ids of options, and numbers) may be ordinary words too: it is looked for as whole words, but for those that already
stood there before anybody had answered.
"""

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import unquote

from assessment.core.edition import Edition, Question

WORD: Final = re.compile(r"\w+")
SECRET: Final = re.compile(r"[\w-]{30,}")
SHORTEST: Final = 3  # letters or digits of an id or a number that is looked for in words
SHORTEST_IN_BYTES: Final = 6  # … and in bytes, which are like noise: shorter ones stand there by chance


@dataclass
class Traces:
    """What may be seen nowhere: marked words, what was chosen or typed, and what says who it was."""

    marker: str
    given: set[str] = field(default_factory=set)
    """The ids and numbers that were sent."""

    private: set[str] = field(default_factory=set)
    """Secrets of cookies and forms, addresses, names of browsers, queries: in no log line at all."""

    innocent: set[str] = field(default_factory=set)
    """Words that stood there before anybody had answered, in small letters."""

    noise: bytes = b""
    """What stood in files before anybody had answered."""

    def excuse(self, texts: Iterable[str]) -> None:
        """Take the words of these texts to be innocent."""
        self.innocent.update(word for text in texts for word in WORD.findall(text.lower()))

    def hide(self, cookie: str) -> None:
        """Take a cookie, and every secret in it, to be private."""
        self.private.update(secret for written in _readings(cookie) for secret in SECRET.findall(written))

    def answer_in(self, text: str) -> str | None:
        """Return an answer that can be read in a text, however it is written; None if there is none."""
        telling = {each.lower() for each in self.given if len(each) >= SHORTEST} - self.innocent
        for written in _readings(text):
            if self.marker in written:
                return next(word for word in written.split() if self.marker in word)
            found = telling.intersection(WORD.findall(written.lower()))
            if found:
                return min(found)
        return None

    def private_in(self, text: str) -> str | None:
        """Return what is private in a text: an answer, or what says whose it is; None if nothing is."""
        return next((each for each in sorted(self.private) if each in text), None) or self.answer_in(text)

    def answer_in_bytes(self, content: bytes) -> str | None:
        """Return an answer, or what says whose it is, that stands in the clear in bytes."""
        long = {each for each in self.given if len(each) >= SHORTEST_IN_BYTES}
        sought = sorted({self.marker, *self.private, *long})
        found = (each for each in sought if each.encode() in content and each.encode() not in self.noise)
        return next(found, None)


def marked(edition: Edition, marker: str) -> Edition:
    """Return an edition of which every answer in words has a marker in it: the options, and the units of numbers."""
    return replace(edition, questions=tuple(_marked(each, marker) for each in edition.questions))


def _marked(question: Question, marker: str) -> Question:
    options = tuple(
        replace(each, text=f"{each.text} {marker}", short=each.short and f"{each.short} {marker}")
        for each in question.options
    )
    number = question.number and question.number.model_copy(update={"unit": f"{question.number.unit} {marker}"})
    not_sure = question.not_sure and f"{question.not_sure} {marker}"
    return replace(question, options=options, number=number, not_sure=not_sure)


def _readings(text: str) -> Iterator[str]:
    """Yield a text as it stands, without the signs of addresses, and what was written in Base64 in it."""
    plain = unquote(text.replace("+", " "))
    yield text
    yield plain
    for part in re.findall(r"[\w-]{8,}={0,2}", plain):
        try:
            content = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
            inflated = zlib.decompress(content) if content[:1] == b"\x78" else content
            yield inflated.decode()
        except (ValueError, zlib.error):
            continue
