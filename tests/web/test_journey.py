"""The journey as a visitor meets it, on a questionnaire that has nothing to do with the shipped one."""

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from assessment.core import journey
from assessment.core.journey import Known
from tests.web.conftest import LEAVE_TO
from tests.web.walker import Walker

DECLINE = "I’d rather not say"


@pytest.fixture
def started(sleeper):
    sleeper.open("/")
    sleeper.press("I want to look at my sleep")
    return sleeper


def answer_all(walker, *, woken_by="Nothing woke me", hours="8", rest=("Often", "Never", "Often")):
    walker.choose("Here")
    walker.choose("18 or over")
    walker.enter(hours)
    walker.choose(woken_by)
    for label in rest if woken_by != "Gasping for breath" else ():
        walker.choose(label)
    return walker.page


def test_a_journey_leads_from_the_start_to_the_check(started):
    page = answer_all(started)

    assert page.heading == "Check your answers"
    assert "8 hours" in page.text


def test_one_question_stands_on_a_page_with_why_it_is_asked(started):
    assert started.page.heading == "Where are you?"
    assert "Help differs by place." in started.page.text
    assert started.page.labels() == ["Here", "There", DECLINE]


def test_no_answer_is_chosen_beforehand(started):
    assert not [each for each in started.page.all("input") if each.get("checked") is not None]


def test_an_answer_given_before_is_shown_again(started):
    started.choose("There")
    started.follow("Back")

    assert started.page.labelled("There").get("checked") is not None


def test_every_question_can_be_declined(started):
    for _ in range(7):
        started.choose(DECLINE)

    assert started.page.heading == "Check your answers"
    assert started.page.text.count("rather not say") == 7


def test_an_empty_page_says_what_is_missing_and_keeps_its_place(started):
    page = started.press("Continue")

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert "There is a problem" in page.text
    assert page.text.count("Select an answer, or choose “I’d rather not say”") == 2
    target = page.link("Select an answer, or choose “I’d rather not say”")
    assert target.removeprefix("#") in {each.get("id") for each in page.all("input")}


def test_a_number_out_of_range_is_refused_and_kept_to_be_mended(started):
    started.choose("Here")
    started.choose("18 or over")
    page = started.enter("25")

    assert "Enter a whole number from 0 to 24" in page.text
    assert page.all("input")[-3].get("value") == "25" or "25" in [each.get("value") for each in page.all("input")]


@pytest.mark.parametrize("typed", ["", "eight", "-1", "8.5", "9" * 5000, "\uff18", "1e3", "<b>"])
def test_only_a_whole_number_is_a_number(started, typed):
    started.choose("Here")
    started.choose("18 or over")

    assert started.enter(typed).status == 422


def test_none_of_these_excludes_the_others_without_javascript(started):
    started.choose("Here")
    started.choose("18 or over")
    started.enter("8")
    page = started.choose("Noise", "Nothing woke me")

    assert page.status == 422
    assert "not both" in page.text


def test_an_address_typed_ahead_leads_to_the_first_open_question(started):
    for address in ("/step/rest_2", "/check", "/outcome", "/step/nothing", "/pause"):
        assert started.open(address).heading == "Where are you?"


@pytest.mark.parametrize("sent", ["often", "no such answer", ""])
def test_a_page_sent_ahead_is_not_kept_and_leads_to_the_first_open_question(started, sent):
    token = started.page.form_with("Continue").find("input").get("value")
    led_to = started.client.post("/step/rest_2", data={"csrf_token": token, "answer": sent})
    assert (led_to.status_code, led_to.location) == (303, "/step/country")

    started.choose("Here")
    started.choose("18 or over")
    started.enter("8")
    started.choose("Nothing woke me")
    page = started.choose("Often")
    assert page.path == "/step/rest_2"
    assert not [each for each in page.all("input") if each.get("checked") is not None]


def test_changing_an_answer_returns_to_the_check(started):
    page = answer_all(started)
    change = next(each.get("href") for each in page.all("a") if each.get("href", "").startswith("/step/years"))
    started.open(change)
    page = started.choose("Under 18")

    assert page.heading == "Check your answers"
    assert "Under 18" in page.text


def test_new_questions_are_asked_before_the_check_is_shown_again(started):
    answer_all(started, woken_by="Gasping for breath")
    started.follow("Go on")
    assert started.page.heading == "Check your answers"
    started.open("/step/woken_by?return=check")
    page = started.choose("Noise")

    assert "did you wake tired?" in page.heading


