"""Finish later, come back with a file: it is the person's, and the server keeps nothing of it."""

import io
import json
import logging
from random import Random

import pikepdf
import pytest

from assessment.documents.record import LARGEST_UPLOAD, NAME
from assessment.documents.uploads import attached_to
from tests.documents.reader_of_pdf import opened, text_of
from tests.web.conftest import SHIPPED, make_app
from tests.web.keeper import RECORD, arrived, bring, changed, copy_of, signed
from tests.web.person import answer, vignette, walk
from tests.web.walker import Walker


@pytest.fixture
def later(walker, edition):
    """Somebody who stops after five answers and takes the file with them."""
    answers = vignette(edition, "c3")
    walker.open("/")
    walker.press(edition.audience.start)
    for _ in range(5):
        answer(walker, edition, answers)
    walker.stopped_at = walker.page.path
    walker.follow("Finish later")
    upload = walker.download("Make the file").data
    walker.press("Delete everything")
    return walker, upload, answers


def test_a_check_is_gone_on_with_where_it_stopped_with_nothing_asked_twice(later, edition):
    walker, upload, answers = later
    walker.open("/")
    page = walker.follow("Come back with a file")
    assert "Delete everything" not in page.headings("button")

    page = bring(walker, upload)
    assert "answers to 5 questions, and was not finished" in page.text
    page = walker.press("Go on where you stopped")

    assert page.path == walker.stopped_at
    while page.path != "/check":
        page = answer(walker, edition, answers)
    assert page.status == 200


def test_the_file_to_finish_later_shows_no_answer_on_its_page(later, edition):
    _, upload, answers = later
    text = text_of(upload)

    for id in answers:
        assert edition.by_id[id].short not in text
    assert set(json.loads(attached_to(upload))["answers"]) == set(list(answers)[:5])


def test_what_answers_call_for_comes_first_for_who_comes_back_with_them(walker, edition):
    walk(walker, edition, vignette(edition, "c2"))
    walker.open("/later")
    upload = walker.download("Make the file").data
    assert "Talk to someone now" in text_of(upload)
    walker.open("/check")
    other = Walker(walker.client.application.test_client())
    other.open("/come-back")
    bring(other, upload)
    page = other.press("Look at those answers again")

    assert page.path == "/pause"
    assert other.open("/outcome").status == 200


def test_a_copy_has_a_record_only_if_that_is_ticked(walker, edition):
    arrived(walker, edition, "c3")

    with opened(copy_of(walker, "At a glance")) as pdf:
        assert not pdf.attachments
    with opened(copy_of(walker, "At a glance", RECORD)) as pdf:
        assert list(pdf.attachments) == [NAME]


def test_the_record_is_not_ticked_to_begin_with(walker, edition):
    page = arrived(walker, edition, "c3")

    assert page.labelled(RECORD).get("checked") is None


def test_nothing_is_lost_by_bringing_a_file(brought, edition):
    walker, upload = brought
    page = walker.follow("Answer today’s questions, then compare")
    answer(walker, edition, vignette(edition, "c3"))
    walker.open("/come-back")
    page = bring(walker, upload)

    assert "also answered 1 question in this visit" in page.text
    page = walker.open("/step/age")
    assert page.chosen(edition.by_id["age"].ask) == ["25 to 34"]


def test_answers_to_questions_that_are_gone_are_dropped_and_that_is_said(brought, edition):
    walker, upload = brought

    def older(content):
        answers = content["answers"] | {"shoe_size": 42, "favourite": ["tea"], "age": ["as_old_as_time"]}
        content = {**content, "version": "2025-01-01 00000000", "answers": answers}
        return signed(content)

    page = bring(walker, changed(upload, older))

    assert "Some things here have changed since then." in page.text
    assert "2 of its answers are to questions that we don’t ask any more. They are left out." in page.text
    assert f"so they count as not answered: {edition.by_id['age'].short}." in page.text
    assert walker.press("Go on where you stopped").path == "/step/age"


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (b"", "We can’t read this file"),
        (b"GIF89a", "We can’t read this file"),
        (b"%PDF-1.7\n" + b"x" * LARGEST_UPLOAD, "too large"),
    ],
    ids=["nothing", "another kind of file", "too large"],
)
def test_a_file_that_cannot_be_used_is_refused_beside_the_field_and_in_the_title(walker, upload, says):
    walker.open("/come-back")
    page = bring(walker, upload)

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert page.text.count(says) == 2


