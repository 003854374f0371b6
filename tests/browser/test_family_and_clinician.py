"""The pages of those who worry about someone and of those who key in, as only a real browser can show them."""

import pytest

from tests.browser.looks import faults
from tests.browser.person import answer, door, path, vignette, walk

FAULT_SHOWN = ".summary:focus"


def state(page):
    """Return what kind of page this is: that is where pages differ in what they show."""
    kind = path(page).split("/")[1]
    helped = page.locator(".pinned").count()
    return f"{kind}, help on top" if helped else kind


def two_where_one_is_asked(page, id):
    """Send two answers to one question, as no browser would by itself, to see the page with its fault."""
    row = page.locator(f"fieldset[id={id}]")
    row.locator("input[type=radio]").evaluate_all("all => all.forEach(each => { each.type = 'checkbox' })")
    for box in row.locator("input[type=checkbox]").all()[:2]:
        box.check(force=True)
    page.locator("main form button[type=submit]").first.click()
    page.locator(FAULT_SHOWN).wait_for()


def looked_at_on_the_way(page, answers, audience):
    """Walk to the end and look at the first page of each kind and state."""
    found, seen = faults(page, "start"), set()

    def look(page):
        if state(page) not in seen:
            seen.add(state(page))
            found.extend(faults(page, f"{audience} {state(page)}"))

    walk(page, answers, look, audience)
    page.goto("/outcome")
    found.extend(faults(page, f"{audience} outcome"))
    return found, seen


def test_a_family_meets_nothing_that_axe_finds_or_that_runs_out_sideways(open_page):
    page = open_page()
    found, seen = looked_at_on_the_way(page, vignette("c10", "family"), "family")

    assert page.get_by_role("heading", name="Help for you").count() == 1
    assert page.get_by_role("heading", name="Help for the person you’re worried about").count() == 1
    page.goto("/part/their_body")
    two_where_one_is_asked(page, "their_blood")
    found += faults(page, "family with a fault")
    assert not found, "\n".join(found)
    assert seen == {"step", "pause", "step, help on top", "part, help on top", "check, help on top"}


def test_a_clinician_meets_nothing_that_axe_finds_or_that_runs_out_sideways(open_page):
    page = open_page()
    answers = vignette("several_substances_with_dependence", "clinician", phq9_9=1, mixing=None)
    found, seen = looked_at_on_the_way(page, answers, "clinician")
    page.goto("/check")
    found += faults(page, "clinician check")
    page.goto("/part/ketamine")
    page.get_by_role("textbox").fill("31")
    page.locator("main form button[type=submit]").first.click()
    page.locator(FAULT_SHOWN).wait_for()
    found += faults(page, "clinician with a fault")

    assert not found, "\n".join(found)
    assert {"part", "pause", "part, help on top"} <= seen


@pytest.mark.parametrize(("id", "audience"), [("c10", "family"), ("retention_in_the_room", "clinician")])
def test_without_javascript_the_way_is_the_same(open_page, id, audience):
    page = open_page(java_script_enabled=False)
    walk(page, vignette(id, audience), audience=audience)
    page.goto("/outcome")

    assert page.locator("h1").inner_text() in ("Where things stand", "Results")
    assert page.get_by_role("complementary", name="Help right now").is_visible()


def test_a_fault_takes_the_focus_and_its_link_leads_to_the_input(open_page):
    page = open_page()
    door(page, "clinician")
    page.goto("/part/ketamine")
    page.get_by_role("textbox").fill("many")
    page.locator("main form button[type=submit]").first.click()
    page.locator(FAULT_SHOWN).wait_for()

    assert page.title().startswith("Error: ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.value") == "many"


def test_each_question_of_a_page_is_a_group_with_its_name(open_page):
    page = open_page()
    door(page, "family")
    while not path(page).startswith("/part/"):
        answer(page, {}, "family")
    page.wait_for_url("**/part/their_body")

    assert page.get_by_role("group", name="Blood in their pee").get_by_role("radio").count() == 6
    assert not page.get_by_role("group", name="Blood in their pee").get_by_role("radio", checked=True).count()


def test_what_is_tapped_on_a_page_of_several_questions_is_large_enough(open_page):
    page = open_page(viewport={"width": 320, "height": 800})
    small = {}
    for audience in ("family", "clinician"):
        page.goto("/")
        door(page, audience)
        while not path(page).startswith("/part/"):
            answer(page, {}, audience)
            page.wait_for_load_state()
        boxes = page.locator(".choice").evaluate_all("all => all.map(each => each.getBoundingClientRect().toJSON())")
        small[audience] = len([box for box in boxes if min(box["height"], box["width"]) < 24])

    assert small == {"family": 0, "clinician": 0}
