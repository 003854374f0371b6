"""One person's answers, and the one judge of whether a raw value is an answer.

An answer is the ids of what was chosen, or a whole number. Web pages, files and uploads all meet this judge.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assessment.core.conditions import NOT_SURE
from assessment.core.edition import Edition, Question
from assessment.core.language import gettext, gettext_noop
from assessment.core.source import suggestion

DECLINED = "declined"
DECLINED_WORDS = gettext_noop("I’d rather not say")

Answer = tuple[str, ...] | int
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Refusal:
    """Why a raw value is not an answer: what to tell the visitor, and what it was for the writer of a file."""

    message: str
    detail: str


def is_known(answer: Answer | None) -> bool:
    """Say whether something was answered: declined is not."""
    return answer is not None and answer != (DECLINED,)


def read(question: Question, raw: Any) -> Answer | Refusal:
    """Return a raw value as an answer to a question, or why it is not one. Nothing is guessed.

    `raw` is an option's id, a list of ids where several can be chosen, a whole number where a number is asked,
    or, for an instrument's item, an option's points. "declined" is always an answer.
    """
    single = raw[0] if isinstance(raw, list) and len(raw) == 1 else raw
    if isinstance(single, str) and single in question.choices:
        return (single,)
    if single == DECLINED or (single == NOT_SURE and question.not_sure):
        return (single,)
    if question.number:
        return _number(question, raw)
    if question.item and isinstance(raw, int) and not isinstance(raw, bool):
        return _points(question, raw)
    chosen = [raw] if isinstance(raw, str) else raw
    if not isinstance(chosen, list) or not all(isinstance(id, str) for id in chosen):
        return Refusal(_ask(question), f"{raw!r} is not one of its answers ({_listed(question)})")
    return _options(question, chosen)


def read_all(edition: Edition, raw: Mapping[str, Any]) -> tuple[dict[str, Answer], dict[str, Refusal]]:
    """Return every answer of a mapping by question id, and every refusal. A null is no answer at all."""
    answers: dict[str, Answer] = {}
    refusals: dict[str, Refusal] = {}
    for id, value in raw.items():
        question = edition.by_id.get(id)
        if question is None:
            refusals[id] = Refusal("", f"there is no question with this name. {suggestion(id, edition.by_id)}".strip())
        elif value is not None:
            answer = read(question, value)
            if isinstance(answer, Refusal):
                refusals[id] = answer
            else:
                answers[id] = answer
    return answers, refusals


def written_down(question: Question, answer: Answer | None) -> str:
    """Return an answer in the questionnaire's words, for the person to check."""
    if answer is None:
        return gettext("Not answered")
    if isinstance(answer, int):
        return f"{answer} {question.number.unit}" if question.number else str(answer)
    words = {DECLINED: gettext(DECLINED_WORDS), NOT_SURE: question.not_sure}
    return "; ".join(words.get(id) or question.choices[id].text for id in answer)


def _number(question: Question, raw: Any) -> Answer | Refusal:
    number = question.number
    if number and isinstance(raw, int) and not isinstance(raw, bool) and number.min <= raw <= number.max:
        return raw
    if number is None:
        raise TypeError(question.id)
    message = gettext("Enter a whole number from {least} to {most}, or choose “I’d rather not say”")
    return Refusal(
        message.format(least=number.min, most=number.max),
        f"{raw!r} is not a whole number from {number.min} to {number.max}",
    )


def _points(question: Question, raw: int) -> Answer | Refusal:
    having = [choice.id for choice in question.options if choice.points == raw]
    if len(having) == 1:
        return (having[0],)
    return Refusal(_ask(question), f"{raw} is not the points of one of its answers ({_listed(question)})")


def _options(question: Question, chosen: list[str]) -> Answer | Refusal:
    singles = {DECLINED} | ({NOT_SURE} if question.not_sure else set())
    for id in chosen:
        if id not in question.choices and id not in singles:
            hint = suggestion(id, question.choices)
            return Refusal(
                _ask(question), f"“{id}” is not one of its answers ({_listed(question)}). {hint}".rstrip(". ")
            )
    if not chosen:
        return Refusal(_ask(question), "nothing is chosen")
    if not question.several and len(chosen) > 1:
        return Refusal(gettext("Select one answer only"), "only one answer can be chosen")
    alone = [id for id in chosen if id in singles or question.choices[id].alone]
    if alone and len(set(chosen)) > 1:
        words = {DECLINED: gettext(DECLINED_WORDS), NOT_SURE: question.not_sure}
        name = words.get(alone[0]) or question.choices[alone[0]].text
        return Refusal(
            gettext("Select what fits, or “{name}”, but not both").format(name=name), f"“{alone[0]}” stands alone"
        )
    order = [*question.choices, *singles]
    return tuple(sorted(set(chosen), key=order.index))


def _ask(question: Question) -> str:
    if question.several:
        return gettext("Select everything that fits, or choose “I’d rather not say”")
    return gettext("Select an answer, or choose “I’d rather not say”")


def _listed(question: Question) -> str:
    if question.number:
        return f"{question.number.min} to {question.number.max}"
    points = question.item is not None
    return ", ".join(f"{c.id} or {c.points}" if points else c.id for c in question.options)
