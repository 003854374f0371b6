"""Calculated totals: which items a formula adds up, if it is a plain sum of their weights and nothing else.

The formulas are FHIRPath as LHC-Forms, the SDC guide and others write them. They are recognised by their shape, never
run: what is not recognised is no plain sum.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assessment.core.answers import DECLINED
from assessment.documents.fhir.importing.answers import WEIGHTS
from assessment.documents.fhir.importing.shapes import Item, Node, Resource

SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
CALCULATED = f"{SDC}calculatedExpression"
VARIABLE = "http://hl7.org/fhir/StructureDefinition/variable"

DEEPEST = 10  # variables that stand for variables
ITEM = r"(?:%(?:resource|context|questionnaire)|\$this)?(?:\.?(?:item|answers?\(\)|descendants\(\)|repeat\(item\)))++"
NAMED = r"linkId='\d+'"
WHICH = rf"\.where\((?:{NAMED}(?:or{NAMED})*|linkIdin\('\d+'(?:\|'\d+')*\))\)"
SAME = rf"\.where\(valueCoding\.code={ITEM}(?:{WHICH}|\.item)*+\.answer\.value(?:Coding)?\.code\)"
PATH = rf"{ITEM}(?:{WHICH}|\.(?:item|answerOption|answer|value(?:Coding)?)\b|{SAME})*"
OF_CODE = r"\.extension(?:\.where\(url=|\()'(?P<url>\d+)'\)\.value(?:Decimal|Integer)?"
WEIGHT = rf"(?:\.(?:ordinal|weight)\(\)|{OF_CODE})"
ADDED = r"(?:\.sum\(\)|\.aggregate\((?:\$this\+\$total|\$total\+\$this),0\))"
SUM_OF = r"\.sum\((value(?:Coding)?\.(?:ordinal|weight)\(\))\)"
ANSWERED_ONLY = re.compile(r"iif\((?P<if>[^,]*),(?P<sum>.*),\{\}\)")
ALL_ANSWERED = re.compile(r"iif\((?P<name>%\w+)\.count\(\)=(?P<count>\d+),(?P=name)\.sum\(\),\{\}\)")
OR_NOTHING = re.compile(r"iif\((?P<name>%\w+)\.exists\(\),(?P=name),0\)|(?P<bare>%\w+)")
LEAF = re.compile(rf"(?P<path>{PATH})(?:\.where\(code!='(?P<but>\d+)'\))?{WEIGHT}(?P<added>{ADDED})?(?:\.first\(\))?")


@dataclass(frozen=True)
class Total:
    """An item that the file calculates. `adds` names the items it adds up, nothing for all; None: it is no plain sum.

    It is `strict` if an item without an answer leaves it without a value; a formula may say for how many of them.
    """

    node: Node
    adds: frozenset[str] | None
    strict: bool = False
    count: int | None = None


def total(node: Node, resource: Resource) -> Total | None:
    """Return what an item calculates; None if it calculates nothing."""
    told = node.item.told(CALCULATED)
    if told is None:
        return None
    variables: dict[str, str] = {}
    owners: tuple[Resource | Item, ...] = (resource, *node.above, node.item)
    for owner in owners:
        variables |= _variables(owner)
    formula = _bare(told.value_expression.expression if told.value_expression else "")
    if every := ALL_ANSWERED.fullmatch(formula.text):
        points = _term(_bare(f"{variables.get(every['name'], '')}.sum()"), variables, 0, alone=True)
        return (
            Total(node, frozenset(points[0]), strict=True, count=int(every["count"])) if points else Total(node, None)
        )
    adds = _added(formula, variables, 0)
    if adds is None:
        return Total(node, None)
    names, strict = adds
    return Total(node, frozenset(names), strict)


def _variables(owner: Resource | Item) -> dict[str, str]:
    told = [each.value_expression for each in owner.extension if each.url == VARIABLE]
    return {f"%{each.name}": each.expression for each in told if each}


@dataclass(frozen=True)
class _Formula:
    """A formula without blanks, its texts put aside so that only their numbers stand in it."""

    text: str
    texts: tuple[str, ...]


def _bare(expression: str) -> _Formula:
    """Return a formula in that form, and each `sum(x)` as `x.sum()`."""
    texts = tuple(re.findall(r"'([^']*)'", expression))
    numbers = iter(range(len(texts)))
    text = re.sub(r"'[^']*'", lambda _: f"'{next(numbers)}'", expression)
    return _Formula(re.sub(SUM_OF, r".\1.sum()", "".join(text.split())), texts)


def _added(formula: _Formula, variables: Mapping[str, str], level: int) -> tuple[list[str], bool] | None:
    """Return the link ids that a formula adds up and whether it is strict; None if it does anything else."""
    text, strict = formula.text, True
    if only := ANSWERED_ONLY.fullmatch(text):
        if not re.fullmatch(r"%\w+|(?:%\w+\.exists\(\)(?:or)?)+", only["if"]):
            return None
        text = only["sum"]
    terms = _terms(text)
    if terms is None or level > DEEPEST:
        return None
    names: list[str] = []
    for term in terms:
        found = _term(_Formula(term, formula.texts), variables, level, alone=len(terms) == 1)
        if found is None or set(found[0]) & set(names):
            return None
        names += found[0]
        strict = strict and found[1]
    return names, strict


def _term(formula: _Formula, variables: Mapping[str, str], level: int, *, alone: bool) -> tuple[list[str], bool] | None:
    if variable := OR_NOTHING.fullmatch(formula.text):
        name = variable["name"] or variable["bare"]
        found = _added(_bare(variables.get(name, "")), variables, level + 1)
        return (found[0], found[1] and variable["name"] is None) if found else None
    leaf = LEAF.fullmatch(formula.text)
    if leaf is None or (leaf["url"] and formula.texts[int(leaf["url"])] not in WEIGHTS):
        return None
    if leaf["but"] and formula.texts[int(leaf["but"])] not in ("asked-declined", DECLINED):
        return None
    names = _named(re.sub(SAME, "", leaf["path"]), formula)
    if any(_named(answer, formula) != names for answer in re.findall(SAME, leaf["path"])):
        return None
    one = len(names) == 1 and not leaf["added"]
    every = bool(leaf["added"]) and (bool(names) or alone)
    return (names, one) if one or every else None


def _named(path: str, formula: _Formula) -> list[str]:
    """Return the link ids that a path ends at; none if it leads to every item."""
    which = re.findall(WHICH, path)
    return [formula.texts[int(place)] for place in re.findall(r"'(\d+)'", which[-1])] if which else []


def _terms(text: str) -> list[str] | None:
    """Return what stands between the plus signs outside all brackets; None if brackets do not match."""
    terms, level = [""], 0
    for sign in text:
        level += (sign == "(") - (sign == ")")
        if level < 0:
            return None
        if sign == "+" and not level:
            terms.append("")
        else:
            terms[-1] += sign
    return terms if not level else None
