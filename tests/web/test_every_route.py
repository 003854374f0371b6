"""Every route stands in exactly one list, and every answer of the app carries its headers."""

import re
from io import BytesIO

import pytest

from tests.web.conftest import SLEEP, make_app

PAGES = ["/", "/come-back", "/deleted", "/help", "/privacy", "/accessibility", "/sources"]
VISIT_PAGES = [
    "/step/<question_id>",
    "/part/<section_id>",
    "/pause",
    "/check",
    "/outcome",
    "/later",
    "/waiting",
    "/compare",
]
POSTS = [
    "/begin",
    "/step/<question_id>",
    "/part/<section_id>",
    "/fit",
    "/come-back",
    "/come-back/go-on",
    "/delete",
    "/leave",
]
DOWNLOADS = ["/copy", "/sheet", "/summary", "/later"]
DATA = ["/fhir"]
HEALTH = ["/healthz", "/readyz"]
SECURITY = ["/.well-known/security.txt"]
STATIC = ["/static/<path:filename>", "/label.css"]


OWN = ("localhost:8000", "127.0.0.1:8000", "[::1]:8000", "[::1]")
FOREIGN = {
    *("evil.example", "takestock.example.evil.example", "nottakestock.example", "127.0.0.1.evil.example"),
    *("[::1].evil.example", "[::1]:8000.evil.example", "[::1]:evil.example", "[2001:db8::1]:8000"),
}


