"""The proxy alone, with nothing behind it: what is said while the app is away, to whom, and what is written down."""

import http.client
import re
import socket
import ssl
import time
from dataclasses import replace

import pytest

from assessment.app import LARGEST_POST
from assessment.web.records import ROOM
from tests.machines.site import DEPLOY, NAME, free_port, proxy
from tests.machines.visitor import Secure

CONFIGURATION = (DEPLOY / "nginx.conf").read_text()
AWAY = (DEPLOY / "away.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def front(place):
    """A proxy whose replicas are all away."""
    with proxy(place / "nginx", [free_port(), free_port()]) as started:
        yield started


def test_while_all_replicas_are_away_every_page_says_so_and_gives_the_numbers(front, arrive):
    visitor = arrive(front)
    for answer in (visitor.get("/"), visitor.get("/help"), visitor.post("/q/anything", {"a": "b"})):
        assert answer.status_code == 502
        assert answer.text == AWAY
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Retry-After"] == "10"
        assert answer.headers["Strict-Transport-Security"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("path", "most"), [("/q/anything", LARGEST_POST), ("/come-back", ROOM)], ids=["a form", "a file that is brought"]
)
def test_what_the_app_takes_is_held_in_memory_and_passed_on_and_what_is_much_more_is_refused(front, arrive, path, most):
    taken = arrive(front).post(path, b"x" * most)
    refused = arrive(front).post(path, b"x" * (most + 128 * 1024))

    assert taken.status_code == 502  # the replicas were asked, which are away
    assert (refused.status_code, refused.text) == (413, AWAY)
    assert not [file for file in front.folder.glob("nginx-*/**/*") if file.is_file()]


def test_all_that_may_be_sent_fits_into_the_buffer():
    most, held = (re.findall(rf"{name} (\d+k);", CONFIGURATION) for name in ("max_body_size", "body_buffer_size"))

    assert len(most) == 2
    assert most == held


def test_whoever_comes_without_https_is_led_to_it(front):
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=30)
    connection.request("GET", "/help", headers={"Host": NAME})
    answer = connection.getresponse()
    connection.close()

    assert answer.status == 301
    assert answer.headers["Location"] == f"https://{NAME}/help"


def test_whoever_asks_for_another_name_gets_nothing(front):
    with socket.create_connection(("127.0.0.1", front.plain), timeout=30) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            connection.recv(1024)
    with (
        socket.create_connection(("127.0.0.1", front.secure), timeout=30) as plain,
        pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"),
    ):
        front.trust.wrap_socket(plain, server_hostname="elsewhere.example")


@pytest.mark.parametrize(("version", "spoken"), [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)])
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
def test_only_modern_tls_is_spoken(front, arrive, version, spoken):
    trust = ssl.create_default_context(cafile=front.folder / "tls" / "certificate.pem")
    trust.set_ciphers("ALL:@SECLEVEL=0")
    trust.minimum_version = trust.maximum_version = ssl.TLSVersion[version]
    visitor = arrive(replace(front, trust=trust))

    if spoken:
        assert visitor.get("/").status_code == 502
    else:
        with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"):
            visitor.get("/")


def test_one_address_may_have_so_many_requests_under_way_and_others_are_not_kept_from_theirs(front, arrive):
    stalled = [Secure(front, "127.0.0.9") for _ in range(100)]
    for each in stalled:
        each.putrequest("POST", "/come-back")
        each.putheader("Content-Length", "1000")
        each.endheaders(b"x")
    time.sleep(0.5)

    assert arrive(front, "127.0.0.9").get("/").status_code == 429
    assert arrive(front, "127.0.0.10").get("/").status_code == 502
    for each in stalled:
        each.close()


def test_the_log_of_the_proxy_names_nobody(front, arrive):
    for request in (b"NOT HTTP\r\n\r\n", b"GET /secret HTTP/1.1\r\nX: " + b"y" * 40_000 + b"\r\n\r\n"):
        connection = Secure(front)
        connection.connect()
        connection.sock.sendall(request)
        connection.sock.recv(1024)
        connection.close()
    with socket.create_connection(("127.0.0.1", front.secure)) as plain:
        plain.sendall(b"\x16\x03\x01\x00\x05hello")
    arrive(front).get("/secret?secret=answer")

    assert not re.search(r"client|127\.0\.0|secret", front.said())
    assert not list(front.folder.glob("**/*access*"))
