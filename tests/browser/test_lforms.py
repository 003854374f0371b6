"""Our Questionnaires in LHC-Forms: what is shown, hidden and scored there is what our engine asks and scores."""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessment.core.answers import read_all
from assessment.core.checks import check
from assessment.core.journey import Journey
from assessment.core.readers import Reader
from assessment.documents.fhir.questionnaire import questionnaire
from assessment.documents.fhir.response import response_items
from tests.browser.lforms import Form
from tests.browser.twisted import twisted
from tests.core.people import people
from tests.core.planting import SHIPPED, SLEEP, TODAY

EDITIONS = {reader: each for path in (SHIPPED, SLEEP) for reader, each in check(path, TODAY).editions.items()}
SLEEPER = EDITIONS[Reader("sleeper", "en")]
SCORINGS = [("sum", "complete"), ("sum", 1), ("mean", "complete"), ("mean", 2), ("count", 2), ("max", "complete")]
TWISTED = {scoring: twisted(SLEEPER, *scoring) for scoring in SCORINGS}
anybody = settings(
    max_examples=3, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)


@pytest.fixture(scope="module")
def form_of(chromium):
    """Return an edition's form, on a page of its own."""
    forms = {}

    def form_of(edition):
        if id(edition) not in forms:
            forms[id(edition)] = Form(chromium.new_page(), questionnaire(edition))
        return forms[id(edition)]

    yield form_of
    for form in forms.values():
        form.page.close()


def agrees(form, journey):
    """Say that a form shows what is on the way, and has the totals that our engine has."""
    shown, held = form.seen()
    edition = journey.edition
    totals = {link.removesuffix(".total"): value for link, [value, *_] in held.items() if link.endswith(".total")}

    assert [link for link in shown if link in edition.by_id] == [question.id for question in journey.questions]
    pages = {link.split(".")[1] for link in shown if link.startswith("page.")}
    assert pages == {interrupt.id for interrupt in journey.met}
    assert [link for link in shown if link.endswith(".instead")] == [
        f"{each.id}.instead"
        for each in journey.questions
        if each.number and not isinstance(journey.known.answers[each.id], int)
    ]
    assert totals == pytest.approx(
        {score.instrument.id: score.total for score in journey.scores() if score.total is not None}, abs=1e-6
    )
    assert not form.said


def agrees_on(form, edition, answers):
    """Say so of a form with these answers in it; what is left behind on a shut branch is filled in too."""
    form.fill(response_items(edition, answers))
    agrees(form, Journey(edition, answers))


@pytest.mark.parametrize("edition", EDITIONS.values(), ids=map(str, EDITIONS))
class TestOfEveryEdition:
    def test_invented_people_are_asked_and_scored_alike(self, edition, form_of):
        whose = (edition.reader.audience, edition.reader.language)
        theirs = [each for each in edition.document.vignettes if (each.audience, each.language) == whose]
        for each in theirs[::2]:  # every second: random people come in below as well
            answers, _ = read_all(edition, each.answers)
            agrees_on(form_of(edition), edition, answers)

    @anybody
    @given(data=st.data())
    def test_anybody_is_asked_and_scored_alike(self, edition, form_of, data):
        agrees_on(form_of(edition), edition, data.draw(people(edition)))

    def test_nobody_who_answers_nothing_is_asked_or_scored_otherwise(self, edition, form_of):
        agrees_on(form_of(edition), edition, {})


@pytest.mark.parametrize("scoring", SCORINGS, ids=lambda each: f"{each[0]} {each[1]}")
class TestOfEveryScoringAndCondition:
    @anybody
    @given(data=st.data())
    def test_anybody_is_asked_and_scored_alike(self, scoring, form_of, data):
        edition = TWISTED[scoring]
        agrees_on(form_of(edition), edition, data.draw(people(edition)))


def test_an_estimate_is_rounded_as_ours_is(form_of):
    edition = TWISTED["sum", 1]
    answers = {"rest_1": ("often",), "rest_3": ("never",)}

    agrees_on(form_of(edition), edition, answers)
    assert Journey(edition, answers).known.score("rest").total == 3  # 2 of the weights 1 and 2, for 4: 2.67


def test_what_is_typed_and_ticked_is_followed_step_by_step(form_of):
    form = form_of(SLEEPER)
    form.fill()
    given = {}
    for link, code in (
        ("years", "grown"),
        ("rest_1", "some"),
        ("rest_2", "some"),
        ("rest_3", "often"),
        ("woken_by", "breath"),
    ):
        form.tick(link, code)
        given[link] = (code,)
        agrees(form, Journey(SLEEPER, given))
    form.write("hours", "11")
    agrees(form, Journey(SLEEPER, {**given, "hours": 11}))
    form.write("hours", "")
    agrees(form, Journey(SLEEPER, given))
