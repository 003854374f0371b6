"""What costs much may be asked for so often from one address; help, leaving and answering always."""

import re
import socket
import subprocess

import pytest

from assessment.web import limits
from tests.web.conftest import SLEEP, make_app
from tests.web.walker import Walker

HTTPS = "https://takestock.example"
ABROAD = {"X-Forwarded-For": "198.51.100.7"}


@pytest.fixture
def limited(tmp_path, monkeypatch):
    """An app on which everything limited may be asked for twice."""
    monkeypatch.setattr(limits, "LIMITS", dict.fromkeys(limits.LIMITS, 2))
    made = []

    def make(kept_in="memory://", **settings):
        url = f"sqlite:///{tmp_path / 'visits.sqlite3'}"
        made.append(make_app(url, SLEEP, limits_kept_in=kept_in, **settings))
        return made[-1]

    yield make
    for app in made:
        app.extensions["assessment"].printer.close()


def begun(app, address="192.0.2.1", headers=()):
    """Begin a visit from an address; return the status."""
    client = app.test_client()
    page = client.get("/", base_url=HTTPS, environ_base={"REMOTE_ADDR": address}, headers=headers)
    form = {"audience": "sleeper", "csrf_token": re.search('name="csrf_token" value="([^"]+)"', page.text)[1]}
    sent = {"data": form, "base_url": HTTPS, "environ_base": {"REMOTE_ADDR": address}, "headers": headers}
    return client.post("/begin", **sent).status_code


def test_who_begins_too_often_waits_and_is_shown_who_helps(limited):
    app = limited()
    assert [begun(app) for _ in range(4)] == [303, 303, 429, 429]

    walker = Walker(app.test_client())
    response = walker.client.post("/begin", environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert response.headers["Retry-After"] == "600"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Please wait a little" in response.text
    assert "If you need help now" in response.text


def test_another_address_is_not_held_up(limited):
    app = limited()
    for _ in range(3):
        begun(app)

    assert begun(app, "192.0.2.2") == 303


def test_one_home_has_one_count_though_it_has_many_addresses(limited):
    app = limited()

    assert [begun(app, f"2001:db8::{number}") for number in range(1, 4)] == [303, 303, 429]
    assert begun(app, "2001:db8:0:1::1") == 303


def test_an_address_written_in_the_way_of_ipv6_is_one_home_and_not_everybody(limited):
    app = limited()

    assert [begun(app, f"::ffff:192.0.2.{number}") for number in (1, 2, 3)] == [303, 303, 303]
    assert [begun(app, address) for address in ("192.0.2.1", "::ffff:192.0.2.1")] == [303, 429]


@pytest.mark.parametrize("written", ["192.0.2.1:{}", "[2001:db8::1]:{}", "[2001:db8::{}]"])
def test_a_port_that_a_proxy_writes_beside_an_address_makes_no_other_visitor(limited, written):
    app = limited(proxies=1)
    from_ports = [{"X-Forwarded-For": written.format(port)} for port in (4001, 4002, 4003)]

    assert [begun(app, headers=each) for each in from_ports] == [303, 303, 429]


@pytest.mark.parametrize("proxies", [0, 1])
def test_nobody_passes_for_many_by_naming_addresses(limited, proxies):
    app = limited(proxies=proxies)
    forged = [{"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.7"} for number in range(3)]

    assert [begun(app, headers=each) for each in forged] == [303, 303, 429]


def test_behind_a_proxy_each_visitor_is_counted_alone(limited):
    app = limited(proxies=1)
    for _ in range(3):
        begun(app, "10.0.0.1", ABROAD)

    assert begun(app, "10.0.0.1", {"X-Forwarded-For": "198.51.100.8"}) == 303


def test_a_proxy_that_was_not_told_of_is_told_to_the_operator_once(limited, caplog):
    limits._told.cache_clear()  # noqa: SLF001 - as in a new process
    app = limited()
    for _ in range(2):
        begun(app, headers=ABROAD)

    assert [each.message for each in caplog.records if "PROXIES" in each.message] == [
        "Requests come through a proxy, and PROXIES is not set: all visitors count as one address."
    ]
    assert "198.51.100.7" not in caplog.text


def test_help_answers_and_leaving_are_never_limited(limited):
    app = limited()
    free = {"pages.leave", "pages.delete", "pages.answer", "sections.keep", "information.help_now", "downloads.waiting"}

    assert set(limits.LIMITED).isdisjoint(free)
    for _ in range(4):
        assert app.test_client().post("/leave", environ_base={"REMOTE_ADDR": "192.0.2.1"}).status_code == 303


def test_all_documents_share_one_count_and_files_have_their_own(limited):
    app = limited()
    client = app.test_client()
    statuses = [client.post(each).status_code for each in ("/copy", "/sheet", "/summary", "/later", "/fhir")]

    assert statuses == [400, 400, 429, 429, 429]
    assert client.post("/come-back").status_code == 400


def test_no_address_is_kept_and_nobody_can_tell_it_from_what_is(limited):
    app = limited()
    begun(app, "192.0.2.1")
    [counted] = app.extensions["limiter"]
    kept = str(counted.storage.storage)

    assert len(re.findall("[0-9a-f]{64}", kept)) == 1
    assert "192.0.2" not in kept


@pytest.fixture
def redis():
    """The address of a Redis server of our own, which keeps nothing on the disk."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        next(line for line in server.stdout if "Ready to accept" in line)
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()
        server.stdout.read()


def test_two_machines_count_together_in_redis(limited, redis):
    one, other = limited(redis), limited(redis)

    assert [begun(one), begun(other), begun(one), begun(other)] == [303, 303, 429, 429]
    for app in (one, other):
        [counted] = app.extensions["limiter"]
        counted.storage.storage.close()


def test_without_its_redis_the_app_goes_on_and_counts_in_memory(limited, caplog):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        app = limited(f"redis://127.0.0.1:{nobody.getsockname()[1]}/0")

        assert [begun(app) for _ in range(3)] == [303, 303, 429]
    assert "192.0.2.1" not in caplog.text
