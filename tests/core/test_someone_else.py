"""Help for the reader and help for somebody who is not there: each where they are, and at their age."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.answers import read_all
from assessment.core.journey import Journey
from assessment.core.outcome import assess, named_services, plain, services
from assessment.core.readers import Reader
from tests.core.people import people


@pytest.fixture(scope="session")
def partner(checked_sleep):
    return checked_sleep.editions[Reader("partner", "en")]


def journey_of(edition, **answers):
    read, refused = read_all(edition, answers)
    assert not refused
    return Journey(edition, read)


def ids(services):
    return [service.id for service in services]


@pytest.mark.parametrize(
    ("here", "theirs", "for_them"),
    [
        ("there", "here", ["doctor_here", "listener"]),
        ("here", "there", ["listener"]),
        ("there", "not_sure", ["doctor_here", "listener"]),
        ("there", None, ["doctor_here", "listener"]),
    ],
)
def test_help_for_them_is_where_they_are_and_help_for_the_reader_where_the_reader_is(partner, here, theirs, for_them):
    outcome = assess(journey_of(partner, country=here, their_country=theirs, woken_by=["breath"]))

    assert ids(outcome.services) == ["listener"]
    assert sorted(ids(outcome.their_services)) == for_them


def test_the_two_nations_are_told_apart(partner):
    journey = journey_of(partner, country="here", their_country="there")

    assert (journey.nation(), journey.nation("someone_else")) == ("here", "there")
    assert (assess(journey).nation, assess(journey).their_nation) == ("here", "there")


def test_a_nation_that_nobody_is_sure_of_is_not_known(partner, sleep):
    assert journey_of(partner, their_country="not_sure").nation("someone_else") is None
    assert journey_of(partner, their_country="declined").nation("someone_else") is None
    assert journey_of(sleep, country="here").nation("someone_else") is None


def test_what_advice_and_pages_name_goes_to_whom_they_help(partner):
    journey = journey_of(partner, their_country="here", woken_by=["breath"])
    page = journey.met[0]
    advice = [each.guidance for each in assess(journey).advice]

    assert (page.id, page.helps) == ("their_breath_page", "someone_else")
    assert named_services(journey, [page], "reader") == ()
    assert ids(named_services(journey, [page], "someone_else")) == ["doctor_here", "listener"]
    assert ids(named_services(journey, advice, "reader")) == ["listener"]
    assert ids(named_services(journey, advice, "someone_else")) == ["doctor_here"]


def test_services_for_a_topic_are_for_one_of_the_two(partner):
    journey = journey_of(partner, country="there", their_country="here")

    assert ids(services(journey, ["medical"])) == []
    assert ids(services(journey, ["medical"], "someone_else")) == ["doctor_here"]


def test_who_answers_for_themselves_has_help_for_nobody_else(sleep):
    outcome = assess(journey_of(sleep, country="here", woken_by=["breath"]))

    assert outcome.their_services == ()
    assert plain(outcome)["their_services"] == []


@given(data=st.data())
def test_everybody_is_helped_at_their_own_age_and_in_their_own_nation(checked, data):
    family = checked.editions[Reader("family", "en")]
    journey = Journey(family, data.draw(people(family)))
    outcome = assess(journey)
    for found, nation, age in (
        (outcome.services, "nation", "age"),
        (outcome.their_services, "their_nation", "their_age"),
    ):
        there, old = (journey.known.chosen(id) or frozenset() for id in (nation, age))
        for service in found:
            assert (there - {"not_sure"}) <= set(service.nations)
            assert not service.ages or (old - {"not_sure"}) <= set(service.ages)
