"""The safety rules for whoever worries about another person, over random families."""

import re

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.core.answers import DECLINED, read_all
from assessment.core.conditions import NOT_SURE, Flagged
from assessment.core.journey import Journey
from assessment.core.outcome import assess, services
from assessment.core.readers import Reader
from assessment.core.sheet import sheet
from tests.core.people import calm_people, people

DOUBT = [("suspect",), ("no_sign",), (NOT_SURE,), (DECLINED,)]
NO, NONE, YES = st.just(("no",)), st.just(("none",)), st.just(("yes",))
GROWN = st.sampled_from([("18_24",), ("35_44",), ("55_over",)])
AT_HOME = {"home_safe", "fam_afraid", "fam_unsafe_now"}
CALM = {"danger_now": NONE, "home_safe": st.just(("safe",)), "fam_unsafe_now": NO, "fam_afraid": NO, "fam_child": NO}
# What tells the reader to talk with the person, to set a limit or to try a method on them.
TALK = {"talk_start", "ask_about_dying", "bladder_words", "craft", "money_limits", "when_they_say_yes"}
TALK |= {"how_sure_is_craft", "most_who_try", "family_talk_of_dying_ask"}
SAFETY = {"danger_now", *AT_HOME, "fam_child", "their_blood", "their_self_harm", "their_strange"}
MUST_BE_KNOWN = ["danger_now", "home_safe", "fam_unsafe_now", "fam_afraid", "fam_child", "money", "fam_money"]
MUST_BE_KNOWN += ["fam_worry", "fam_health", "fam_alone", *(f"k6_{n}" for n in range(1, 7))]


@pytest.fixture(scope="session")
def family(checked):
    return checked.editions[Reader("family", "en")]


@pytest.fixture(scope="session")
def signs(family):
    return [each.id for each in family.questions if each.section.about == "someone_else"]


@pytest.fixture(scope="session")
def nothing_seen(family):
    calm = next(each for each in family.document.vignettes if each.id == "nothing_at_all")
    return read_all(family, calm.answers)[0]


def shown(outcome):
    return [advice.guidance for advice in outcome.advice]


def suspicious(family, signs):
    """People who only suspect: nothing seen or told, nobody in danger, home safe, the reader grown and holding up."""
    asked = {id: st.sampled_from(DOUBT) for id in signs}
    strain = {f"k6_{n}": st.sampled_from([("none_of_the_time",), ("a_little",)]) for n in range(1, 7)}
    money = st.sampled_from([("none",), ("lent",), ("paid",), ("missing",), (DECLINED,)])
    late = st.sampled_from([("fits",), (DECLINED,)])
    return people(family, **asked, **strain, **CALM, money=money, fam_money=NO, age=GROWN, fit_urgency=late)


@settings(max_examples=150)
@given(data=st.data())
def test_suspicion_alone_is_never_urgent_never_a_warning_and_never_interrupts(family, signs, data):
    journey = Journey(family, data.draw(suspicious(family, signs)))
    outcome = assess(journey)

    assert {guidance.urgency for guidance in shown(outcome)} <= {"soon", "any_time"}
    assert not [flag.id for flag in outcome.flags if flag.warning]
    assert not outcome.met


def test_no_sign_no_flag_and_no_page_rests_on_what_is_only_suspected(family):
    conditions = [flag.when for flag in family.document.flags] + [each.when for each in family.document.interrupts]
    conditions += [each.when for each in family.document.guidance if each.urgency not in ("soon", "any_time")]

    assert not [
        each for when in conditions for each in family.statements(when) if "suspect" in getattr(each, "options", ())
    ]


def test_every_sign_may_be_suspected_and_nobody_has_to_know(family, signs):
    for id in signs:
        assert set(family.by_id[id].choices) == {"seen", "told", "suspect", "no_sign"}
        assert family.by_id[id].not_sure


@given(data=st.data())
def test_the_only_score_is_the_strain_of_the_reader(family, data):
    outcome = assess(Journey(family, data.draw(people(family))))

    assert {score.instrument.id for score in outcome.scores} <= {"k6"}


