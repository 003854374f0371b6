"""The pages of those who worry about someone and of those who key in, as only a real browser can show them."""

import pytest

from tests.browser.person import door, vignette, walk
from tests.browser.states import State, opened

FAULT_SHOWN = ".summary:focus"


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


def test_each_question_of_a_page_is_a_group_with_its_name(open_page, running):
    page = open_page()
    opened(page, running, State("their body", "/part/their_body", "family", "c9", {"their_blood": None}))

    assert page.get_by_role("group", name="Blood in their pee").get_by_role("radio").count() == 6
    assert not page.get_by_role("group", name="Blood in their pee").get_by_role("radio", checked=True).count()


def test_what_is_tapped_on_a_page_of_several_questions_is_large_enough(open_page, running):
    page = open_page(viewport={"width": 320, "height": 800})
    small = {}
    for audience, person, part in (("family", "c9", "their_body"), ("clinician", "c2", "mood")):
        opened(page, running, State(part, f"/part/{part}", audience, person))
        boxes = page.locator(".choice").evaluate_all("all => all.map(each => each.getBoundingClientRect().toJSON())")
        assert len(boxes) > 20
        small[audience] = len([box for box in boxes if min(box["height"], box["width"]) < 24])

    assert small == {"family": 0, "clinician": 0}
