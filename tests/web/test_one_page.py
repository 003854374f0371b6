"""The page for a doctor is one page in type that can be read, and the summary two at most, whoever answers."""

from concurrent.futures import ThreadPoolExecutor
from itertools import chain, count, islice
from random import Random

import pytest

from assessment.core.answers import DECLINED, written_down
from assessment.core.conditions import NOT_SURE
from assessment.core.edition import doctors
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.readers import Reader
from assessment.core.sheet import sheet
from assessment.web.downloads import LONGEST_REFERENCE
from assessment.web.prints import SUMMARY_PAGES, document
from assessment.web.shown import SETTINGS
from assessment.web.visit import Visit
from tests.documents.reader_of_pdf import pages_of, sizes_of, text_of, words_outside

READERS = ["self", "family", "clinician"]
SMALLEST = 10.5  # points
PEOPLE = 14  # nobody in particular, the worst, and 12 at random
THE_WHOLE_WAY = 3  # people, for whom every version is tried, as it is for visitors
TYPED = {"reference": "W" * LONGEST_REFERENCE, "setting": max(SETTINGS, key=lambda each: len(SETTINGS[each]))}


def ticked(question, chance=lambda: True):
    """Return every answer that can be given together with others, or each by chance; what stands alone if none."""
    found = tuple(each.id for each in question.options if not each.alone and chance())
    return found or next(((each.id,) for each in question.options if each.alone), (DECLINED,))


def anyone(edition, seed):
    """Return the answers of a random person; some decline, are not sure, or leave out more than others."""
    random = Random(seed)
    openness = random.choice([0, 0.05, 0.2])
    answers = {}
    for question in edition.questions:
        if question.number:
            answers[question.id] = random.randint(question.number.min, question.number.max)
        elif question.several:
            often = random.random()
            answers[question.id] = ticked(question, lambda often=often: random.random() < often)
        else:
            answers[question.id] = (random.choice(question.options).id,)
        chance = random.random()
        if chance < openness:
            answers[question.id] = (DECLINED,)
        elif chance < 2 * openness and question.not_sure:
            answers[question.id] = (NOT_SURE,)
        elif chance > 1 - openness:
            del answers[question.id]
    return answers


def worst(edition):
    """Return the answers that keep most questions on the way, call for most, and are longest in words.

    None of them is one for which no page for a doctor is made.
    """
    answers = {}

    def weight(question, answer):
        journey = Journey(edition, {**answers, question.id: answer})
        points = 0 if question.item is None else question.points(answer[0])
        length = len(written_down(question, answer))
        there = sheet(journey, keyed=True) is not None
        return there, len(journey.questions), points, len(assess(journey).advice), length

    for question in edition.questions:
        answers[question.id] = question.number.max if question.number else ticked(question)
        if question.several and not weight(question, answers[question.id])[0]:
            alone = (each for each in ticked(question) if weight(question, (each,))[0])
            answers[question.id] = tuple(alone)
        elif not question.several and not question.number:
            possible = [(each.id,) for each in question.options]
            answers[question.id] = max(possible, key=lambda each, question=question: weight(question, each))
    return answers


def made(app, edition, people):
    """Return the sheets of people, and their summaries if there are any for these readers.

    The printer takes the first version that fits: for most people it is enough to see that the shortest does.
    """
    printer = app.extensions["assessment"].printer
    orders = []
    with app.test_request_context():
        for journey in people:
            from_first = 0 if len(orders) < THE_WHOLE_WAY else -1
            visit = Visit("", Journey(edition, journey.answers))
            found = [document(visit, {"kind": kind, **TYPED}) for kind in ("sheet", "summary")]
            orders.append([each.html()[from_first:] if each else [] for each in found])
    with ThreadPoolExecutor(2) as pool:
        sheets = pool.map(lambda order: printer.pdf(*order[0], pages=1), orders)
        summaries = pool.map(lambda order: order[1] and printer.pdf(*order[1], pages=SUMMARY_PAGES), orders)
        return list(sheets), [each for each in summaries if each]


@pytest.fixture(scope="module", params=READERS)
def printed(request, app):
    editions = app.extensions["assessment"].editions
    edition = editions[Reader(request.param, "en")]
    anybody = ({}, worst(doctors(edition, editions))), (anyone(edition, seed) for seed in count())
    read = (Journey(doctors(edition, editions), answers) for answers in chain.from_iterable(anybody))
    people = (journey for journey in read if sheet(journey, keyed=edition.keyed))
    return made(app, edition, islice(people, PEOPLE))


def test_the_sheet_is_one_page_at_any_answers(printed):
    sheets, _ = printed

    assert [pages_of(each) for each in sheets] == [1] * PEOPLE


def test_no_type_on_the_sheet_is_smaller_than_can_be_read(printed):
    sheets, _ = printed

    assert min(chain.from_iterable(map(sizes_of, sheets))) >= SMALLEST


def test_nothing_on_the_sheet_is_cut_off_at_an_edge(printed):
    sheets, _ = printed

    assert not list(chain.from_iterable(map(words_outside, sheets)))
    assert all("Screening answers, not a diagnosis." in text_of(each) for each in sheets)
    assert all("questionnaire" in text_of(each)[-60:] for each in sheets), "the last line is there"


def test_the_summary_is_two_pages_at_most(printed):
    _, summaries = printed

    assert not [pages for pages in map(pages_of, summaries) if pages > SUMMARY_PAGES]
