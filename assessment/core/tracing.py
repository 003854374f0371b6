"""A person's way, step by step: what was asked and why, what was skipped and why, and what each answer changed."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.core import definition as written
from assessment.core.answers import written_down
from assessment.core.conditions import Gate
from assessment.core.edition import Edition, Question
from assessment.core.instructions import in_words
from assessment.core.journey import Journey, Known
from assessment.core.outcome import reasons
from assessment.core.scoring import Score


@dataclass(frozen=True)
class Traced:
    """A question on the way or passed by: why, the answer if there is one, and what it changed.

    `answer` is None where the question was skipped.
    """

    question: Question
    why: tuple[str, ...]
    answer: str | None
    score: Score | None = None
    flags: tuple[written.Flag, ...] = ()
    met: tuple[written.Interrupt, ...] = ()


def trace(journey: Journey) -> Iterator[Traced]:
    """Yield every question of an edition in order, as this person met it or passed it by."""
    edition = journey.edition
    known = Known(edition)
    held: set[str] = set()
    for question in edition.questions:
        if question.id not in journey.known.answers:
            yield Traced(question, tuple(_shut(question, known)), None)
            continue
        asked = tuple(each for gate in question.gates if gate.when for each in reasons(gate.when, known))
        known.learn(question.id, journey.known.answers[question.id])
        flags = tuple(flag for flag in edition.flags.values() if flag.id not in held and known.flag(flag.id))
        held |= {flag.id for flag in flags}
        yield Traced(
            question,
            tuple(dict.fromkeys(asked)),
            written_down(question, known.answers[question.id]),
            known.score(question.instrument.id) if question.instrument else None,
            flags,
            tuple(each for _, each in edition.interrupts[question.id] if each in journey.met),
        )


def _shut(question: Question, known: Known) -> Iterator[str]:
    """Yield why a question was not asked."""
    for gate in question.gates:
        if not gate.opens(known):
            yield from _reasons_against(gate, known, known.edition)


def _reasons_against(gate: Gate, known: Known, edition: Edition) -> Iterator[str]:
    if gate.when is not None and gate.when.holds(known) is not True:
        state = "it is not so" if gate.when.holds(known) is False else "it is not known"
        yield f"asked only if {in_words(gate.when, edition)}: {state}"
    if gate.unless is not None and gate.unless.holds(known) is True:
        because = "; ".join(dict.fromkeys(reasons(gate.unless, known)))
        yield f"skipped if {in_words(gate.unless, edition)}: {because or 'it is so'}"
