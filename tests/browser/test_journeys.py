"""Three people of the vignettes in a real browser: one from the first page, two from what matters, all to their PDF."""

import subprocess

from tests.browser.person import answer, vignette, walk
from tests.browser.states import State, opened


def text_of_pdf(path):
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def taken_away(page, path):
    page.get_by_role("link", name="See where things stand").click()
    assert page.locator("h1").inner_text() == "Where things stand"
    with page.expect_download() as download:
        page.get_by_role("button", name="Make a PDF").click()
    assert download.value.suggested_filename == "notes.pdf"
    download.value.save_as(path)
    return " ".join(text_of_pdf(path).split())


def test_thoughts_of_being_better_off_dead_lead_to_help_at_once_and_first(open_page, tmp_path):
    page = open_page(java_script_enabled=False)  # with it, tests/browser/test_for_everyone.py walks the whole way
    headings = []
    walk(page, vignette("c2"), lambda page: headings.append(page.locator("h1").inner_text().strip()))
    asked = next(n for n, heading in enumerate(headings) if "better off dead" in heading)

    assert headings[asked + 1] == "Thank you for telling us"
    assert page.get_by_role("complementary", name="Help right now").is_visible()
    printed = taken_away(page, tmp_path / "copy.pdf")
    assert printed.index("116 123") < printed.index("At a glance")
    assert "matter more than this number" in printed
    assert "Page 1 of" in printed


def test_blood_and_being_unable_to_pee_lead_to_emergency_help_before_anything_else(open_page, running, tmp_path):
    page = open_page()
    opened(page, running, State("urgent", "/step/urgent_signs", "self", "c4", {"urgent_signs": None}))
    answer(page, vignette("c4"))
    page.wait_for_url("**/pause")

    assert page.locator("h1").inner_text() == "Please get help now"
    page.goto("/check")
    printed = taken_away(page, tmp_path / "copy.pdf")
    assert printed.index("999") < printed.index("At a glance")


def test_in_northern_ireland_the_number_is_lifelines_and_never_111(open_page, running, tmp_path):
    page = open_page()
    opened(page, running, State("at the end", "/check", "self", "c13"))
    printed = taken_away(page, tmp_path / "copy.pdf")

    assert "0808 808 8000" in printed
    assert "0808 808 8000" in page.locator("main").inner_text()
    without_childline = printed.replace("0800 1111", "")
    assert " 111" not in without_childline
    assert " 111" not in page.locator("main").inner_text().replace("0800 1111", "")
