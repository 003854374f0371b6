"""Every document that the app makes, at its longest and at its shortest, is PDF/UA-1: veraPDF finds nothing in it."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import chain

import pikepdf
import pytest

from assessment.core.edition import doctors
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.sheet import sheet
from assessment.documents.paper import blank_form, scoring_key
from assessment.documents.report import Line, safety_report
from tests.documents.reader_of_pdf import beside_the_pages, opened
from tests.documents.validator import broken_rules
from tests.web.conftest import ROOT, SHIPPED, SLEEP, running
from tests.web.person import walk
from tests.web.walker import Walker

TEMPLATES = ROOT / "templates"
ACCESSIBLE = ("ua1",)
WITH_ANSWERS = ("ua1", "3a")  # with the answers attached, which may also be taken out in many years
KINDS = {
    "copy": ACCESSIBLE,
    "copy of no chapter": ACCESSIBLE,
    "copy with the answers": WITH_ANSWERS,
    "file to go on with": WITH_ANSWERS,
    "page for a doctor": ACCESSIBLE,
    "summary": ACCESSIBLE,
    "form": ACCESSIBLE,
    "form in large print": ACCESSIBLE,
    "key": ACCESSIBLE,
    "key in large print": ACCESSIBLE,
    "safety report": ACCESSIBLE,
}
"""What is made, and the standards that each kind complies with."""

TAKEN_AWAY = ("copy", "copy of no chapter", "copy with the answers", "file to go on with", "page for a doctor")
PRINTED = ("copy", "copy of no chapter", "page for a doctor", "summary")
ON_PAPER = ("form", "key")
LARGE = ("form in large print", "key in large print")
MADE_FOR = {
    "self": (*TAKEN_AWAY, *ON_PAPER, *LARGE, "safety report"),
    "family": (*TAKEN_AWAY, *ON_PAPER),
    "clinician": PRINTED,
    "sleeper": (*TAKEN_AWAY, *ON_PAPER, *LARGE),
    "partner": (*TAKEN_AWAY, *ON_PAPER),
    "nurse": PRINTED,
}
CASES = [(audience, kind) for audience, kinds in MADE_FOR.items() for kind in kinds]
ADDRESSES = {"file to go on with": "/later", "page for a doctor": "/sheet", "summary": "/summary"}  # others: /copy
AS_TYPED = {"reference": "W" * 40, "setting": "paper_with_help"}

PAGE = '<!doctype html><html lang="en"><head><title>Notes</title></head><body><h1>Hello</h1>{}</body></html>'
PLANTED = {
    "a heading that skips a level": ("<h3>Below</h3>", "ua1", "7.4.2"),
    "a picture without words": ('<svg width="9" height="9"><rect width="9" height="9"/></svg>', "ua1", "7.3"),
    "nothing tagged": (None, "ua1", "6.2"),
    "not PDF-A": ("", "3a", "6.6.4"),
}
"""Faults that the validator must find: in the body of a page, the standard that it breaks, the clause that says so."""
HOSTS_OF_STANDARDS = {"www.w3.org", "purl.org", "ns.adobe.com", "www.aiim.org"}  # they name what metadata are


@dataclass(frozen=True)
class Document:
    """A document for an audience, as often as it was printed."""

    audience: str
    language: str
    whose: str
    kind: str
    pdfs: list[bytes] = field(repr=False)

    @property
    def name(self):
        return f"{self.audience} {self.language} {self.whose} {self.kind}.pdf"

    @property
    def pdf(self):
        return self.pdfs[0]


def possible(question):
    """Return the answers that can make a document longest: all that fits together, or any one; the largest number."""
    if question.number:
        return [question.number.max]
    together = tuple(each.id for each in question.options if question.several and not each.alone)
    alone = [(each.id,) for each in question.options if each.id not in together]
    return [together, *alone] if together else alone


def longest(edition, reads, *, with_a_page=False):
    """Return the answers that keep most questions on the way and call for most, a page for a doctor too if it must."""

    def size(answers):
        journey = Journey(edition, answers)
        outcome = assess(journey)
        there = not with_a_page or sheet(Journey(reads, answers), keyed=edition.keyed) is not None
        points = sum(score.low for score in outcome.scores)
        return there, len(journey.questions), points, len(outcome.advice), len(outcome.services)

    answers = {}
    for question in edition.questions:
        tried = ({**answers, question.id: answer} for answer in possible(question))
        answers = max(tried, key=size)
    return answers


def people(edition, reads):
    """Yield who leaves out everything and who says most, each with what is printed for them.

    Who says most has the longest kind of copy. If they are given no page for a doctor, who says most of the others is.
    """
    kinds = list(PRINTED if edition.keyed else TAKEN_AWAY)
    yield "shortest", {}, [kind for kind in kinds if kind != "copy with the answers"]
    most = longest(edition, reads)
    if "copy with the answers" in kinds:
        kinds.remove("copy")
    if sheet(Journey(reads, most), keyed=edition.keyed) is None:
        kinds.remove("page for a doctor")
        yield "longest with a page", longest(edition, reads, with_a_page=True), ["page for a doctor"]
    yield "longest", most, kinds


def downloaded(app, edition, answers, kinds, times=1):
    """Walk through the pages, and yield what is printed at their end, as often as it is asked for."""
    walker = Walker(app.test_client())
    walk(walker, edition, answers)
    token, _ = typed_into(walker.open("/outcome"))
    if "copy with the answers" in kinds:
        saved = walker.client.post("/later", data={"csrf_token": token}).data
        walker.client.post("/come-back", data={"csrf_token": token, "file": (BytesIO(saved), "notes.pdf")})
    token, chapters = typed_into(walker.open("/outcome"))
    assert ("changes" in chapters) is ("copy with the answers" in kinds), "it is compared with an earlier one"
    for kind in kinds:
        sent = AS_TYPED | {"csrf_token": token, "include": [] if kind == "copy of no chapter" else chapters}
        if kind == "copy with the answers":
            sent["record"] = "yes"
        made = [walker.client.post(ADDRESSES.get(kind, "/copy"), data=sent) for _ in range(times)]
        assert {(each.status_code, each.mimetype) for each in made} == {(200, "application/pdf")}, kind
        yield kind, [each.data for each in made]


def typed_into(page):
    """Return the token that a page sends along, and the chapters that it offers."""
    fields = [(each.get("name"), each.get("value")) for each in page.all("input")]
    return dict(fields)["csrf_token"], [value for name, value in fields if name == "include"]


def printed(app, times=1):
    """Yield what people take away from an app."""
    editions = app.extensions["assessment"].editions
    for reader, edition in editions.items():
        for whose, answers, kinds in people(edition, doctors(edition, editions)) if reader.language == "en" else ():
            for kind, pdfs in downloaded(app, edition, answers, kinds, times):
                yield Document(reader.audience, reader.language, whose, kind, pdfs)


def on_paper(app, times=1):
    """Yield every blank form that can be filled in, and its key, in every language; large, the first reader's."""
    editions, printer = app.extensions["assessment"].editions, app.extensions["assessment"].printer
    first = next(iter(editions.values()))
    for reader, edition in editions.items():
        kinds = ON_PAPER + LARGE if edition is first else ON_PAPER
        for kind in () if edition.keyed else kinds:
            large, fillable = kind.endswith("large print"), kind.startswith("form")
            page = blank_form if fillable else scoring_key
            html = page(edition if fillable else doctors(edition, editions), TEMPLATES, large=large)
            pdfs = [printer.pdf(html, fillable=fillable) for _ in range(times)]
            yield Document(reader.audience, reader.language, "blank", kind, pdfs)


