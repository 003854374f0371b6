"""The answers that a FHIR item offers: options with their weights, wherever the file keeps them, or a number."""

import math
import re
import unicodedata
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from assessment.core.answers import DECLINED, DECLINED_WORDS
from assessment.core.conditions import NOT_SURE
from assessment.documents.fhir.importing.shapes import (
    AnswerOption,
    Coding,
    Include,
    Item,
    Left,
    NotCarriedError,
    Terms,
)

STRUCTURE = "http://hl7.org/fhir/StructureDefinition/"
WEIGHTS = (f"{STRUCTURE}ordinalValue", f"{STRUCTURE}itemWeight", f"{STRUCTURE}questionnaire-ordinalValue")
EXCLUSIVE = f"{STRUCTURE}questionnaire-optionExclusive"
UNIT = f"{STRUCTURE}questionnaire-unit"
LEAST, MOST = f"{STRUCTURE}minValue", f"{STRUCTURE}maxValue"
LOINC = "http://loinc.org"

WEIGHT_PROPERTIES = ("itemWeight", "weight", "ordinalValue")
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"

CHOICES = ("choice", "open-choice", "coding")
RESERVED = {"and", "or", "not", "always", "flag", "answered", "is", "has", "one", "any", "all", "of"}
KEPT = {DECLINED, NOT_SURE}
LONGEST_ID = 40
BOUNDS = (0, 1000)  # of a whole number of which the file gives none
BILLION = 10**9
UNWRITTEN = "Not yet written."


@dataclass(frozen=True)
class Answer:
    """An option: what it is called here, and what the file knows it by."""

    id: str
    text: str
    coding: Coding
    points: float | None = None
    alone: bool = False

    @property
    def loinc(self) -> str:
        """Return its LOINC answer code, if it has one."""
        return self.coding.code if self.coding.system == LOINC else ""


@dataclass(frozen=True)
class Answers:
    """The options of an item, and “I’m not sure” if it offers that. Every question can be declined."""

    options: tuple[Answer, ...]
    not_sure: Answer | None = None

    @property
    def scored(self) -> bool:
        """Say whether every option has a weight that is a whole number."""
        return all(each.points is not None and _is_whole(each.points) for each in self.options)


class Vocabulary:
    """The value sets and code systems that come with a questionnaire."""

    def __init__(self, terms: Iterable[Terms]) -> None:
        terms = list(terms)
        self.sets = {name: each for each in terms for name in _names(each, "ValueSet")}
        self.systems = {each.url: each for each in terms if each.resource_type == "CodeSystem" and each.url}
        self.meanings = {(url, each.code): each for url, one in self.systems.items() for each in _flat(one.concept)}

    def concepts(self, reference: str) -> Iterator[tuple[str, Coding]]:
        """Yield the system and the concept of each answer of a value set; NotCarriedError if it cannot be known."""
        found = self.sets.get(reference) or self.sets.get(reference.split("|", maxsplit=1)[0])
        if found is None:
            raise NotCarriedError(f"its answers are in the value set {reference}, which is not in this file")
        if found.expansion.contains:
            yield from (("", concept) for concept in _flat(found.expansion.contains))
            return
        if found.compose.exclude:
            raise NotCarriedError(f"its value set {reference} leaves some answers out by a rule")
        for include in found.compose.include:
            yield from ((include.system, concept) for concept in self._included(include, reference))

    def _included(self, include: Include, reference: str) -> Iterator[Coding]:
        if include.filter or include.value_set:
            raise NotCarriedError(f"its value set {reference} is made by a rule, and does not name its answers")
        system = self.systems.get(include.system)
        if not include.concept and system is None:
            raise NotCarriedError(f"its value set {reference} takes all of {include.system}, which is not in this file")
        yield from include.concept or _flat(system.concept if system else [])

    def known(self, coding: Coding) -> Coding | None:
        """Return what a code system of the file says of a code."""
        return self.meanings.get((coding.system, coding.code))

    def weight(self, coding: Coding) -> float | None:
        """Return the weight of a coding, where it stands or in its code system."""
        for each in (coding, self.known(coding)):
            told = each.told(*WEIGHTS) if each else None
            if told and told.number is not None:
                return told.number
            for said in each.property if each else ():
                if said.code in WEIGHT_PROPERTIES:
                    return said.value_decimal if said.value_integer is None else said.value_integer
        return None


def _names(terms: Terms, kind: str) -> list[str]:
    return [name for name in (f"#{terms.id}", terms.url) if name.strip("#")] if terms.resource_type == kind else []


def _flat(concepts: Iterable[Coding]) -> Iterator[Coding]:
    for concept in concepts:
        yield concept
        yield from _flat(concept.concept)
        yield from _flat(concept.contains)


