"""The prover's formulas against the engine, person by person; and what it says of promises that are not kept."""

from dataclasses import replace
from fractions import Fraction
from math import prod

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.answers import is_known
from assessment.core.conditions import NOT_SURE
from assessment.core.journey import Journey
from assessment.core.logic import Everyone
from assessment.core.outcome import assess
from assessment.core.promises import Promise
from assessment.core.proofs import Prover, people
from assessment.core.readers import Reader
from assessment.core.writing import URGENCIES
from tests.core.people import people as random_people

AUDIENCES = {"sleep": ("sleeper", "partner", "nurse"), "shipped": ("self", "family")}


class Formulas:
    """All that follows for everyone, by name, worked out for one person at a time."""

    def __init__(self, edition):
        self.edition, self.everyone = edition, Everyone(edition)
        self.named = dict(self._named())
        self._together = _together([*self.named.values(), z3.And(*self.everyone.possible())])

    def _named(self):
        everyone, edition, document = self.everyone, self.edition, self.edition.document
        yield from ((("asked", id), when) for id, when in everyone.asked.items())
        yield from ((("met", id), when) for id, when in everyone.met.items())
        yield from ((("shown", id), when) for id, when in everyone.shown.items())
        yield from ((("at least", urgency), everyone.at_least(urgency)) for urgency in URGENCIES)
        for id, flag in edition.flags.items():
            known = everyone.of(flag.when)
            yield from ((("holds", id), known.holds), (("fails", id), known.fails))
        for whose in ("reader", "someone_else"):
            yield from (((whose, each.id), everyone.listed(each, whose)) for each in document.services)
        for id in counted(edition):
            span = everyone.span(id)
            yield from ((("scored", id), span.asked), (("low", id), span.low), (("high", id), span.high))
        for items in edition.instruments.values():
            for band in items[0].instrument.bands:
                in_band = everyone.in_band(items[0].instrument, band)
                yield ("band", items[0].instrument.id, band.id), in_band

    def of(self, answers):
        """What the formulas say of a person."""
        pairs = [pair for id, reply in self.everyone.replies.items() for pair in pinned(reply, answers.get(id))]
        *values, possible = z3.simplify(z3.substitute(self._together, *pairs)).children()
        assert z3.is_true(possible)
        found = {name: plain(value) for name, value in zip(self.named, values, strict=True)}
        for id in counted(self.edition):
            if not found["scored", id]:
                del found["low", id], found["high", id]
        return found


def _together(formulas):
    every = [each if isinstance(each, z3.ExprRef) else z3.IntVal(each) for each in formulas]
    return z3.Function("all", *(each.sort() for each in every), z3.BoolSort())(*every)


def counted(edition):
    """The ids of all that a condition could compare."""
    return [*edition.instruments, *(each.id for each in edition.questions if each.number or each.instrument)]


def pinned(reply, answer):
    """The variables of a reply, each with its value for one person."""
    chosen = answer if isinstance(answer, tuple) and is_known(answer) else ()
    yield reply.answered, z3.BoolVal(is_known(answer))
    if reply.question.not_sure:
        yield reply.unsure, z3.BoolVal(NOT_SURE in chosen)
    yield from ((variable, z3.BoolVal(id in chosen)) for id, variable in reply.options.items())
    if reply.question.number:
        yield reply.number, z3.IntVal(answer if isinstance(answer, int) else reply.question.number.min)


def plain(value):
    if z3.is_true(value) or z3.is_false(value):
        return z3.is_true(value)
    return Fraction(str(value))  # raises where something is still open


def engine_says(edition, answers):
    """What the engine says of a person, by the same names."""
    journey = Journey(edition, answers)
    outcome, known, document = assess(journey), journey.known, edition.document
    met, shown = {each.id for each in outcome.met}, {each.guidance.id for each in outcome.advice}
    said = {("asked", each.id): each.id in known.answers for each in edition.questions}
    said |= {("met", each.id): each.id in met for each in document.interrupts}
    said |= {("shown", each.id): each.id in shown for each in document.guidance}
    highest = min((URGENCIES.index(each.guidance.urgency) for each in outcome.advice), default=len(URGENCIES))
    said |= {("at least", urgency): n >= highest for n, urgency in enumerate(URGENCIES)}
    for id in edition.flags:
        said |= {("holds", id): known.flag(id) is True, ("fails", id): known.flag(id) is False}
    for whose, listed in (("reader", outcome.services), ("someone_else", outcome.their_services)):
        said |= {(whose, each.id): each in listed for each in document.services}
    for id in counted(edition):
        span = known.span(id)
        said["scored", id] = span is not None
        if span:
            said |= {("low", id): span[0], ("high", id): span[1]}
    bands = {score.instrument.id: score.bands for score in outcome.scores}
    for id, items in edition.instruments.items():
        only = bands.get(id, ()) if len(bands.get(id, ())) == 1 else ()
        said |= {("band", id, band.id): band in only for band in items[0].instrument.bands}
    return said


