"""Conditions in words, as a form on paper says them: “Skip this if you answered “Never” at question 7”.

The words mean exactly what the condition means, blanks included: what is left blank never makes a statement hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_lowercase

from assessment.core.answers import DECLINED_WORDS
from assessment.core.conditions import NOT_SURE, AllOf, Answered, AnyOf, Chosen, Compared, Condition, Gate, Not
from assessment.core.edition import Edition, Question, inward

NUMBERS = {">=": "{} or more", ">": "more than {}", "<=": "{} or less", "<": "less than {}", "=": "exactly {}"}
DENIED = {">=": "less than {}", ">": "{} or less", "<=": "more than {}", "<": "{} or more", "=": "other than {}"}
METHODS = {"sum": "add up to", "mean": "have a mean of", "count": "are above 0 as often as", "max": "have a highest of"}


def instructions(question: Question, edition: Edition) -> tuple[str, ...]:
    """Return when a question is answered or skipped, a sentence each; nothing if everyone answers it."""
    return tuple(said for gate in question.gates for said in _gate(gate, edition))


def _gate(gate: Gate, edition: Edition) -> Iterator[str]:
    if gate.when is not None:
        yield f"Only if {in_words(gate.when, edition)}."
    if gate.unless is not None:
        yield f"Skip this if {in_words(gate.unless, edition)}."


def in_words(condition: Condition, edition: Edition) -> str:
    """Return a condition as it goes on after “if”."""
    return _said(inward(condition, edition), edition)


def where(name: str, edition: Edition) -> str:
    """Return where something is asked: “question 7”, or for an instrument “questions 30 to 38”."""
    numbers = edition.numbers
    items = edition.instruments.get(name)
    if items is None:
        return f"question {numbers[name]}"
    return f"questions {numbers[items[0].id]} to {numbers[items[-1].id]}"


def _said(condition: Condition, edition: Edition) -> str:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return _joined(parts, edition, every=isinstance(condition, AllOf))
        case Not(inner):
            return _denied(inner, edition)
        case Answered(name):
            return f"you answered {where(name, edition)}"
        case Chosen():
            return _chosen(condition, edition)
        case Compared():
            return _compared(condition, NUMBERS[condition.comparison], edition)
    return "you are asked"  # always


def _joined(parts: tuple[Condition, ...], edition: Edition, *, every: bool) -> str:
    """Return conditions in a row; with letters where one of them is itself made of several."""
    said = [_said(part, edition) for part in parts]
    if not any(isinstance(part, AllOf | AnyOf) for part in parts):
        return (", and " if every else ", or ").join(said)
    lettered = "; ".join(f"({letter}) {each}" for letter, each in zip(ascii_lowercase, said, strict=False))
    return f"{'all of these are' if every else 'one of these is'} so: {lettered}"


def _denied(condition: Condition, edition: Edition) -> str:
    match condition:
        case Answered(name):
            return f"you left {where(name, edition)} blank, or would rather not say"
        case Chosen(name, _, options, every):
            if every:
                return f"you answered {where(name, edition)}, and did not tick all of {_options(condition, edition)}"
            if edition.by_id[name].number:
                return f"you gave a number at {where(name, edition)}"
            others = tuple(each.id for each in edition.by_id[name].options if each.id not in options)
            return _chosen(replace(condition, options=others), edition, only=True)
        case Compared(_, comparison):
            return _compared(condition, DENIED[comparison], edition)
    raise TypeError(condition)


def _chosen(chosen: Chosen, edition: Edition, *, only: bool = False) -> str:
    question = edition.by_id[chosen.name]
    at = where(chosen.name, edition)
    if chosen.verb == "is":
        return f"you answered {_options(chosen, edition)} at {at}"
    signs = {each.id for each in question.options if not each.alone}
    if signs == set(chosen.options) and not (chosen.every or only):
        return f"you ticked any box but {listed(_beside(question), 'or')} at {at}"
    return f"you ticked {'only ' if only else ''}{_options(chosen, edition)} at {at}"


def _beside(question: Question) -> list[str]:
    """Return what can be ticked beside the signs that a question asks about."""
    alone = [each.text for each in question.options if each.alone]
    return [f"“{text}”" for text in (*alone, question.not_sure, DECLINED_WORDS) if text]


def _options(chosen: Chosen, edition: Edition) -> str:
    question = edition.by_id[chosen.name]
    texts = [question.not_sure if id == NOT_SURE else question.choices[id].text for id in chosen.options]
    return listed([f"“{text}”" for text in texts], "and" if chosen.every else "or")


def _compared(compared: Compared, bound: str, edition: Edition) -> str:
    number = bound.format(f"{compared.number:g}")
    items = edition.instruments.get(compared.name)
    if items and items[0].instrument:
        return f"the points of {where(compared.name, edition)} {METHODS[items[0].instrument.score]} {number}"
    if edition.by_id[compared.name].number:
        return f"your number at {where(compared.name, edition)} is {number}"
    return f"your answer to {where(compared.name, edition)} counts {number}"


def listed(words: Sequence[str], joined_by: str) -> str:
    """Return words as a list in a sentence: “a”, “b” or “c”."""
    *first, last = words
    return f"{', '.join(first)} {joined_by} {last}" if first else last
