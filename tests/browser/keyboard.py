"""A person of the vignettes, who has a keyboard and nothing else."""

from assessment.core.answers import DECLINED
from tests.browser.person import edition, path


def focused(page, selector):
    return page.evaluate("selector => document.activeElement.matches(selector)", selector)


def onto(page, selector):
    """Press Tab until what a selector names has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page, selector):
            return
    raise AssertionError(f"{page.url}: Tab never comes to {selector}")


def follow(page, selector):
    onto(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page, given):
    """Fill in the question that is open. Arrows choose one answer of several, and must not send it."""
    here = page.url
    if isinstance(given, int):
        onto(page, "main [inputmode]")
        page.keyboard.type(str(given))
    elif page.locator("main [type=radio]").count():
        onto(page, "main [type=radio]")
        page.keyboard.press("Space")
        while not focused(page, f"[value='{given[0]}']"):
            page.keyboard.press("ArrowDown")
    else:
        for _ in given:
            onto(page, ", ".join(f"main [value='{id}'], main [name='{id}']" for id in given))
            page.keyboard.press("Space")
    assert page.url == here


def walk_by_keyboard(page, answers, seen):
    """Walk from the start to where the questions end; `seen` is called on every page."""
    follow(page, "[name=audience][value=self]")
    for _ in range(200):
        seen(page)
        if path(page) in ("/check", "/outcome"):
            return
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")  # what is skipped to is the page itself
        if path(page) != "/pause":
            question = edition().by_id[path(page).rsplit("/", 1)[1]]
            choose(page, answers.get(question.id, (DECLINED,)))
        follow(page, "main .go")
    raise AssertionError("the journey does not end")
