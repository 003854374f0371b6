import pytest

from assessment.store.engine import connect
from assessment.store.migrations import migrate
from assessment.store.visits import Visits

SERVER_KEY = b"the server's own key, 32 or more"


class Clock:
    """A clock that a test moves, in seconds."""

    def __init__(self):
        self.now = 1_800_000_000.0  # a whole minute

    def __call__(self):
        return self.now

    def wait(self, *, minutes=0, seconds=0):
        self.now += 60 * minutes + seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def engine(database_url):
    migrate(database_url)
    engine = connect(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def visits(engine, clock):
    return Visits(engine, SERVER_KEY, clock=clock)
