"""The pages around a person's record, in a real browser: seen by everyone, and waiting without a script."""

import pytest

from tests.browser.person import go_on, vignette
from tests.browser.states import State, opened


@pytest.fixture
def saved(tmp_path):
    def saved(page, button, name):
        """Press a button that makes a file, and return where it was saved."""
        with page.expect_download() as download:
            page.get_by_role("button", name=button, exact=True).click()
        assert download.value.suggested_filename == "notes.pdf"
        download.value.save_as(tmp_path / name)
        return tmp_path / name

    return saved


def give(page, file):
    page.get_by_label("The PDF that you saved").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()


def test_a_file_leads_from_finishing_later_to_comparing(open_page, running, saved):
    page = open_page()
    opened(page, running, State("nearly there", "/step/phq9_9", "self", "c3", {"phq9_9": None}))
    page.get_by_role("link", name="Finish later").click()
    unfinished = saved(page, "Make the file", "unfinished.pdf")
    page.goto("/come-back")
    give(page, unfinished)
    page.get_by_role("button", name="Go on where you stopped").click()
    go_on(page, vignette("c3"))
    page.goto("/outcome")
    page.get_by_label("Attach my answers").check()
    finished = saved(page, "Make a PDF", "finished.pdf")
    page.goto("/come-back")
    give(page, finished)

    assert page.url.endswith("/compare")


@pytest.mark.parametrize("scripts", [True, False])
def test_who_waits_gets_the_file_without_doing_anything(open_page, running, printer, scripts):
    page = open_page(java_script_enabled=scripts)
    opened(page, running, State("at the end", "/outcome", "self", "c16"))
    places = printer._pool._places  # noqa: SLF001 - as others would take them
    taken = 0
    while places.acquire(blocking=False):
        taken += 1
    page.get_by_role("button", name="Make a PDF").click()
    page.wait_for_url("**/waiting")
    if scripts:
        page.goto("/waiting")
    with page.expect_download() as download:
        for _ in range(taken):
            places.release()
    assert download.value.suggested_filename == "notes.pdf"