def reports(app):
    """Yield the report of one promise that is kept, and of all of them, with some broken and advice out of reach."""
    editions = app.extensions["assessment"].editions
    first, *_ = lines = [
        Line(promise, edition, kept=len(promise.id) % 2 == 0, checks=len(promise.id))
        for edition in editions.values()
        for promise in edition.document.promises
    ]
    counted = {reader.audience: 10**30 for reader in editions}
    for whose, some, unreached in (("shortest", [first], []), ("longest", lines, ["the advice “Rest”"] * 9)):
        html = safety_report(some, TEMPLATES, people=counted, unreached=unreached, day=date(2026, 11, 23))
        yield Document("self", "en", whose, "safety report", [app.extensions["assessment"].printer.pdf(html)])


def untagged(pdf):
    """Return a document without its tags."""
    made = BytesIO()
    with opened(pdf) as document:
        del document.Root.MarkInfo, document.Root.StructTreeRoot
        document.save(made)
    return made.getvalue()


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    yield from running(SHIPPED, tmp_path_factory)


@pytest.fixture(scope="module")
def sleep_app(tmp_path_factory):
    yield from running(SLEEP, tmp_path_factory)


@pytest.fixture(scope="module")
def documents(app, sleep_app):
    """Everything that is made; of the second questionnaire, which is short, everything twice."""
    shipped = printed(app), on_paper(app), reports(app)
    with ThreadPoolExecutor(2) as pool:
        made = pool.map(list, (*shipped, printed(sleep_app, times=2), on_paper(sleep_app, times=2)))
    return list(chain.from_iterable(made))


