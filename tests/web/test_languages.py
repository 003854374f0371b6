"""The pages in other languages: chosen by a link, kept by the address alone. Facts are the same in each."""

import re

import pytest

from assessment.core.readers import Reader
from tests.web.conftest import SHIPPED, SLEEP, make_app
from tests.web.keeper import arrived
from tests.web.walker import Walker, text_of

OTHER = "/qps"


@pytest.fixture(scope="module")
def bilingual(tmp_path_factory):
    """An app that also speaks Welsh, and the language that is made from English."""
    url = f"sqlite:///{tmp_path_factory.mktemp('bilingual') / 'visits.sqlite3'}"
    made = make_app(url, SHIPPED, languages=("en", "qps", "cy"))
    yield made
    made.extensions["assessment"].printer.close()


@pytest.fixture
def visitor(bilingual):
    return Walker(bilingual.test_client())


def addresses(page):
    """Return where a page leads, but for what is in the other language or elsewhere."""
    ways = [each for each in page.tree.iter("a") if each.get("hreflang") is None and each.get("rel") is None]
    forms = [each.get("action") for each in page.tree.iter("form")]
    told = [each.get("href") for each in ways] + forms
    return [each for each in told if not each.startswith(("#", "tel:", "sms:", "mailto:"))]


def in_other(page):
    return {each.get("hreflang"): each.get("href") for each in page.tree.iter("a") if each.get("hreflang")}


def test_an_app_with_one_language_offers_no_other(walker):
    assert not in_other(walker.open("/"))
    assert walker.open(f"{OTHER}/help").status == 404


def test_a_page_leads_to_itself_in_the_other_language(visitor):
    for path in ("/", "/help", "/come-back"):
        page = visitor.open(path)
        assert page.tree.get("lang") == "en"
        assert in_other(page) == {"qps": f"{OTHER}{path}", "cy": f"/cy{path}"}

        page = visitor.open(f"{OTHER}{path}")
        assert (page.tree.get("lang"), page.tree.get("dir")) == ("qps", "rtl")
        assert in_other(page) == {"en": path, "cy": f"/cy{path}"}


def test_a_language_needs_no_cookie(bilingual):
    assert "Set-Cookie" not in bilingual.test_client().get(f"{OTHER}/help").headers


def test_a_visit_stays_in_the_language_in_which_it_was_begun(visitor):
    page = visitor.open(f"{OTHER}/")
    assert all(each.startswith(f"{OTHER}/") for each in addresses(page))

    page = visitor.press(page.headings("button")[-3])
    assert page.path.startswith(f"{OTHER}/step/") or page.tree.get("lang") == "qps"
    assert all(each.startswith(f"{OTHER}/") for each in addresses(page))


def test_the_words_of_the_questionnaire_are_marked_as_they_are(visitor):
    page = visitor.open(f"{OTHER}/")
    page = visitor.press(page.headings("button")[-3])
    legend = next(page.tree.iter("legend"))

    assert (legend.get("lang"), legend.get("dir")) == ("en", "ltr")
    assert "have not been" not in page.text


def test_a_visit_goes_on_in_another_language_where_it_stands(visitor):
    page = visitor.open("/")
    page = visitor.press("I want to look at my own use")
    there = in_other(page)["qps"]

    assert visitor.open(there).tree.get("lang") == "qps"


def test_what_can_only_be_sent_to_leads_to_the_start_in_the_other_language(bilingual):
    answer = bilingual.test_client().get(f"{OTHER}/begin")

    assert answer.status_code == 405
    assert 'href="/"' in answer.text


def numbers(page):
    """Return whom a page says to call, text or write to, and with which words."""
    ways = [each for each in page.tree.iter("a") if (each.get("href") or "").startswith(("tel:", "sms:", "mailto:"))]
    return [(each.get("href"), re.findall(r"\d+|[A-Z]{4,}|\S+@\S+", text_of(each))) for each in ways]


@pytest.mark.parametrize("path", ["/help", "/nothing"])
def test_numbers_and_names_are_the_same_in_every_language(visitor, path):
    here, there = visitor.open(path), visitor.open(f"/cy{path}")

    assert numbers(here) == numbers(there) != []
    assert "GIG" in there.text or path == "/nothing"


def test_a_draft_says_so_on_every_page_in_its_language_and_in_english(visitor):
    for path in ("/cy/", "/cy/help", "/cy/privacy"):
        text = visitor.open(path).text
        assert "Drafft yw’r iaith hon." in text
        assert "This language is a draft." in text
    assert "draft" not in visitor.open("/help").text


def in_welsh(walker, edition, person):
    """Come to where things stand, and go on in Welsh."""
    arrived(walker, edition, person)
    return walker.open("/cy/outcome")


def test_a_persons_copy_is_in_their_language_and_a_doctors_page_in_english(visitor, edition):
    page = in_welsh(visitor, edition, "c3")
    assert "Nid yw’r cwestiynau na’r cyngor wedi’u cyfieithu." in page.text

    copy = visitor.press("Ei ddarllen fel tudalen")
    assert (copy.tree.get("lang"), copy.headings("h1")) == ("cy", ["Sut mae pethau"])
    assert "Tachwedd" in copy.text

    in_welsh(visitor, edition, "c3")
    sheet = visitor.press("Ei darllen yma yn gyntaf")
    assert sheet.tree.get("lang") == "en"
    assert "wedi" not in sheet.text
    assert in_other(sheet)["cy"] == "/cy/"


def test_what_comes_at_once_is_said_in_the_language_of_the_visit(visitor, edition):
    in_welsh(visitor, edition, "c4")
    page = visitor.open("/cy/pause")

    assert page.headings("h1") == ["Ceisiwch help nawr"]
    assert "Ffoniwch 999 nawr" in page.text


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """An app whose questionnaire is written in both of its languages."""
    url = f"sqlite:///{tmp_path_factory.mktemp('whole') / 'visits.sqlite3'}"
    made = make_app(url, SLEEP, languages=("en", "cy"))
    yield made
    made.extensions["assessment"].printer.close()


def test_a_questionnaire_that_is_written_in_a_language_is_asked_in_it(whole):
    walker = Walker(whole.test_client())
    page = walker.open("/cy/")
    page = walker.press(page.headings("button")[-3])
    legends = list(page.tree.iter("legend"))

    assert [each.get("lang") for each in legends] == [None] * len(legends)
    assert "cyfieithu" not in page.text

    theirs = whole.extensions["assessment"].told["cy"].editions[Reader("sleeper", "cy")]
    assert theirs.by_id["hours"].not_sure == "Dydw i ddim yn siŵr"
    assert "Rhywun effro i siarad" in walker.open("/cy/help").text
    assert "Rhywun effro i siarad" not in walker.open("/help").text

    english = walker.open(in_other(page)["en"])
    assert english.tree.get("lang") == "en"
    assert english.legends() != page.legends()