def test_no_file_is_asked_for_again(walker):
    walker.open("/come-back")
    page = walker.press("Read the file")

    assert page.status == 422
    assert "Choose the file that you saved" in page.text


def test_a_file_of_another_questionnaire_is_refused(walker, sleeper):
    sleeper.open("/")
    sleeper.press("I want to look at my sleep")
    sleeper.choose("I’d rather not say")
    sleeper.open("/later")
    upload = sleeper.download("Make the file").data
    walker.open("/come-back")

    assert "not from here" in bring(walker, upload).text


def test_answers_that_cannot_be_chosen_are_judged_like_anything_typed(brought):
    walker, upload = brought
    strange = {"age": ["no_such_age"], "bladder": [], "phq9_9": 7, "days_used": 10**300, "__proto__": 1}
    page = bring(walker, changed(upload, lambda content: signed({**content, "answers": strange})))

    assert page.status == 200
    assert "answers to 0 questions" in page.text


@pytest.mark.parametrize("made", ["0001-01-01", "9999-12-31", "yesterday", ""])
def test_a_file_of_no_possible_day_is_refused(brought, made):
    walker, upload = brought

    assert "not from here" in bring(walker, changed(upload, lambda content: signed({**content, "made": made}))).text


def test_a_copy_with_a_record_says_that_it_has_one(walker, edition):
    arrived(walker, edition, "c3")

    assert "Your answers are attached to this file" in text_of(copy_of(walker, RECORD))
    assert "attached" not in text_of(copy_of(walker, "At a glance"))


def test_much_more_than_a_file_is_refused_by_a_page(walker):
    walker.open("/come-back")
    page = bring(walker, b"x" * (LARGEST_UPLOAD + 100_000))

    assert page.status == 413
    assert "less than 2 MB" in page.text


def test_elsewhere_a_post_stays_small(walker):
    page = walker.open("/")
    token = page.form_with("I’m with a patient").find("input").get("value")
    response = walker.client.post("/begin", data={"csrf_token": token, "audience": "x" * 70_000})

    assert response.status_code == 413


@pytest.mark.parametrize("padding", [Random(1).randbytes(1_500_000), b"\r\n--" * 350_000], ids=["noise", "line ends"])
def test_a_file_never_touches_the_disk_whatever_is_in_it(walker, edition, monkeypatch, padding):
    arrived(walker, edition, "c3")
    saved = io.BytesIO()
    with opened(copy_of(walker, RECORD)) as pdf:
        pdf.Root.Padding = pdf.make_stream(padding)
        pdf.save(saved, compress_streams=False)

    def forbidden(*_, **__):
        raise AssertionError("a file was written")

    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(f"tempfile.{name}", forbidden)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", forbidden)
    walker.follow("Choose the file")

    assert bring(walker, saved.getvalue()).status == 200


def test_what_was_brought_is_deleted_with_everything_else(brought):
    walker, _ = brought
    walker.press("Delete everything")
    page = walker.open("/come-back")

    assert page.heading == "Come back with a file"


def test_an_upload_is_in_no_log(brought, caplog):
    walker, upload = brought
    with caplog.at_level(logging.DEBUG):
        bring(walker, upload[:-2000])
        bring(walker, upload)

    assert "phq9" not in caplog.text
    assert "notes.pdf" not in caplog.text


def test_a_file_made_before_the_server_had_a_new_key_and_database_still_comes_back(brought, tmp_path):
    """The server keeps nothing for it, so another server will do."""
    _, upload = brought
    app = make_app(f"sqlite:///{tmp_path / 'another.sqlite3'}", SHIPPED)
    walker = Walker(app.test_client())
    walker.open("/come-back")

    assert "Your file of" in bring(walker, upload).heading
    app.extensions["assessment"].printer.close()


def test_the_record_is_readable_by_any_program_that_reads_attachments(brought):
    _, upload = brought
    with pikepdf.open(io.BytesIO(upload)) as pdf:
        content = json.loads(pdf.attachments[NAME].get_file().read_bytes())

    assert content["answers"]["phq9_1"]
