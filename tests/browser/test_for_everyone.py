"""Accessibility, keyboard, zoom, leaving and privacy, as only a real browser can show them."""

import re

import pytest

from tests.browser.looks import COLOURS, RULES, runs_out, violations
from tests.browser.person import answer, vignette, walk


@pytest.mark.parametrize(("scheme", "rules"), [("light", RULES), ("dark", COLOURS)], ids=["light", "dark"])
def test_axe_finds_nothing_on_any_page_of_a_journey(open_page, scheme, rules):
    page = open_page(color_scheme=scheme)
    found = violations(page, rules)
    kinds = set()

    def look(page):
        """Look at one page of each kind: that is where pages differ."""
        kind = page.evaluate(
            "[...document.querySelectorAll('main input[type],main .stem,main .hint,main .panel,.pinned')]"
            ".map(e => e.tagName + (e.type || e.className)).filter((v, i, a) => a.indexOf(v) === i).join()"
        )
        if kind not in kinds:
            kinds.add(kind)
            found.extend(violations(page, rules))

    walk(page, vignette("c2"), look)
    page.goto("/outcome")
    for summary in page.locator("details > summary").all():
        summary.click()
    found += violations(page, rules)
    for path in ("/help", "/privacy", "/accessibility", "/sources", "/deleted", "/nothing"):
        page.goto(path)
        found += violations(page, rules)

    assert not found, "\n".join(found)
    assert len(kinds) >= 5


def test_axe_finds_nothing_on_a_page_with_an_error(open_page):
    page = open_page()
    page.get_by_role("button", name="I want to look at my own use").click()
    page.get_by_role("button", name="Continue").click()

    assert not violations(page)
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "summary"


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


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_runs_out_of_the_page_sideways(open_page, width):
    page = open_page(viewport={"width": width, "height": 800})
    wide = []

    def look(page):
        if runs_out(page):
            wide.append(page.url)

    look(page)
    walk(page, vignette("c7"), look)
    for path in ("/outcome", "/help", "/privacy", "/sources"):
        page.goto(path)
        look(page)

    assert not wide


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


def test_nothing_is_asked_of_anyone_else(open_page, address):
    page = open_page()
    walk(page, vignette("c4"))
    page.goto("/outcome")
    page.goto("/help")

    assert {re.match(r"https?://[^/]+", url)[0] for url in page.asked} == {address}


def test_nothing_is_kept_in_the_browser_but_one_cookie(open_page):
    page = open_page()
    walk(page, vignette("c16"))
    kept = page.evaluate("JSON.stringify([localStorage.length, sessionStorage.length])")

    assert kept == "[0,0]"
    cookies = page.context.cookies()
    assert [(each["name"], each["httpOnly"], each["sameSite"]) for each in cookies] == [("visit", True, "Strict")]
    assert cookies[0]["expires"] == -1


def test_no_answer_stands_in_an_address_or_a_title(open_page):
    page = open_page()
    seen = []
    walk(page, vignette("c2"), lambda page: seen.append((page.url, page.title())))
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