def test_the_scale_of_strain_asks_about_the_reader_and_says_so(family):
    items = family.instruments["k6"]
    scale = items[0].instrument

    assert {item.section.about for item in items} == {"reader"}
    assert all(re.search(r"\byou\b", item.ask) for item in items)
    assert not [
        text for text in (scale.stem, *(item.ask for item in items)) if re.search(r"\b(they|their|them)\b", text)
    ]
    assert "about you" in scale.why
    assert "nothing about the person" in scale.limits


def test_nothing_about_the_other_person_can_be_added_up(family, signs):
    assert set(family.instruments) == {"k6"}
    assert not [id for id in signs for choice in family.by_id[id].options if choice.points is not None]


def known_safe(journey):
    known = journey.known
    at_home = [known.one(id) for id in ("home_safe", "fam_afraid", "fam_unsafe_now")]
    return at_home == ["safe", "no", "no"] and "violence" not in (known.chosen("danger_now") or ())


@settings(max_examples=250)
@given(data=st.data())
def test_nobody_is_told_to_talk_with_the_person_unless_home_is_known_to_be_safe(family, data):
    journey = Journey(family, data.draw(st.one_of(people(family), calm_people(family))))
    outcome = assess(journey)
    told = TALK & {each.id for each in (*shown(outcome), *outcome.met)}

    assert known_safe(journey) or not told


@pytest.mark.parametrize("question", sorted(AT_HOME))
@pytest.mark.parametrize("gap", [None, (DECLINED,), (NOT_SURE,)], ids=["left out", "declined", "not sure"])
@given(data=st.data())
def test_whether_home_is_safe_is_never_taken_for_granted(family, question, gap, data):
    answers = data.draw(people(family, **CALM)) | {question: gap}
    outcome = assess(Journey(family, {id: each for id, each in answers.items() if each is not None}))

    assert not TALK & {each.id for each in (*shown(outcome), *outcome.met)}
    assert "home_is_safe" not in {flag.id for flag in outcome.flags}


def test_what_tells_to_talk_is_all_that_is_told_because_home_is_safe(family):
    told = [*family.document.guidance, *family.document.interrupts]

    assert {each.id for each in told if Flagged("home_is_safe") in each.when.parts()} == TALK


def test_families_in_safe_homes_are_told_how_to_talk(family):
    answers = {"home_safe": ("safe",), "fam_afraid": ("no",), "fam_unsafe_now": ("no",)}
    told = {each.id for each in shown(assess(Journey(family, answers)))}

    assert {"talk_start", "craft", "when_they_say_yes"} <= told


@settings(max_examples=150)
@given(data=st.data())
def test_no_page_that_could_be_found_at_home_is_made_where_home_is_not_safe(family, data):
    unsafe = data.draw(
        st.sampled_from(
            [
                {"home_safe": ("unsafe",)},
                {"home_safe": ("sometimes",)},
                {"fam_afraid": ("yes",)},
                {"fam_unsafe_now": ("yes",)},
                {"danger_now": ("violence",)},
            ]
        )
    )

    assert sheet(Journey(family, data.draw(people(family)) | unsafe), keyed=False) is None


def test_whether_home_is_safe_stands_on_no_page_for_a_doctor(family):
    assert not AT_HOME & family.sheet.shows()


def dialled(services):
    return {contact.to for service in services for contact in service.contact}


@given(data=st.data())
def test_no_reader_in_northern_ireland_is_sent_to_111(family, data):
    nation = st.just(("northern_ireland",))
    journey = Journey(family, data.draw(people(family, nation=nation)))
    outcome = assess(journey)
    at_once = [services(journey, each.topics) for each in outcome.met if each.helps == "reader"]

    for found in (outcome.services, *at_once):
        assert all("northern_ireland" in service.nations for service in found)
        assert "111" not in dialled(found)


