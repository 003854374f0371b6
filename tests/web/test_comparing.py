"""Then and today: what was brought beside what is answered now, signs and help before numbers."""

from assessment.core.readers import Reader
from tests.documents.reader_of_pdf import text_of
from tests.web.keeper import RECORD, arrived, bring, copy_of, copy_of_now
from tests.web.person import answer, vignette, walk
from tests.web.walker import Walker


def test_a_finished_copy_is_compared_with_today(brought, edition):
    walker, _ = brought
    assert "Your file of" in walker.page.heading
    page = walker.follow("Answer today’s questions, then compare")
    today = vignette(edition, "c3", **{f"phq9_{n}": 2 for n in range(1, 9)})
    while page.path != "/check":
        page = answer(walker, edition, today)
    walker.open("/outcome")
    page = walker.follow("Compare it with today")

    assert "Then 3, today 16, out of 27" in page.text
    assert "Today’s number is 13 higher. A change of 6 or more is seldom chance alone." in page.text
    assert "worse" not in page.text
    assert "better" not in page.text
    copy = text_of(copy_of_now(walker))
    assert "Then 3, today 16, out of 27" in copy


def test_a_copy_given_on_the_page_of_today_is_compared_at_once(walker, edition):
    arrived(walker, edition, "c3")
    upload = copy_of(walker, RECORD)
    walker.follow("Choose the file")
    page = bring(walker, upload)

    assert page.path == "/compare"
    assert "Today’s number is the same." in page.text


def test_signs_stand_before_numbers_where_things_are_compared(walker, edition):
    arrived(walker, edition, "c3")
    upload = copy_of(walker, RECORD)
    walker.follow("Choose the file")
    page = bring(walker, upload)

    signs = page.text.index("Signs to take seriously, told both times")
    assert signs < page.text.index("These signs matter more than any number below") < page.text.index("Then 3, today 3")


def test_crisis_help_stands_before_a_comparison(walker, edition):
    arrived(walker, edition, "c2")
    upload = copy_of(walker, RECORD)
    walker.follow("Choose the file")
    page = bring(walker, upload)

    assert page.text.index("Talk to someone now") < page.text.index("What changed since")


def test_the_answers_of_a_copy_can_be_looked_at_again(brought):
    walker, _ = brought
    page = walker.press("Look at those answers again")

    assert page.path == "/outcome"
    assert "3 out of 27" in page.text


def test_an_urgent_sign_in_the_file_alone_has_help_beside_it(walker, edition):
    arrived(walker, edition, "c4")
    upload = copy_of(walker, RECORD)
    walker.press("Delete everything")
    walker.open("/come-back")
    page = bring(walker, upload)
    assert page.text.index("please get help now") < page.text.index("Answer today’s questions")
    assert "999" in page.text
    arrived(walker, edition, "c16")
    walker.follow("Choose the file")
    page = bring(walker, upload)
    assert page.path == "/compare"
    assert page.text.index("please get help now") < page.text.index("told then and not today")
    copy = text_of(copy_of_now(walker))
    assert "If it is still so, please get help now" in copy


def test_another_urgent_sign_today_does_not_hide_the_help_for_the_one_in_the_file(walker, edition):
    arrived(walker, edition, "c2")
    upload = copy_of(walker, RECORD)
    arrived(walker, edition, "c4")
    walker.follow("Choose the file")
    page = bring(walker, upload)

    assert page.path == "/compare"
    assert "Your earlier answers told of something that should not wait." in page.text
    assert "Samaritans" in page.text


def test_a_clinician_who_has_keyed_in_nothing_compares_nothing(walker, app, edition):
    arrived(walker, edition, "c13")
    upload = copy_of(walker, RECORD)
    clinician = Walker(app.test_client())
    clinician.open("/")
    clinician.press("I’m with a patient")
    clinician.open("/come-back")
    page = bring(clinician, upload)

    assert page.path == "/come-back"
    assert clinician.open("/compare").path == "/come-back"


def test_a_clinician_who_takes_up_a_patients_file_stays_a_clinician(walker, app, edition):
    arrived(walker, edition, "c3")
    upload = copy_of(walker, RECORD)
    clinician = Walker(app.test_client())
    clinician.open("/")
    clinician.press("I’m with a patient")
    clinician.open("/come-back")
    bring(clinician, upload)
    clinician.press("Look at those answers again")

    assert clinician.open("/outcome").heading == "Results"
    assert clinician.open("/later").status == 404


def test_a_clinician_compares_what_is_keyed_in_with_the_copy_that_a_patient_brings(walker, app, edition):
    arrived(walker, edition, "c3")
    upload = copy_of(walker, RECORD)
    clinician = Walker(app.test_client())
    clinicians = app.extensions["assessment"].editions[Reader("clinician", "en")]
    walk(clinician, clinicians, vignette(edition, "c3", phq9_1=3))
    clinician.follow("Choose the file")
    page = bring(clinician, upload)

    assert page.path == "/compare"
    assert "PHQ-9 (depression)" in page.text


def test_a_patient_comes_back_with_the_copy_that_a_clinician_printed(walker, app, edition):
    clinicians = app.extensions["assessment"].editions[Reader("clinician", "en")]
    clinician = Walker(app.test_client())
    walk(clinician, clinicians, vignette(edition, "c3"))
    upload = clinician.download("Patient’s copy", "Attach the answers").data
    walker.open("/come-back")

    assert "I want to look at my own use" not in bring(walker, upload).text
    assert walker.press("Look at those answers again").path in ("/outcome", "/step/feels_urgent")
