"""A real browser against a real server, for what only they can show."""

import os
import shutil
from contextlib import contextmanager
from threading import Thread

import pytest
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server
from werkzeug.wrappers import Response
from werkzeug.wsgi import LimitedStream

from tests.web.conftest import SHIPPED, make_app

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def ending(app):
    """Return an app whose requests end with their bodies, as under gunicorn: Werkzeug's server waits for more."""

    def app_of_requests_that_end(environ, start_response):
        environ["wsgi.input"] = LimitedStream(environ["wsgi.input"], int(environ.get("CONTENT_LENGTH") or 0))
        return app(environ, start_response)

    return app_of_requests_that_end


@contextmanager
def served(app):
    server = make_server("127.0.0.1", 0, ending(app), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def elsewhere():
    """The address of an ordinary site."""
    with served(Response("<h1>Weather</h1>", mimetype="text/html")) as address:
        yield address


@pytest.fixture(scope="session")
def running(tmp_path_factory, elsewhere):
    app = make_app(f"sqlite:///{tmp_path_factory.mktemp('store') / 'visits.sqlite3'}", SHIPPED, f"{elsewhere}/today")
    yield app
    app.extensions["assessment"].printer.close()


@pytest.fixture(scope="session")
def address(running):
    """The address of a running app."""
    with served(running) as address:
        yield address


@pytest.fixture(scope="session")
def printer(running):
    """The printer of that app."""
    return running.extensions["assessment"].printer


@pytest.fixture
def open_page(chromium, address):
    """Open a new browser window of its own; every request it makes is in `page.asked`."""
    contexts = []

    def opened(path="/", **options):
        context = chromium.new_context(base_url=address, **options)
        contexts.append(context)
        page = context.new_page()
        page.asked = []
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
