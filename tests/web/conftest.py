from functools import cache
from pathlib import Path

import pytest

from assessment.app import create_app
from assessment.core.checks import open_questionnaire
from assessment.core.readers import Reader
from assessment.documents.pdf import Printer
from assessment.settings import Settings
from assessment.store.migrations import migrate
from tests.web.keeper import RECORD, arrived, bring, copy_of
from tests.web.walker import Walker

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "questions.yaml"
SLEEP = ROOT / "tests" / "sleep" / "questions.yaml"
LEAVE_TO = "https://weather.invalid/today"


_open_once = cache(open_questionnaire)


def _opened(path, day):
    return _open_once(path, day) if path in (SHIPPED, SLEEP) else open_questionnaire(path, day)


def make_app(database_url, questionnaire, leave_to=LEAVE_TO, **changed):
    """Return an app whose printers start when somebody prints, and which reads a questionnaire that stays once."""
    migrate(database_url)
    settings = Settings(
        database_url=database_url,
        secret_key=changed.pop("secret_key", b"a secret that only this test knows"),
        questionnaire=questionnaire,
        leave_to=leave_to,
        port=8000,
        purge_every=0,
        **changed,
    )
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Printer, "warm", lambda _: None)
        patched.setattr("assessment.app.open_questionnaire", _opened)
        return create_app(settings)


def running(questionnaire, tmp_path_factory):
    """An app for all the tests: they meet only through its database, and no visit can see another."""
    app = make_app(f"sqlite:///{tmp_path_factory.mktemp('store') / 'visits.sqlite3'}", questionnaire)
    yield app
    app.extensions["assessment"].printer.close()


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    yield from running(SHIPPED, tmp_path_factory)


@pytest.fixture(scope="session")
def sleep_app(tmp_path_factory):
    yield from running(SLEEP, tmp_path_factory)


@pytest.fixture
def walker(app):
    return Walker(app.test_client())


@pytest.fixture
def sleeper(sleep_app):
    return Walker(sleep_app.test_client())


@pytest.fixture
def edition(app):
    return app.extensions["assessment"].editions[Reader("self", "en")]


@pytest.fixture
def brought(walker, edition):
    """Somebody who comes back with a finished copy."""
    arrived(walker, edition, "c3")
    upload = copy_of(walker, RECORD)
    walker.open("/outcome")
    walker.press("Delete everything")
    walker.open("/come-back")
    bring(walker, upload)
    return walker, upload
