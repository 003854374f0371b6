"""Somebody who worries about another person, from the first question to what they take away."""

import re

import pytest

from assessment.core.readers import Reader
from tests.documents.reader_of_pdf import beside_the_pages, pages_of, text_of
from tests.web.person import vignette, walk
from tests.web.walker import Walker
from tests.web.walker import text_of as text_in

DOOR = "I’m worried about someone"
DECLINE = "I’d rather not say"
MAKE = "Make the page for a doctor"
MATTERS_OF_HOME = ("fam_unsafe_now", "home_safe", "fam_afraid")


@pytest.fixture(scope="module")
def edition(app):
    return app.extensions["assessment"].editions[Reader("family", "en")]


@pytest.fixture
def family(walker):
    walker.open("/")
    walker.press(DOOR)
    return walker


def dialled(element):
    return {each.get("href") for each in element.iter("a")}


def pinned(page):
    return next((dialled(each) for each in page.all("aside") if each.get("class") == "pinned"), set())


def test_danger_is_asked_first(family):
    assert family.page.heading == "Is anyone in danger right now?"


@pytest.mark.parametrize(
    ("danger", "heading"),
    [
        ("Someone can’t be woken, or is breathing strangely", "Please call 999 now"),
        ("They can’t pee at all, or there is a lot of blood", "Please call 999 now"),
        ("They’ve said they want to end their life, or have hurt themselves", "Help for them, and for you"),
        ("Someone is violent or threatening", "Getting safe comes first"),
        ("A child is in danger", "Getting safe comes first"),
        ("I’m not sure", "If you’re not sure, check now"),
    ],
)
def test_danger_leads_to_help_at_once_and_help_stays_on_top(family, danger, heading):
    page = family.choose(danger)

    assert (page.path, page.heading) == ("/pause", heading)
    assert "tel:999" in dialled(page.tree)
    page = family.follow("I’ve read this, go on with the questions")
    assert page.heading == "Who are you worried about?"
    assert "tel:999" in pinned(page)
    for path in ("/check", "/privacy", "/sources"):
        assert "tel:999" in pinned(family.open(path)), f"no help on top of {path}"


def test_until_we_know_where_they_are_only_help_for_everyone_stands_on_top(family):
    family.choose("They’ve said they want to end their life, or have hurt themselves")
    on_top = pinned(family.follow("I’ve read this, go on with the questions"))

    assert {"tel:999", "tel:116123"} <= on_top
    assert not {"tel:111", "tel:08088088000"} & on_top


def test_no_danger_puts_nothing_on_top(family):
    page = family.choose("None of these")

    assert page.heading == "Who are you worried about?"
    assert not pinned(page)


def test_danger_that_is_told_at_the_check_is_met_before_it_is_shown_again(app, edition):
    walker = Walker(app.test_client())
    walk(walker, edition, vignette(edition, "c9"))
    walker.open("/step/danger_now?return=check")

    assert walker.choose("A child is in danger").heading == "Getting safe comes first"
    assert walker.follow("I’ve read this, go on with the questions").path == "/check"


def test_signs_that_are_left_blank_are_kept_as_declined_and_the_check_says_so(family):
    while family.page.path != "/part/their_body":
        family.choose(DECLINE)
    family.fill({"Blood in their pee": ["I was told"]})
    while family.page.path != "/check":
        family.press("Continue") if family.page.path.startswith("/part/") else family.choose(DECLINE)
    said = {
        "".join(each.find("p[@class='asked']").itertext()): "".join(each.find("p[@class='answer']").itertext())
        for each in family.page.all("li")
        if each.find("p[@class='answer']") is not None
    }

    assert said.pop("Blood in their pee") == "I was told"
    assert set(said.values()) == {DECLINE}


def test_a_sign_is_changed_from_the_check_and_leads_back_to_it(app, edition):
    walker = Walker(app.test_client())
    page = walk(walker, edition, vignette(edition, "c9"))
    page = walker.open(page.link("Change your answer: Blood in their pee"))

    assert page.path == "/part/their_body"
    assert page.chosen("Blood in their pee") == ["No sign"]
    page = walker.fill({"Blood in their pee": ["I’ve seen it"]})
    assert page.path == "/check"
    assert "Blood in their pee needs a doctor today" in walker.follow("See where things stand").headings("h2")


