"""Everything that may be said to somebody, each thing with the fewest answers that lead to it. Needs z3."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.core import definition as written
from assessment.core.answers import Answers, written_down
from assessment.core.edition import Edition
from assessment.core.proofs import Prover


@dataclass(frozen=True)
class Reached:
    """A guidance, and the answers that lead to it, in words: “everyone” where none is needed."""

    guidance: written.Guidance
    answers: tuple[str, ...]


def reached(edition: Edition) -> Iterator[Reached]:
    """Yield every guidance in the order of the file, with somebody who is shown it and answers as little as can be."""
    prover = Prover(edition)
    for guidance in edition.document.guidance:
        try:
            answers = prover.someone(prover.everyone.shown[guidance.id])
        except TimeoutError:
            yield Reached(guidance, ("undecided: the proof took too long",))
        else:
            yield Reached(guidance, ("nobody",) if answers is None else in_short(edition, answers) or ("everyone",))


def in_short(edition: Edition, answers: Answers) -> tuple[str, ...]:
    """Return answers in words, in the order in which they are asked for."""
    return tuple(
        f"{question.short}: {written_down(question, answers[question.id])}"
        for question in edition.questions
        if question.id in answers
    )
