"""The questionnaires that the core's tests read, loaded once."""

import pytest

from assessment.core.checks import check
from assessment.core.readers import Reader
from tests.core.planting import SHIPPED, SLEEP, TODAY


@pytest.fixture(scope="session")
def checked():
    return check(SHIPPED, TODAY)


@pytest.fixture(scope="session")
def edition(checked):
    return checked.editions[Reader("self", "en")]


@pytest.fixture(scope="session")
def checked_sleep():
    return check(SLEEP, TODAY)


@pytest.fixture(scope="session")
def sleep(checked_sleep):
    return checked_sleep.editions[Reader("sleeper", "en")]


@pytest.fixture(scope="session")
def shipped_faults(checked):
    return frozenset(map(str, checked.faults))


@pytest.fixture(scope="session")
def sleep_faults(checked_sleep):
    return frozenset(map(str, checked_sleep.faults))