@pytest.fixture(scope="module")
def formulas(checked, checked_sleep):
    every = {"sleep": checked_sleep, "shipped": checked}
    return {
        (name, audience): Formulas(every[name].editions[Reader(audience, "en")])
        for name, audiences in AUDIENCES.items()
        for audience in audiences
    }


@pytest.mark.parametrize("whose", [(name, each) for name, audiences in AUDIENCES.items() for each in audiences])
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_formulas_say_of_every_person_what_the_engine_says(formulas, whose, data):
    them = formulas[whose]
    answers = data.draw(random_people(them.edition))

    assert them.of(answers) == engine_says(them.edition, answers)


@pytest.fixture(scope="module")
def prover(sleep):
    return Prover(sleep)


def shown(edition, answers):
    return {each.guidance.id for each in assess(Journey(edition, answers)).advice}


def promised(**what):
    return Promise.model_validate({"id": "tried", "says": "Something."} | what)


def test_a_promise_that_is_kept_is_proved(prover):
    verdict = prover.verdict(
        promised(whenever="woken_by has breath", then={"shows": ["see_doctor"], "urgency": "today"})
    )

    assert (verdict.kept, verdict.person, verdict.checks) == (True, None, 2)


def test_an_answer_to_what_is_no_longer_asked_breaks_nothing(prover):
    assert prover.verdict(promised(whenever="hours >= 10", never={"shows": ["see_doctor", "rested_enough"]})).kept


@pytest.mark.parametrize(
    ("whenever", "then", "never"),
    [
        ("rest >= 3", "wind_down", None),
        ("rest >= 5", None, "wind_down"),
        ("not rest_1 answered", None, "rested_enough"),  # the scale is prorated
        ("years is young", "see_doctor", None),
    ],
)
def test_a_promise_that_is_false_is_refuted_with_a_person_of_whom_the_engine_says_so_too(prover, whenever, then, never):
    wanted = {"then": {"shows": [then]}} if then else {"never": {"shows": [never]}}
    promise = promised(whenever=whenever, **wanted)
    verdict = prover.verdict(promise)

    assert not verdict.kept
    journey = Journey(prover.edition, verdict.person.answers)
    assert promise.whenever.holds(journey.known)
    assert ((then or never) in shown(prover.edition, verdict.person.answers)) == (never is not None)


def test_whoever_breaks_a_promise_answers_as_little_as_can_be(prover):
    verdict = prover.verdict(promised(never={"shows": ["see_doctor"]}))

    assert verdict.person.answers == {"woken_by": ("breath",)}


def test_a_promise_that_nothing_gets_calmer_is_refuted_with_the_answer_that_was_changed(prover):
    verdict = prover.verdict(promised(monotone=["reassurance"], among=["hours"]))

    (id, answer), before = verdict.person.changed, verdict.person.answers
    assert id == "hours"
    assert answer > before["hours"]
    assert "rested_enough" not in shown(prover.edition, before)
    assert "rested_enough" in shown(prover.edition, before | {id: answer})


def test_more_signs_are_proved_to_be_never_calmer(prover):
    assert prover.verdict(promised(monotone=["urgency", "warnings", "reassurance"], among=["woken_by"])).kept


def test_all_guidance_and_every_band_of_the_other_questionnaire_is_reached(prover):
    assert not list(prover.unreached())


def changed(edition, **parts):
    return replace(edition, document=edition.document.model_copy(update=parts))


def test_a_guidance_that_nobody_reaches_is_found(sleep):
    doctor = next(each for each in sleep.document.guidance if each.id == "see_doctor")
    never = doctor.model_copy(update={"id": "never_shown", "unless": doctor.when})
    edition = changed(sleep, guidance=(*sleep.document.guidance, never))

    assert list(Prover(edition).unreached()) == ["nobody is shown the guidance “never_shown”"]


def test_a_band_that_nobody_is_in_is_found(sleep):
    scale = sleep.document.instruments[0]
    beyond = scale.bands[-1].model_copy(update={"id": "beyond", "from_": 9, "to": 12})
    longer = scale.model_copy(update={"bands": (*scale.bands, beyond)})
    questions = tuple(replace(each, instrument=longer) if each.instrument else each for each in sleep.questions)
    edition = replace(changed(sleep, instruments=(longer,)), questions=questions)

    assert list(Prover(edition).unreached()) == ["nobody is in the band “beyond” of rest"]


def test_people_are_counted(sleep, partner_edition):
    nights = 25 + 2  # hours, not sure, declined
    woken = 2**3 - 1 + 1 + 1  # any of three, none, declined
    assert people(sleep) == prod([3, 3, nights, woken, 4, 4, 4, 3])
    assert people(replace(partner_edition, questions=partner_edition.questions[:2])) == 4 * 3
    assert people(replace(sleep, questions=())) == 1


@pytest.fixture(scope="module")
def partner_edition(checked_sleep):
    return checked_sleep.editions[Reader("partner", "en")]