def test_an_answer_that_calls_for_help_is_met_at_once_and_its_help_stays(started):
    page = answer_all(started, woken_by="Gasping for breath")

    assert page.heading == "Please ask a doctor today"
    assert "000 222" in page.text
    page = started.follow("Go on")
    assert page.heading == "Check your answers"
    assert "Help right now" in page.text
    assert "000 222" in page.text


def test_the_address_of_a_pause_says_nothing_of_the_answer(started):
    page = answer_all(started, woken_by="Gasping for breath")

    assert page.path == "/pause"


def test_changing_to_an_answer_that_calls_for_help_meets_it_before_the_check(started):
    answer_all(started)
    started.open("/step/woken_by?return=check")
    page = started.choose("Gasping for breath")

    assert page.heading == "Please ask a doctor today"
    assert started.follow("Go on").heading == "Check your answers"


def test_the_back_link_leads_past_a_pause_to_the_question_before(started):
    started.choose("Here")
    started.choose("18 or over")
    started.enter("8")

    assert started.follow("Back").path == "/step/hours"


def test_sending_a_page_twice_changes_nothing(started):
    token = started.page.form_with("Continue").find("input").get("value")
    for _ in range(2):
        response = started.client.post("/step/country", data={"csrf_token": token, "answer": "here"})
        assert response.status_code == 303
        assert response.location == "/step/years"


def test_two_tabs_each_keep_their_answer(started):
    token = started.page.form_with("Continue").find("input").get("value")
    started.choose("Here")
    answered = started.client.post("/step/years", data={"csrf_token": token, "answer": "young"})
    changed = started.client.post("/step/country", data={"csrf_token": token, "answer": "there"})
    started.open("/step/years")

    assert answered.status_code == changed.status_code == 303
    assert started.page.labelled("Under 18").get("checked") is not None
    assert started.open("/step/country").labelled("There").get("checked") is not None


def test_deleting_leaves_nothing(started):
    answer_all(started)
    started.open("/outcome")
    page = started.press("Delete everything")

    assert page.status == 200
    assert started.open("/check").status == 410
    assert "visit" not in set(started.client._cookies)  # noqa: SLF001 - what a browser would show


def test_leaving_deletes_and_goes_to_an_ordinary_site(started):
    form = started.page.form_with("Leave this site")
    response = started.client.post(form.get("action"))

    assert response.status_code == 303
    assert response.location == LEAVE_TO
    assert "visit=;" in response.headers["Set-Cookie"]
    assert started.open("/check").status == 410


@pytest.mark.parametrize("way", ["/leave", "/delete"])
def test_a_browser_is_told_to_hold_no_page_once_somebody_left(started, way):
    token = started.page.form_with("Continue").find("input").get("value")
    response = started.client.post(way, data={"csrf_token": token})

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in started.client.get("/").headers


def test_the_leaving_control_and_the_help_link_stand_on_every_page(started):
    for address in ("/", "/step/country", "/help", "/privacy", "/sources", "/accessibility", "/deleted", "/nothing"):
        page = started.open(address)
        assert page.form_with("Leave this site").get("method") == "post"
        assert page.link("Get help now") == "/help"


def test_beginning_again_forgets_the_earlier_answers(started):
    started.choose("There")
    started.open("/")
    started.press("I want to look at my sleep")

    assert not [each for each in started.page.all("input") if each.get("checked") is not None]


def test_an_audience_of_its_own_is_asked_in_its_own_words(sleeper):
    sleeper.open("/")
    page = sleeper.press("I am worried about someone’s sleep")

    assert page.heading == "Where are they?"


def test_a_form_from_elsewhere_is_refused_and_nothing_changes(started):
    response = started.client.post("/step/country", data={"answer": "here"})

    assert response.status_code == 400
    assert "out of date" in response.text
    assert started.open("/check").heading == "Where are you?"


def test_an_outcome_shows_scores_advice_reasons_and_services(started):
    answer_all(started, rest=("Often", "Never", "Often"))
    page = started.follow("See where things stand")

    assert "8 out of 8" in page.text
    assert "Try a slower evening" in page.text
    assert "Because you told us: rest: 8 out of 8." in page.text
    assert "The night listener" in page.text


def test_a_declined_item_makes_a_range_and_never_a_zero(started):
    answer_all(started, rest=("Often", DECLINE, DECLINE))
    page = started.follow("See where things stand")

    assert "Between 2 and 8 out of 8" in page.text