class Taken:
    """What somebody of the vignettes meets on the way, sees at the end, and takes away."""

    def __init__(self, app, edition, id, **changed):
        self.told = next(each for each in edition.document.vignettes if each.id == id)
        walker = Walker(app.test_client())
        self.met = []
        walk(walker, edition, vignette(edition, id, **changed), lambda page: self.met.append((page.path, page.heading)))
        self.page = walker.follow("See where things stand")
        everything = map(text_in, self.page.fieldset("Put in my copy").iter("label"))
        self.copy = walker.download("Make a PDF", *everything).data
        self.printed = text_of(self.copy)
        token = self.page.form_with("Make a PDF").find("input").get("value")
        made = walker.client.post("/sheet", data={"csrf_token": token})
        self.sheet = made.data if made.status_code == 200 else None
        self.for_a_doctor = text_of(self.sheet) if self.sheet else ""

    def shows(self, title):
        """Say whether a title stands on the page, with its urgency or without."""
        headings = self.page.headings("h2", "h3", "h4")
        return any(each == title or each.startswith(f"{title} When: ") for each in headings)

    def section(self, id):
        return next((each for each in self.page.all("section") if each.get("id") == id), None)


@pytest.fixture(scope="module", params=["c9", "c10"])
def taken(request, app, edition):
    return Taken(app, edition, request.param)


def titles(entries, ids):
    return [each.title for each in entries if each.id in (ids or ())]


def test_the_way_leads_past_the_pages_that_must_come_and_no_others(taken, edition):
    paused = [heading for path, heading in taken.met if path == "/pause"]
    expected = titles(edition.document.interrupts, taken.told.must.meets)

    assert sorted(set(paused)) == sorted(set(expected))


def test_the_outcome_shows_what_must_be_there_and_nothing_that_must_not(taken, edition):
    must, must_not = (titles(edition.document.guidance, each.shows) for each in (taken.told.must, taken.told.must_not))

    assert must
    assert must_not
    assert [each for each in must if not taken.shows(each)] == []
    assert [each for each in must_not if taken.shows(each)] == []


def test_the_outcome_names_the_services_that_must_be_there(taken, edition):
    names = {each.id: each.name for each in edition.document.services}

    assert taken.told.must.services
    assert [id for id in taken.told.must.services if not taken.shows(names[id])] == []


def test_the_copy_says_what_the_page_says(taken, edition):
    must, must_not = (titles(edition.document.guidance, each.shows) for each in (taken.told.must, taken.told.must_not))

    assert [each for each in must if each not in taken.printed] == []
    assert [each for each in must_not if each in taken.printed] == []


def test_nothing_scores_anybody_but_the_reader(taken):
    for shown in filter(None, (taken.page.text, taken.printed, taken.for_a_doctor)):
        assert set(re.findall(r"\d out of (\d+)", shown)) == {"24"}, "that is the K6"
        assert not re.search(r"PHQ|GAD-7|AUDIT|SDS|Dependence", shown)


def test_help_for_the_reader_and_help_for_them_stand_apart(taken):
    mine, theirs = taken.section("people"), taken.section("theirs")
    headings = taken.page.headings("h2")

    assert "Help for you, in England" in headings
    assert "Help for the person you’re worried about, in England" in headings
    assert mine is not None
    assert theirs is not None
    assert not list(mine.iter(theirs.tag))[1:], "neither stands within the other"
    assert "Help for the person you’re worried about" in taken.printed


def test_help_for_each_is_in_their_own_nation(app, edition):
    taken = Taken(app, edition, "blood_seen", their_nation="northern_ireland")
    theirs = dialled(taken.section("theirs"))

    assert "Help for you, in Scotland" in taken.page.headings("h2")
    assert "Help for the person you’re worried about, in Northern Ireland" in taken.page.headings("h2")
    assert "tel:111" not in theirs


@pytest.fixture(scope="module")
def safe_at_home(app, edition):
    return Taken(app, edition, "c9")


def test_the_sheet_is_one_page_and_says_whose_account_it_is(safe_at_home):
    text = safe_at_home.for_a_doctor

    assert pages_of(safe_at_home.sheet) == 1
    assert MAKE in safe_at_home.page.headings("button")
    assert "This is an observer’s account, not the person’s own. The person was not asked and is not scored." in text
    assert "Someone worried about another person, unattended, on a website." in text
    assert "Nobody was alerted by these answers." in text


def test_where_home_is_not_safe_no_page_is_made_that_the_person_may_come_to_read(taken):
    safe = taken.told.id == "c9"

    assert (taken.sheet is not None) == safe
    assert (MAKE in taken.page.headings("button")) == safe


def test_whether_home_feels_safe_stands_on_no_sheet(safe_at_home, edition):
    for id in MATTERS_OF_HOME:
        question = edition.by_id[id]
        words = [question.ask, question.short, *(each.short for each in question.options)]
        assert not [each for each in words if each.lower() in safe_at_home.for_a_doctor.lower()], id


def test_files_tell_nothing_beside_their_pages(taken):
    for pdf in filter(None, (taken.copy, taken.sheet)):
        told = beside_the_pages(pdf)
        assert not re.search(r"ketamine|worried|family|K6", told, re.IGNORECASE)
