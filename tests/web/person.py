"""A person who knows what they would answer, and walks through the pages by their legends and labels."""

import re

from assessment.core.answers import DECLINED, read_all
from assessment.core.conditions import NOT_SURE
from tests.web.walker import label_of

GOES_ON = ("Continue", "Keep these and go on")


def vignette(edition, id, **changed):
    """Return what a person of the vignettes answers, with some answers changed; a change to None leaves one out."""
    person = next(each for each in edition.document.vignettes if each.id == id)
    answers, refusals = read_all(edition, {**person.answers, **changed})
    assert not refusals
    return answers


def beside(question, answer, *, in_a_row=False):
    """Return the words beside what is ticked, or what is typed; in a row of small answers hints are left out."""
    if isinstance(answer, int):
        return [str(answer)]
    words = {DECLINED: "Rather not say" if in_a_row else "I’d rather not say", NOT_SURE: question.not_sure}
    chosen = [words.get(each) or question.choices[each] for each in answer]
    return [each if isinstance(each, str) else each.text if in_a_row else label_of(each) for each in chosen]


def rows(page, edition, answers):
    """Return what goes into a page of several questions, by legend; what is not answered is left as it stands."""
    asked = {" ".join(each.ask.split()): each for each in edition.questions}
    by_legend = {legend: asked.get(re.sub(r"^\d+\. ", "", legend)) for legend in page.legends()}
    return {
        legend: beside(question, answers[question.id], in_a_row=True)
        for legend, question in by_legend.items()
        if question and question.id in answers
    }


def answer(walker, edition, answers):
    """Answer the page that is open; what is not answered is declined, or left blank where several stand together."""
    page = walker.page
    if page.path == "/pause":
        return walker.open(next(each.get("href") for each in page.all("a") if each.get("class") == "go quiet"))
    buttons = [each for each in page.headings("button") if each in GOES_ON]
    assert buttons, f"nothing goes on from {page}"
    button = buttons[0]
    if page.path.startswith("/part/"):
        return walker.fill(rows(page, edition, answers), button)
    question = edition.by_id[page.path.rsplit("/", 1)[1]]
    given = answers.get(question.id, (DECLINED,))
    if isinstance(given, int):
        return walker.enter(str(given))
    return walker.choose(*beside(question, given))


def walk(walker, edition, answers, seen=None):
    """Walk from the start to where the questions end: the check, or for who keys answers in, the outcome."""
    walker.open("/")
    page = walker.press(edition.audience.start)
    for _ in range(300):
        if seen:
            seen(page)
        if page.path in ("/check", "/outcome"):
            return page
        page = answer(walker, edition, answers)
    raise AssertionError("the journey does not end")
