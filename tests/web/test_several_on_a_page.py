"""Several questions on a page, on a questionnaire that has nothing to do with the shipped one."""

import pytest

HOURS = "3. How many hours did they sleep?"
WOKEN = "4. What woke them?"
OFTEN = "5. How often?"
PAGE = "/part/their_night"
DECLINED = "Rather not say"


@pytest.fixture
def night(sleeper):
    """Somebody who has come to the page of several questions."""
    sleeper.open("/")
    sleeper.press("I am worried about someone’s sleep")
    sleeper.choose("Here with me")
    sleeper.choose("18 or older")
    return sleeper


def to_the_check(walker):
    while walker.page.path != "/check":
        walker.choose("I’d rather not say") if walker.page.path.startswith("/step/") else walker.follow("Next")
    return walker.page


def answered(page):
    """Return what the check page says of each question."""
    said = [(each.find("p[@class='asked']"), each.find("p[@class='answer']")) for each in page.all("li")]
    return {"".join(asked.itertext()): "".join(answer.itertext()) for asked, answer in said if asked is not None}


def ask(legend):
    """Return a question as it reads where it has no number."""
    return legend.split(". ", 1)[1]


def change(page, question):
    """Return the address at which an answer is changed."""
    return page.link(f"Change your answer: {question}")


def inputs(page):
    return {each.get("id"): each for each in page.all("input") if each.get("type") != "hidden"}


def test_each_question_has_its_legend_and_its_labels(night):
    page = night.page

    assert page.path == PAGE
    assert page.legends() == [HOURS, WOKEN, OFTEN]
    assert page.chosen(HOURS) == page.chosen(WOKEN) == page.chosen(OFTEN) == []


def test_a_question_that_rests_on_another_of_the_page_says_so_by_the_number_that_stands_there(night):
    told = night.page.by_id(night.page.fieldset(OFTEN).get("aria-describedby"))

    assert "".join(told.itertext()).endswith("at question 4.")


def test_what_is_left_blank_is_kept_as_declined_and_the_check_says_so(night):
    night.fill({HOURS: ["6"]})
    said = answered(to_the_check(night))

    assert said[ask(HOURS)] == "6 h"
    assert said[ask(WOKEN)] == "I’d rather not say"


def test_what_was_answered_stands_there_again(night):
    night.fill({HOURS: ["I’m not sure"], WOKEN: ["A noise"], OFTEN: ["Every night"]})
    page = night.open(PAGE)

    assert page.chosen(HOURS) == ["I’m not sure"]
    assert page.chosen(WOKEN) == ["A noise"]
    assert page.chosen(OFTEN) == ["Every night"]


FAULTS = {
    "a number out of range": {HOURS: ["25"], WOKEN: ["A noise"]},
    "no whole number": {HOURS: ["six"], WOKEN: ["A noise"]},
    "a number and a tick instead of one": {HOURS: ["6", "I’d rather not say"], WOKEN: ["A noise"]},
    "none of these together with another": {HOURS: ["6"], WOKEN: ["A noise", "Nothing that I saw"]},
    "declined together with an answer": {HOURS: ["6"], WOKEN: ["A noise", DECLINED]},
}


@pytest.mark.parametrize("given", FAULTS.values(), ids=FAULTS)
def test_a_fault_stays_on_the_page_with_all_that_was_typed(night, given):
    page = night.fill(given)

    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert {legend: page.chosen(legend) for legend in given} == given


@pytest.mark.parametrize(
    ("given", "faulty", "right"),
    [
        ({HOURS: ["25"], WOKEN: ["A noise"]}, HOURS, WOKEN),
        ({HOURS: ["6"], WOKEN: ["A noise", "Nothing that I saw"]}, WOKEN, HOURS),
    ],
)
def test_what_is_at_fault_is_not_kept_and_what_is_right_beside_it_is(night, given, faulty, right):
    night.fill(given)
    page = night.open(PAGE)

    assert page.chosen(faulty) == []
    assert page.chosen(right) == given[right]


def test_a_fault_keeps_no_earlier_answer_from_standing(night):
    night.fill({HOURS: ["6"]})
    night.open(PAGE)
    night.fill({HOURS: ["60"]})

    assert night.open(PAGE).chosen(HOURS) == ["6"]


def test_what_calls_for_help_does_not_wait_for_a_fault_to_be_mended(night):
    page = night.fill({HOURS: ["25"], WOKEN: ["Gasping"]})

    assert (page.path, page.heading) == ("/pause", "They can ask a doctor")
    assert night.follow("Next").path == PAGE, "the fault is still to be mended"


@pytest.mark.parametrize("given", FAULTS.values(), ids=FAULTS)
def test_the_summary_of_faults_leads_to_inputs_and_each_fault_stands_at_its_question(night, given):
    page = night.fill(given)
    summary = next(each for each in page.all("div") if each.get("role") == "alert")
    links = list(summary.iter("a"))

    assert len(links) == 1
    field = inputs(page)[links[0].get("href").removeprefix("#")]
    told = page.by_id(field.get("name").rsplit("-", 1)[0]).get("aria-describedby").split()
    assert "Error: " in "".join(text for id in told for text in page.by_id(id).itertext())


