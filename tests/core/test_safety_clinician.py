"""What a clinician is told comes from the same rules as what the person is told, in words that speak to a clinician."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.conditions import NOT_SURE
from assessment.core.journey import Journey
from assessment.core.outcome import assess, plain
from assessment.core.readers import Reader
from assessment.core.sheet import Measured, Row, sheet
from tests.core.people import calm_people, people

SPOKEN_TO = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)


@pytest.fixture(scope="session")
def clinician(checked):
    return checked.editions[Reader("clinician", "en")]


def spoken_to(texts):
    return [text for text in texts if SPOKEN_TO.search(text)]


@settings(max_examples=150)
@given(data=st.data())
def test_the_same_answers_make_the_same_scores_flags_and_pages_for_the_person_and_the_clinician(
    edition, clinician, data
):
    answers = data.draw(st.one_of(calm_people(edition), people(edition)))
    alone, keyed = Journey(edition, answers), Journey(clinician, answers)
    told, read = plain(assess(alone)), plain(assess(keyed))

    assert [question.id for question in alone.questions] == [question.id for question in keyed.questions]
    for kind in ("scores", "flags", "meets", "unanswered"):
        assert told[kind] == read[kind]


def test_every_warning_sign_of_the_person_is_one_for_the_clinician_too(edition, clinician):
    assert [(each.id, each.when, each.warning) for each in edition.document.flags] == [
        (each.id, each.when, each.warning) for each in clinician.document.flags
    ]


@settings(max_examples=150)
@given(data=st.data())
def test_no_reason_speaks_to_the_patient(clinician, data):
    outcome = assess(Journey(clinician, data.draw(people(clinician))))
    signs = [text for flag, because in outcome.signs for text in (flag.words, *because)]

    assert not spoken_to([*signs, *(because for advice in outcome.advice for because in advice.because)])


def test_no_name_of_a_sign_a_question_or_an_answer_speaks_to_the_patient(clinician):
    flags = [flag.words for flag in clinician.document.flags]
    names = [question.short for question in clinician.questions]
    answers = [choice.short for question in clinician.questions for choice in question.options if choice.short]

    assert not spoken_to([*flags, *names, *answers])


def test_nothing_to_consider_and_no_page_at_once_speaks_to_the_patient(clinician):
    told = [*clinician.document.guidance, *clinician.document.interrupts]
    asked = [items[0].instrument for items in clinician.instruments.values()]
    meant = [band.means for each in asked for band in each.bands] + [
        each.caution.text for each in asked if each.caution
    ]
    texts = [text.replace("in your own words", "") for each in told for text in (each.title, each.text)]

    assert not spoken_to([*texts, *meant])


@given(data=st.data())
def test_nothing_on_the_sheet_speaks_to_the_patient_but_items_word_for_word(clinician, data):
    page = sheet(Journey(clinician, data.draw(people(clinician))), keyed=True)
    lines = [line for _, part in page.parts for line in part]
    rows = [line for line in (*lines, *page.asks, *page.not_counted) if isinstance(line, Row)]
    unsure = {question.not_sure for question in clinician.questions}

    assert not spoken_to([text for row in rows for text in (row.label, *row.said, *row.not_ticked)])
    assert not spoken_to([*page.declined, *page.blank, *page.skipped])
    assert not spoken_to(
        [name for line in lines if isinstance(line, Measured) for _, items in line.items for name in items]
    )
    assert not spoken_to(unsure)


@settings(max_examples=150)
@given(data=st.data())
def test_a_clinician_is_never_told_that_all_is_well_nor_to_stop_anything_at_once(clinician, data):
    answers = data.draw(st.one_of(calm_people(clinician), people(clinician)))
    shown = [advice.guidance for advice in assess(Journey(clinician, answers)).advice]

    assert shown
    assert not [each.id for each in shown if each.tone == "reassuring" or "stop_now" in each.advises]


@pytest.mark.parametrize("answer", [("declined",), (NOT_SURE,), None])
@given(data=st.data())
def test_urgent_signs_that_were_not_told_are_to_be_asked_about(clinician, answer, data):
    answers = data.draw(people(clinician)) | {"urgent_signs": answer}
    journey = Journey(clinician, {id: each for id, each in answers.items() if each is not None})
    urgent = [advice.guidance.id for advice in assess(journey).urgent]

    assert "consider_signs_open" in urgent


@given(data=st.data())
def test_an_item_about_self_harm_that_was_not_answered_is_to_be_asked_in_person(clinician, data):
    answers = {id: each for id, each in data.draw(people(clinician)).items() if id != "phq9_9"}
    shown = [advice.guidance.id for advice in assess(Journey(clinician, answers)).advice]

    assert "consider_item_9_open" in shown
    assert "consider_item_9" not in shown
