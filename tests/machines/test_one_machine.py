"""One machine with SQLite, as it is without any setting: its workers are killed, its disk is full, its file damaged."""

import http.client
import os
import random
import resource
import secrets
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessment.store.migrations import migrate
from tests.core.planting import SLEEP
from tests.machines.site import replica
from tests.machines.visitor import Visitor
from tests.web.walker import Walker

VISITORS = 6
POSTS = 40  # of each visitor
KILLS = 4
PATIENCE = 60  # seconds until a killed worker has come back
HOURS = "/step/hours"
LONGEST = 12  # hours of sleep


@pytest.fixture(scope="module")
def visits(place):
    return place / "visits.sqlite3"


@pytest.fixture(scope="module")
def machine(place, visits):
    migrate(f"sqlite:///{visits}")
    settings = {
        "DATABASE_URL": f"sqlite:///{visits}",
        "SECRET_KEY": secrets.token_hex(32),
        "QUESTIONNAIRE": str(SLEEP),
        "RATE_LIMIT_STORAGE": "off",
        "WEB_CONCURRENCY": "2",
    }
    with replica(place, **settings) as started:
        started.wait_until_ready()
        yield started


@pytest.fixture
def arrive(machine):
    """Let a browser come to the machine; its connection is closed at the end."""
    visitors = []

    def arrived():
        visitors.append(Visitor(http.client.HTTPConnection("127.0.0.1", machine.port, timeout=30)))
        return visitors[-1]

    yield arrived
    for each in visitors:
        each.connection.close()


@dataclass
class Answering:
    """Somebody who changes one answer again and again, and remembers the last that was taken."""

    visitor: Visitor
    taken: str = ""
    under_way: str = ""

    def __post_init__(self):
        self.walker = Walker(self.visitor)
        self.walker.open("/")
        self.walker.press("I want to look at my sleep")
        self.walker.choose("Here")
        self.walker.choose("18 or over")

    def answer(self):
        token = self.walker.page.form_with("Continue").find("input").get("value")
        for number in range(POSTS):
            self.under_way = str(number % LONGEST + 1)
            response = self.patiently("POST", HOURS, {"csrf_token": token, "answer": self.under_way})
            assert response.status_code == 303
            self.taken = self.under_way

    def patiently(self, method, address, data=None):
        """Ask again, as somebody who is shown that the page did not come."""
        visitor, until = self.visitor, time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                return visitor.post(address, data) if method == "POST" else visitor.get(address)
            except (OSError, http.client.HTTPException):
                visitor.connection.close()
                time.sleep(0.1)
        raise AssertionError(f"no answer to {method} {address}")

    def stands(self):
        return self.patiently("GET", HOURS).text


def workers(server):
    return [int(each) for each in Path(f"/proc/{server}/task/{server}/children").read_text().split()]


def kill_workers(server):
    """Kill one worker after another, without a word."""
    for _ in range(KILLS):
        time.sleep(0.3)
        os.kill(random.choice(workers(server)), signal.SIGKILL)


def test_workers_killed_amid_hundreds_of_writes_cost_nobody_an_answer(machine, visits, arrive):
    people = [Answering(arrive()) for _ in range(VISITORS)]
    with ThreadPoolExecutor(VISITORS + 1) as pool:
        killing = pool.submit(kill_workers, machine.process.pid)
        list(pool.map(Answering.answer, people))
        killing.result()

    for each in people:
        assert each.taken == each.under_way == str((POSTS - 1) % LONGEST + 1)
        assert f'value="{each.taken}"' in each.stands()
    with sqlite3.connect(visits) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_hundreds_of_posts_in_two_tabs_at_once_lose_no_answer(arrive):
    first = Answering(arrive())
    second = arrive()
    second.cookies = first.visitor.cookies
    token = first.walker.page.form_with("Continue").find("input").get("value")

    def other_tab():
        said = {second.post("/step/country", {"csrf_token": token, "answer": "here"}).status_code for _ in range(POSTS)}
        return said | {second.post("/step/country", {"csrf_token": token, "answer": "there"}).status_code}

    with ThreadPoolExecutor(2) as pool:
        mine, theirs = pool.submit(first.answer), pool.submit(other_tab)
        mine.result()
        assert theirs.result() == {303}

    page = first.walker.open("/step/country")
    assert page.labelled("There").get("checked") is not None
    assert f'value="{first.taken}"' in first.stands()


@contextmanager
def no_room(machine, visits):
    """Let no file of the workers grow, as on a disk that is full."""
    with closing(sqlite3.connect(visits)) as connection:  # or the log has room for very many from its start again
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    grown = [visits.with_name(f"{visits.name}-wal"), visits]
    most = max(each.stat().st_size for each in grown if each.exists())
    before = {
        worker: resource.prlimit(worker, resource.RLIMIT_FSIZE, (most, -1)) for worker in workers(machine.process.pid)
    }
    yield
    for worker, limits in before.items():
        resource.prlimit(worker, resource.RLIMIT_FSIZE, limits)


def test_while_the_disk_is_full_nothing_is_said_to_be_kept_that_is_not_and_all_that_was_kept_can_be_read(
    machine, visits, arrive
):
    somebody = Answering(arrive())
    token = somebody.walker.page.form_with("Continue").find("input").get("value")
    taken, refused = "12", None
    assert somebody.visitor.post(HOURS, {"csrf_token": token, "answer": taken}).status_code == 303
    with no_room(machine, visits):
        for number in range(POSTS):  # the log that is written ahead has room for some
            sent = str(number % LONGEST + 1)
            response = somebody.visitor.post(HOURS, {"csrf_token": token, "answer": sent})
            if response.status_code != 303:
                refused = response
                break
            taken = sent

        assert refused is not None
        assert refused.status_code == 503
        assert "may not have been kept" in refused.text
        assert f'value="{taken}"' in somebody.stands()
        assert somebody.visitor.get("/help").status_code == 200

    assert somebody.visitor.post(HOURS, {"csrf_token": token, "answer": "11"}).status_code == 303
    assert 'value="11"' in somebody.stands()


def restart_workers(machine):
    gone = workers(machine.process.pid)
    for worker in gone:
        os.kill(worker, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while set(gone) & set(workers(machine.process.pid)) or len(workers(machine.process.pid)) < len(gone):
        assert time.monotonic() < until
        time.sleep(0.05)


def test_with_a_damaged_file_help_is_shown_everybody_can_leave_and_a_new_file_ends_it(machine, visits, arrive):
    somebody = Answering(arrive())
    token = somebody.walker.page.form_with("Continue").find("input").get("value")
    for file in visits.parent.glob(f"{visits.name}*"):
        file.write_bytes(b"no database at all " * 1000)
    restart_workers(machine)

    page = somebody.patiently("GET", HOURS)
    assert page.status_code == 503
    assert "reach your answers" in page.text
    assert somebody.patiently("GET", "/help").status_code == 200
    assert somebody.patiently("GET", "/readyz").status_code == 503
    left = somebody.patiently("POST", "/leave", {"csrf_token": token})
    assert left.status_code == 303
    assert not left.location.startswith("/")

    for file in visits.parent.glob(f"{visits.name}*"):
        file.unlink()
    migrate(f"sqlite:///{visits}")
    visits.chmod(0o666)
    restart_workers(machine)
    Answering(arrive())