@pytest.fixture(scope="module")
def only_ours(tmp_path_factory):
    """An app that answers to names of its own only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('named') / 'visits.sqlite3'}"
    named = {"hosts": ("takestock.example", ".clinic.example"), "security_contact": "mailto:security@takestock.example"}
    made = make_app(url, SLEEP, **named)
    yield made
    made.extensions["assessment"].printer.close()


def test_every_route_stands_in_exactly_one_list(app):
    by_method = {
        "GET": sorted(rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods),
        "POST": sorted(rule.rule for rule in app.url_map.iter_rules() if "POST" in rule.methods),
    }

    assert by_method == {
        "GET": sorted(PAGES + VISIT_PAGES + HEALTH + SECURITY + STATIC),
        "POST": sorted(POSTS + DOWNLOADS + DATA),
    }


def filled(address):
    return address.replace("<question_id>", "age").replace("<section_id>", "their_body")


def checked(response):
    headers = response.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers.getlist("Vary") == ["Cookie"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert {"camera=()", "geolocation=()", "usb=()"} <= set(headers["Permissions-Policy"].split(", "))
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'; trusted-types 'none'" in policy
    assert "unsafe" not in policy
    return response


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_shown_to_anyone_and_kept_nowhere(walker, address):
    page = walker.open(address)

    assert page.status == 200
    checked(walker.response)


@pytest.mark.parametrize("address", VISIT_PAGES)
def test_a_page_of_a_visit_needs_a_visit(walker, address):
    page = walker.open(filled(address))

    assert page.status == 410
    checked(walker.response)


@pytest.mark.parametrize("address", [*POSTS, *DOWNLOADS, *DATA])
def test_a_post_without_a_token_changes_nothing(app, address):
    response = app.test_client().post(filled(address))

    assert response.status_code == (303 if address == "/leave" else 400)
    checked(response)


@pytest.mark.parametrize(
    "address", [each for each in [*POSTS, *DOWNLOADS, *DATA] if each not in ("/begin", "/come-back", "/leave")]
)
def test_a_post_of_a_visit_needs_a_visit(walker, address):
    token = walker.open("/").form_with("I’m with a patient").find("input").get("value")
    response = walker.client.post(filled(address), data={"csrf_token": token})

    assert response.status_code == (303 if address == "/delete" else 410)
    checked(response)


@pytest.mark.parametrize("address", DOWNLOADS + DATA)
def test_a_document_is_kept_nowhere_and_has_a_name_that_says_nothing(walker, address):
    walker.open("/")
    page = walker.press("I want to look at my own use" if address == "/later" else "I’m with a patient")
    token = next(each.get("value") for each in page.all("input") if each.get("name") == "csrf_token")
    response = checked(walker.client.post(address, data={"csrf_token": token}))

    kind, name = ("fhir+json", "notes.json") if address in DATA else ("pdf", "notes.pdf")
    assert response.mimetype == f"application/{kind}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


@pytest.mark.parametrize(
    ("door", "address"), [("I want to look at my own use", "/summary"), ("I’m worried about someone", "/summary")]
)
def test_what_is_for_clinicians_is_not_there_for_others(walker, door, address):
    walker.open("/")
    token = walker.press(door).form_with("Continue").find("input").get("value")

    assert walker.client.post(address, data={"csrf_token": token}).status_code == 404


def test_static_files_are_served_and_may_be_kept(app):
    with app.test_client().get("/static/site.css") as response:
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize(("address", "status"), [("/nothing", 404), ("/begin", 405), ("/static/nothing.css", 404)])
def test_a_wrong_address_gets_a_page_of_our_own(walker, address, status):
    page = walker.open(address)

    assert page.status == status
    assert page.heading == "Page not found"


def test_too_much_is_refused(walker):
    walker.response = walker.client.post("/begin", data={"audience": "x" * 100_000})

    assert walker.response.status_code == 413


@pytest.mark.parametrize(
    ("base", "headers", "secure"),
    [
        ("http://127.0.0.1:8000", {}, False),
        ("http://localhost:8000", {}, False),
        ("http://[::1]:8000", {}, False),
        ("https://localhost", {}, True),
        ("http://takestock.example", {}, True),
        ("http://127.0.0.1.example.com", {}, True),
        ("http://127.0.0.1:8000", {"X-Forwarded-For": "192.0.2.1"}, True),
        ("http://127.0.0.1:8000", {"X-Forwarded-Proto": "https"}, True),
    ],
)
def test_the_cookie_travels_in_the_clear_only_from_a_machine_to_itself(app, base, headers, secure):
    response = app.test_client().get("/", base_url=base, headers=headers)

    assert ("Secure" in response.headers["Set-Cookie"]) == secure
    assert response.headers["Set-Cookie"].startswith("__Host-visit=" if secure else "visit=")
    assert ("Strict-Transport-Security" in response.headers) == secure
    assert "HttpOnly" in response.headers["Set-Cookie"]
    assert "SameSite=Strict" in response.headers["Set-Cookie"]
    assert "Expires" not in response.headers["Set-Cookie"]


def test_only_our_own_names_and_those_of_this_machine_are_answered_to(only_ours):
    asked = {
        name: only_ours.test_client().get("/", headers={"Host": name})
        for name in (*("takestock.example", "takestock.example:8443", "www.clinic.example"), *OWN, *FOREIGN)
    }

    assert {name for name, response in asked.items() if response.status_code == 200} == asked.keys() - FOREIGN
    for name in FOREIGN:
        assert checked(asked[name]).status_code == 400
        assert "example" not in asked[name].text


def test_a_finder_of_a_weakness_is_told_whom_to_tell(only_ours, app):
    address = "/.well-known/security.txt"
    told = checked(only_ours.test_client().get(address)).text

    assert "Contact: mailto:security@takestock.example\nExpires: 20" in told
    assert app.test_client().get(address).status_code == 404


def test_a_form_of_very_many_fields_is_refused_by_a_page(walker):
    fields = {f"field{number}": (None, "x") for number in range(2000)}
    walker.response = walker.client.post("/begin", data=fields, content_type="multipart/form-data")

    assert walker.response.status_code == 413
    checked(walker.response)


def test_an_address_that_is_none_is_refused_with_the_headers_of_every_page(app):
    response = app.test_client().get("/", headers={"Host": "a" * 300})

    assert response.status_code == 400
    checked(response)


def test_a_static_file_that_is_not_there_is_kept_nowhere(app):
    response = app.test_client().get("/static/nothing.css")

    assert response.status_code == 404
    checked(response)


def test_no_address_is_mended_towards_another_host(app):
    response = app.test_client().get("/static//site.css", headers={"Host": "evil.example"})

    assert "Location" not in response.headers


def test_forms_work_behind_a_proxy_that_speaks_https(app):
    client = app.test_client()
    page = client.get("/", base_url="https://takestock.example")
    token = re.search('name="csrf_token" value="([^"]+)"', page.text)[1]
    answered = client.post(
        "/begin", base_url="https://takestock.example", data={"csrf_token": token, "audience": "self"}
    )

    assert answered.status_code == 303


@pytest.mark.parametrize("address", ["/help", "/privacy", "/accessibility", "/sources", "/deleted", "/nothing"])
def test_reading_sets_no_cookie(app, address):
    assert "Set-Cookie" not in app.test_client().get(address).headers


@pytest.mark.parametrize(
    "body",
    [{"json": 5}, {"json": {"answer": ["here"]}}, {"json": []}, {"data": {"answer": (BytesIO(b"here"), "here")}}],
    ids=["a number", "JSON that looks like the form", "a list", "a file in place of a field"],
)
def test_only_a_form_of_ours_is_an_answer(sleeper, body):
    sleeper.open("/")
    page = sleeper.press("I want to look at my sleep")
    token = page.form_with("Continue").find("input").get("value")
    sleeper.response = sleeper.client.post("/step/country", headers={"X-CSRFToken": token}, **body)

    assert sleeper.response.status_code == 422
    assert sleeper.open("/check").path == "/step/country"
