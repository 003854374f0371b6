"""“This does not fit”: asked on the outcome page, added to what is shown, and printed on the page for a doctor."""

import re

import pytest

from assessment.core.readers import Reader
from tests.documents.reader_of_pdf import text_of
from tests.web.person import walk
from tests.web.walker import Walker

SHOW = "Show it this way"
MORE_URGENT = {
    "self": "Does it feel more urgent to you than this page says?",
    "family": "Does it feel more urgent to you than this page says?",
    "clinician": "Does the patient see it as more urgent than this page says?",
}
RATHER = {
    "self": "What would you rather have than what is shown first?",
    "family": "What would you rather have than what is shown first?",
    "clinician": "What would the patient rather have than what is shown first?",
}
NOW = {
    "self": "Yes, I need help now",
    "family": "Yes, help is needed now",
    "clinician": "Yes, help is needed now",
}
ADVICE = {
    "self": "Get help now, as you feel you need it",
    "family": "Get help now, as you feel it’s needed",
    "clinician": "The patient sees a need for help now: reassess before they leave",
}
ON_THE_SHEET = {
    "self": "Patient’s view of urgency: Yes, help is needed now.",
    "family": "How urgent it feels to you: Yes, help is needed now.",
    "clinician": "Patient’s view of urgency: Yes, help is needed now.",
}
SHEET = {
    "self": "Make the page for a doctor",
    "family": "Make the page for a doctor",
    "clinician": "GP sheet, 1 page",
}


@pytest.fixture
def outcome_of(app):
    """Walk as a reader who leaves everything out, and return the walker at the outcome."""

    def at_the_outcome(audience, **answers):
        walker = Walker(app.test_client())
        edition = app.extensions["assessment"].editions[Reader(audience, "en")]
        walk(walker, edition, answers)
        walker.open("/outcome")
        return walker

    return at_the_outcome


def answers_kept(walker):
    visits = walker.client.application.extensions["assessment"].visits
    with walker.client.session_transaction() as session:
        return visits.read(session["visit"])["answers"]


def shows(page, title):
    return any(each.split(" When: ")[0] == title for each in page.headings("h2", "h3"))


@pytest.mark.parametrize("audience", MORE_URGENT)
def test_it_is_offered_on_every_outcome_and_nothing_is_chosen_beforehand(outcome_of, audience):
    page = outcome_of(audience).page

    assert page.chosen(MORE_URGENT[audience]) == page.chosen(RATHER[audience]) == []
    assert not shows(page, ADVICE[audience])


@pytest.mark.parametrize("audience", MORE_URGENT)
def test_the_urgency_that_was_chosen_shows_its_advice_and_stands_on_the_sheet(outcome_of, audience):
    walker = outcome_of(audience)
    page = walker.fill({MORE_URGENT[audience]: [NOW[audience]]}, SHOW)

    assert page.path == "/outcome"
    assert shows(page, ADVICE[audience])
    assert page.chosen(MORE_URGENT[audience]) == [NOW[audience]]
    assert ON_THE_SHEET[audience] in text_of(walker.download(SHEET[audience]).data)


@pytest.mark.parametrize("audience", ["self", "family"])
@pytest.mark.parametrize(
    ("chosen", "title"), [("Talking to someone", "Talk to someone"), ("Finding out more", "Find out more")]
)
def test_the_door_that_was_chosen_stands_first(outcome_of, audience, chosen, title):
    walker = outcome_of(audience)
    page = walker.fill({RATHER[audience]: [chosen]}, SHOW)
    doors = next(each for each in page.all("section") if each.get("id") == "doors")

    assert next("".join(each.itertext()) for each in doors.iter("h3")) == title


def test_the_door_that_was_chosen_outranks_the_help_that_was_wanted_before(outcome_of):
    walker = outcome_of("self", help_wanted=("learn",))
    page = walker.fill({RATHER["self"]: ["Talking to someone"]}, SHOW)

    assert page.text.index("Start with a talk") > 0
    doors = next(each for each in page.all("section") if each.get("id") == "doors")
    assert next("".join(each.itertext()) for each in doors.iter("h3")) == "Talk to someone"


def test_a_clinician_is_told_which_help_the_patient_would_rather_have(outcome_of):
    walker = outcome_of("clinician")
    page = walker.fill({RATHER["clinician"]: ["Talking to someone"]}, SHOW)

    assert shows(page, "The patient would rather have another kind of help: start there")
    sheet = text_of(walker.download("GP sheet, 1 page").data)
    assert "What the patient would rather have: Talking to someone." in sheet


@pytest.mark.parametrize("audience", MORE_URGENT)
@pytest.mark.parametrize("forged", ["tomorrow", "<b>now</b>", "not_sure"])
def test_a_forged_value_is_refused_and_nothing_is_kept(outcome_of, audience, forged):
    walker = outcome_of(audience)
    before = answers_kept(walker)
    token = walker.page.form_with(SHOW).find("input").get("value")
    sent = {"csrf_token": token, "fit_urgency-answer": forged, "fit_door-answer": "talk"}
    response = walker.client.post("/fit", data=sent)

    assert response.status_code == 400
    assert "<b>now" not in response.text
    assert answers_kept(walker) == before


def test_two_answers_where_one_is_asked_are_refused(outcome_of):
    walker = outcome_of("self")
    token = walker.page.form_with(SHOW).find("input").get("value")
    sent = {"csrf_token": token, "fit_urgency-answer": ["now", "fits"]}

    assert walker.client.post("/fit", data=sent).status_code == 400


def test_it_can_be_chosen_otherwise_again(outcome_of):
    walker = outcome_of("self")
    walker.fill({MORE_URGENT["self"]: [NOW["self"]]}, SHOW)
    page = walker.fill({MORE_URGENT["self"]: ["No, that’s about right"]}, SHOW)

    assert not shows(page, ADVICE["self"])


def test_what_is_asked_afterwards_never_counts_as_left_out(outcome_of):
    walker = outcome_of("self")
    told = re.search(r"You left out (\d+) questions", walker.page.text)[1]
    walker.fill({MORE_URGENT["self"]: [NOW["self"]]}, SHOW)

    assert f"You left out {told} questions" in walker.page.text


def test_it_stands_at_the_check_and_is_changed_where_it_was_asked(outcome_of):
    walker = outcome_of("self")
    assert MORE_URGENT["self"] not in walker.open("/check").text
    walker.open("/outcome")
    walker.fill({MORE_URGENT["self"]: [NOW["self"]]}, SHOW)
    page = walker.open("/check")

    assert NOW["self"] in page.text
    page = walker.open(page.link(f"Change your answer: {MORE_URGENT['self']}"))
    assert page.path == "/outcome"
    assert page.chosen(MORE_URGENT["self"]) == [NOW["self"]]


def test_crisis_help_stays_first_whatever_is_chosen(outcome_of):
    walker = outcome_of("self", phq9_9=("several_days",))
    first = walker.page.headings("h2")[0]
    page = walker.fill({MORE_URGENT["self"]: [NOW["self"]], RATHER["self"]: ["Finding out more"]}, SHOW)

    assert page.headings("h2")[0] == first
    assert shows(page, ADVICE["self"])


def test_before_the_end_nothing_is_kept_and_the_first_open_question_follows(walker):
    walker.open("/")
    page = walker.press("I want to look at my own use")
    token = page.form_with("Continue").find("input").get("value")
    sent = walker.client.post("/fit", data={"csrf_token": token, "fit_urgency-answer": "now"})

    assert (sent.status_code, sent.location) == (303, "/step/age")
    assert not answers_kept(walker)
