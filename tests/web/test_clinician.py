"""A clinician with a patient: keyed in from paper or in conversation, read, and printed."""

import json
import logging
import re

import pytest

from assessment.core.readers import Reader
from tests.documents.reader_of_pdf import beside_the_pages, pages_of, text_of
from tests.web.person import rows, vignette, walk
from tests.web.walker import Walker
from tests.web.walker import text_of as text_in

DOOR = "I’m with a patient"
ON = "Keep these and go on"
REFERENCE = "QX7 41-Z-0093"
SETTING = "Answered by the person on paper, with help"
BY_LABEL = "Local reference (optional). Printed, and then forgotten."
DOCUMENTS = ("GP sheet, 1 page", "Full summary", "Patient’s copy")


@pytest.fixture(scope="module")
def edition(app):
    return app.extensions["assessment"].editions[Reader("clinician", "en")]


@pytest.fixture
def clinician(walker):
    walker.open("/")
    walker.press(DOOR)
    return walker


@pytest.fixture
def legend(edition):
    return lambda id: f"{edition.numbers[id]}. {edition.by_id[id].ask}"


def kept(walker):
    visits = walker.client.application.extensions["assessment"].visits
    with walker.client.session_transaction() as session:
        return visits.read(session["visit"])


def go_on_to(walker, path):
    while walker.page.path != path:
        walker.press(ON)
    return walker.page


def test_everything_may_be_left_blank_and_the_results_are_reached(clinician, edition):
    sections = []
    while clinician.page.path != "/outcome":
        sections.append(clinician.page.path)
        clinician.press(ON)

    assert sections == [f"/part/{id}" for id in edition.sections if not edition.sections[id].afterwards]
    assert clinician.page.heading == "Results"
    assert "A blank is not a no." in clinician.page.text
    assert not kept(clinician)["answers"]


def test_questions_have_the_numbers_of_the_paper_form(clinician, edition):
    numbers = []
    while clinician.page.path != "/outcome":
        numbers += [int(each.split(". ")[0]) for each in clinician.page.legends()]
        clinician.press(ON)

    asked = [question.id for question in edition.questions if not question.section.afterwards]
    assert set(numbers) <= {edition.numbers[id] for id in asked}
    assert numbers == sorted(numbers)
    assert len(numbers) > len(asked) * 0.8


def test_an_answer_that_was_cleared_is_taken_back(clinician, legend):
    clinician.fill({legend("age"): ["25 to 34"], legend("nation"): ["Wales"]}, ON)
    page = clinician.open("/part/about")
    assert page.chosen(legend("age")) == ["25 to 34"]
    clinician.fill({legend("age"): ["Blank"]}, ON)

    assert clinician.open("/part/about").chosen(legend("age")) == ["Blank"]
    assert clinician.page.chosen(legend("nation")) == ["Wales"]
    assert "age" not in kept(clinician)["answers"]


def test_a_number_and_ticks_that_were_cleared_are_taken_back(clinician, legend):
    days, route = legend("days_used"), legend("route")
    go_on_to(clinician, "/part/ketamine")
    clinician.fill({days: ["12"], route: ["Snorting", "Injecting"]}, ON)
    clinician.open("/part/ketamine")
    assert clinician.page.chosen(days) == ["12"]
    clinician.fill({days: [], route: []}, ON)
    page = clinician.open("/part/ketamine")

    assert page.chosen(days) == page.chosen(route) == []
    assert not kept(clinician)["answers"]


def test_a_faulty_number_is_told_and_kept_to_be_mended(clinician, legend):
    days = legend("days_used")
    go_on_to(clinician, "/part/ketamine")
    page = clinician.fill({days: ["31"]}, ON)

    assert page.status == 422
    assert page.chosen(days) == ["31"]
    target = page.link("Days of use in the last 30: Enter a whole number from 0 to 30, or choose “I’d rather not say”")
    assert page.by_id(target.removeprefix("#")).tag == "input"
    assert "days_used" not in kept(clinician)["answers"]
    assert clinician.fill({days: ["30"]}, ON).path == "/part/others"


