from pathlib import Path

import pytest

from assessment.app import create_app
from assessment.settings import Settings
from assessment.store.migrations import migrate
from tests.web.walker import Walker

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "questions.yaml"
SLEEP = ROOT / "tests" / "sleep" / "questions.yaml"
LEAVE_TO = "https://weather.invalid/today"


def make_app(database_url, questionnaire, leave_to=LEAVE_TO):
    migrate(database_url)
    settings = Settings(
        database_url=database_url,
        secret_key=b"a secret that only this test knows",
        questionnaire=questionnaire,
        leave_to=leave_to,
        port=8000,
        purge_every=0,
    )
    return create_app(settings)


@pytest.fixture
def app(sqlite_url):
    app = make_app(sqlite_url, SHIPPED)
    yield app
    app.extensions["assessment"].printer.close()


@pytest.fixture
def sleep_app(sqlite_url):
    app = make_app(sqlite_url, SLEEP)
    yield app
    app.extensions["assessment"].printer.close()


@pytest.fixture
def walker(app):
    return Walker(app.test_client())


@pytest.fixture
def sleeper(sleep_app):
    return Walker(sleep_app.test_client())
