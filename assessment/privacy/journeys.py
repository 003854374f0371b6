"""Whole journeys of invented people: every audience, from the start to each of the three ends of a visit."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import pikepdf

from assessment.core.edition import Edition
from assessment.privacy.browser import BEFORE_THE_PROXY, HERE, NAME, Browser, Pairs, texts, through
from assessment.privacy.page import Button, Form, Page
from assessment.privacy.person import MOST_PAGES, NoWayOnError, Person, every_tick
from assessment.privacy.recording import Exchange, Headers
from assessment.privacy.rules import Broken, broken_by_files, files
from assessment.privacy.stage import Stage
from assessment.store.visits import IDLE

QUERY: Final = "walked=by9d0c2query"
PIECE: Final = 64  # bytes of a sealed row: it is scattered over pages, its pieces are found all the same
WAYS_OUT: Final = ("/leave", "/delete", "/begin", "/come-back/go-on")
FOR_EVERYONE: Final = ("/help", "/privacy", "/accessibility", "/sources", "/deleted", "/nothing/here")
WHOLE: Final = "deletes everything"  # the end of those who go the whole way first
AS_PAGE: Final = "as_page"  # what is ticked to read a document here
A_FEW: Final = 3  # pages
FILE: Final = "notes-7b1f.pdf"
MINUTE: Final = timedelta(minutes=1)
GONE: Final = 410


@dataclass
class Walked:
    """How far the walk came: of whom, and what was found to be broken on the way."""

    people: list[str] = field(default_factory=list)
    answers: int = 0
    searched: int = 0
    broken: list[Broken] = field(default_factory=list)


def walk(stage: Stage) -> Walked:
    """Walk through the app as everybody who could: each audience to each end of a visit."""
    walked, counts = Walked(), Counter[tuple[str, str]]()
    stage.traces.private.update((NAME, HERE, BEFORE_THE_PROXY, QUERY, FILE))
    editions = list(stage.editions.values())
    shortest = min((each for each in editions if not each.keyed), key=lambda each: len(each.questions))
    for within in stage.languages.values():
        _look_around(stage, editions, within)
        _try(_Visit(stage, Person(shortest, stage.traces, Counter(), declines=True), WHOLE, walked, within))
    _excuse(stage)
    for language, within in stage.languages.items():
        for edition in editions:
            for end in (WHOLE,) if within else ENDS:
                walked.people.append(f"{edition.audience.start}, in {language}: {end}")
                _try(_Visit(stage, Person(edition, stage.traces, counts), end, walked, within))
    walked.answers = counts.total()
    return walked


def _try(visit: "_Visit") -> None:
    """Walk as one person; where there is no way on, that is what is broken."""
    try:
        visit.tell()
    except (NoWayOnError, LookupError, pikepdf.PdfError) as lost:
        last, reader = visit.stage.recording.exchanges[-1], visit.person.edition.reader
        how = f"{reader.audience}, who {visit.end}, got no further than {last}, answered {last.status} ({lost!r})"
        visit.walked.broken.append(Broken("walk", how))


def _look_around(stage: Stage, editions: list[Edition], within: str) -> None:
    """Open what is there for everyone, and begin and delete without an answer."""
    sent = through(stage.recorder, stage.recording.exchanges)
    for address in FOR_EVERYONE:
        Browser(sent, within=within).open(f"{address}?{QUERY}")
    for edition in editions:
        browser = Browser(sent, within=within)
        Person(edition, stage.traces, Counter()).begin(browser)
        for resource in sorted(set(browser.page.resources)):
            Browser(sent, within=within).open(resource)
        _crawl(browser)
        browser.open("/come-back")
        browser.submit(*_button(browser, "/come-back"), [])
        browser.open("/come-back")
        browser.submit(*_button(browser, "/delete"), [])
        browser.open("/check")


def _excuse(stage: Stage) -> None:
    """Take what stands there before anybody has answered to tell nothing."""
    exchanges = stage.recording.exchanges
    stage.traces.excuse(each.page.title for each in exchanges)
    stage.traces.excuse(line for each in exchanges for line in texts(each.headers))
    stage.traces.excuse(stage.recording.lines)
    stage.traces.noise = b"\0".join(files(stage.folder).values())


def _button(browser: Browser, action: str) -> tuple[Form, Button]:
    form = browser.page.form_to(action)
    return form, form.buttons[0]


def _crawl(browser: Browser) -> None:
    """Open every address of ours that the page links to."""
    paths = {address.split("#")[0] for _, address in browser.page.links if address.startswith("/")}
    for address in sorted(paths - {""}):
        browser.open(address)


@dataclass
class _Visit:
    """One person's visit, and every sealed state that its row had."""

    stage: Stage
    person: Person
    end: str
    walked: Walked
    within: str
    states: set[bytes] = field(default_factory=set)

    def tell(self) -> None:
        """Go from the start to the end. Who deletes everything goes the whole way and tries all that there is."""
        before = self.stage.rows()
        browser = self._new_browser()
        self.person.begin(browser)
        whole = self.end == WHOLE
        if whole and not self.person.edition.keyed:
            browser = self._finish_later(browser)
        self.person.go_on(browser, MOST_PAGES if whole else A_FEW)
        if whole:
            self._change_an_answer(browser)
            self._press_everything(browser)
            browser.open("/outcome")
        self._search()
        if not list(self._bytes_left(before)):
            raise NoWayOnError("what is sealed is not found on the disk, so it could not be missed there either")
        self.walked.broken += (Broken("left", f"{self.end}, but {how}") for how in ENDS[self.end](self, browser))
        self.walked.broken += (Broken("left", f"{self.end}, but {how}") for how in self._left(before, browser))

    def _new_browser(self) -> Browser:
        sent = through(self.stage.recorder, self.stage.recording.exchanges)

        def send(method: str, address: str, headers: Headers, body: bytes) -> Exchange:
            exchange = sent(method, address, headers, body)
            self.states |= self.stage.rows()
            for value in browser.cookies.values():
                self.stage.traces.hide(value)
            return exchange

        browser = Browser(send, https=self.end != WHOLE, within=self.within)
        return browser

    def _finish_later(self, browser: Browser) -> Browser:
        """Answer a few pages, take a file away, delete everything, and come back with the file."""
        self.person.go_on(browser, A_FEW)
        browser.open("/later")
        delete = _button(browser, "/delete")
        file = browser.submit(*_button(browser, "/later"), []).body
        browser.submit(*delete, [])
        back = self._new_browser()
        back.open("/come-back")
        back.upload(back.page.form_to("/come-back"), FILE, file)
        back.submit(*_button(back, "/come-back/go-on"), [])
        return back

    def _change_an_answer(self, browser: Browser) -> None:
        marker = self.stage.traces.marker.encode()
        if marker not in browser.open("/check").body and not self.person.declines:
            raise NoWayOnError("no answer is marked, so none would be known where it must not be")
        changing = [address for _, address in browser.page.links if "return=check" in address]
        for address in (changing[0], changing[-1]):
            browser.open(address)
            self.person.step(browser)
            self.person.go_on(browser)

    def _press_everything(self, browser: Browser) -> None:
        """Open every link and press every button of the outcome, wait for a document, come back with a copy."""
        outcome = browser.open("/outcome").page
        _crawl(browser)
        made = [browser.submit(*each) for each in self._ways_to_press(outcome)]
        pdfs = [each.body for each in made if each.kind == "application/pdf"]
        form = outcome.form_to("/sheet" if self.person.edition.keyed else "/copy")
        with self.stage.busy():
            browser.submit(form, form.buttons[0], [])
        browser.open(f"/waiting?{QUERY}")
        browser.open("/come-back")
        browser.upload(browser.page.form_to("/come-back"), FILE, next(filter(_has_record, pdfs), b""))
        if browser.path != "/compare":
            raise NoWayOnError("there is no copy to come back with and compare")

    def _ways_to_press(self, outcome: Page) -> Iterator[tuple[Form, Button, Pairs]]:
        """Yield every button of a page with each way to fill its form in."""
        for form in outcome.forms:
            if urlsplit(form.action).path not in WAYS_OUT:
                ways = list(self._ways_to_fill(form))
                yield from ((form, button, filled) for button in form.buttons for filled in ways)

    def _ways_to_fill(self, form: Form) -> Iterator[Pairs]:
        """Yield an answer to questions; of anything else, everything, and nothing, as a page where that can be had."""
        if any(each.group in self.person.edition.by_id for each in form.fields):
            yield [(each.name, value) for each, value in self.person.filled(form, "")]
            return
        everything = every_tick(form)
        yield [pair for pair in everything if pair[0] != AS_PAGE]
        if everything:
            yield [pair for pair in everything if pair[0] == AS_PAGE]

    def _search(self) -> None:
        """Look for answers in the clear in every file there is."""
        self.walked.broken += broken_by_files(self.stage.folder, self.stage.traces)
        self.walked.searched += sum(map(len, files(self.stage.folder).values()))

    def delete(self, browser: Browser) -> Iterator[str]:
        """Press “Delete everything”."""
        browser.submit(*_button(browser, "/delete"), [])
        yield from self._held(browser)

    def leave(self, browser: Browser) -> Iterator[str]:
        """Press “Leave this site”."""
        browser.submit(*_button(browser, "/leave"), [])
        yield from self._held(browser)

    def wait(self, browser: Browser) -> Iterator[str]:
        """Do nothing for as long as a visit is kept, and a minute more."""
        self.stage.clock.wait(IDLE + MINUTE)
        if browser.open("/check").status != GONE:
            yield "the visit still opens"
        self.stage.parts.visits.purge()

    def _left(self, before: set[bytes], browser: Browser) -> Iterator[str]:
        """Yield what is left of the visit: a row, pieces of any state of it, a page that shows it."""
        if self.stage.rows() - before:
            yield "its row is still there"
        yield from (f"bytes of it are still in {name}" for name in self._bytes_left(before))
        if browser.open("/check").status != GONE:
            yield "its answers are still shown"
        self._search()

    def _bytes_left(self, before: set[bytes]) -> Iterator[str]:
        """Yield every file of the database in which there is a piece of any state that the visit had."""
        pieces = [piece for state in self.states - before for piece in _pieces(state)]
        for name, content in files(self.stage.store).items():
            if any(piece in content for piece in pieces):
                yield name

    def _held(self, browser: Browser) -> Iterator[str]:
        """Yield what of the cookie and the pages the browser may still hold."""
        if browser.cookies:
            yield "the browser still has a cookie"
        ending = next(each for each in reversed(self.stage.recording.exchanges) if each.method == "POST")
        if "cache" not in ending.header("Clear-Site-Data"):
            yield f"{ending} does not tell the browser to hold no page"


ENDS: Final[dict[str, Callable[[_Visit, Browser], Iterator[str]]]] = {
    WHOLE: _Visit.delete,
    "leaves": _Visit.leave,
    "is idle for 45 minutes": _Visit.wait,
}
"""The three ends of a visit."""


def _pieces(sealed: bytes) -> list[bytes]:
    return [sealed[start : start + PIECE] for start in range(0, len(sealed) - PIECE, PIECE)]


def _has_record(pdf: bytes) -> bool:
    return b"/EmbeddedFile" in pdf