def test_every_fault_of_a_page_is_told_at_once(night):
    page = night.fill({HOURS: ["25"], WOKEN: ["A noise", "Nothing that I saw"]})

    assert "Hours they slept: Enter a whole number from 0 to 24" in page.text
    assert "Select what fits, or “Nothing that I saw”, but not both" in page.text


def test_an_answer_is_changed_from_the_check_and_leads_back_to_it(night):
    night.fill({HOURS: ["6"], WOKEN: ["A noise"], OFTEN: ["Once"]})
    address = change(to_the_check(night), ask(WOKEN))
    page = night.open(address)

    assert address == f"{PAGE}?return=check#woken_by"
    assert page.link("Back") == "/check"
    page = night.fill({WOKEN: ["Nothing that I saw"]})
    assert page.path == "/check"
    assert answered(page)[ask(WOKEN)] == "Nothing that I saw"
    assert answered(page)[ask(HOURS)] == "6 h"


def test_a_fault_on_the_way_back_to_the_check_still_leads_back_to_it(night):
    night.fill({HOURS: ["6"]})
    night.open(change(to_the_check(night), ask(HOURS)))
    night.fill({HOURS: ["60"]})

    assert night.page.link("Back") == "/check"
    assert night.fill({HOURS: ["5"]}).path == "/check"


def test_an_answer_that_rests_on_one_that_was_taken_back_counts_nowhere(night):
    night.fill({WOKEN: ["Nothing that I saw"], OFTEN: ["Every night"]})
    page = to_the_check(night)

    assert ask(OFTEN) not in answered(page)
    assert "Every night" not in night.follow("See where things stand").text


def test_an_answer_that_calls_for_help_is_met_at_once_and_the_way_goes_on_after_its_page(night):
    page = night.fill({WOKEN: ["Gasping"], OFTEN: ["Once"]})

    assert (page.path, page.heading) == ("/pause", "They can ask a doctor")
    assert night.follow("Next").path == "/step/country"


def test_help_that_was_shown_does_not_stop_who_sends_the_page_again(night):
    night.fill({WOKEN: ["Gasping"]})
    night.open(PAGE)

    assert night.fill({HOURS: ["6"]}).path == "/step/country"


def test_on_the_way_back_to_the_check_help_is_met_first(night):
    night.fill({HOURS: ["6"]})
    to_the_check(night)
    night.open(f"{PAGE}?return=check")

    assert night.fill({WOKEN: ["Gasping"]}).path == "/pause"
    assert night.follow("Next").path == "/check"


def test_back_leads_to_the_question_before(night):
    assert night.page.link("Back") == "/step/their_years"


def test_a_page_sent_ahead_of_its_time_is_not_kept(sleeper):
    sleeper.open("/")
    page = sleeper.press("I am worried about someone’s sleep")
    token = page.form_with("Continue").find("input").get("value")
    sent = sleeper.client.post(PAGE, data={"csrf_token": token, "how_often-answer": "once"})
    sleeper.choose("Here with me")
    page = sleeper.choose("18 or older")

    assert (sent.status_code, sent.location) == (303, "/step/their_country")
    assert page.path == PAGE
    assert page.chosen(OFTEN) == []


@pytest.mark.parametrize("section", ["nothing", "them", "fit", "night"])
def test_a_section_that_is_no_page_of_this_reader_leads_on(night, section):
    assert night.open(f"/part/{section}").path == PAGE
    token = night.page.form_with("Continue").find("input").get("value")
    sent = night.client.post(f"/part/{section}", data={"csrf_token": token})
    assert (sent.status_code, sent.location) == (303, PAGE)


def test_two_tabs_each_keep_their_page(night):
    token = night.page.form_with("Continue").find("input").get("value")
    night.client.post(PAGE, data={"csrf_token": token, "hours-answer": "6"})
    night.client.post("/step/their_years", data={"csrf_token": token, "answer": "young"})

    assert night.open(PAGE).chosen(HOURS) == ["6"]
    assert night.open("/step/their_years").labelled("Younger than 18").get("checked") is not None


def test_a_page_from_before_does_not_wipe_out_what_another_tab_has_kept(night):
    before = night.page
    night.fill({HOURS: ["6"]})
    night.page = before
    night.fill({WOKEN: ["A noise"]})
    page = night.open(PAGE)

    assert page.chosen(HOURS) == ["6"]
    assert page.chosen(WOKEN) == ["A noise"]


def test_the_page_without_a_token_keeps_nothing(night):
    response = night.client.post(PAGE, data={"hours-answer": "6"})

    assert response.status_code == 400
    assert night.open(PAGE).chosen(HOURS) == []


def test_numbers_and_ticks_that_no_browser_would_send_are_faults(night):
    token = night.page.form_with("Continue").find("input").get("value")
    twice = {"csrf_token": token, "how_often-answer": ["once", "nightly"], "hours-answer": "<b>"}
    response = night.client.post(PAGE, data=twice)

    assert response.status_code == 422
    assert "Select one answer only" in response.text
    assert "<b>" not in response.text
