"""The app as `make serve` starts it: as a process of its own, over HTTP."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SLEEP = ROOT / "tests" / "sleep"


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def started(**environment):
    return subprocess.Popen(
        [sys.executable, ROOT / "run.py"],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def answer(port):
    """Return the start page as soon as it is served."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as response:
                return response.read().decode()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail("the app does not start")


def test_the_app_starts_serves_and_keeps_no_log_of_who_asked(tmp_path):
    port = free_port()
    url = f"sqlite:///{tmp_path / 'visits.sqlite3'}"
    process = started(
        PORT=str(port),
        DATABASE_URL=url,
        SECRET_KEY="s" * 32,
        QUESTIONNAIRE=str(SLEEP / "questions.yaml"),
        WEB_CONCURRENCY="",  # an empty variable counts as not set
    )
    try:
        assert "Night notes" in answer(port)
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=30)

    assert "GET /" not in said


def test_a_questionnaire_with_a_fault_does_not_start_and_says_where(tmp_path):
    copy = shutil.copytree(SLEEP, tmp_path / "sleep") / "questions.yaml"
    copy.write_text(copy.read_text().replace("unless: hours >= 10", "unless: hours >= "))
    url = f"sqlite:///{tmp_path / 'visits.sqlite3'}"
    counted = {"METRICS_PORT": str(free_port()), "TMPDIR": str(tmp_path)}
    process = started(DATABASE_URL=url, SECRET_KEY="s" * 32, QUESTIONNAIRE=str(copy), **counted)
    said, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert "this condition cannot be read" in said
    assert "Traceback" not in said
    assert not list(tmp_path.glob("metrics-*"))


def test_a_database_that_does_not_answer_is_said_in_one_sentence_and_nothing_starts(tmp_path):
    url = f"sqlite:///{tmp_path / 'nowhere' / 'visits.sqlite3'}"
    named = {"PORT": str(free_port()), "QUESTIONNAIRE": str(SLEEP / "questions.yaml")}
    process = started(DATABASE_URL=url, SECRET_KEY="s" * 32, **named)
    said, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert said == "Error: the database does not answer as it should: unable to open database file\n"


def test_without_a_secret_the_app_does_not_start_elsewhere_and_says_what_to_set(tmp_path):
    process = started(DATABASE_URL=f"sqlite:///{tmp_path / 'visits.sqlite3'}", SECRET_KEY="")
    said, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert said.startswith("Error: SECRET_KEY is missing: set it to 32 or more random characters")


def test_a_port_that_is_taken_is_said_in_one_sentence_and_the_database_stays_as_it_is(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        stored = {"DATABASE_URL": f"sqlite:///{tmp_path / 'visits.sqlite3'}", "SECRET_KEY": "s" * 32}
        process = started(PORT=str(port), QUESTIONNAIRE=str(SLEEP / "questions.yaml"), **stored)
        said, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert said == f"Error: port {port} cannot be used (Address already in use): set PORT to another number\n"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("workers", ["0", "many"])
def test_workers_that_cannot_be_are_said_in_one_sentence_and_nothing_starts(workers):
    process = started(WEB_CONCURRENCY=workers)
    said, _ = process.communicate(timeout=60)

    assert process.returncode == 1
    assert said == ("Error: WEB_CONCURRENCY is not a number that it can be: set it to one from 1 to 99, such as 1.\n")
