"""An invented person, who answers every question with what was answered least so far, and goes on to the end."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from urllib.parse import urlsplit

from assessment.core.answers import DECLINED
from assessment.core.conditions import NOT_SURE
from assessment.core.edition import Edition
from assessment.privacy.browser import Browser, Pairs
from assessment.privacy.page import Field, Form, Page
from assessment.privacy.traces import Traces

ENDS: Final = ("/check", "/outcome")
INSTEAD: Final = (DECLINED, NOT_SURE)
MOST_PAGES: Final = 400
TYPED: Final = "CaseNoPrivacy9f27"  # a reference, where one may be typed


class NoWayOnError(Exception):
    """The journey came to a page from which there is no way on."""


@dataclass
class Person:
    """Somebody who reads an edition, and what they leave traces of. `counts` are shared by all who answer.

    Who `declines` answers nothing: what they are shown tells nothing of anybody.
    """

    edition: Edition
    traces: Traces
    counts: Counter[tuple[str, str]]
    declines: bool = False

    def begin(self, browser: Browser) -> None:
        """Open the start, and begin as who they are."""
        browser.open("/")
        for form in browser.page.forms:
            for button in form.buttons:
                if button.value == self.edition.reader.audience:
                    browser.submit(form, button, [])
                    return
        raise NoWayOnError("the start has no way in for " + self.edition.reader.audience)

    def go_on(self, browser: Browser, pages: int = MOST_PAGES) -> None:
        """Answer so many pages, or until the questions end."""
        for _ in range(pages):
            if browser.path in ENDS:
                return
            self.step(browser)
        if pages == MOST_PAGES:
            raise NoWayOnError("the journey does not end")

    def step(self, browser: Browser) -> None:
        """Answer the page that is open, or read it and go on."""
        form = questions_of(browser.page, browser.path)
        if form:
            filled = [(each.name, value) for each, value in self.filled(form, browser.path)]
            browser.submit(form, form.buttons[0], filled)
        else:
            browser.open(way_on(browser.page, browser.path))

    def filled(self, form: Form, path: str) -> Iterator[tuple[Field, str]]:
        """Yield what they fill in: each field that they tick or type into, and the value it then has."""
        only = path.rsplit("/", 1)[-1]
        for question, fields in groupby(visible(form), lambda each: each.group or only):
            chosen, value = self._chosen(question, list(fields))
            self.counts[question, chosen.value] += 1
            self.traces.given.add(value)
            yield chosen, value

    def _chosen(self, question: str, fields: list[Field]) -> tuple[Field, str]:
        """Return the field that they tick, which was ticked least so far; or the one that they type into, and what."""
        if self.declines:
            declining = [each for each in fields if DECLINED in (each.value, each.name.split("-")[-1])]
            return declining[0], declining[0].value
        typed = next((each for each in fields if not each.ticks), None)
        if typed:
            return typed, self._typed(question)
        offered = [each for each in reversed(fields) if each.value]
        chosen = min(offered, key=lambda each: (self.counts[question, each.value], each.value in INSTEAD))
        return chosen, chosen.value

    def _typed(self, question: str) -> str:
        asked = self.edition.by_id.get(question)
        if asked is None or asked.number is None:
            return TYPED
        return str(asked.number.max)


def questions_of(page: Page, path: str) -> Form | None:
    """Return the form of questions on a page, if it is a page of questions."""
    return next((each for each in page.forms if urlsplit(each.action).path == path != "/come-back"), None)


def way_on(page: Page, path: str) -> str:
    """Return the address of the page's own way on, which stands out; `NoWayOnError` if there is none."""
    ways = [address for kind, address in page.links if "go" in kind.split()]
    if not ways:
        raise NoWayOnError(f"no way on from {path}")
    return ways[0]


def every_tick(form: Form) -> Pairs:
    """Return a form with all that can be ticked, ticked, and something typed wherever one can."""
    return [(each.name, each.value if each.ticks else TYPED) for each in visible(form)]


def visible(form: Form) -> list[Field]:
    """Return what a person can fill in or tick, but for files."""
    return [each for each in form.fields if each.kind not in ("hidden", "file")]
