"""Every state of every page, as it is seen by those who see little and heard by those who see nothing.

A state is opened once and looked at small and large, light and dark: once by every rule, then by those that may differ.
"""

import re
from itertools import pairwise

import pytest

from tests.browser.looks import (
    RULES,
    RULES_OF_LOOK,
    WATCH,
    cut_off,
    lost,
    moved,
    reading,
    runs_out,
    too_small,
    violations,
)
from tests.browser.states import STATES, met

REFUSED = re.compile("Failed to load resource: the server responded with a status of (?:4|503|500)")
FOR_CLINICIANS = ("clinician", "sources")  # the titles of studies are not ours
NAMELESS = re.compile(r"- (link|button|radio|checkbox|textbox|combobox|region|navigation|complementary)(?: \[.*\])?:?")
LANDMARK = re.compile("- (?:banner|main|contentinfo)\\b")


@pytest.fixture(scope="module")
def window(chromium, address):
    context = chromium.new_context(base_url=address, reduced_motion="reduce")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("pageerror", lambda error: page.said.append(str(error)))
    yield page
    context.close()


@pytest.fixture(scope="module", params=STATES, ids=lambda state: state.name)
def page(window, running, request):
    """A page in one of its states, with all of it opened."""
    window.said.clear()
    window.set_viewport_size({"width": 1280, "height": 800})
    with met(window, running, request.param):
        window.moved = moved(window)
        window.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
        yield window


@pytest.fixture(scope="module")
def heard(page):
    """The page as a screen reader is given it, line by line."""
    lines = page.locator("body").aria_snapshot().splitlines()
    return [re.sub(r"^- '(.*)'(:?)$", r"- \1\2", line.strip()) for line in lines]  # quoted where a name has a colon


@pytest.mark.parametrize(
    ("width", "scheme", "rules"),
    [
        (320, "light", RULES),
        (320, "dark", RULES_OF_LOOK),
        (1280, "dark", RULES_OF_LOOK),
        (1280, "light", RULES_OF_LOOK),
    ],
    ids=["small", "small and dark", "large and dark", "large"],
)
def test_axe_finds_nothing_and_nothing_runs_out_sideways(page, width, scheme, rules):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    found = violations(page, rules)

    assert not found, "\n".join(found)
    assert not runs_out(page)
    assert not cut_off(page)


def test_nothing_moves_by_itself(page):
    assert page.moved == 0


def test_the_browser_has_nothing_to_complain_about(page):
    assert not [each for each in page.said if not REFUSED.match(each)]


def test_what_is_not_for_clinicians_is_read_at_eleven_or_little_later(page, request):
    name = request.node.callspec.params["page"].name
    read = reading(page, name)

    assert read.sentences
    assert read.age < 12 or name.startswith(FOR_CLINICIANS)


def test_everything_to_press_or_fill_in_has_a_name_and_headings_come_in_order(page, heard):
    levels = [int(level) for line in heard for level in re.findall(r'^- heading ".+" \[level=(\d)\]', line)]

    assert not [line for line in heard if NAMELESS.fullmatch(line)]
    assert all(each.inner_text().strip() for each in page.locator("fieldset > legend:first-child").all())
    assert page.locator("fieldset").count() == page.locator("fieldset > legend:first-child").count()
    assert levels.count(1) == 1
    assert not [(above, below) for above, below in pairwise(levels) if below > above + 1]
    assert [line for line in heard if LANDMARK.match(line)] == ["- banner:", "- main:", "- contentinfo:"]


def test_a_fault_is_told_first_and_again_beside_the_question(page, heard):
    told = [line for line in heard if line.startswith("- alert")]

    assert bool(told) == page.title().startswith("Error: ")
    if told:
        assert heard[heard.index(told[0]) + 1] == '- heading "There is a problem" [level=2]'
        assert page.evaluate("document.activeElement.className") == "summary"
        for link in page.locator(".summary a").all():
            message = link.inner_text().rpartition(": ")[2]
            assert page.locator(".fault", has_text=message).count()
            assert page.locator(link.get_attribute("href")).is_visible()


def test_what_is_pressed_is_large_and_what_has_the_focus_shows_it(page):
    page.set_viewport_size({"width": 320, "height": 640})

    assert not too_small(page)
    assert not lost(page)
