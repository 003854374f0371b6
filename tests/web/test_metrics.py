"""What is counted while the app works: kinds and outcomes, never what about or of whom."""

import logging
from contextlib import suppress

import pytest
from prometheus_client import REGISTRY

from assessment.documents.pool import BusyError, NotDoneError
from assessment.web import metrics
from tests.web.keeper import bring


class Since:
    """How much was counted since it was made."""

    def __init__(self):
        self.before = self.now()

    def now(self):
        samples = (each for family in REGISTRY.collect() for each in family.samples)
        return {(each.name, *each.labels.values()): each.value for each in samples if "_created" not in each.name}

    def __call__(self, name, *labels):
        key = (f"assessment_{name}", *labels)
        return self.now().get(key, 0) - self.before.get(key, 0)


@pytest.fixture
def more():
    return Since()


@pytest.mark.parametrize(("raised", "outcome"), [(None, "made"), (BusyError(), "busy"), (NotDoneError(), "failed")])
def test_a_document_is_counted_by_what_became_of_it(more, raised, outcome):
    with suppress(BusyError, NotDoneError), metrics.document():
        assert more("documents_in_hand") == 1
        if raised:
            raise raised

    assert more("documents_total", outcome) == 1
    assert more("documents_in_hand") == 0


def test_every_page_is_a_page_and_every_post_a_post(more, walker):
    for address in ("/", "/help", "/pause", "/outcome", "/step/age"):
        walker.open(address)
    for address in ("/leave", "/delete", "/begin"):
        walker.client.post(address)

    assert more("requests_total", "page", "2xx") == 2
    assert more("requests_total", "page", "4xx") == 3
    assert more("requests_total", "post", "3xx") == 1
    assert more("requests_total", "post", "4xx") == 2


def test_a_file_that_cannot_be_read_is_counted(more, walker):
    walker.open("/come-back")
    bring(walker, b"", name="")

    assert more("refused_total", "file") == 1
    assert more("requests_total", "file", "4xx") == 1


def test_what_the_log_warns_of_is_counted_by_the_part_that_warns(more, app):  # noqa: ARG001 - it counts once it is made
    logging.getLogger("assessment.store.visits").warning("A visit does not open: its row was altered in the database.")

    assert more("log_lines_total", "assessment.store.visits", "warning") == 1


def test_visits_that_were_purged_are_counted(more):
    metrics.purged(3)

    assert more("purged_visits_total") == 3
    assert more("purged_time_seconds") > 0