def test_item_9_above_zero_stops_the_way_at_once_and_leads_on_to_the_next_page(clinician, legend):
    go_on_to(clinician, "/part/mood")
    page = clinician.fill({legend("phq9_9"): ["Several days"]}, ON)

    assert (page.path, page.heading) == ("/pause", "PHQ-9 item 9 is above zero, ask now")
    page = clinician.follow("Go on keying in")
    assert page.path == "/part/want"
    assert any(each.get("class") == "pinned" for each in page.all("aside"))


def test_item_9_that_is_changed_from_the_check_stops_the_way_too_and_leads_back(clinician, legend):
    go_on_to(clinician, "/outcome")
    page = clinician.open("/check")
    clinician.open(page.link(f"Change your answer: {legend('phq9_9').split('. ', 1)[1]}"))

    assert clinician.fill({legend("phq9_9"): ["Nearly every day"]}, ON).path == "/pause"
    assert clinician.follow("Go on keying in").path == "/check"


def test_every_change_from_the_check_leads_back_to_it(clinician):
    go_on_to(clinician, "/outcome")
    page = clinician.open("/check")
    addresses = {each.get("href").split("#")[0] for each in page.all("a") if "return=" in (each.get("href") or "")}

    assert len(addresses) == 6
    for address in addresses:
        clinician.open(address)
        assert clinician.press(ON).path == "/check"


def test_what_was_keyed_in_against_a_skip_rule_is_named_as_not_counted(clinician, legend):
    go_on_to(clinician, "/part/ketamine")
    never = {legend("ketamine_use"): ["I have never taken ketamine"], legend("days_used"): ["9"]}
    clinician.fill({**never, legend("sds_1"): ["Often"]}, ON)
    page = go_on_to(clinician, "/outcome")
    place = page.text.index("Keyed in, and not counted")

    for id in ("days_used", "sds_1"):
        assert legend(id).split(" ")[0] in page.text[place:]
    assert "Days of use in the last 30" in page.text[place:]
    assert "Severity of Dependence Scale" not in page.text
    sheet = text_of(clinician.download("GP sheet, 1 page").data)
    told = "Answered, though another answer says to skip it, and not counted: days of use in the last 30"
    assert f"{told} – 9 days;" in sheet
    assert "Not asked, because of other answers:" in sheet
    summary = text_of(clinician.download("Full summary").data)
    assert f"not counted: {legend('days_used').split(' ')[0]} days of use in the last 30;" in summary


def test_a_skip_rule_stands_at_its_question_with_the_number_that_it_means(clinician, legend):
    page = go_on_to(clinician, "/part/ketamine")
    told = page.by_id(page.fieldset(legend("last_used")).get("aria-describedby"))

    assert legend("ketamine_use").split(".")[0] in "".join(told.itertext())


@pytest.fixture(scope="module")
def printed(app, edition):
    """A patient of the vignettes as printed: the walker, and each document by its button."""
    walker = Walker(app.test_client())
    answers = vignette(edition, "several_substances_with_dependence", phq9_9=1)
    walk(walker, edition, answers)
    walker.fill(rows(walker.page, edition, answers), "Show it this way")
    typed = {"typed": {BY_LABEL: REFERENCE}}
    chapters = [text_in(each) for each in walker.page.fieldset("Put in the patient’s copy").iter("label")]
    documents = {button: walker.download(button, SETTING, *chapters, **typed) for button in DOCUMENTS}
    return walker, documents


def test_the_sheet_is_one_page_and_the_summary_two_at_most(printed):
    _, documents = printed

    assert pages_of(documents["GP sheet, 1 page"].data) == 1
    assert pages_of(documents["Full summary"].data) <= 2


@pytest.mark.parametrize("button", ["GP sheet, 1 page", "Full summary"])
def test_reference_and_setting_are_printed_for_the_doctor(printed, button):
    _, documents = printed
    text = text_of(documents[button].data)

    assert REFERENCE in text
    assert f"{SETTING}, and keyed in by a clinician." in text
    assert "Nobody was alerted by these answers." in text


