"""What was looked at, and which rules are kept: to be read by anybody, in a terminal or as a document."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessment.core.edition import Edition
from assessment.documents.paper import rendered
from assessment.privacy.rules import RULES, Broken


@dataclass(frozen=True)
class Report:
    """What came of a walk: how much was looked at, what was left out, and what is broken."""

    edition: Edition
    people: list[str]
    facts: list[str]
    left_out: list[str]
    broken: list[Broken]

    @property
    def rules(self) -> list[tuple[str, list[str]]]:
        """Return each rule in words with how it is broken, once for each way."""
        return [
            (words, sorted({each.how for each in self.broken if each.rule == rule})) for rule, words in RULES.items()
        ]

    def lines(self) -> Iterator[str]:
        """Yield it as lines of text."""
        yield f"Looked at: {'; '.join(self.facts)}."
        yield from (f"Left out: {each}." for each in self.left_out)
        for words, how in self.rules:
            yield f"{'BROKEN' if how else 'kept  '}  {words}"
            yield from (f"        But {each}." for each in how)
        kept = sum(not how for _, how in self.rules)
        yield f"{kept} of {len(RULES)} rules kept"

    def html(self, templates: Path, day: date) -> str:
        """Return it as a document."""
        return rendered(templates, "documents/privacy.html", self.edition, report=self, day=day)
