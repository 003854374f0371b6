"""A record goes out in a PDF and comes back as it was; whatever else is brought is refused in plain words."""

import io
import json
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.answers import DECLINED, read_all
from assessment.core.journey import Journey
from assessment.documents.pdf import Attached, Printer
from assessment.documents.pool import NotDoneError
from assessment.documents.record import LARGEST, NAME, NoRecordError, _sum, understood, written
from assessment.documents.uploads import attached_to
from tests.core.people import people
from tests.core.planting import ROOT
from tests.documents.reader_of_pdf import beside_the_pages, opened

DAY = date(2026, 3, 2)
PAGE = '<!doctype html><html lang="en"><head><title>Notes</title></head><body><h1>Notes</h1><p>Few.</p></body></html>'


@pytest.fixture(scope="module")
def printer():
    printer = Printer(ROOT / "static" / "print.css")
    yield printer
    printer.close()


@pytest.fixture(scope="module")
def record(edition):
    return written(Journey(edition, {"age": ("25_34",), "pregnant": (DECLINED,)}), DAY)


@pytest.fixture(scope="module")
def copy(printer, record):
    return printer.pdf(PAGE, attached=Attached(record, DAY))


def refused(upload):
    with pytest.raises(NoRecordError) as refusal:
        attached_to(upload)
    return str(refusal.value)


def changed(pdf, change):
    """Return a PDF as another program would save it after a change."""
    saved = io.BytesIO()
    with opened(pdf) as document:
        change(document)
        document.save(saved)
    return saved.getvalue()


def with_attachment(pdf, text, *, compressed=None):
    def change(document):
        stream = document.attachments[NAME].get_file().obj
        if compressed is None:
            stream.write(text)
        else:
            stream.write(compressed, filter=pikepdf.Name.FlateDecode)

    return changed(pdf, change)


def test_a_record_comes_back_from_the_pdf_that_it_went_into(printer, record, copy):
    assert printer.record_in(copy) == record
    assert understood(record).made == DAY


@given(data=st.data())
def test_whatever_anyone_answers_comes_back_as_it_counts(edition, data):
    journey = Journey(edition, data.draw(people(edition)))

    brought = understood(written(journey, DAY))
    answers, refusals = read_all(edition, brought.answers)

    assert not refusals
    assert answers == {id: each for id, each in journey.known.answers.items() if each is not None}
    assert Journey(edition, answers).scores() == journey.scores()
    assert brought.reader == edition.reader


def test_what_was_left_behind_on_another_way_is_not_in_it(edition):
    answers = {"ketamine_use": ("never",), "days_used": 3}

    assert "days_used" not in understood(written(Journey(edition, answers), DAY)).answers


def test_a_record_names_nobody_no_time_and_no_place(copy, record):
    assert set(json.loads(record)) == {
        "format", "sum", "questionnaire", "version", "audience", "language", "made", "answers",
    }  # fmt: skip
    told = beside_the_pages(copy)
    assert "stock" not in told.lower()
    with opened(copy) as pdf:
        (attachment,) = pdf.attachments.values()
        assert str(attachment.get_file().obj.Params.ModDate) == "D:20260302000000Z"
        assert pdf.Root.AF[0].AFRelationship == "/Data"
        assert len(pdf.Root.AF) == 1
        assert "/CreationDate" not in pdf.docinfo


def test_the_same_record_makes_the_same_bytes(printer, record, copy):
    assert printer.pdf(PAGE, attached=Attached(record, DAY)) == copy


def test_a_copy_saved_again_by_another_program_still_has_its_record(copy, record):
    assert attached_to(changed(copy, lambda pdf: pdf.add_blank_page())) == record


@pytest.mark.parametrize(
    "upload",
    [b"", b"x", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"PK\x03\x04 a letter", b"\x89PNG\r\n", b"\x00" * 100_000],
    ids=["empty", "a letter", "a beginning", "a beginning and an end", "another kind", "a picture", "zeros"],
)
def test_what_is_no_pdf_is_refused(upload):
    assert "can’t read this file" in refused(upload)


def test_a_copy_cut_short_anywhere_is_refused(copy):
    for length in range(0, len(copy) - 10, 97):
        assert "can’t read this file" in refused(copy[:length])


def test_a_pdf_without_a_record_is_refused(printer):
    assert "no answers in this file" in refused(printer.pdf(PAGE))


def test_a_pdf_that_needs_a_password_is_refused(copy):
    locked = io.BytesIO()
    with opened(copy) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))

    assert "can’t read this file" in refused(locked.getvalue())


