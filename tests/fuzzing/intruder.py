"""Somebody who may send anything at all from a browser or a program, and who holds every answer against our rules."""

import html
import logging
from html.parser import HTMLParser
from urllib.parse import urlsplit

from hypothesis import strategies as st

from tests.fuzzing.patience import within
from tests.web.conftest import LEAVE_TO
from tests.web.test_every_route import checked

PLANTED = "planted"
MARKUP = (f'"><script id={PLANTED}>', f"'><b id={PLANTED}>", f"</title></textarea><b id={PLANTED}>")
ODD_WORDS = (
    f"{PLANTED} {{{{ 1234 * 4321 }}}}", "", " ", "declined", "not_sure", "0", "8", "-1", "\0", "%00", "é\u202e\ufeff",
    "../../etc/passwd", "%2e%2e/", "copy", f"{PLANTED}\r\nSet-Cookie: a=b", f"' or 1=1 -- {PLANTED}",
    "//evil.example", "check",
)  # fmt: skip
INSIDE = ("Traceback", "5332114", "sqlalchemy", "jinja2", "/assessment/", "Werkzeug")
METHODS = ("GET", "GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE", "PATCH", "BREW")
HEADERS = (
    ("X-Forwarded-For", PLANTED), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "evil.example"),
    ("Host", ""), ("Host", "evil.example"), ("Host", "[::1"), ("Origin", "https://evil.example"), ("Referer", PLANTED),
    ("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("X-HTTP-Method-Override", "DELETE"),
    ("Content-Length", "-1"), ("Content-Length", "x"), ("Content-Length", "9999999999"), ("Range", "bytes=9-2"),
    ("If-Modified-Since", PLANTED), ("If-None-Match", "*"), ("Accept-Language", "zz;q=x"),
    ("Cookie", f"visit={PLANTED}; visit=; =; a"),
)  # fmt: skip
TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "application/json", "",
    "multipart/form-data", "multipart/form-data; boundary=x", "multipart/form-data; boundary=", "text/xml", "é",
)  # fmt: skip
PARTS = (
    b'--x\r\nContent-Disposition: form-data; name="answer"; filename="a"\r\n\r\nhere\r\n--x--\r\n', b"--x\r\n",
    b"--x\r\nContent-Disposition: form-data; name*=utf-8''%ff%00\r\n\r\n\r\n", b"--x", b'{"answer": ["here"]}',
    b"a=%ff%c0%af%00&%=&=&&&b", b"a=1&", b"5", b"[",
)  # fmt: skip


def long(words, most):
    """Return these words as they are, or over and over again."""
    return st.builds(lambda one, times: one * times, words, st.sampled_from([1, 1, 1, 1, most]))


words = (
    st.sampled_from(MARKUP) | long(st.sampled_from(ODD_WORDS), 500) | st.text(st.characters(codec="utf-8"), max_size=12)
)
bodies = long(st.sampled_from(PARTS), 2_000) | st.binary(max_size=80)


class Seen(HTMLParser):
    """What a page offers: its forms with their fields and buttons, and its links; and the ids of its elements."""

    def __init__(self, text):
        super().__init__()
        self.forms, self.links, self.ids = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids.append(given.get("id"))
        if tag == "form":
            self.forms.append((given.get("action"), [], []))
        elif tag == "input" and self.forms:
            self.forms[-1][1].append((given.get("type", "text"), given.get("name"), given.get("value") or ""))
        elif tag == "button" and self.forms:
            self.forms[-1][2].append((given.get("formaction"), given.get("name"), given.get("value") or ""))
        elif tag == "a":
            self.links.append(given.get("href") or "")


class Told(logging.Handler):
    """Everything that is logged, to be read afterwards."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append((record.levelname, self.format(record)))


def judged(ask, said):
    """Ask, and return the answer if it keeps to every rule that holds whatever was asked."""
    with within(30):
        response = ask()
    body = response.get_data().decode(errors="replace")
    response.close()
    assert response.status_code < 500 or (response.status_code == 503 and response.headers["Retry-After"]), body
    assert not [line for level, line in said.lines if level == "ERROR" or PLANTED in line]
    if response.status_code not in (200, 304) or not response.request.path.startswith(("/static/", "/label.css")):
        checked(response)
    assert PLANTED not in str([value for name, value in response.headers if name != "Content-Disposition"])
    _leads_to_us(response)
    assert not [each for each in INSIDE if each in body]
    if response.mimetype == "text/html" and PLANTED in html.unescape(body):
        assert PLANTED not in Seen(body).ids, body
        assert PLANTED not in body.partition("</title>")[0]
    return response


def _leads_to_us(response):
    """Hold every redirect to an address of ours that tells nothing, or to the ordinary site."""
    address = response.headers.get("Location", LEAVE_TO)
    if address != LEAVE_TO:
        parts = urlsplit(address)
        assert address.startswith("/")
        assert not address.startswith("//")
        assert (parts.scheme, parts.netloc) == ("", "")
        assert parts.query in ("", "return=check")
    for cookie in response.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert len(cookie) < 1_000
