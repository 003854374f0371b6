"""The one page for a doctor: what was answered, in which words, and what was not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assessment.core.answers import DECLINED, is_known, read_all
from assessment.core.edition import doctors
from assessment.core.journey import Journey
from assessment.core.readers import Reader
from assessment.core.sheet import LEFT_OUT, Measured, Row, sheet, shortened
from tests.core.people import people
from tests.core.planting import SLEEP, Bed, texts_of

NIGHT = {"country": "here", "years": "grown", "hours": 7}


@pytest.fixture(scope="session")
def nurse(checked_sleep):
    return checked_sleep.editions[Reader("nurse", "en")]


@pytest.fixture(scope="session")
def partner(checked_sleep):
    return checked_sleep.editions[Reader("partner", "en")]


@pytest.fixture(scope="session")
def clinician(checked):
    return checked.editions[Reader("clinician", "en")]


def page(edition, *, keyed=True, **answers):
    read, refused = read_all(edition, answers)
    assert not refused
    return sheet(Journey(edition, read), keyed=keyed)


def lines(page):
    return [line for _, part in page.parts for line in part]


def measured(page):
    return next(line for line in lines(page) if isinstance(line, Measured))


def test_a_reader_whose_edition_lays_out_none_has_none(sleep):
    assert page(sleep, **NIGHT) is None


def test_a_sheet_says_what_kind_of_account_it_is_where_it_could_be_mistaken(partner, nurse):
    assert page(partner, keyed=False).note == "This is what someone else saw."
    assert page(nurse).note is None


@pytest.mark.parametrize(("years", "there"), [("young", False), ("grown", True), ("declined", True), (None, True)])
def test_a_sheet_is_kept_back_only_where_it_is_known_that_it_should_be(partner, years, there):
    assert (page(partner, keyed=False, their_years=years) is not None) == there


def test_what_was_answered_stands_in_the_order_of_the_sheet_under_its_titles(nurse):
    shown = page(nurse, **NIGHT, woken_by=["none"], rest_1=0, rest_2=2, rest_3=0)

    assert shown.title == "A night on one page"
    assert [title for title, _ in shown.parts] == ["Last night", "The week"]
    assert lines(shown)[:2] == [
        Row("hours slept", ("7 hours",)),
        Row("woken by", ("Nothing woke me",), ("Noise", "Worry", "nocturnal gasping")),
    ]
    assert (shown.declined, shown.blank, shown.skipped) == ((), (), ())


def test_what_was_ticked_and_what_was_not_are_told_apart(nurse):
    shown = page(nurse, **NIGHT, woken_by=["noise", "breath"])

    assert Row("woken by", ("Noise", "nocturnal gasping"), ("Worry",)) in lines(shown)


def test_who_is_not_sure_is_said_to_be_and_nothing_counts_as_not_ticked(partner):
    shown = page(partner, keyed=False, hours="not_sure", woken_by="not_sure")

    assert lines(shown) == [Row("hours they slept", ("I’m not sure",)), Row("what woke them", ("I don’t know",))]


def test_declined_and_blank_and_not_asked_are_named_apart(nurse):
    shown = page(nurse, hours="declined", rest_1=1, rest_3="declined")

    assert shown.declined == ("hours slept", "Rest (1 of 3 questions)")
    assert shown.blank == ("woken by", "Rest (1 of 3 questions)")
    assert shown.skipped == ()


def test_what_is_rightly_not_asked_is_skipped_and_neither_blank_nor_declined(nurse):
    shown = page(nurse, **NIGHT, woken_by=["breath"])

    assert not [line for line in lines(shown) if isinstance(line, Measured)]
    assert (shown.declined, shown.blank, shown.skipped) == ((), (), ("Rest",))


def test_what_was_keyed_in_although_another_answer_skips_it_is_named_and_not_counted(nurse):
    night = NIGHT | {"hours": 11}
    keyed = page(nurse, **night, woken_by=["noise"])
    alone = page(nurse, **night, woken_by=["noise"], keyed=False)

    assert [row.said for row in keyed.not_counted] == [("Noise",)]
    assert (keyed.skipped, alone.skipped, alone.not_counted) == ((), ("woken by",), ())
    assert "Noise" not in str(lines(keyed))


def test_items_that_count_stand_by_answer_those_that_count_most_first(clinician):
    answers = {f"phq9_{n}": points for n, points in enumerate((1, 3, 0, 1, 2, 3, 0, 0), 1)}
    shown = measured(page(clinician, age="25_34", **answers, phq9_9=0))

    assert shown.score.total == 10
    assert [answer for answer, _ in shown.items] == ["Nearly every day", "More than half the days", "Several days"]
    assert [len(items) for _, items in shown.items] == [2, 1, 2]


def test_a_reversed_item_stands_where_it_counts(nurse):
    shown = measured(page(nurse, **NIGHT, woken_by=["none"], rest_1="some", rest_2="never", rest_3="never"))

    assert shown.items == (("Never", ("waking fresh",)), ("Sometimes", ("waking tired",)))


@pytest.mark.parametrize(
    ("answer", "said"),
    [("never", "Never"), ("often", "Often"), ("declined", "I’d rather not say"), (None, "Not answered")],
)
def test_an_item_that_is_shown_word_for_word_stands_apart_whatever_the_answer(nurse, answer, said):
    shown = measured(page(nurse, **NIGHT, woken_by=["none"], rest_1="often", rest_3=answer))

    assert shown.verbatim == (("did you doze by day?", said),)
    assert "dozing" not in str(shown.items)


def test_a_scale_with_a_missing_answer_is_a_range_and_in_no_one_band(nurse):
    shown = measured(page(nurse, **NIGHT, woken_by=["none"], rest_1="often"))

    assert (shown.score.total, shown.score.low, shown.score.high) == (None, 2, 8)
    assert [band.id for band in shown.score.bands] == ["rested", "tired"]


def test_an_item_that_counts_although_it_is_skipped_is_said_to_be_skipped(tmp_path):
    bed = Bed(SLEEP, texts_of(SLEEP))
    item = "short: waking tired, short_cy: deffro wedi blino}"
    assert item in bed.texts["questions.yaml"]
    skipped = item.replace("}", ", unless: years is young, skipped_points: 1}")
    bed.texts["questions.yaml"] = bed.texts["questions.yaml"].replace(item, skipped)
    checked = bed.check(tmp_path)
    edition = checked.editions[Reader("nurse", "en")]
    shown = measured(page(edition, years="young", hours=7, woken_by=["none"], rest_2="some", rest_3="never"))

    assert shown.items == (("Skipped", ("waking tired",)), ("Sometimes", ("waking fresh",)))


def test_what_the_person_asks_for_stands_by_itself_and_is_never_missed(nurse):
    assert page(nurse, **NIGHT, feels="sooner").asks == (Row("how soon", ("It should be sooner",)),)
    assert page(nurse, **NIGHT, feels="declined").asks == ()
    assert "how soon" not in (*page(nurse).blank, *page(nurse, feels="declined").declined)


def test_answers_of_the_person_alone_are_read_in_the_words_of_who_would_key_them_in(checked_sleep, sleep):
    reading = doctors(sleep, checked_sleep.editions)
    shown = page(reading, keyed=False, **NIGHT, woken_by=["breath"])

    assert reading.reader == Reader("nurse", "en")
    assert lines(shown)[1].said == ("nocturnal gasping",)


def test_a_reader_whose_answers_nobody_keys_in_is_read_in_their_own_words(checked_sleep):
    for name in ("partner", "nurse"):
        edition = checked_sleep.editions[Reader(name, "en")]
        assert doctors(edition, checked_sleep.editions) is edition


def test_a_doctor_reads_the_language_that_was_answered_in(checked_sleep):
    welsh = checked_sleep.editions[Reader("sleeper", "cy")]

    assert doctors(welsh, checked_sleep.editions).reader == Reader("nurse", "cy")


def test_what_is_left_out_to_save_room_grows_by_one_a_step_and_starts_with_nothing():
    steps = [list(shortened(step)) for step in range(len(LEFT_OUT) + 1)]

    assert steps == [list(LEFT_OUT)[:step] for step in range(len(LEFT_OUT) + 1)]


@pytest.mark.parametrize("audience", ["clinician", "family"])
@given(data=st.data())
def test_every_answer_stands_on_the_sheet_or_is_named_as_missing(checked, audience, data):
    edition = checked.editions[Reader(audience, "en")]
    journey = Journey(edition, data.draw(people(edition)))
    shown = sheet(journey, keyed=edition.keyed)
    assume(shown)
    rows = {line.label for line in lines(shown) if isinstance(line, Row)}
    for id in {id for part in edition.sheet.parts for id in part.rows} - set(edition.instruments):
        question, answer = edition.by_id[id], journey.known.answers.get(id)
        assert (question.short in rows) == is_known(answer)
        assert (question.short in shown.declined) == (answer == (DECLINED,))
        assert (question.short in shown.blank) == (id in journey.known.answers and answer is None)
