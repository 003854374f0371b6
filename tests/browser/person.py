"""A person of the vignettes, who fills in the pages by their labels."""

from datetime import date
from functools import cache

from assessment.core.answers import DECLINED, read_all
from assessment.core.checks import check
from assessment.core.conditions import NOT_SURE
from tests.web.conftest import SHIPPED
from tests.web.walker import label_of

WORDS = {DECLINED: "I’d rather not say", NOT_SURE: "I’m not sure"}


@cache
def edition():
    return next(iter(check(SHIPPED, date(2026, 11, 23)).editions.values()))


@cache
def vignette(id):
    return next(each for each in edition().document.vignettes if each.id == id)


def labels(id):
    """Return what a person of the vignettes chooses, by question: labels, or a number."""
    answers, refusals = read_all(edition(), vignette(id).answers)
    assert not refusals
    return {
        question: given
        if isinstance(given, int)
        else [WORDS.get(option) or label_of(edition().by_id[question].choices[option]) for option in given]
        for question, given in answers.items()
    }


def answer(page, chosen):
    """Answer the page that is open, as chosen; what is not chosen is declined."""
    question = page.url.split("?")[0].rsplit("/", 1)[1]
    given = chosen.get(question, [WORDS[DECLINED]])
    if isinstance(given, int):
        page.get_by_role("textbox").fill(str(given))
    else:
        for label in given:
            page.get_by_label(label, exact=True).check(force=True)
    page.get_by_role("button", name="Continue").click()


def walk(page, id, seen=None):
    """Walk from the start to the check as a person of the vignettes; `seen` is called on every page."""
    chosen = labels(id)
    page.get_by_role("button", name="I want to look at my own use").click()
    for _ in range(200):
        page.wait_for_load_state()
        if seen:
            seen(page)
        path = page.url.split("?")[0].removeprefix("http://").split("/", 1)[1]
        if path == "check":
            return page
        if path == "pause":
            page.locator("main a.go").click()
        else:
            answer(page, chosen)
    raise AssertionError("the journey does not end")
