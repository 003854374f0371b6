"""Keyboard, small screens, leaving and privacy, as only a real browser can show them."""

import re

import pytest

from tests.browser.keyboard import walk_by_keyboard
from tests.browser.looks import WATCH, moved, runs_out
from tests.browser.person import answer, vignette
from tests.browser.states import State, met


@pytest.fixture(scope="module")
def walked(chromium, address):
    """A page at the end of a whole journey by keyboard alone on a small screen, and what was seen on the way."""
    context = chromium.new_context(base_url=address, viewport={"width": 320, "height": 800})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.asked, page.seen = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto("/")
    walk_by_keyboard(
        page,
        vignette("dark_thoughts_and_an_emergency"),
        lambda page: page.seen.append((page.url, page.title(), runs_out(page), moved(page))),
    )
    for path in ("/outcome", "/help"):
        page.goto(path)
    yield page
    context.close()


def test_the_keyboard_alone_comes_to_the_end_and_no_arrow_sends_anything(walked):
    assert walked.seen[-1][0].endswith("/check")


def test_no_question_runs_out_of_a_small_page_sideways(walked):
    assert len(walked.seen) > 40
    assert not [url for url, _, wide, _ in walked.seen if wide]


def test_no_question_moves_by_itself_on_a_small_page(walked):
    assert not [url for url, _, _, far in walked.seen if far]


def test_nothing_is_asked_of_anyone_else(walked, address):
    assert {re.match(r"https?://[^/]+", url)[0] for url in walked.asked} == {address}


def test_nothing_is_kept_in_the_browser_but_one_cookie(walked):
    kept = walked.evaluate("JSON.stringify([localStorage.length, sessionStorage.length])")

    assert kept == "[0,0]"
    cookies = walked.context.cookies()
    assert [(each["name"], each["httpOnly"], each["sameSite"]) for each in cookies] == [("visit", True, "Strict")]
    assert cookies[0]["expires"] == -1


def test_no_answer_stands_in_an_address_or_a_title(walked):
    seen = [(url, title) for url, title, *_ in walked.seen]
    words = re.compile(r"dead|suicid|crisis|support|ketamine|blood|=(?!check)", re.IGNORECASE)

    assert not [pair for pair in seen for text in pair if words.search(text.split("/step/")[0])]
    assert len({title for _, title in seen}) < 12


@pytest.mark.parametrize("way", ["button", "shift", "tab"])
def test_leaving_shows_an_ordinary_site_and_back_shows_nothing(open_page, elsewhere, way):
    page = open_page()
    page.get_by_role("button", name="I want to look at my own use").click()
    answer(page, vignette("c4"))
    page.wait_for_url("**/step/nation")
    if way == "button":
        page.get_by_role("button", name="Leave this site", exact=True).click()
    elif way == "shift":
        for _ in range(3):
            page.keyboard.press("Shift")
    else:
        for key in ("Tab", "Tab", "Enter"):
            page.keyboard.press(key)
    page.wait_for_url(f"{elsewhere}/today")

    assert page.locator("h1").inner_text() == "Weather"
    page.go_back()
    assert "Where in the UK" not in page.content()
    assert "How old are you" not in page.content()


def test_shift_with_another_key_between_does_not_leave(open_page):
    page = open_page()
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)

    assert page.url.endswith("/")


def test_the_answers_of_a_scale_stay_where_they_are_from_item_to_item_and_in_view_on_a_small_phone(open_page, running):
    page = open_page(viewport={"width": 375, "height": 667})
    places, told = [], []
    for item in (f"phq9_{number}" for number in range(1, 10)):
        with met(page, running, State(item, f"/step/{item}", "self", "c3")):
            places.append([page.locator(".choice").nth(number).bounding_box() for number in range(3)])
            told.append(page.locator(".way p").inner_text())

    assert all(abs(first["y"] - places[0][0]["y"]) < 1 for first, *_ in places)
    assert all(third["y"] + third["height"] < 667 for *_, third in places)
    assert told == [f"Question {number} of 9" for number in range(1, 10)]
