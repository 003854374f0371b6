"""A full form keyed in without a mouse: a key for each answer, Enter to go on."""

import time

import pytest

from assessment.core.answers import written_down
from assessment.core.journey import Journey
from tests.browser.person import door, edition, path, vignette, walk
from tests.web.person import beside

FULL = "several_substances_with_dependence"
ROW_IN_FOCUS = "document.activeElement.closest('fieldset')?.id"
ON_TOP = """(() => {
  const focused = document.activeElement.getBoundingClientRect();
  const there = document.elementFromPoint(focused.x + focused.width / 2, focused.y + focused.height / 2);
  return there?.closest('fieldset') === document.activeElement.closest('fieldset');
})()"""


class Typist:
    """Reads the keys that stand beside the answers, and counts what is typed."""

    def __init__(self, page):
        self.page = page
        self.typed = 0
        self.began = time.monotonic()

    def type(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        self.typed += len(keys)

    def key(self, row, label):
        return (
            row.locator("label", has_text=label)
            .filter(has=self.page.get_by_label(label, exact=True))
            .get_attribute("data-key")
        )

    def keys(self, question, answer):
        """Return what to type for an answer; Enter alone leaves it blank."""
        if answer is None:
            return ["Enter"]
        if isinstance(answer, int):
            return [*str(answer), "Enter"]
        row = self.page.locator(f"fieldset[id={question.id}]")
        found = [self.key(row, label) for label in beside(question, answer, in_a_row=True)]
        return [*found, "Enter"] if question.several else found

    def key_in(self, asked, answers):
        """Key in the page that is open, from its first row to its button, where the focus goes by itself."""
        page = path(self.page)
        for id in self.page.locator("fieldset.row").evaluate_all("rows => rows.map(row => row.id)"):
            assert self.page.evaluate(ROW_IN_FOCUS) == id, "the focus goes from question to question"
            self.type(*self.keys(asked.by_id[id], answers.get(id)))
        assert self.page.evaluate("document.activeElement.type") == "submit"
        self.type("Enter")
        self.page.wait_for_function("before => location.pathname !== before", arg=page)
        self.page.wait_for_load_state()

    def __str__(self):
        return f"{self.typed} keystrokes in {time.monotonic() - self.began:.1f} s"


@pytest.fixture
def keyed(open_page):
    page = open_page()
    door(page, "clinician")
    page.wait_for_url("**/part/about")
    page.wait_for_load_state()
    return page


def said_at_the_check(page):
    page.goto("/check")
    rows = page.locator(".answers li:not(.scale)").evaluate_all(
        "all => all.map(each => [each.querySelector('.asked').textContent, each.querySelector('.answer').textContent])"
    )
    return dict(rows)


def test_a_full_form_is_keyed_in_by_the_keys_beside_the_answers_alone(keyed):
    asked, answers = edition("clinician"), vignette(FULL, "clinician")
    typist = Typist(keyed)
    while path(keyed) != "/outcome":
        typist.key_in(asked, answers)
    told = str(typist)
    expected = {
        question.ask: written_down(question, answers.get(question.id)) for question in Journey(asked, answers).questions
    }

    assert len(expected) > 50
    assert {ask: said for ask, said in said_at_the_check(keyed).items() if expected.get(ask) != said} == {}, told


def test_the_key_of_each_answer_stands_beside_it(keyed):
    keyed.goto("/part/body")
    shown = keyed.locator(".choice[data-key]").evaluate_all(
        "all => all.map(each => [each.dataset.key, getComputedStyle(each, '::before').content])"
    )

    assert len(shown) == keyed.locator(".choice").count()
    assert [(key, content) for key, content in shown if content != f'"{key}"'] == []


def test_each_key_means_one_answer_of_its_question(keyed):
    keyed.goto("/part/body")
    for row in keyed.locator("fieldset.row").all():
        keys = row.locator("[data-key]").evaluate_all("all => all.map(each => each.dataset.key)")
        assert len(set(keys)) == len(keys)


def test_arrows_choose_and_never_send(keyed):
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowDown"):
        keyed.keyboard.press(key)

    assert path(keyed) == "/part/about"
    assert keyed.evaluate(ROW_IN_FOCUS) == "age"
    assert keyed.locator("fieldset[id=age] input:checked").count() == 1


def test_the_key_for_blank_takes_an_answer_back(keyed):
    keyed.keyboard.press("3")
    keyed.keyboard.press("Shift+Tab")
    assert keyed.evaluate(ROW_IN_FOCUS) == "age"
    keyed.keyboard.press("0")

    assert keyed.locator("fieldset[id=age] input:checked").get_attribute("value") == ""


def test_a_key_with_control_or_alt_is_left_to_the_browser(keyed):
    keyed.keyboard.press("Control+1")
    keyed.keyboard.press("Alt+2")

    assert keyed.locator("fieldset[id=age] input:checked").get_attribute("value") == ""


def test_ticks_are_taken_back_by_the_same_key(keyed):
    keyed.goto("/part/body")
    for key in ("1", "2", "1"):
        keyed.keyboard.press(key)

    ticked = keyed.locator("fieldset[id=urgent_signs] input:checked")
    assert [each.get_attribute("value") for each in ticked.all()] == ["chest_pain"]
    assert keyed.evaluate(ROW_IN_FOCUS) == "urgent_signs"


def test_letters_and_digits_are_typed_where_a_number_is_asked(keyed):
    keyed.goto("/part/ketamine#days_used")
    keyed.keyboard.type("1d2n")

    assert keyed.get_by_role("textbox").input_value() == "1d2n"


def test_the_link_to_change_an_answer_leads_to_its_row(keyed):
    keyed.goto("/check")
    keyed.get_by_role("link", name="Change your answer: How long have you been taking ketamine").click()
    keyed.wait_for_url("**/part/ketamine?return=check#how_long")
    keyed.wait_for_load_state()

    assert keyed.evaluate(ROW_IN_FOCUS) == "how_long"
    assert keyed.evaluate(ON_TOP)


@pytest.mark.parametrize(("width", "height"), [(320, 640), (1280, 720)])
def test_what_has_the_focus_is_never_hidden(keyed, width, height):
    keyed.set_viewport_size({"width": width, "height": height})
    keyed.goto("/part/mood")
    hidden = []
    for _ in range(keyed.locator("fieldset.row").count()):
        if not keyed.evaluate(ON_TOP):
            hidden.append(keyed.evaluate(ROW_IN_FOCUS))
        keyed.keyboard.press("Enter")

    assert not hidden


def test_without_javascript_a_form_is_keyed_in_with_tab_and_space(open_page):
    page = open_page(java_script_enabled=False)
    door(page, "clinician")
    page.wait_for_url("**/part/about")
    assert page.get_by_text("Type the key beside an answer").is_hidden()
    page.get_by_role("link", name="Back").focus()
    for key in ("Tab", "ArrowDown", "Tab", "ArrowDown", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/part/body")
    page.goto("/part/about")

    chosen = page.locator("fieldset.row input:checked")
    assert len([each.get_attribute("value") for each in chosen.all() if each.get_attribute("value")]) == 2


def test_without_javascript_a_full_form_is_kept_as_well(open_page):
    page = open_page(java_script_enabled=False)
    answers = vignette(FULL, "clinician")
    walk(page, answers, audience="clinician")

    page.goto("/check")
    assert page.get_by_text("Not answered").count() == 0
