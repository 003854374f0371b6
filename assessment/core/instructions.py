"""Conditions in words, as a form on paper says them: “Skip this if you answered “Never” at question 7”.

The words mean exactly what the condition means, blanks included: what is left blank never makes a statement hold.
"""

from collections.abc import Iterator, Sequence

from assessment.core.conditions import NOT_SURE, AllOf, Answered, AnyOf, Chosen, Compared, Condition, Gate, Not
from assessment.core.edition import Edition, Question
from assessment.core.search import inward

NUMBERS = {">=": "{} or more", ">": "more than {}", "<=": "{} or less", "<": "less than {}", "=": "exactly {}"}
DENIED = {">=": "less than {}", ">": "{} or less", "<=": "more than {}", "<": "{} or more", "=": "other than {}"}
METHODS = {"sum": "add up to", "mean": "have a mean of", "count": "are above 0 as often as", "max": "are at most"}


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
            joined_by = ", and " if isinstance(condition, AllOf) else ", or "
            return joined_by.join(_said(part, edition) for part in parts)
        case Not(inner):
            return _denied(inner, edition)
        case Answered(name):
            return f"you answered {where(name, edition)}"
        case Chosen():
            return _chosen(condition, edition)
        case Compared():
            return _compared(condition, NUMBERS[condition.comparison], edition)
    return "you are asked"  # always


def _denied(condition: Condition, edition: Edition) -> str:
    match condition:
        case Answered(name):
            return f"you left {where(name, edition)} blank"
        case Chosen(name):
            return f"you answered {where(name, edition)}, but not with {_options(condition, edition)}"
        case Compared(_, comparison):
            return _compared(condition, DENIED[comparison], edition)
    raise TypeError(condition)


def _chosen(chosen: Chosen, edition: Edition) -> str:
    verb = "ticked" if chosen.verb == "has" else "answered"
    return f"you {verb} {_options(chosen, edition)} at {where(chosen.name, edition)}"


def _options(chosen: Chosen, edition: Edition) -> str:
    question = edition.by_id[chosen.name]
    alone = [f"“{each.text}”" for each in question.options if each.alone]
    if alone and not chosen.every and set(chosen.options) == {each.id for each in question.options if not each.alone}:
        return f"anything but {listed(alone, 'or')}"
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
