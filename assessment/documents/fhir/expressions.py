"""Conditions and gates as FHIRPath, to be asked of a QuestionnaireResponse.

A condition of ours may hold, fail or be not known; what shows a question is only whether it is known to hold. So every
expression here is true where that is so, and false otherwise, never empty. “Not” is drawn in to single statements
first (`core.edition.inward`), and each statement has an expression for holding and one for failing.

What is left behind on a shut branch counts nowhere. Programs differ in whether they drop it (LHC-Forms does only for
`enableWhen`), so nothing here relies on it: an answer is read only where its question is asked.
"""

from assessment.core.answers import DECLINED
from assessment.core.conditions import (
    COMPARISONS,
    NOT_SURE,
    AllOf,
    Answered,
    AnyOf,
    Chosen,
    Compared,
    Condition,
    Gate,
    Not,
)
from assessment.core.edition import Edition, Question, inward
from assessment.documents.fhir.codings import code, instead_link, section_link, total_link
from assessment.documents.fhir.totals import Scale

OPPOSITE = {">=": ("<",), "<": (">=",), ">": ("<=",), "<=": (">",), "=": ("<", ">")}


def opened(edition: Edition, gates: tuple[Gate, ...]) -> str:
    """Return where gates open, as FHIRPath; an empty text where they always do."""
    parts = [holds(edition, gate.when) for gate in gates if gate.when]
    parts += [f"({holds(edition, gate.unless)}).not()" for gate in gates if gate.unless]
    return _joined(parts, " and ")


def holds(edition: Edition, condition: Condition) -> str:
    """Return where a condition is known to hold, as FHIRPath."""
    return _held(edition, inward(condition, edition))


def asked_instead(edition: Edition, question: Question) -> str:
    """Return where an answer can be given in place of a number: where the number is asked and there is none."""
    return _joined([opened(edition, question.gates), f"{_answers(edition, question)}.empty()"], " and ")


def scale(edition: Edition, instrument: str) -> Scale:
    """Return an instrument's answers, as expressions for its total are made of them."""
    items = edition.instruments[instrument]
    asked = _asked(edition, items)
    own = {item.id: opened(edition, item.gates[1:]) for item in items}
    kept = "".join(f".where(linkId != '{id}' or ({gate}))" for id, gate in own.items() if gate)
    skipped = {
        item.id: _joined([asked, holds(edition, item.gates[-1].unless)], " and ")
        for item in items
        if item.item and item.item.skipped_points is not None and item.gates[-1].unless
    }
    return Scale(
        items=items,
        asked=asked,
        answers=f"{_beside(items[0])}{kept}.answer.value",
        codes={item.id: _codes(edition, item, DECLINED) for item in items},
        skipped=skipped,
        total=f"{_beside(items[0])}.where(linkId = '{total_link(instrument)}').answer.value",
    )


def _beside(question: Question) -> str:
    """Return the items that stand in a group with a question."""
    groups = [section_link(question.section), *([question.instrument.id] if question.instrument else [])]
    return "%resource" + "".join(f".item.where(linkId = '{group}')" for group in groups) + ".item"


def _answers(edition: Edition, question: Question) -> str:
    """Return the answers to a question that is asked, as a FHIRPath collection."""
    return f"{_beside(question)}.where(linkId = '{question.id}'){_where(opened(edition, question.gates))}.answer.value"


def _where(condition: str) -> str:
    return f".where({condition})" if condition else ""


def _held(edition: Edition, condition: Condition, *, opposite: bool = False) -> str:
    """Return where a condition, or its opposite, is known to hold; its nots stand at single statements."""
    match condition:
        case Not(inner):
            return _held(edition, inner, opposite=True)
        case AllOf(parts) | AnyOf(parts):
            by = " and " if isinstance(condition, AllOf) else " or "
            return _joined([_held(edition, part) for part in parts], by)
        case Answered(name):
            answered = _answered(edition, edition.by_id[name])
            return f"({answered}).not()" if opposite else answered
        case Chosen(name):
            chosen = _chosen(edition, edition.by_id[name], condition)
            known = _known(edition, edition.by_id[name], condition)
            return f"({known}) and ({chosen}).not()" if opposite else chosen
        case Compared(name, comparison, number):
            every = OPPOSITE[comparison] if opposite else (comparison,)
            return _joined([_compared(edition, Compared(name, each, number)) for each in every], " or ")
    return "false" if opposite else "true"  # always


def _joined(parts: list[str], by: str) -> str:
    """Return expressions joined to one; brackets where there are several."""
    said = [part for part in parts if part]
    return said[0] if len(said) == 1 else by.join(f"({part})" for part in said)


def _codes(edition: Edition, question: Question, *but: str) -> str:
    """Return the codes that were chosen, but for some, as a FHIRPath collection."""
    every = _answers(edition, question)
    if question.number:
        shown = asked_instead(edition, question)
        every = f"{_beside(question)}.where(linkId = '{instead_link(question)}').where({shown}).answer.value"
    return f"{every}.code" + "".join(f".where($this != '{each}')" for each in but)


def _answered(edition: Edition, question: Question, *but: str) -> str:
    """Return whether there is an answer: a number, or something chosen that is not "I'd rather not say"."""
    chosen = f"{_codes(edition, question, DECLINED, *but)}.exists()"
    return f"{_answers(edition, question)}.exists() or {chosen}" if question.number else chosen


def _known(edition: Edition, question: Question, chosen: Chosen) -> str:
    """Return whether what was chosen is known; "I'm not sure" is, to a condition that names it."""
    return _answered(edition, question, *([] if NOT_SURE in chosen.options else [NOT_SURE]))


def _chosen(edition: Edition, question: Question, chosen: Chosen) -> str:
    each = [f"{_codes(edition, question)}.where($this = '{code(question, id)}').exists()" for id in chosen.options]
    return _joined(each, " and " if chosen.every else " or ")


def _compared(edition: Edition, compared: Compared) -> str:
    """Return where a comparison is known to hold: for the whole range of what is missing."""
    name, comparison, number = compared.name, compared.comparison, compared.number
    if name in edition.instruments:
        return scale(edition, name).compared(comparison, number)
    question = edition.by_id[name]
    holds_at = COMPARISONS[comparison]
    ends = (question.number.min, question.number.max) if question.number else question.point_range
    if all(holds_at(end, number) for end in ends):
        return opened(edition, question.gates) or "true"
    if question.number:
        return f"{_answers(edition, question)}.where($this {comparison} {number:g}).exists()"
    fitting = tuple(id for id in question.choices if holds_at(question.points(id), number))
    return _chosen(edition, question, Chosen(name, "is", fitting)) if fitting else "false"


def _asked(edition: Edition, items: tuple[Question, ...]) -> str:
    """Return where any of an instrument's items is asked; an empty text where one always is."""
    each = [opened(edition, item.gates) for item in items]
    return "" if "" in each else _joined(list(dict.fromkeys(each)), " or ")
