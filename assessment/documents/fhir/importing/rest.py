"""What a form says and the questionnaire does not, beyond single questions: by kind, how often, and where first."""

from collections.abc import Callable, Iterator
from typing import Any

from assessment.documents.fhir.importing.answers import EXCLUSIVE, LEAST, LOINC, MOST, STRUCTURE, UNIT, WEIGHTS, clean
from assessment.documents.fhir.importing.conditions import EXPRESSION
from assessment.documents.fhir.importing.scales import Asked
from assessment.documents.fhir.importing.shapes import Coding, Item, Left, Node, Resource, Shape
from assessment.documents.fhir.importing.totals import CALCULATED, VARIABLE

CONTROL = f"{STRUCTURE}questionnaire-itemControl"
HIDDEN = f"{STRUCTURE}questionnaire-hidden"
SHORT = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText"

THE_FORM = "the questionnaire"  # where something is said of the whole

OPTIONS = {"answerOption", "valueCoding", "concept", "contains"}
READ = {
    **dict.fromkeys(WEIGHTS, frozenset(OPTIONS)),
    EXCLUSIVE: {"answerOption"},
    **{url: {"item"} for url in (UNIT, LEAST, MOST, HIDDEN, SHORT, CALCULATED, EXPRESSION, CONTROL)},
    VARIABLE: {"item", "resource"},
}
WHY = {
    "supportLink": "a link; links stand in the directory of services",
    "optionPrefix": "a label before an option; options are shown by their words",
    "choiceOrientation": "how options are laid out; every page here has one layout",
    "displayCategory": "what kind of text a text is",
    "minOccurs": "how many answers there must be; every question can be declined here",
    "maxOccurs": "how many answers there may be at most; several have no limit here",
    "translation": "wordings in other languages; write them beside the first, such as “ask_cy”",
}


def control(item: Item) -> str:
    """Return how an item is to be shown, such as “help” or “unit”."""
    told = item.told(CONTROL)
    concept = told.value_codeable_concept if told else None
    return next((coding.code for coding in concept.coding if coding.code), "") if concept else ""


KINDS: tuple[tuple[str, Callable[[Item], object]], ...] = (
    ("an answer is required; here every question can be declined", lambda item: item.required),
    (
        "a label before the text (prefix); questions are numbered by their place",
        lambda i: i.type != "display" and i.prefix,
    ),
    (
        "an answer given from the start (initial); nothing is chosen beforehand here",
        lambda item: item.initial or any(option.initial_selected for option in item.answer_option),
    ),
    ("a link to a definition elsewhere", lambda item: item.definition),
    (
        "how it is laid out (itemControl); every page here has one layout",
        lambda item: control(item) not in ("", "unit"),
    ),
)
QUIET = {  # said of the file, not of its questions
    *("id", "meta", "implicitRules", "text", "contained", "identifier", "status", "experimental", "subjectType"),
    *("contact", "description", "useContext", "jurisdiction", "purpose", "approvalDate", "lastReviewDate"),
    *("effectivePeriod", "resourceType", "versionAlgorithmString", "versionAlgorithmCoding", "copyrightLabel"),
}


def rest(
    resource: Resource, tree: dict[str, Any], nodes: list[Node], asked: list[Asked], kept: set[str]
) -> Iterator[Left]:
    """Yield what is left behind, each kind once. `kept` names the items, or the form, whose LOINC code is kept."""
    for why, has in KINDS:
        yield from _grouped(why, [node.item.link_id for node in nodes if has(node.item)])
    owners = [(THE_FORM, resource.code), *((node.item.link_id, node.item.code) for node in nodes)]
    coded = [name for name, codes in owners if _codes_lost(codes, kept=name in kept)]
    yield from _grouped("codes; only the first LOINC code of a scale, of its total and of its items is kept", coded)
    chosen = [each.link for each in asked if any(_code_lost(option.coding) for option in each.options)]
    yield from _grouped("codes of answers that are not LOINC; here answers have ids of their own", chosen)
    unknown: dict[str, list[str]] = {}
    for name in _unread(resource):
        unknown.setdefault(name, []).append(THE_FORM)
    for node in nodes:
        inside = (node.item, *node.item.answer_option, *node.item.enable_when)
        for name in (name for part in inside for name in _unread(part)):
            unknown.setdefault(name, []).append(node.item.link_id)
    for name, links in unknown.items():
        yield from _grouped(f"“{clean(name)}” is not read", links)
    for url, count in _extensions(tree).items():
        why = WHY.get(url.rpartition("/")[2].rpartition("-")[2], "nothing here reads this extension")
        yield Left(f"{clean(url)} ({count} {'time' if count == 1 else 'times'})", why)


def _grouped(why: str, links: list[str]) -> Iterator[Left]:
    links = list(dict.fromkeys(links))
    if links:
        yield Left(links[0] if len(links) == 1 else f"{links[0]} and {len(links) - 1} more", why)


def _codes_lost(codes: list[Coding], *, kept: bool) -> bool:
    first = next((code for code in codes if code.system == LOINC and clean(code.code)), None) if kept else None
    return any(code is not first for code in codes)


def _code_lost(coding: Coding) -> bool:
    """Say whether an answer has a code that is not kept. One without a system is a code too."""
    return bool(coding.code) and coding.system != LOINC


def _unread(part: Shape) -> Iterator[str]:
    """Yield the keys of an element that are not read. Those with “_” only hold extensions, which are counted."""
    for name in part.model_extra or ():
        if not name.startswith("_") and name not in QUIET:
            yield name


def _extensions(tree: dict[str, Any]) -> dict[str, int]:
    """Return how often each extension stands where nothing reads it."""
    counts: dict[str, int] = {}
    for place, node in _elements(tree, "resource"):
        for key in ("extension", "modifierExtension"):
            for each in node[key] if isinstance(node.get(key), list) else ():
                url = str(each.get("url", "")) if isinstance(each, dict) else ""
                if place not in READ.get(url, ()):
                    counts[url] = counts.get(url, 0) + 1
    return counts


def _elements(tree: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:  # noqa: ANN401 - JSON
    """Yield every object of a tree that is not inside an extension, and the key that it stands under."""
    if isinstance(tree, list):
        for each in tree:
            yield from _elements(each, place)
    elif isinstance(tree, dict):
        yield place, tree
        for key, value in tree.items():
            if key not in ("extension", "modifierExtension", "meta", "text") or isinstance(value, str):
                yield from _elements(value, key)
