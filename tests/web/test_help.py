"""Help for a moment of need: for everyone, in the right nation, and whatever else is broken."""

import pytest
from sqlalchemy.exc import OperationalError

from tests.web.walker import Walker

BEGIN = "I want to look at my own use"


@pytest.fixture
def in_nation(walker):
    def begun(nation):
        walker.open("/")
        walker.press(BEGIN)
        walker.choose("25 to 34")
        return walker.choose(nation)

    return begun


def dialled(page):
    return {each.get("href") for each in page.all("a")}


def test_before_anything_is_known_every_nation_has_its_numbers(walker):
    page = walker.open("/help")

    assert {"tel:999", "tel:116123", "tel:111", "tel:08088088000"} <= dialled(page)
    for nation in ("England", "Scotland", "Wales", "Northern Ireland"):
        assert f"In {nation}" in page.text


@pytest.mark.parametrize("path", ["/help", "/nothing"])
def test_in_northern_ireland_no_page_of_help_names_111(walker, in_nation, path):
    in_nation("Northern Ireland")
    page = walker.open(path)

    assert "tel:111" not in dialled(page)
    assert "In England" not in page.text
    assert {"tel:999", "tel:116123"} <= dialled(page)


def test_the_line_of_the_nation_stands_among_the_first(walker, in_nation):
    in_nation("Northern Ireland")
    page = walker.open("/help")
    order = [each.get("href") for each in page.all("a") if (each.get("href") or "").startswith("tel:")]

    assert order.index("tel:08088088000") < order.index("tel:116123")


def test_in_a_nation_only_its_own_numbers_and_those_for_everyone_are_shown(walker, in_nation):
    in_nation("Wales")
    page = walker.open("/help")

    assert "In Wales" not in page.text
    assert "tel:08088082234" in dialled(page)
    assert "tel:08088088000" not in dialled(page)


def test_no_number_is_shown_that_may_not_be_published(app, walker):
    hidden = [each for each in app.extensions["assessment"].services if not each.publish]
    page = walker.open("/help")

    assert not [each.name for each in hidden if each.name in page.text]


def test_a_visit_that_is_gone_still_gets_the_numbers(walker):
    page = walker.open("/check")

    assert page.status == 410
    assert {"tel:999", "tel:116123"} <= dialled(page)


@pytest.fixture
def without_database(app, walker, in_nation, monkeypatch):
    in_nation("Wales")

    def down(*_args, **_kwargs):
        raise OperationalError("SELECT", {}, Exception("the database does not answer"))

    monkeypatch.setattr(app.extensions["assessment"].visits, "find", down)
    return walker


@pytest.mark.parametrize("path", ["/", "/help", "/privacy", "/sources"])
def test_pages_that_need_no_answers_are_shown_without_a_database(without_database, path):
    assert without_database.open(path).status == 200


def test_without_a_database_a_page_of_a_visit_says_so_and_gives_the_numbers(without_database, caplog):
    page = without_database.open("/step/age")

    assert page.status == 503
    assert page.heading == "We can’t reach your answers just now"
    assert page.link("Go on where you were") == "/check", "nobody is sent to the start as if all were lost"
    assert without_database.response.headers["Retry-After"] == "60"
    assert {"tel:999", "tel:116123"} <= dialled(page)
    assert without_database.response.headers["Cache-Control"] == "no-store"
    assert len(caplog.records) == 1
    assert "Traceback" not in caplog.text
    assert "SELECT" not in caplog.text


def test_a_mistake_of_ours_is_logged_without_its_message(app, caplog, monkeypatch):
    def mistaken(*_args, **_kwargs):
        raise ValueError("phq9_9: nearly_every_day")

    monkeypatch.setattr(app.extensions["assessment"].visits, "find", mistaken)
    walker = Walker(app.test_client())
    with walker.client.session_transaction() as session:
        session["visit"] = "x" * 43
    response = walker.client.get("/check")

    assert response.status_code == 500
    assert "ValueError at " in caplog.text
    assert "phq9_9" not in caplog.text


def test_an_error_leads_back_to_the_answers_while_there_are_any(walker, in_nation):
    in_nation("Wales")
    walker.open("/nothing")

    assert walker.follow("Go on where you were").path == "/step/urgent_signs"


def test_the_start_page_has_a_door_for_each_reader_and_says_what_comes(walker):
    page = walker.open("/")

    for door in ("I want to look at my own use", "I’m worried about someone", "I’m with a patient"):
        assert page.form_with(door).get("action") == "/begin"
    assert page.text.count("minutes") >= 3
    assert "There are no questions for you yet" not in page.text


@pytest.mark.parametrize("forged", ["", "nobody", "<b>"])
def test_a_door_that_is_none_leads_nowhere(walker, forged):
    token = walker.open("/").form_with("I’m with a patient").find("input").get("value")

    assert walker.client.post("/begin", data={"csrf_token": token, "audience": forged}).status_code == 400


def test_the_start_page_leads_back_to_a_visit_and_says_that_starting_again_deletes_it(walker, in_nation):
    in_nation("Wales")
    page = walker.open("/")

    assert "Starting again below deletes them" in page.text
    assert walker.follow("Go on where you were").path == "/step/urgent_signs"