def test_the_copy_is_a_pdf_with_a_neutral_name(started):
    answer_all(started)
    started.follow("See where things stand")
    response = started.download("Make a PDF", "At a glance", "What to do next")

    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="notes.pdf"'
    assert response.data.startswith(b"%PDF-1.7")


def test_another_browser_sees_nothing(started, sleep_app):
    started.choose("Here")

    assert Walker(sleep_app.test_client()).open("/check").status == 410


def test_a_question_that_another_tab_takes_off_the_way_while_it_is_answered_is_no_mistake(started, monkeypatch):
    answer_all(started)
    visits = started.client.application.extensions["assessment"].visits
    keep = visits.keep

    def overtaken(secret, change, at_least, found):
        keep(secret, lambda content: {**content, "answers": {**content["answers"], "woken_by": ["breath"]}})
        return keep(secret, change, at_least, found)

    monkeypatch.setattr(visits, "keep", overtaken)
    started.open("/step/rest_1")
    page = started.choose("Never")

    assert page.status == 200
    assert page.heading == "Check your answers"


@pytest.fixture
def statements():
    """The first word of each statement that is run."""
    ran = []

    def note(_connection, _cursor, statement, *_):
        ran.append(statement.split()[0])

    event.listen(Engine, "before_cursor_execute", note)
    yield ran
    event.remove(Engine, "before_cursor_execute", note)


def test_a_page_takes_one_read_and_an_answer_one_read_and_one_write(started, statements):
    started.open("/step/country")
    assert statements == ["SELECT"]

    token = started.page.form_with("Continue").find("input").get("value")
    started.client.post("/step/country", data={"csrf_token": token, "answer": "here"})
    assert statements == ["SELECT", "SELECT", "UPDATE"]


def test_the_way_is_walked_once_for_a_page_and_once_for_an_answer(started, monkeypatch):
    walked = []
    monkeypatch.setattr(journey, "Known", lambda *given: walked.append(1) or Known(*given))
    token = started.page.form_with("Continue").find("input").get("value")
    started.client.get("/step/country")
    assert len(walked) == 1

    started.client.post("/step/country", data={"csrf_token": token, "answer": "here"})
    assert len(walked) == 2


def test_after_a_pause_on_the_way_back_to_the_check_only_what_is_open_is_asked(walker):
    walker.open("/")
    walker.press("I want to look at my own use")
    while walker.page.path != "/check":
        if walker.page.path == "/step/other_drugs":
            walker.choose("None of these")
        elif any(each.get("type", "text") == "text" for each in walker.page.all("input")):
            walker.enter("0")
        else:
            walker.choose("I’d rather not say")
    walker.open("/step/phq9_9?return=check")
    walker.choose("Several days")
    walker.follow("Go on with the questions")
    assert walker.page.path == "/step/phq9_difficulty"

    assert walker.choose("Very difficult").path == "/check"


def test_leaving_works_without_a_database(started, monkeypatch):
    def down(*_args):
        raise OperationalError("DELETE", {}, Exception("the database does not answer"))

    monkeypatch.setattr(started.client.application.extensions["assessment"].visits, "forget", down)
    response = started.client.post("/leave")

    assert response.status_code == 303
    assert response.location == LEAVE_TO
    assert "visit=;" in response.headers["Set-Cookie"]


def test_deleting_that_fails_can_be_tried_again(started, monkeypatch):
    visits = started.client.application.extensions["assessment"].visits
    forget = visits.forget

    def down(*_args):
        raise OperationalError("DELETE", {}, Exception("the database does not answer"))

    answer_all(started)
    started.open("/outcome")
    monkeypatch.setattr(visits, "forget", down)
    assert started.press("Delete everything").status == 503
    monkeypatch.setattr(visits, "forget", forget)
    started.open("/outcome")
    started.press("Delete everything")

    assert started.open("/check").status == 410


def test_an_answer_that_a_newer_questionnaire_does_not_have_is_asked_again(started):
    answer_all(started)
    visits = started.client.application.extensions["assessment"].visits
    with started.client.session_transaction() as session:
        older = {"country": ["nowhere"], "gone": ["x"], "rest_1": ["always"]}
        visits.keep(session["visit"], lambda kept: {**kept, "answers": {**kept["answers"], **older}})

    assert started.open("/outcome").heading == "Where are you?"
    assert started.choose("Here").heading == "How old are you?"
    assert started.open("/check").path == "/step/rest_1"
