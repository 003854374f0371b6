"""What a form says and the questionnaire does not, beyond single questions: by kind, how often, and where first."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from assessment.documents.fhir.importing.answers import EXCLUSIVE, LEAST, LOINC, MOST, STRUCTURE, UNIT, WEIGHTS, clean
from assessment.documents.fhir.importing.conditions import EXPRESSION
from assessment.documents.fhir.importing.shapes import Item, Left, Node, Resource, Shape
from assessment.documents.fhir.importing.totals import CALCULATED, VARIABLE

CONTROL = f"{STRUCTURE}questionnaire-itemControl"
HIDDEN = f"{STRUCTURE}questionnaire-hidden"
SHORT = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-shortText"

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

KINDS: tuple[tuple[str, Callable[[Item], object]], ...] = (
    ("an answer is required; here every question can be declined", lambda item: item.required),
    ("a label before the text (prefix); questions are numbered by their place", lambda item: item.prefix),
    (
        "an answer given from the start (initial); nothing is chosen beforehand here",
        lambda item: item.initial or any(option.initial_selected for option in item.answer_option),
    ),
    ("a link to a definition elsewhere", lambda item: item.definition),
)
QUIET = {  # said of the file, not of its questions
    *("id", "meta", "implicitRules", "text", "contained", "identifier", "status", "experimental", "subjectType"),
    *("contact", "description", "useContext", "jurisdiction", "purpose", "approvalDate", "lastReviewDate"),
    *("effectivePeriod", "resourceType", "versionAlgorithmString", "versionAlgorithmCoding", "copyrightLabel"),
}


def rest(resource: Resource, tree: dict[str, Any], nodes: list[Node], carried: Iterable[str]) -> Iterator[Left]:
    """Yield what is left behind, each kind once. `carried` are the link ids of the items whose codes are kept."""
    kept = set(carried)
    for why, has in KINDS:
        yield from _grouped(why, [node.item.link_id for node in nodes if has(node.item)])
    coded = [node.item.link_id for node in nodes if _codes_lost(node.item, kept)]
    yield from _grouped("codes that are not LOINC, or not of an item of a scale; only those are kept", coded)
    unknown: dict[str, list[str]] = {}
    for name in _unread(resource):
        unknown.setdefault(name, []).append("the questionnaire")
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


def _codes_lost(item: Item, kept: set[str]) -> bool:
    return any(code.system != LOINC or item.link_id not in kept for code in item.code)


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
