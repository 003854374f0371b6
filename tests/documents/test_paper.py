"""The form on paper and its key say what the engine does: whoever adds up by hand gets the same."""

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.checks import check
from assessment.core.edition import doctors
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.documents.paper import away_page, blank_form, scoring_key
from assessment.documents.pdf import Printer
from assessment.documents.prose import sentence
from assessment.settings import DEFAULT_LEAVE_TO
from tests.core.people import people
from tests.core.planting import ROOT, SHIPPED, SLEEP, TODAY
from tests.documents.reader_of_paper import DECLINED, Form, Key

TEMPLATES = ROOT / "templates"
EDITIONS = {
    f"{path.parent.name} {reader.audience}": (edition, doctors(edition, checked.editions))
    for path in (SHIPPED, SLEEP)
    for checked in [check(path, TODAY)]
    for reader, edition in checked.editions.items()
    if reader.language == "en"
}


PEOPLE = {id(edition): people(edition) for edition, _ in EDITIONS.values()}


@pytest.fixture(params=EDITIONS, scope="module")
def paper(request):
    edition, in_doctors_words = EDITIONS[request.param]
    form, key = blank_form(edition, TEMPLATES), scoring_key(in_doctors_words, TEMPLATES)
    return edition, Form(form), Key(key)


def on_paper(edition, answers):
    """Return a person's ticks as they stand on paper: by number, in the words beside the boxes."""
    return {edition.numbers[id]: words_of(edition.by_id[id], answer) for id, answer in answers.items()}


def words_of(question, answer):
    if isinstance(answer, int):
        return [str(answer)]
    beside = {"declined": DECLINED, "not_sure": question.not_sure}
    return [beside.get(each) or question.choices[each].text for each in answer]


@settings(max_examples=1000)
@given(data=st.data())
def test_adding_up_by_the_key_gives_what_the_engine_gives(paper, data):
    edition, form, key = paper
    answers = data.draw(PEOPLE[id(edition)])
    journey = Journey(edition, answers)
    counted, skipped = form.answered(on_paper(edition, answers), key)

    asked = {edition.numbers[question.id] for question in journey.questions}
    assert set(form.questions) - skipped == asked
    for score in journey.scores():
        low, high = key.total(key.scales[score.instrument.id], counted, skipped)
        assert (low, high) == score.span
        if score.bands and score.total is not None:
            assert key.bands(score.instrument.id, low) == [band.title for band in doctors_bands(edition, score)]
    seen = [words for words, when in key.signs() if form.holds(when, counted, key)]
    reading = Journey(next(reads for own, reads in EDITIONS.values() if own is edition), answers)
    there = [flag for flag in assess(reading).flags if flag.warning and on_the_form(flag, edition)]
    assert seen == [sentence(flag.words) for flag in there]


def on_the_form(flag, edition):
    """Say whether a sign can be read off the form: not if it rests on what is asked afterwards."""
    return not any(edition.by_id[id].section.afterwards for id in edition.reads(flag.when) if id in edition.by_id)


def doctors_bands(edition, score):
    """Return a score's bands in the words that stand in the key."""
    reading = next(reads for own, reads in EDITIONS.values() if own is edition)
    instrument = next(each for each in reading.document.instruments if each.id == score.instrument.id)
    return [band for band in instrument.bands if band.id in {each.id for each in score.bands}]


def test_every_question_stands_on_the_form_once_with_every_answer(paper):
    edition, form, _ = paper
    asked = [question for question in edition.questions if not question.section.afterwards]

    assert [words for words, _, _ in form.questions.values()] == [" ".join(question.ask.split()) for question in asked]
    for question in asked:
        _, _, labels = form.questions[edition.numbers[question.id]]
        options = [
            f"{each.text} ({question.points(each.id)})" if question.item else each.text for each in question.options
        ]
        assert [label for label in labels if label in options] == options
        assert "I’d rather not say" in labels


def test_every_warning_sign_stands_in_the_key(paper):
    edition, _, _ = paper
    _, reading = next(pair for pair in EDITIONS.values() if pair[0] is edition)
    html = scoring_key(reading, TEMPLATES)

    for flag in reading.flags.values():
        if flag.warning and on_the_form(flag, reading):
            assert flag.words[1:] in html


@pytest.fixture(scope="module")
def printer():
    printer = Printer(ROOT / "static" / "print.css")
    yield printer
    printer.close()


def test_a_printed_form_can_be_filled_in_and_every_field_has_a_name(printer):
    edition, _ = EDITIONS[f"{ROOT.name} self"]
    with pikepdf.open(io.BytesIO(printer.pdf(blank_form(edition, TEMPLATES), fillable=True))) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)

    assert len(fields) > len(edition.questions) / 2


def test_large_print_is_larger(printer):
    edition, _ = EDITIONS["sleep sleeper"]
    pages = []
    for large in (False, True):
        with pikepdf.open(io.BytesIO(printer.pdf(blank_form(edition, TEMPLATES, large=large), fillable=True))) as pdf:
            pages.append(len(pdf.pages))

    assert pages[1] > pages[0]


AWAY = (ROOT / "deploy" / "away.html").read_text(encoding="utf-8")


def test_the_page_of_the_proxy_is_what_the_directory_says_today():
    edition, _ = next(iter(EDITIONS.values()))

    assert away_page(edition, TEMPLATES, DEFAULT_LEAVE_TO) == AWAY, "run: assessment away"


def test_the_page_of_the_proxy_has_a_number_of_everyone_who_helps_at_once_and_free():
    edition, _ = next(iter(EDITIONS.values()))
    topics = {topic for group in edition.about.help if group.alarm for topic in group.topics}
    helping = [each for each in edition.document.services if each.publish and topics & set(each.topics)]

    assert {"999", "116123"} < {each.contact[0].to for each in helping}
    assert not [each.id for each in helping if not each.fee_paying and f":{each.contact[0].to}" not in AWAY]
    for nation in edition.by_id["nation"].options:
        assert f"<h3>In {nation.text}</h3>" in AWAY
