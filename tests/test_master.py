"""What `assessment serve` starts is one process that checks, and workers that serve what it checked."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace

import pytest
from prometheus_client import REGISTRY

from assessment.cli import COMMANDS, main
from assessment.master import Master
from tests.machines.slow import HEAD, dripping
from tests.test_run import SLEEP, answer, free_port, started

OF_OTHERS = {"alembic", "pikepdf", "psycopg", "pyarrow", "weasyprint", "z3"}


def imported(code):
    """Return the names of all packages that a program imports."""
    program = f"import sys; from assessment.cli import main; {code}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.fixture
def served(tmp_path):
    """A server, and the questionnaire that it was started with, which can be changed under it."""
    shutil.copytree(SLEEP, tmp_path / "sleep")
    (tmp_path / "now").symlink_to("sleep")
    file = tmp_path / "now" / "questions.yaml"
    url, port = tmp_path / "url", free_port()
    url.write_text(f"sqlite:///{tmp_path / 'visits.sqlite3'}")
    process = started(PORT=str(port), DATABASE_URL_FILE=str(url), SECRET_KEY="s" * 32, QUESTIONNAIRE=str(file))
    found = SimpleNamespace(port=port, process=process, file=file, url=url)
    answer(port)
    yield found
    process.terminate()
    process.communicate(timeout=60)


def changed(server, old, new):
    """Write something else into the questionnaire."""
    text = server.file.read_text()
    assert old in text
    server.file.write_text(text.replace(old, new))


def workers(server):
    return Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()


def renewed(server, before):
    """Return what is served once other workers do so."""
    until = time.monotonic() + 30
    while not workers(server) or set(workers(server)) & set(before):
        assert time.monotonic() < until
        time.sleep(0.05)
    return answer(server.port)


def test_a_worker_that_is_started_anew_serves_what_was_checked_whatever_the_files_say_by_then(served):
    before = workers(served)
    changed(served, "Night notes", "Day notes")
    served.url.unlink()
    os.kill(int(before[0]), signal.SIGKILL)

    assert "Night notes" in renewed(served, before)


def test_a_reload_serves_what_the_files_say_by_then(served):
    before = workers(served)
    changed(served, "Night notes", "Day notes")
    served.process.send_signal(signal.SIGHUP)

    assert "Day notes" in renewed(served, before)


def test_a_reload_refuses_settings_that_cannot_be_read_and_goes_on_with_those_before(served):
    before = workers(served)
    served.url.unlink()
    served.process.send_signal(signal.SIGHUP)

    assert "Night notes" in renewed(served, before)


def test_a_reload_follows_a_link_that_leads_elsewhere_by_then(served):
    before, link = workers(served), served.file.parent
    shutil.copytree(link, link.with_name("newer"))
    shutil.rmtree(link.resolve())
    link.unlink()
    link.symlink_to("newer")
    changed(served, "Night notes", "Day notes")
    served.process.send_signal(signal.SIGHUP)

    assert "Day notes" in renewed(served, before)


def test_a_reload_refuses_a_questionnaire_with_a_fault_says_where_and_goes_on_with_the_one_before(served):
    before = workers(served)
    changed(served, "Night notes", "Day notes")
    changed(served, "unless: hours >= 10", "unless: hours >= ")
    served.process.send_signal(signal.SIGHUP)

    assert "Night notes" in renewed(served, before)
    served.process.terminate()
    said, _ = served.process.communicate(timeout=60)
    assert "What was served goes on" in said
    assert "questions.yaml:90:25: this condition cannot be read" in said


def test_before_workers_are_forked_nothing_is_made_that_they_cannot_share(served):
    process = Path(f"/proc/{served.process.pid}")
    files = {str(each.readlink()) for each in (process / "fd").iterdir()}

    assert len(list((process / "task").iterdir())) == 1  # no thread
    assert len(workers(served)) == 1  # nobody who prints
    assert not any(file.startswith(str(served.file.parents[1] / "visits")) for file in files)


def test_seven_slow_clients_with_no_proxy_before_them_keep_nobody_waiting(served):
    with dripping(7, HEAD, served.port) as slow:
        for _ in range(50):
            with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/help", timeout=10) as page:
                assert page.status == HTTPStatus.OK
        assert slow.count() == 7, "they must have been slow for as long as others were answered"


def test_connections_on_which_nothing_is_asked_keep_nobody_waiting(served):
    with ExitStack() as idle:
        for _ in range(30):
            idle.enter_context(socket.create_connection(("127.0.0.1", served.port)))
        with urllib.request.urlopen(f"http://127.0.0.1:{served.port}/help", timeout=2) as page:
            assert page.status == HTTPStatus.OK


@pytest.fixture
def environment(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'visits.sqlite3'}")
    monkeypatch.setenv("SECRET_KEY", "s" * 32)
    monkeypatch.setenv("PORT", "8123")


@pytest.mark.usefixtures("environment")
def test_a_reload_that_is_refused_is_counted_among_the_lines_of_the_log(tmp_path):
    def counted():
        line = {"logger": "assessment.master", "level": "error"}
        return REGISTRY.get_sample_value("assessment_log_lines_total", line) or 0

    file, before = shutil.copytree(SLEEP, tmp_path / "sleep") / "questions.yaml", counted()
    master = Master(file, "127.0.0.1")
    file.write_text("audiences:")
    master.reload()

    assert counted() == before + 1


@pytest.fixture
def configured(environment, monkeypatch):  # noqa: ARG001 - it sets variables
    """Return gunicorn's settings where it listens on an address, for whoever asks something of it."""

    def made(host, asked=""):
        monkeypatch.setenv("GUNICORN_CMD_ARGS", asked)
        return Master(SLEEP / "questions.yaml", host).cfg

    return made


def test_what_is_asked_of_gunicorn_beside_our_settings_is_heard_but_not_where_to_listen(configured):
    found = configured("127.0.0.1", "--threads 3 --bind 0.0.0.0:1")

    assert (found.threads, found.keepalive) == (3, 2)
    assert found.bind == ["127.0.0.1:8123"]


def test_an_app_is_made_by_each_worker_whatever_is_asked_of_gunicorn(configured):
    assert not configured("127.0.0.1", "--preload").preload_app


def test_an_address_of_ipv6_is_listened_on(configured):
    assert configured("::1").address == [("::1", 8123)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_where_it_is_said_to_be(name):
    assert main.get_command(None, name).name == name


def test_the_command_line_imports_nothing_until_a_command_is_called():
    assert not imported("pass") & {*OF_OTHERS, "flask", "pydantic", "sqlalchemy"}


def test_the_server_imports_nothing_that_others_need():
    assert not imported('main.get_command(None, "serve")') & OF_OTHERS
