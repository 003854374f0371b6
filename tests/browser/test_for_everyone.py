"""Keyboard, small screens, leaving and privacy, as only a real browser can show them."""

import re

import pytest

from tests.browser.looks import WATCH, moved, runs_out
from tests.browser.person import answer, vignette, walk
from tests.browser.states import State, met


def test_the_keyboard_alone_answers_and_leaves(open_page):
    page = open_page()
    page.get_by_role("button", name="I want to look at my own use").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/step/age")
    while page.evaluate("document.activeElement.name") != "answer":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.url.endswith("/step/age"), "arrow keys choose, they never send"
    page.keyboard.press("Enter")
    page.wait_for_url("**/step/nation")


def test_focus_is_always_to_be_seen(open_page):
    page = open_page()
    page.get_by_role("button", name="I want to look at my own use").click()
    unseen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        shown = page.evaluate(
            "(() => { const e = document.activeElement; const c = e.closest('label') || e;"
            "const s = [getComputedStyle(e), getComputedStyle(c)];"
            "return s.some(x => x.outlineStyle !== 'none' || x.boxShadow !== 'none') || e.tagName === 'BODY'; })()"
        )
        if not shown:
            unseen.append(page.evaluate("document.activeElement.outerHTML"))

    assert not unseen


def test_what_is_tapped_is_large_enough(open_page):
    page = open_page(viewport={"width": 390, "height": 800})
    page.get_by_role("button", name="I want to look at my own use").click()
    small = page.evaluate(
        "[...document.querySelectorAll('button, .choice, .help, .back, summary')]"
        ".filter(e => !e.classList.contains('skip'))"
        ".map(e => [e.textContent.trim(), e.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"
    )

    assert not small


@pytest.fixture(scope="module")
def walked(chromium, address):
    """A page at the end of a whole journey on a small screen, and what was seen on the way: one walk for five facts."""
    context = chromium.new_context(base_url=address, viewport={"width": 320, "height": 800})
    context.add_init_script(WATCH)
    page = context.new_page()
    page.asked, page.seen = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto("/")
    walk(
        page,
        vignette("dark_thoughts_and_an_emergency"),
        lambda page: page.seen.append((page.url, page.title(), runs_out(page), moved(page))),
    )
    for path in ("/outcome", "/help"):
        page.goto(path)
    yield page
    context.close()


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


@pytest.mark.parametrize("way", ["button", "shift"])
def test_leaving_shows_an_ordinary_site_and_back_shows_nothing(open_page, elsewhere, way):
    page = open_page()
    page.get_by_role("button", name="I want to look at my own use").click()
    answer(page, vignette("c4"))
    page.wait_for_url("**/step/nation")
    if way == "button":
        page.get_by_role("button", name="Leave this site", exact=True).click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
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