@given(data=st.data())
def test_nobody_in_northern_ireland_is_sent_to_111_by_somebody_elsewhere(family, data):
    nation = st.just(("northern_ireland",))
    journey = Journey(family, data.draw(people(family, their_nation=nation, nation=st.just(("england",)))))
    outcome = assess(journey)

    assert all("northern_ireland" in service.nations for service in outcome.their_services)
    assert "111" not in dialled(outcome.their_services)
    assert all("england" in service.nations for service in outcome.services)


def test_each_of_the_two_is_helped_where_they_are(family):
    signs = {"danger_now": ("none",), "their_blood": ("seen",), "their_self_harm": ("told",)}
    places = {"nation": ("northern_ireland",), "their_nation": ("wales",)}
    outcome = assess(Journey(family, signs | places))

    assert "08088088000" in dialled(outcome.services)
    assert "111" not in dialled(outcome.services)
    assert "111" in dialled(outcome.their_services)
    assert (outcome.nation, outcome.their_nation) == ("northern_ireland", "wales")


@given(data=st.data())
def test_no_words_send_anyone_to_111(family, data):
    outcome = assess(Journey(family, data.draw(people(family))))

    assert not [each.id for each in (*shown(outcome), *outcome.met) if "111" in each.text]


@settings(max_examples=150)
@given(data=st.data())
def test_nobody_with_a_warning_sign_is_reassured(family, data):
    outcome = assess(Journey(family, data.draw(st.one_of(calm_people(family), people(family)))))
    assume(outcome.warned)

    assert not [each.id for each in shown(outcome) if each.tone]


def reassured(family, answers):
    return {each.id for each in shown(assess(Journey(family, answers))) if each.tone == "reassuring"}


@pytest.mark.parametrize("gap", [None, (DECLINED,), (NOT_SURE,)], ids=["left out", "declined", "not sure"])
def test_nobody_who_left_a_question_of_safety_open_is_reassured(family, signs, nothing_seen, gap):
    assert "nothing_seen" in reassured(family, nothing_seen)
    for id in (*signs, *MUST_BE_KNOWN):
        if gap != (NOT_SURE,) or family.by_id[id].not_sure:
            holed = {key: each for key, each in (nothing_seen | {id: gap}).items() if each is not None}
            assert "nothing_seen" not in reassured(family, holed), id
            assert id not in SAFETY or not reassured(family, holed), id


@pytest.mark.parametrize("doubt", [("seen",), ("told",), ("suspect",)])
def test_nobody_who_saw_heard_or_suspects_a_single_sign_is_reassured(family, signs, nothing_seen, doubt):
    for id in signs:
        assert "nothing_seen" not in reassured(family, nothing_seen | {id: doubt}), id
        assert id not in SAFETY or not reassured(family, nothing_seen | {id: doubt}), id


@pytest.mark.parametrize(
    ("answer", "page"),
    [
        ("not_waking", "family_life_now"),
        ("collapse", "family_life_now"),
        ("cannot_pee", "family_life_now"),
        ("end_life", "family_end_life_now"),
        ("violence", "family_violence_now"),
        ("child", "family_violence_now"),
    ],
)
@given(data=st.data())
def test_danger_right_now_comes_before_every_other_question(family, answer, page, data):
    journey = Journey(family, data.draw(people(family, danger_now=st.just((answer,)))))
    first = shown(assess(journey))[0]

    assert [each.id for each in journey.steps[:2]] == ["danger_now", page]
    assert (first.place, first.urgency) == ("crisis", "now")


@given(data=st.data())
def test_nobody_under_18_is_shown_an_adult_band_or_a_fee_or_told_to_do_the_talking(family, data):
    outcome = assess(Journey(family, data.draw(people(family, age=st.sampled_from([("under_16",), ("16_17",)])))))

    assert not [score.instrument.id for score in outcome.scores if score.bands]
    assert not [service.id for service in outcome.services if service.fee_paying]
    assert not TALK & {each.id for each in (*shown(outcome), *outcome.met)}
