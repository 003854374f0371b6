"""Three replicas behind the proxy, with one PostgreSQL: what visitors see while machines come to harm.

The tests stand in the order in which the machines go: all three are there first, and one is left in the end.
"""

import gzip
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from threading import Barrier, Timer

import pytest
from sqlalchemy import func, select

from assessment.core.checks import check
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.readers import Reader
from assessment.store.engine import connect
from assessment.store.tables import VISITS
from tests.core.planting import SHIPPED
from tests.machines.site import NAME, proxy, replicas
from tests.machines.slow import BODY, HEAD, dripping
from tests.machines.visitor import Visitor
from tests.web.person import vignette, walk
from tests.web.walker import Walker

MIGRATE = (Path(sys.executable).with_name("assessment"), "migrate")
PEOPLE = {"self": ["c3", "c16", "c13"], "family": ["c9", "told_of_dying"], "clinician": ["c14"]}
EVERYBODY = [(audience, id) for audience, ids in PEOPLE.items() for id in ids]


@pytest.fixture(scope="module")
def database(postgres_server):
    return postgres_server.new_database()


@pytest.fixture(scope="module")
def settings(database):
    return {
        "DATABASE_URL": database,
        "SECRET_KEY": secrets.token_hex(32),
        "QUESTIONNAIRE": str(SHIPPED),
        "HOSTS": NAME,
        "PROXIES": "1",
    }


@pytest.fixture(scope="module")
def migrated(settings):
    """Three that migrate at once, as replicas that start together do; what each said, and with which code it ended."""
    began = [
        subprocess.Popen(MIGRATE, env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) for _ in range(3)
    ]
    return [(each.communicate(timeout=120)[0], each.returncode) for each in began]


@pytest.fixture(scope="module")
def machines(migrated, settings, place):  # noqa: ARG001 - there must be tables first
    with replicas(3, place, **settings) as started:
        yield started


@pytest.fixture(scope="module")
def front(machines, place):
    with proxy(place / "nginx", [each.port for each in machines]) as started:
        yield started


@pytest.fixture(scope="module")
def editions():
    return check(SHIPPED, date(2026, 11, 23)).editions


@pytest.fixture
def journeys(front, arrive, editions):
    """Let everybody walk at once, each from an address of their own.

    When they all have come so far, `harm` is done to a machine, a moment later, while their requests are under way.
    Return what the proxy had to answer itself.
    """

    def walked(harm, so_far):
        visitors = [arrive(front, f"127.0.1.{number}") for number in range(1, len(EVERYBODY) + 1)]
        soon = Timer(0.2, harm)
        meeting = Barrier(len(EVERYBODY), action=soon.start)
        with ThreadPoolExecutor(len(EVERYBODY)) as pool:
            here = [Journeying(visitor, editions, so_far, meeting) for visitor in visitors]
            list(pool.map(Journeying.walk, here, EVERYBODY))
        soon.join()
        return [what for visitor in visitors for what in visitor.away]

    return walked


@dataclass
class Journeying:
    """Somebody on their way from the start to a document, and to deleting all."""

    visitor: Visitor
    editions: dict
    so_far: str
    meeting: Barrier
    pages: int = 0

    def walk(self, who):
        edition = self.editions[Reader(who[0], "en")]
        after = {id for id, question in edition.by_id.items() if question.section.afterwards}
        answers = {id: each for id, each in vignette(edition, who[1]).items() if id not in after}
        walker = Walker(self.visitor)
        walk(walker, edition, answers, self.seen)
        outcome = walker.open("/outcome")
        told = [" ".join(each.guidance.title.split()) for each in assess(Journey(edition, answers)).advice]
        assert told
        assert not [title for title in told if title not in outcome.text]
        assert self.document(walker).data.startswith(b"%PDF-")
        walker.open("/outcome")
        assert walker.press("Delete everything").status == 200

    def seen(self, _page):
        self.pages += 1
        if self.pages == 5:
            self.meet("questions")

    def meet(self, where):
        if where == self.so_far:
            self.meeting.wait(60)

    def document(self, walker):
        """Ask for a document; while others are first, wait as the page that says so does."""
        self.meet("documents")
        buttons = walker.page.headings("button")
        made = walker.download(next(each for each in ("Make a PDF", "Full summary") if each in buttons))
        for _ in range(60):
            if made.status_code == 200:
                break
            time.sleep(0.5)
            made = self.visitor.get("/waiting")
        return made


def rows(database):
    engine = connect(database)
    with engine.connect() as connection:
        left = connection.execute(select(func.count()).select_from(VISITS)).scalar_one()
    engine.dispose()
    return left


def test_three_that_migrate_at_once_wait_for_each_other(migrated):
    assert migrated == [(b"", 0)] * 3


@pytest.mark.parametrize("address", ["/", "/help", "/static/site.css", "/static/leave.js"])
def test_what_is_words_is_sent_compressed_to_whoever_can_read_it(front, arrive, address):
    visitor = arrive(front)
    whole = visitor.get(address).data
    visitor.connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
    sent = visitor.connection.getresponse()
    packed = sent.read()

    assert sent.headers["Content-Encoding"] == "gzip"
    assert len(gzip.decompress(packed)) == pytest.approx(len(whole), abs=10)  # a token may be another
    assert len(packed) < 0.6 * len(whole)


def test_200_slow_clients_do_not_keep_a_visitor_from_walking_on(front, arrive, editions):
    edition = editions[Reader("clinician", "en")]
    walker = Walker(arrive(front, "127.0.1.99"))
    waits = []

    def seen(_page):
        waits.append(time.monotonic())

    with (
        dripping(100, HEAD, front.secure, front.trust) as heads,
        dripping(100, BODY, front.secure, front.trust) as bodies,
    ):
        waits.append(time.monotonic())
        walk(walker, edition, vignette(edition, "c14"), seen)
        still = heads.count() + bodies.count()
    walker.open("/outcome")
    walker.press("Delete everything")

    assert max(after - before for before, after in pairwise(waits)) < 5
    assert still > 150, "they must have been slow for as long as the visitor walked"


def test_a_machine_that_loses_its_power_costs_nobody_an_answer(journeys, machines, database):
    away = journeys(machines[0].die, "questions")

    assert set(away) <= {"POST 502", "GET cut off", "POST cut off"}, "a page that is only read is fetched elsewhere"
    assert len(away) <= len(EVERYBODY), "each had one request under way at most"
    assert rows(database) == 0


def test_a_machine_that_is_stopped_ends_what_is_under_way_and_nobody_notices(journeys, machines, database):
    away = journeys(machines[1].stop, "documents")

    assert machines[1].process.wait(60) == 0
    assert away == []
    assert rows(database) == 0


def test_no_replica_said_anything_of_anybody(machines):
    for each in machines:
        assert "127.0." not in each.said()