def test_reference_and_setting_stand_nowhere_else(printed, app):
    walker, documents = printed
    secrets = (REFERENCE, "QX7", SETTING, "paper_with_help")
    database = app.extensions["assessment"].settings.database_url.removeprefix("sqlite:///")
    with open(database, "rb") as file:  # noqa: PTH123 - the whole file, as it is on the disk
        on_disk = file.read().decode(errors="replace")
    asked = [walker.open(path) and walker.response.text for path in ("/outcome", "/check", "/", "/part/about", "/help")]
    asked[0] = asked[0].replace(SETTING, "", 1).replace("paper_with_help", "")  # as one of three to choose from
    beside = [beside_the_pages(each.data) + str(each.headers) for each in documents.values()]
    patients = text_of(documents["Patient’s copy"].data)

    for place in (on_disk, json.dumps(kept(walker)), *asked, *beside, patients):
        assert not [each for each in secrets if each in place]


def test_no_setting_stands_chosen_when_the_results_are_shown_again(printed):
    walker, _ = printed
    page = walker.open("/outcome")

    assert page.chosen("How were the answers given?") == []
    assert not page.labelled(BY_LABEL).get("value")


def test_a_setting_that_is_none_is_not_printed(printed):
    walker, _ = printed
    token = walker.open("/outcome").form_with("Full summary").find("input").get("value")
    sheet = walker.client.post("/sheet", data={"csrf_token": token, "setting": "<b>by magic</b>"})

    assert "magic" not in text_of(sheet.data)
    assert "A clinician, who keyed in a paper form or a conversation." in text_of(sheet.data)


def test_the_patients_copy_is_in_the_patients_words(printed, app):
    _, documents = printed
    text = text_of(documents["Patient’s copy"].data)
    own = app.extensions["assessment"].editions[Reader("self", "en")]
    plain = {each.title for each in own.document.guidance}

    assert "Because you told us" in text
    assert sum(each in text for each in plain) > 10
    assert not re.search(r"haematuria|suprapubic|dysuria|nocturia|Please consider|the patient", text)


def test_the_summary_has_every_answer_with_its_points(printed, edition):
    _, documents = printed
    text = text_of(documents["Full summary"].data)

    item_9 = "Thoughts that you would be better off dead or of hurting yourself in some way"
    answered = vignette(edition, "several_substances_with_dependence")

    assert f"{edition.numbers['phq9_9']}. {item_9}: Several days (1) 44260-8" in text
    assert [id for id in answered if f" {edition.numbers[id]}. " not in text] == []


def test_the_results_show_scores_signs_and_considerations_with_their_sources(printed, edition):
    walker, _ = printed
    page = walker.open("/outcome")
    told = next(each for each in edition.document.vignettes if each.id == "several_substances_with_dependence")
    titles = {each.id: each.title for each in edition.document.guidance}

    assert {"Scores", "Signs", "Please consider", "Print"} <= set(page.headings("h2"))
    assert [id for id in told.must.shows if titles[id] not in page.headings("h3")] == []
    assert [id for id in told.must_not.shows if titles[id] in page.headings("h3")] == []
    assert "Sources: " in page.text


def test_reference_and_setting_are_in_no_log(printed, caplog):
    walker, _ = printed
    walker.open("/outcome")
    with caplog.at_level(logging.DEBUG):
        walker.download("Full summary", SETTING, typed={BY_LABEL: REFERENCE})

    assert REFERENCE not in caplog.text
    assert "paper_with_help" not in caplog.text


def test_the_start_page_leads_back_to_the_first_page_with_a_blank(clinician, legend):
    clinician.fill({legend("age"): ["25 to 34"], legend("nation"): ["Wales"]}, ON)
    clinician.open("/")

    assert clinician.follow("Go on where you were").path == "/part/body"


def test_a_page_for_another_reader_leads_to_where_the_clinician_is(clinician):
    for address in ("/part/their_body", "/part/fit", "/part/nothing", "/pause", "/step/danger_now"):
        assert clinician.open(address).path.startswith("/part/"), address
