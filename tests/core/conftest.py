"""The questionnaires that the core's tests read, loaded once."""

import pytest

from assessment.core.checks import check
from assessment.core.readers import Reader
from tests.core.planting import SHIPPED, SLEEP, TODAY, Bed, grown


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
def bed_of(tmp_path_factory):
    """Return the copy that a fault is planted in, with the others of its kind."""
    grown_already = {}

    def bed_of(plant, kind, questionnaire, look=Bed.check):
        if id(kind) not in grown_already:
            grown_already[id(kind)] = grown(kind, questionnaire, tmp_path_factory.mktemp("planted"), look)
        return grown_already[id(kind)][plant]

    return bed_of
