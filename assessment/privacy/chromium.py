"""A real browser, where there is one: what only it can tell of requests, storage, downloads and “Back”."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any, Final
from urllib.parse import urlsplit

from werkzeug.serving import WSGIRequestHandler, make_server

from assessment.privacy.page import Button, read
from assessment.privacy.person import ENDS, MOST_PAGES, NoWayOnError, Person, questions_of, way_on
from assessment.privacy.rules import COOKIES, Addresses, Broken
from assessment.privacy.stage import LEAVE_TO, Stage

try:
    from playwright.sync_api import BrowserContext, Error, Page, Route, sync_playwright
except ImportError:  # it is no part of the app
    PLAYWRIGHT = False
else:
    PLAYWRIGHT = True

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
STORED: Final = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length]"""
PLACES: Final = ("localStorage", "sessionStorage", "IndexedDB", "the cache of a script", "a service worker")


class NoChromiumError(Exception):
    """There is no real browser to be walked with. The sentence says why."""


def walk_in_chromium(stage: Stage, person: Person) -> list[Broken]:
    """Walk as one person, who deletes everything, and once more to leave; return what is broken on the way.

    Raises `NoChromiumError` where there is none.
    """
    if not PLAYWRIGHT:
        raise NoChromiumError("Playwright is not installed")
    with _served(stage) as address, sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        try:
            chromium = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except Error:
            raise NoChromiumError("no Chromium was found that starts") from None
        context = chromium.new_context(base_url=address)
        window = _Window(stage, person, address, context)
        context.on("request", lambda request: window.asked.append(request.url))
        context.route(lambda url: not url.startswith(address), _elsewhere)
        try:
            return [*window.walk(context.new_page()), *window.requests()]
        except (Error, NoWayOnError, LookupError) as lost:
            return [Broken("walk", f"a real browser got no further ({str(lost).splitlines()[0]})")]
        finally:
            chromium.close()


@dataclass
class _Window:
    """A window of the browser, and all that it asked for."""

    stage: Stage
    person: Person
    address: str
    context: "BrowserContext"
    asked: list[str] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)

    def walk(self, page: "Page") -> Iterator[Broken]:
        """Yield what a walk to the outcome and both ways out break."""
        self._begin(page)
        self.stage.traces.private.add(page.evaluate("navigator.userAgent"))
        yield from self._to_the_end(page)
        page.goto("/outcome")
        yield from self._kept(page)
        with page.expect_download() as coming:
            _press(page, self._first_button(page, "/sheet" if self.person.edition.keyed else "/copy"))
        name = coming.value.suggested_filename
        if self.stage.traces.answer_in(name):
            yield Broken("file name", f"a real browser saves “{name}”")
        _press(page, self._first_button(page, "/delete"))
        page.wait_for_url("**/deleted")
        yield from self._back(page, "deleting")
        self._begin(page)
        self._step(page)
        _press(page, self._first_button(page, "/leave"))
        page.wait_for_url(LEAVE_TO)
        yield from self._back(page, "leaving")

    def requests(self) -> Iterator[Broken]:
        """Yield every request to somebody else."""
        for url in sorted(set(self.asked)):
            if not url.startswith(f"{self.address}/") and url != LEAVE_TO:
                yield Broken("elsewhere", f"a real browser asks {url}")

    def _begin(self, page: "Page") -> None:
        page.goto("/")
        audience = self.person.edition.reader.audience
        page.locator(f'button[value="{audience}"]').click()
        page.wait_for_load_state()

    def _to_the_end(self, page: "Page") -> Iterator[Broken]:
        """Answer to the end; yield what addresses and titles tell on the way."""
        addresses = Addresses.of(self.stage)
        for _ in range(MOST_PAGES):
            split = urlsplit(page.url)
            if not addresses.plain(split._replace(scheme="", netloc="").geturl()):
                yield Broken("address", f"a real browser shows {page.url}")
            if self.stage.traces.answer_in(page.title()):
                yield Broken("title", f"a real browser shows “{page.title()}”")
            if split.path in ENDS:
                return
            self._step(page)
        raise NoWayOnError("the journey does not end")

    def _step(self, page: "Page") -> None:
        path, shown = urlsplit(page.url).path, read(page.content())
        form = questions_of(shown, path)
        if form is None:
            page.goto(way_on(shown, path))
            return
        for each, value in self.person.filled(form, path):
            place = page.locator(f'[id="{each.id}"]')
            if each.ticks:
                place.check(force=True)
            else:
                place.fill(value)
        _press(page, form.buttons[0])
        page.wait_for_load_state()

    def _first_button(self, page: "Page", action: str) -> Button:
        return read(page.content()).form_to(action).buttons[0]

    def _kept(self, page: "Page") -> Iterator[Broken]:
        """Yield what the browser keeps that it should not."""
        for place, count in zip(PLACES, page.evaluate(STORED), strict=True):
            if count:
                yield Broken("left", f"a real browser keeps something in {place}")
        for cookie in self.context.cookies():
            strict = cookie["httpOnly"] and cookie["sameSite"] == "Strict" and cookie["expires"] == -1
            if cookie["name"] != COOKIES[0] or not strict:
                yield Broken("cookie", f"a real browser keeps “{cookie['name']}”, and not only for itself and for now")
            self.stage.traces.hide(cookie["value"])

    def _back(self, page: "Page", after: str) -> Iterator[Broken]:
        """Press “Back”, and yield what is there to be seen."""
        if self.context.cookies():
            yield Broken("left", f"after {after} a real browser still has a cookie")
        page.go_back()
        page.wait_for_load_state()
        if self.stage.traces.marker in page.content():
            yield Broken("left", f"after {after} “Back” shows answers in a real browser")


def _press(page: "Page", button: Button) -> None:
    page.locator("button").nth(button.place).click()


def _elsewhere(route: "Route") -> None:
    """Show an ordinary page where a person leaves to; nothing else is there: no request goes out."""
    if route.request.url == LEAVE_TO:
        route.fulfill(body="<h1>Weather</h1>", content_type="text/html")
    else:
        route.abort()


class _Quiet(WSGIRequestHandler):
    """Serves without a word: what is logged is to be the app's."""

    def log(self, *_said: Any) -> None: ...  # noqa: ANN401 - as Werkzeug has it


@contextmanager
def _served(stage: Stage) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, stage.recorder, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
