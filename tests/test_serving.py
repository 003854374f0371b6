"""What an operator sees of the running app: numbers on a port of their own, and a log that tells of nobody."""

import http.client
import json
import logging
import os
import re
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from assessment import serving
from assessment.logs import JsonLines, PlainLines
from assessment.privacy.browser import Browser, over
from tests.test_run import SLEEP, answer, free_port, started

KINDS = {"page", "post", "document", "file", "static", "health"}


def fetched(port, path, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with closing(connection):
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        return response.status, response.read().decode()


def counted(text, name, **labels):
    """Return the sum of a metric over all its lines with these labels."""
    lines = re.findall(rf"^{name}(?:{{(.*)}})? (\S+)$", text, re.MULTILINE)
    return sum(float(value) for said, value in lines if all(f'{k}="{v}"' in said for k, v in labels.items()))


def at_the_door(port):
    """Return a browser that shows the start, and what its person does next."""
    browser = Browser(over(port))
    browser.open("/")
    return browser, lambda: browser.submit(*door(browser.page), [])


def door(page):
    """Return the form that begins a visit, and its button."""
    return next((form, button) for form in page.forms for button in form.buttons if button.value == "sleeper")


def use(port):
    """Begin a visit, look around, and misuse the app a little."""
    browser, go_in = at_the_door(port)
    go_in()
    for path in ("/step/hours", "/help", "/pause", "/nothing?hours=4"):
        browser.open(path)
    fetched(port, "/help", Host="evil.example")
    browser.send("POST", "/begin", [], b"")


def lose_the_table(file, port):
    """Let somebody begin while the database has no room for visits."""
    _, go_in = at_the_door(port)
    with closing(sqlite3.connect(file)) as database:
        database.execute("ALTER TABLE visits RENAME TO elsewhere")
    go_in()


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """What was seen of two workers: when they were used, when one was killed, and when the database failed."""
    port, metrics = free_port(), free_port()
    file = tmp_path_factory.mktemp("served") / "visits.sqlite3"
    named = {"PORT": str(port), "METRICS_PORT": str(metrics), "WEB_CONCURRENCY": "2", "LOG_FORMAT": "json"}
    stored = {"DATABASE_URL": f"sqlite:///{file}", "SECRET_KEY": "s" * 32, "TMPDIR": str(file.parent)}
    process = started(HOSTS="a.example", QUESTIONNAIRE=str(SLEEP / "questions.yaml"), **named, **stored)
    found = SimpleNamespace(folder=file.parent)
    try:
        answer(port)
        found.before = fetched(metrics, "/metrics")[1]
        use(port)
        found.used = fetched(metrics, "/metrics")[1]
        found.on_the_pages = fetched(port, "/metrics")[0]
        found.elsewhere = fetched(port, "/elsewhere/help", SCRIPT_NAME="/elsewhere")[0]
        found.off_the_numbers = fetched(metrics, "/")[1]
        os.kill(int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0]), signal.SIGKILL)
        time.sleep(1)
        assert "Night notes" in answer(port)
        found.killed = fetched(metrics, "/metrics")[1]
        lose_the_table(file, port)
        found.lost = fetched(metrics, "/metrics")[1]
    finally:
        process.send_signal(signal.SIGTERM)
        found.said = process.communicate(timeout=60)[0].splitlines()
    return found


def test_requests_are_counted_by_kind_over_all_workers(seen):
    def more(name, **labels):
        return counted(seen.used, name, **labels) - counted(seen.before, name, **labels)

    assert more("assessment_requests_total", kind="post", status="3xx") == 1
    assert more("assessment_requests_total", kind="post", status="4xx") == 1
    assert more("assessment_requests_total", kind="page", status="4xx") == 2
    assert more("assessment_requests_total", kind="page") == more("assessment_request_seconds_count", kind="page") >= 7
    assert more("assessment_refused_total", why="host") == more("assessment_refused_total", why="form") == 1


def test_the_numbers_tell_no_page_no_person_and_no_moment(seen):
    named = dict(re.findall(r'(\w+)="([^"]*)"', seen.lost))

    assert set(re.findall(r'kind="([^"]*)"', seen.lost)) <= KINDS
    assert named.keys() == {"kind", "status", "le", "why", "whose", "logger", "level"}
    assert not re.search(r"step|hours|pause|help=|sleeper|127\.0\.0\.1|evil|_created", seen.lost)


def test_the_pages_have_no_numbers_and_the_numbers_no_pages(seen):
    assert seen.on_the_pages == 404
    assert "Night notes" not in seen.off_the_numbers


def test_nobody_who_asks_can_say_where_addresses_begin(seen):
    assert seen.elsewhere == 404


def test_what_a_killed_worker_counted_still_counts(seen):
    for name in ("assessment_requests_total", "assessment_refused_total"):
        assert counted(seen.killed, name) >= counted(seen.used, name) > 0


def test_a_database_that_fails_is_counted_and_so_is_the_line_that_tells_of_it(seen):
    assert counted(seen.lost, "assessment_mistakes_total", whose="database") == 1
    assert counted(seen.lost, "assessment_log_lines_total", logger="assessment.web.errors", level="error") == 1


def test_the_numbers_are_gone_with_the_server(seen):
    assert not list(seen.folder.glob("metrics-*"))


def test_every_line_of_the_app_and_of_its_server_is_json_and_tells_of_nobody(seen):
    python = [line for line in seen.said[1:] if "resource_tracker" in line]  # of the worker that was killed
    lines = [line for line in seen.said[1:] if line not in python]
    told = [json.loads(line) for line in lines]

    assert seen.said[0].startswith("Serving on ")
    spoke = {each["logger"] for each in told} - {"assessment.app"}  # a worker that starts while there is no table
    assert spoke == {"gunicorn.error", "assessment.web.errors"}
    assert all(each.keys() == {"time", "level", "logger", "message"} for each in told)
    assert not re.search(r"/step|/nothing|hours|127\.0\.0\.1|evil", "".join(lines))


@pytest.fixture
def record():
    mistake = (ValueError, ValueError("nearly_every_day"), None)
    return lambda message, *given: logging.LogRecord("part", logging.ERROR, "x.py", 1, message, given, mistake)


@pytest.mark.parametrize("lines", [JsonLines(), PlainLines()], ids=["json", "plain"])
def test_a_line_names_a_mistake_and_never_what_it_says_or_what_was_asked_for(lines, record):
    line = lines.format(record("Error handling request %s", "/step/hours?return=check"))

    assert "part" in line
    assert "error" in line
    assert "Error handling request: ValueError at " in line
    assert "nearly_every_day" not in line
    assert "hours" not in line
    assert "\n" not in line


def test_no_line_is_put_together_of_who_asked_for_what():
    serving.logger_class.access(*[None] * 5)