def test_a_record_that_unpacks_to_far_too_much_is_refused_and_costs_little_memory(copy, tmp_path):
    packer = zlib.compressobj(9)
    bomb = b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(1500)), packer.flush()])
    path = tmp_path / "bomb.pdf"
    path.write_bytes(with_attachment(copy, b"", compressed=bomb))
    reading = (
        "import sys\nfrom pathlib import Path\nfrom assessment.documents import uploads\n"
        "try: uploads.attached_to(Path(sys.argv[1]).read_bytes())\n"
        "except uploads.NoRecordError as refused: print(refused)\n"
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    done = subprocess.run([sys.executable, "-c", reading, path], capture_output=True, text=True, check=True, cwd=ROOT)

    said, kilobytes = done.stdout.splitlines()
    assert "can’t read this file" in said
    assert int(kilobytes) < 250_000


def test_a_record_that_is_merely_long_is_refused(copy):
    assert "not from here" in refused(with_attachment(copy, b" " * (LARGEST + 1)))


def test_a_file_tree_that_leads_to_itself_ends(copy):
    def bend(pdf):
        tree = pdf.make_indirect(pikepdf.Dictionary())
        tree.Kids = pikepdf.Array([tree])
        pdf.Root.Names.EmbeddedFiles = tree

    assert refused(changed(copy, bend))


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6)
)
def test_a_copy_with_bytes_changed_gives_its_record_or_is_refused(copy, record, changes):
    damaged = bytearray(copy)
    for place, put in changes:
        start = int(place * len(damaged))
        damaged[start : start + len(put)] = put
    try:
        text = attached_to(bytes(damaged))
    except NoRecordError:
        return
    if text != record:
        with pytest.raises(NoRecordError):
            understood(text)


def edited(record, **changes):
    return json.dumps({**json.loads(record), **changes}).encode()


def test_a_record_changed_by_hand_is_refused_and_says_so(record):
    answers = {**json.loads(record)["answers"], "age": ["65_or_over"]}
    with pytest.raises(NoRecordError, match="changed after it was made"):
        understood(edited(record, answers=answers))


@pytest.mark.parametrize(
    "text",
    [b"", b"\xff\xfe", b"[]", b"{}", b"null", b'{"format": "another"}', b"[" * 50_000, b'{"format": NaN}', b"1e999"],
    ids=["empty", "no text", "a list", "nothing in it", "null", "another format", "deep", "not a number", "endless"],
)
def test_another_programs_data_is_refused(text):
    with pytest.raises(NoRecordError, match="not from here"):
        understood(text)


@pytest.mark.parametrize(
    "answers",
    [
        [["age", "25_34"]],
        {"age": {"$gt": ""}},
        {"age": [["25_34"]]},
        {"age": None},
        {"age": 1.5},
        {f"phq9_{n}": 0 for n in range(501)},
        {"age": ["25_34"] * 501},
    ],
    ids=["pairs", "a mapping inside", "a list inside", "null", "half a number", "too many", "too many in one"],
)
def test_answers_in_a_shape_that_we_never_write_are_refused(record, answers):
    with pytest.raises(NoRecordError, match="not from here"):
        understood(signed(record, answers=answers))


def signed(record, **changes):
    """Return a record changed by somebody who knows how its sum is made."""
    content = {**json.loads(record), **changes}
    bare = {key: value for key, value in content.items() if key not in ("format", "sum")}
    return json.dumps({**content, "sum": _sum(bare)}).encode()


def test_a_file_that_keeps_its_reader_busy_keeps_nobody_from_printing(printer, copy, record):
    def laugh(pdf):
        deeper = pdf.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array()))
        for _ in range(28):
            deeper = pdf.make_indirect(pikepdf.Dictionary(Kids=pikepdf.Array([deeper, deeper])))
        pdf.Root.Names.EmbeddedFiles = deeper

    with ThreadPoolExecutor(1) as threads:
        reading = threads.submit(printer.record_in, changed(copy, laugh))
        assert printer.pdf(PAGE).startswith(b"%PDF")
        with pytest.raises((NotDoneError, NoRecordError)):
            reading.result()
    assert printer.record_in(copy) == record


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, st.sampled_from(["questionnaire", "version", "audience", "language", "made", "answers", "sum", "format"]))
def test_whatever_stands_where_something_else_should_is_refused_or_understood(record, value, key):
    with suppress(NoRecordError):
        understood(edited(record, **{key: value}))
