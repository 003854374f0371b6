"""A form's enableWhen as conditions of our language, with the same meaning for every set of answers.

Where something was not answered, `=`, `>` and the like do not hold in FHIR, and `!=` does. So what must hold becomes a
`when`, and what must not be equal an `unless`, which stops a question only where it is known to hold.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter

from assessment.core.conditions import COMPARISONS, NOT_SURE
from assessment.documents.fhir.importing.answers import Answer
from assessment.documents.fhir.importing.scales import Asked, Scale
from assessment.documents.fhir.importing.shapes import (
    Coding,
    EnableWhen,
    Item,
    Left,
    Node,
    NotCarriedError,
    NotImportedError,
)

EXPRESSION = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression"


@dataclass(frozen=True)
class Gate:
    """The terms that must all hold, and those of which none may be known to hold."""

    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def written(self) -> dict[str, str]:
        """Return the keys of a question that say so."""
        several = len(self.when) > 1
        when = [f"({term})" if several and " or " in term else term for term in self.when]
        keys = {"when": " and ".join(when), "unless": " or ".join(self.unless)}
        return {key: text for key, text in keys.items() if text}


@dataclass(frozen=True)
class Term:
    """One comparison: what it says, about which question, and whether the file wants its opposite."""

    text: str
    about: Asked | Scale
    option: str = ""
    opposite: bool = False

    def alone(self) -> str:
        """Return it as a condition of its own, which holds for whoever has not answered if it is an opposite."""
        if not self.opposite:
            return self.text
        unsure = isinstance(self.about, Asked) and self.about.unsure and self.option != NOT_SURE
        word = "has" if isinstance(self.about, Asked) and self.about.several else "is"
        not_sure = f" or {self.about.id} {word} {NOT_SURE}" if unsure else ""
        return f"not {self.text} or not {self.about.id} answered{not_sure}"


class Readable:
    """What conditions can read, by what the file calls it: questions, the totals of scales, and where each stands."""

    def __init__(self, asked: Iterable[Asked], scales: Iterable[Scale]) -> None:
        self.by_link: dict[str, Asked | Scale] = {each.link: each for each in asked}
        self.order: dict[int, int] = {}
        scales = list(scales)
        self.by_link |= {scale.total.node.item.link_id: scale for scale in scales if scale.total}
        scale_of = {each.link: scale for scale in scales for each in scale.items}
        for each in self.by_link.values():
            for one in [] if isinstance(each, Scale) else [each]:
                scale = scale_of.get(one.link)
                self.order[id(one)] = scale.items[0].place if scale else one.place
        self.order |= {id(scale): scale.items[0].place for scale in scales}

    def found(self, link: str, reader: Asked | Scale) -> Asked | Scale:
        """Return what a condition reads; NotCarriedError if it is not asked, or not before."""
        about = self.by_link.get(link)
        if about is None:
            raise NotCarriedError(f"it reads “{link}”, which is not asked here")
        if self.order[id(about)] >= self.order[id(reader)]:
            raise NotCarriedError(f"it reads “{link}”, which is not asked before it")
        return about


def gate(reader: Asked | Scale, owners: Iterable[Item], readable: Readable, left: list[Left]) -> Gate:
    """Return when something is asked, of its own conditions and those of the groups it stands in."""
    when: list[str] = []
    unless: list[str] = []
    for owner in owners:
        try:
            own = _gate(owner, [_term(each, readable.found(each.question, reader)) for each in owner.enable_when])
        except NotCarriedError as reason:
            said = Left(owner.link_id, f"its condition is not carried, so it is asked without it: {reason}")
            left += [] if said in left else [said]
        else:
            when += own.when
            unless += own.unless
    return Gate(tuple(dict.fromkeys(when)), tuple(dict.fromkeys(unless)))


def _gate(owner: Item, terms: list[Term]) -> Gate:
    if owner.told(EXPRESSION):
        raise NotCarriedError("it is a formula (enableWhenExpression)")
    if len(terms) < 2 or owner.enable_behavior == "all":  # noqa: PLR2004 - with one, any and all are the same
        when = tuple(term.text for term in terms if not term.opposite)
        return Gate(when, tuple(term.text for term in terms if term.opposite))
    if owner.enable_behavior is None:
        raise NotCarriedError("it has several conditions, and does not say whether any or all must hold")
    chosen: dict[str, list[Term]] = {}
    for term in terms:
        chosen.setdefault(term.about.id if term.option and not term.opposite else term.alone(), []).append(term)
    return Gate((" or ".join(_one_of(each) for each in chosen.values()),))


def _one_of(terms: list[Term]) -> str:
    """Return alternatives about one question as one statement."""
    first = terms[0]
    options = list(dict.fromkeys(term.option for term in terms))
    if len(options) == 1 or first.opposite:
        return first.alone()
    several = isinstance(first.about, Asked) and first.about.several
    return f"{first.about.id} {'has any of' if several else 'is one of'} {', '.join(options)}"


def _term(asks: EnableWhen, about: Asked | Scale) -> Term:
    if asks.operator == "exists":
        return _exists(asks, about)
    opposite = asks.operator == "!="
    if isinstance(about, Asked) and about.number is None:
        if asks.operator not in ("=", "!="):
            raise NotCarriedError(f"“{asks.operator}” cannot compare the options of “{about.link}”")
        option = _option(asks, about).id
        return Term(f"{about.id} {'has' if about.several else 'is'} {option}", about, option, opposite)
    value = asks.answer_decimal if asks.answer_integer is None else asks.answer_integer
    if value is None:
        raise NotCarriedError(f"“{asks.question}” is compared with what is not a number")
    if value < 0:
        raise NotCarriedError("a condition cannot name a number below zero")
    comparison = "=" if opposite else asks.operator
    if isinstance(about, Asked) and about.number and _always(comparison, value, about.number):
        return Term(f"{about.id} answered", about)
    return Term(f"{about.id} {comparison} {_digits(value)}", about, "", opposite)


def _exists(asks: EnableWhen, about: Asked | Scale) -> Term:
    if asks.answer_boolean is None:
        raise NotCarriedError("“exists” does not say whether there is to be an answer")
    if isinstance(about, Scale):
        raise NotCarriedError("whether a total exists is no condition here")
    return Term(f"{'' if asks.answer_boolean else 'not '}{about.id} answered", about)


def _always(comparison: str, value: float, number: Mapping[str, object]) -> bool:
    """Say whether a comparison holds for every number that can be entered, and so for whoever enters one."""
    compare = COMPARISONS[comparison]
    return all(isinstance(bound, int) and compare(bound, value) for bound in (number["min"], number["max"]))


def _digits(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{Decimal(repr(value)).normalize():f}"


def _option(asks: EnableWhen, about: Asked) -> Answer:
    """Return the option that a condition names; NotCarriedError if there is none, or several could be meant."""
    if asks.answer_boolean is not None and about.node.item.type == "boolean":
        found = [each for each in about.options if each.id == ("yes" if asks.answer_boolean else "no")]
    elif asks.answer_coding is not None:
        every = (*about.options, *([about.unsure] if about.unsure else []))
        found = [each for each in every if _is_meant(each.coding, asks.answer_coding)]
    else:
        text = asks.answer_string if asks.answer_integer is None else str(asks.answer_integer)
        found = [each for each in about.options if each.coding.display == text and not each.coding.code]
    if len(found) != 1:
        raise NotCarriedError(f"it names {'no' if not found else 'more than one'} answer that “{about.link}” has here")
    return found[0]


def _is_meant(offered: Coding, wanted: Coding) -> bool:
    """Say whether two codings are the same answer: one code, of one system where both name theirs."""
    systems = {offered.system, wanted.system} - {""}
    same = offered.code == wanted.code if wanted.code else offered.display == wanted.display
    return same and bool(wanted.code or wanted.display) and len(systems) < 2  # noqa: PLR2004 - not two different ones


def refuse_circles(nodes: Iterable[Node]) -> None:
    """Raise NotImportedError where a condition names no item of the form, or questions wait for each other."""
    nodes = list(nodes)
    known = {node.item.link_id for node in nodes}
    waits: dict[str, set[str]] = {}
    for node in nodes:
        reads = [asks.question for asks in node.item.enable_when]
        for question in reads:
            if question not in known:
                link = node.item.link_id
                raise NotImportedError(f"item “{link}”: its enableWhen reads “{question}”, and no item has that linkId")
        waits[node.item.link_id] = {*reads, *(above.link_id for above in node.above[-1:])}
    try:
        TopologicalSorter(waits).prepare()
    except CycleError as circle:
        named = " ← ".join(f"“{link}”" for link in circle.args[1])
        raise NotImportedError(f"these items wait for each other: {named}") from None
