import gc
import re

import pikepdf
import pytest

from assessment.documents import pdf as printing
from assessment.documents.pdf import Order, Printer
from assessment.documents.pool import Pool
from tests.documents.reader_of_pdf import opened, text_of
from tests.web.conftest import ROOT

PAGE = """<!doctype html><html lang="en"><head><title>Notes</title></head><body><h1>Hello</h1>
<p>Ŵy, ŷ, £5, “quoted”, – and ✓</p>{}</body></html>"""


@pytest.fixture(scope="module")
def printer():
    printer = Printer(ROOT / "static" / "print.css")
    yield printer
    printer.close()


def test_a_document_is_tagged_titled_and_in_a_language(printer):
    with opened(printer.pdf(PAGE.format(""))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo.Title) == "Notes"


def test_a_document_is_a4(printer):
    with opened(printer.pdf(PAGE.format(""))) as pdf:
        assert [round(float(each)) for each in pdf.pages[0].MediaBox] == [0, 0, 595, 842]


def test_every_font_is_embedded(printer):
    with opened(printer.pdf(PAGE.format(""))) as pdf:
        fonts = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
        ]
        assert len(fonts) >= 2
        assert all("/FontFile2" in each or "/FontFile3" in each for each in fonts)


def test_a_document_says_nothing_of_when_and_where_it_was_made(printer):
    with opened(printer.pdf(PAGE.format(""))) as pdf:
        assert set(pdf.docinfo.keys()) == {"/Title", "/Producer"}


def test_the_same_page_makes_the_same_bytes(printer):
    assert printer.pdf(PAGE.format("")) == printer.pdf(PAGE.format(""))


@pytest.mark.parametrize("address", ["https://example.invalid/x.png", "file:///etc/hostname", "http://127.0.0.1:9/x"])
def test_a_document_fetches_nothing(printer, address):
    pdf = printer.pdf(PAGE.format(f'<img src="{address}" alt="x">'))

    with opened(pdf) as pdf:
        assert not [
            each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]


def test_a_process_that_dies_costs_nobody_anything(printer):
    printer.pdf(PAGE.format(""))
    for process in list(printer._pool._processes._processes.values()):  # noqa: SLF001 - as the system would end it
        process.kill()

    assert printer.pdf(PAGE.format("")).startswith(b"%PDF")


def remembered(*syllables):
    """Return where this process has a word, said in syllables so that the question is not among the answers."""
    gc.unfreeze()  # or what was there before would not be looked through
    every = [(type(each).__name__, text) for each in gc.get_objects() for text in gc.get_referents(each)]
    return [(kind, text[:80]) for kind, text in every if isinstance(text, str) and "".join(syllables) in text]


def test_a_process_keeps_nothing_of_what_it_printed():
    syllables = ("pango", "lin")
    html = PAGE.format("<p>Of a {0}, <strong>{0}</strong></p>".format("".join(syllables)) * 50)
    order = Order((html,), pages=None, fillable=False, attached=None)
    pool = Pool(1, printing._prepare, ROOT / "static" / "print.css")  # noqa: SLF001 - as the printer does, in one process
    try:
        printed = pool.do(printing._make, order, seconds=30)
        found = pool.do(remembered, *syllables, seconds=30)
    finally:
        pool.close()

    assert "".join(syllables) in text_of(printed)
    assert found == []


def test_a_process_leaves_nothing_on_the_disk_when_it_ends(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    pool = Pool(1, printing._prepare, ROOT / "static" / "print.css")  # noqa: SLF001 - as the printer does
    pool.answer(30)
    while_it_is_there = list(tmp_path.iterdir())
    pool.close()

    assert while_it_is_there
    assert not list(tmp_path.iterdir())


def with_lines(count):
    return PAGE.format(f"<p>{count} lines</p>" + "<p>A line of text.</p>" * count)


def lines_of(pdf):
    return int(re.search(r"(\d+) lines", text_of(pdf))[1])


@pytest.mark.parametrize(
    ("versions", "pages", "taken"),
    [
        ((200, 80, 20, 5), 1, 20),
        ((200, 80, 20, 5), 3, 80),
        ((5, 200), 1, 5),
        ((200, 80), 1, 80),
        ((200, 5), None, 200),
        ((200,), 1, 200),
    ],
    ids=[
        "the first that fits on a page",
        "the first that fits on three",
        "the first of all if it fits",
        "the last if none fits",
        "the first if any length will do",
        "the only one",
    ],
)
def test_of_several_versions_the_first_that_fits_is_made(printer, versions, pages, taken):
    pdf = printer.pdf(*map(with_lines, versions), pages=pages)

    assert lines_of(pdf) == taken


def test_inputs_can_be_filled_in_only_where_that_is_asked_for(printer):
    page = PAGE.format('<p><label for="name">Name</label> <input id="name" name="name"></p>')

    with opened(printer.pdf(page)) as pdf:
        assert "/AcroForm" not in pdf.Root
    with opened(printer.pdf(page, fillable=True)) as pdf:
        assert [str(each.T) for each in pdf.Root.AcroForm.Fields] == ["name"]
