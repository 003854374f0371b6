"""A person of the vignettes, who fills in the pages by their labels."""

from datetime import date
from functools import cache
from urllib.parse import urlsplit

from assessment.core.answers import DECLINED
from assessment.core.checks import check
from assessment.core.readers import Reader
from tests.web.conftest import SHIPPED
from tests.web.person import beside
from tests.web.person import vignette as answers_of


@cache
def editions():
    return check(SHIPPED, date(2026, 11, 23)).editions


def edition(audience="self"):
    return editions()[Reader(audience, "en")]


def vignette(id, audience="self", **changed):
    """Return what a person of the vignettes answers, by question."""
    return answers_of(edition(audience), id, **changed)


def path(page):
    return urlsplit(page.url).path


def door(page, audience):
    """Begin as one of the readers."""
    page.get_by_role("button", name=edition(audience).audience.start).click()


def answer(page, answers, audience="self"):
    """Answer the page that is open; what is not answered is declined, or left blank where several stand together."""
    if path(page).startswith("/part/"):
        _answer_rows(page, answers, edition(audience))
    else:
        question = edition(audience).by_id[path(page).rsplit("/", 1)[1]]
        given = answers.get(question.id, (DECLINED,))
        if isinstance(given, int):
            page.get_by_role("textbox").fill(str(given))
        else:
            for label in beside(question, given):
                page.get_by_label(label, exact=True).check(force=True)
    page.locator("main form button[type=submit]").first.click()


def _answer_rows(page, answers, asked):
    for id in page.locator("fieldset.row").evaluate_all("rows => rows.map(row => row.id)"):
        row = page.locator(f"fieldset[id={id}]")
        given = answers.get(id)
        if isinstance(given, int):
            row.get_by_role("textbox").fill(str(given))
        elif given:
            for label in beside(asked.by_id[id], given, in_a_row=True):
                row.get_by_label(label, exact=True).check(force=True)


def walk(page, answers, seen=None, audience="self"):
    """Walk from the start to where the questions end; `seen` is called on every page."""
    door(page, audience)
    return go_on(page, answers, seen, audience)


def go_on(page, answers, seen=None, audience="self"):
    """Walk from the page that is open to where the questions end."""
    for _ in range(200):
        page.wait_for_load_state()
        if seen:
            seen(page)
        if path(page) in ("/check", "/outcome"):
            return page
        if path(page) == "/pause":
            page.locator("main a.go").click()
        else:
            answer(page, answers, audience)
    raise AssertionError("the journey does not end")