@pytest.fixture(scope="module")
def broken(documents, app, tmp_path_factory):
    """What veraPDF finds in all of them, and in those with a fault."""
    folder = tmp_path_factory.mktemp("documents")
    printer = app.extensions["assessment"].printer
    pdfs = {each.name: (each.pdf, KINDS[each.kind]) for each in documents}
    for name, (body, flavour, _) in PLANTED.items():
        pdf = printer.pdf(PAGE.format(body or ""))
        pdfs[name] = untagged(pdf) if body is None else pdf, (flavour,)
    for name, (pdf, _) in pdfs.items():
        (folder / name).write_bytes(pdf)
    return broken_rules({folder / name: flavours for name, (_, flavours) in pdfs.items()})


@pytest.fixture(params=CASES, ids=": ".join)
def case(request, documents):
    """The documents of a kind that an audience is given."""
    return [each for each in documents if (each.audience, each.kind) == request.param]


def test_what_is_made_is_what_is_looked_at(documents):
    assert {(each.audience, each.kind) for each in documents} == set(CASES)
    assert len({each.name for each in documents}) == len(documents)


def test_it_is_valid(case, broken):
    names = {each.name for each in case}
    faults = "\n".join(str(each) for each in broken if each.file in names)

    assert not faults, faults


@pytest.mark.parametrize("name", PLANTED)
def test_a_fault_is_found(name, broken):
    _, flavour, clause = PLANTED[name]
    found = [each for each in broken if each.file == name]

    assert {each.flavour for each in found} == {flavour}
    assert clause in {each.clause for each in found}


def test_it_is_tagged_in_its_language_and_under_its_title(case):
    for each in case:
        with opened(each.pdf) as pdf:
            assert pdf.Root.MarkInfo.Marked, each.name
            assert str(pdf.Root.Lang) == each.language, each.name
            assert str(pdf.docinfo.Title) == "Notes", each.name
            assert pdf.Root.ViewerPreferences.DisplayDocTitle, each.name


def test_its_fonts_are_in_it_and_named_as_subsets(case):
    for each in case:
        with opened(each.pdf) as pdf:
            objects = (it for it in pdf.objects if isinstance(it, pikepdf.Dictionary))
            fonts = {str(it.FontName): it for it in objects if it.get("/Type") == "/FontDescriptor"}
            assert fonts, each.name
            for name, font in fonts.items():
                assert re.match(r"/[A-Z]{6}\+Source-S", name), f"{each.name}: {name}"
                assert "/FontFile2" in font or "/FontFile3" in font, f"{each.name}: {name}"


def test_beside_its_pages_it_tells_neither_a_day_nor_a_place(case):
    for each in case:
        told = beside_the_pages(each.pdf)
        assert set(re.findall(r"https?://([^/\"<> ]+)", told)) <= HOSTS_OF_STANDARDS, each.name
        assert not re.search(r"\d{4}-?\d\d-?\d\d|Date", told), each.name


def test_the_same_answers_make_the_same_bytes(documents):
    twice = [each for each in documents if len(each.pdfs) > 1]

    assert {each.kind for each in twice} == {kind for kind in KINDS if kind != "safety report"}
    assert not [each.name for each in twice if len(set(each.pdfs)) > 1]