def answers(item: Item, vocabulary: Vocabulary) -> Answers:
    """Return what can be chosen; NotCarriedError if it cannot be known or is no choice."""
    if item.model_extra and "option" in item.model_extra:
        raise NotCarriedError("its answers are written as in FHIR STU3 (“option”): save the form as R4")
    offered = list(_offered(item, vocabulary))
    taken: set[str] = set()
    kept: list[Answer] = []
    aside: dict[str, Answer] = {}
    for coding, points, alone in offered:
        text = clean(coding.display or _display(vocabulary, coding) or coding.code)
        if kind := _no_answer(coding):
            aside[kind] = Answer(kind, text, coding)
        elif not text:
            raise NotCarriedError("one of its answers has no words")
        else:
            id = identifier(_named_by(coding, text), taken, "option")
            taken.add(id)
            kept.append(Answer(id, text, coding, points, alone))
    if aside and not kept:
        raise NotCarriedError("it only offers not to answer, which every question here does")
    if len(kept) < 2:  # noqa: PLR2004 - with one answer there is nothing to choose
        raise NotCarriedError("it offers fewer than two answers")
    return Answers(tuple(kept), aside.get(NOT_SURE))


def _offered(item: Item, vocabulary: Vocabulary) -> Iterator[tuple[Coding, float | None, bool]]:
    """Yield each answer as a coding, its weight, and whether it excludes the others."""
    if item.type == "boolean" and not item.answer_option:
        yield Coding(display="Yes"), None, False
        yield Coding(display="No"), None, False
        return
    if item.answer_value_set and not item.answer_option:
        for system, concept in vocabulary.concepts(item.answer_value_set):
            coding = concept if concept.system else concept.model_copy(update={"system": system})
            yield coding, vocabulary.weight(coding), False
    for option in item.answer_option:
        coding = option.value_coding or Coding(display=_plain(option))
        told = [each.number for each in (*option.extension, *coding.extension) if each.url in WEIGHTS]
        weights = {number for number in told if number is not None}
        if len(weights) > 1:
            raise NotCarriedError(f"“{clean(coding.display or coding.code)}” has two different weights")
        exclusive = option.told(EXCLUSIVE)
        yield coding, next(iter(weights), vocabulary.weight(coding)), bool(exclusive and exclusive.value_boolean)


def _plain(option: AnswerOption) -> str:
    number = "" if option.value_integer is None else str(option.value_integer)
    return option.value_string or number or option.value_date or option.value_time


def _display(vocabulary: Vocabulary, coding: Coding) -> str:
    known = vocabulary.known(coding)
    return known.display if known else ""


def _no_answer(coding: Coding) -> str:
    """Return which of the two ways of not answering a coding is; an empty text if it is an answer.

    They are codes of the standard, or our own as we export them: elsewhere “declined” may well be an answer.
    """
    if coding.system == ABSENT:
        return {"asked-declined": DECLINED, "asked-unknown": NOT_SURE}.get(coding.code, "")
    ours = coding.system.startswith("urn:uuid:")
    if ours and (coding.code, coding.display) == (DECLINED, DECLINED_WORDS):
        return DECLINED
    return NOT_SURE if ours and coding.code == NOT_SURE else ""


def _named_by(coding: Coding, text: str) -> str:
    """Return what an option is best called: its code where that is a word, otherwise its words."""
    is_word = len(coding.code) <= LONGEST_ID and re.fullmatch(r"[a-z][a-z0-9]*[a-z]{2}[a-z0-9_-]*|yes|no", coding.code)
    return coding.code if is_word else text


def number(item: Item, left: list[Left], unit: str = "") -> dict[str, object]:
    """Return the bounds and the unit of a whole number. What the file does not say is chosen, and said."""
    least, most = (_bound(item, url) for url in (LEAST, MOST))
    low = (
        math.ceil(least)
        if least is not None
        else BOUNDS[0]
        if most is None or most > 0
        else math.floor(most) - BOUNDS[1]
    )
    high = math.floor(most) if most is not None else max(BOUNDS[1], low + BOUNDS[1])
    if not -BILLION < low < high < BILLION:
        raise NotCarriedError("no two whole numbers lie between its least and its most")
    for bound, name, value in ((least, "least", low), (most, "most", high)):
        if bound is None:
            left.append(Left(item.link_id, f"the file does not say the {name} that can be entered: {value} is a guess"))
    told = item.told(UNIT)
    coding = told.value_coding if told else None
    unit = unit or clean((coding.display or coding.code) if coding else "")
    return {"min": low, "max": high, "unit": unit or UNWRITTEN}


def _bound(item: Item, url: str) -> float | None:
    told = item.told(url)
    return told.number if told else None


def _is_whole(points: float) -> bool:
    return float(points).is_integer() and abs(points) < BILLION


def clean(text: str) -> str:
    """Return a text on one line, without what cannot be printed; its words are untouched."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def identifier(name: str, taken: Container[str], kind: str) -> str:
    """Return a name as an id of ours that is not taken, such as `q_44250_9` for “/44250-9”."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    short = words if len(words) <= LONGEST_ID else words[: LONGEST_ID + 1].rpartition("_")[0] or words[:LONGEST_ID]
    if not short or short[0].isdigit() or short in RESERVED | KEPT:
        short = f"{kind}_{short}".rstrip("_")
    id, count = short, 1
    while id in taken:
        count += 1
        id = f"{short}_{count}"
    return id
