"""A FHIR Questionnaire as a whole questionnaire of our language, and what could not be carried over.

Nothing is guessed in silence: what the file says and the result does not is listed. What the language needs and the
file does not say stands as “Not yet written.” and is listed too. `assessment check` refuses the result until an author
has written what follows from the answers.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from assessment.documents.fhir.importing.answers import (
    CHOICES,
    UNWRITTEN,
    Vocabulary,
    answers,
    clean,
    identifier,
    number,
)
from assessment.documents.fhir.importing.conditions import EXPRESSION, refuse_circles
from assessment.documents.fhir.importing.files import LARGEST, parsed, questionnaire_in, shaped
from assessment.documents.fhir.importing.rest import HIDDEN, THE_FORM, control, rest
from assessment.documents.fhir.importing.scales import Asked, Scale, apart, scales
from assessment.documents.fhir.importing.shapes import (
    Item,
    Left,
    Node,
    NotCarriedError,
    NotImportedError,
    Resource,
    walk,
)
from assessment.documents.fhir.importing.totals import CALCULATED, Total, total
from assessment.documents.fhir.importing.tree import AGE, CUT, NATION, Form, shortened, tree
from assessment.documents.fhir.importing.written import written

__all__ = ["Imported", "Left", "NotImportedError", "imported", "parsed"]

TO_DECIDE = (
    Left("guidance", "nothing follows from any answer yet: write guidance, and flags and pages for signs of danger"),
    Left(
        f"{NATION}, {AGE}",
        "added for the directory of services: write their options, or name the file’s own questions in their place",
    ),
    Left("service", "give the day when it was reviewed, and the day of the next review"),
)


@dataclass(frozen=True)
class Imported:
    """A questionnaire as YAML, what of the file is not in it, and what an author has to write."""

    yaml: str
    not_carried: tuple[Left, ...]
    to_write: tuple[Left, ...]


def imported(resource: object) -> Imported:
    """Return the questionnaire of a FHIR resource (a Questionnaire, or a Bundle with one).

    NotImportedError if it is no such resource, or contradicts itself.
    """
    raw, terms = questionnaire_in(resource)
    form = shaped(Resource, raw)
    nodes = list(walk(form.item))
    _refuse(nodes)
    left: list[Left] = []
    asked, totals = _questions(nodes, form, Vocabulary(terms), left)
    found = scales(asked, totals, left)
    _hints(nodes, asked, left)
    _name(asked, found, form)
    left += (*_beneath(asked), *_said_of(found, asked))
    made = tree(Form(form, nodes, asked, found), left)
    left += rest(form, raw, nodes, asked, {name for scale in found for name in _coded(scale)})
    to_write = (*TO_DECIDE, *_to_write(made, found, form))
    head = [f"Brought in from the FHIR Questionnaire {clean(form.url or form.title or form.name)}".rstrip()]
    head += [f"Version {clean(form.version)}"] if form.version else []
    head += ["", "Not carried over:", *map(_remark, left), "", "To write or to decide:", *map(_remark, to_write)]
    return Imported(written(made, head), tuple(left), to_write)


def _remark(left: Left) -> str:
    return f"- {clean(str(left))}"


def _refuse(nodes: list[Node]) -> None:
    """Raise NotImportedError for a form that nobody could fill in as it stands."""
    if len(nodes) > LARGEST:
        raise NotImportedError(f"this questionnaire has {len(nodes)} items; up to {LARGEST} can be brought in")
    links: set[str] = set()
    for node in nodes:
        link = node.item.link_id
        if not link or link in links:
            said = f"the linkId “{link}” is given to two items" if link else "its linkId is empty"
            raise NotImportedError(f"item “{node.item.text[:40]}”: {said}")
        links.add(link)
    refuse_circles(nodes)


def _questions(
    nodes: list[Node], form: Resource, vocabulary: Vocabulary, left: list[Left]
) -> tuple[list[Asked], list[Total]]:
    """Return the items that can be asked, and those that are calculated."""
    asked: list[Asked] = []
    totals: list[Total] = []
    for place, node in enumerate(nodes):
        found = total(node, form)
        if found:
            totals.append(found)
            left += _described(node.item)
            continue
        try:
            question = _question(node, place, vocabulary, left)
        except NotCarriedError as reason:
            left.append(Left(node.item.link_id, f"it is not asked: {reason}"))
        else:
            asked += [question] if question else []
    return asked, totals


def _question(node: Node, place: int, vocabulary: Vocabulary, left: list[Left]) -> Asked | None:
    """Return an item as a question; None if it is none, NotCarriedError if it cannot be asked here."""
    item = node.item
    if any(_is_hidden(above) for above in node.above):
        return None
    if _is_hidden(item):
        raise NotCarriedError("it is hidden, and so is everything in it")
    if item.type == "group" and item.repeats:
        left.append(Left(item.link_id, "this group can be filled in several times; here it is asked once"))
    if item.type in ("group", "display"):
        return None
    if item.read_only:
        raise NotCarriedError("nobody fills it in (readOnly)")
    if item.type in CHOICES or item.type == "boolean" or item.answer_option or item.answer_value_set:
        asked = Asked(node, place, answers=answers(item, vocabulary))
    elif item.type == "integer":
        units = [clean(below.text) for below in item.item if control(below) == "unit"]
        asked = Asked(node, place, number=number(item, left, units[0] if units else ""))
    else:
        raise NotCarriedError(f"nothing of the type “{item.type}” is collected here, only choices and whole numbers")
    left += [Left(item.link_id, why) for why in _simpler(item, asked)]
    return asked


def _simpler(item: Item, asked: Asked) -> Iterator[str]:
    """Yield in what a question is simpler here."""
    if asked.number and item.repeats:
        yield "several numbers can be given; here it is one"
    if item.type == "open-choice" or item.answer_constraint not in ("", "optionsOnly"):
        yield "an answer in words of one’s own cannot be given here"


def _is_hidden(item: Item) -> bool:
    told = item.told(HIDDEN)
    return bool(told and told.value_boolean)


def _described(item: Item) -> Iterator[Left]:
    """Yield what a file says in words of what it calculates, such as its bands."""
    told = item.told(CALCULATED)
    if told and told.value_expression and clean(told.value_expression.description):
        yield Left(item.link_id, f"what the file says of it: “{clean(told.value_expression.description)}”")


def _beneath(asked: list[Asked]) -> Iterator[Left]:
    """Yield the questions whose answer, or words, those beneath them are asked without."""
    links = {each.link for each in asked}
    found: dict[str, Left] = {}
    for each in asked:
        way = (*each.node.above, each.node.item)
        for place, owner in enumerate(each.node.above):
            reads = {asks.question for below in way[place + 1 :] for asks in below.enable_when}
            link = owner.link_id
            if owner.type != "group" and link not in links:
                said = f"it is not asked; the questions beneath it are, without its words: “{shortened(owner.text)}”"
                found.setdefault(link, Left(link, said))
            elif owner.type != "group" and link not in reads:
                found.setdefault(link, Left(link, "questions beneath it are asked after it, whatever its answer"))
    yield from found.values()


def _hints(nodes: list[Node], asked: list[Asked], left: list[Left]) -> None:
    """Put the texts that stand beneath a question below it."""
    by_link = {each.link: each for each in asked}
    for node in nodes:
        owner = by_link.get(node.above[-1].link_id) if node.above else None
        if owner is None or node.item.type != "display" or (owner.number and control(node.item) == "unit"):
            continue
        said = f"“{shortened(node.item.words)}”"
        if node.item.enable_when or node.item.told(EXPRESSION):
            left.append(Left(node.item.link_id, f"a text that is shown only sometimes: {said}"))
        elif owner.in_scale:
            left.append(Left(node.item.link_id, f"an item of a scale has no line below it: {said}"))
        else:
            owner.hints += [node.item.words] if node.item.words else []


def _name(asked: list[Asked], found: list[Scale], form: Resource) -> None:
    """Give every scale and question an id of its own; conditions name them by it."""
    taken = {NATION, AGE}
    for each in asked:
        each.id = identifier(each.link, taken, "q")
        taken.add(each.id)
    for scale in found:
        called = scale.group.link_id if scale.group else form.name or form.title
        scale.id = identifier(called, taken, "scale")
        taken.add(scale.id)


def _coded(scale: Scale) -> Iterator[str]:
    """Yield the link ids of the items whose LOINC codes a scale keeps; the form's, where it stands in no group."""
    yield from (item.link for item in scale.items)
    yield scale.group.link_id if scale.group else THE_FORM
    if scale.total:
        yield scale.total.node.item.link_id


def _said_of(found: list[Scale], asked: list[Asked]) -> Iterator[Left]:
    """Yield in what scales differ from the file."""
    for scale in found:
        for each in apart(scale, asked):
            yield Left(each.link, f"in the file it stands among the items of “{scale.id}”; here it is asked after them")
        if scale.total and not scale.total.strict:
            why = "the file counts an item without an answer as nothing; here the total is not known then"
            yield Left(scale.total.node.item.link_id, why)
        if scale.total and (scale.total.node.item.enable_when or scale.total.node.item.told(EXPRESSION)):
            yield Left(scale.total.node.item.link_id, "when it is shown is not carried: it is there with its items")
        for each in scale.items:
            if each.answers and each.answers.not_sure:
                why = f"“{each.answers.not_sure.text}” is no answer to an item of a scale; it can be declined"
                yield Left(each.link, why)


def _to_write(made: dict[str, Any], found: Iterable[Scale], form: Resource) -> Iterator[Left]:
    """Yield what stands as not yet written, by key, and what the file leaves open of a scale."""
    places: dict[str, list[str]] = {}
    told = list(_texts(made, ""))
    for place, key, text in told:
        if text == UNWRITTEN:
            places.setdefault(key, []).append(place)
    for key, names in places.items():
        yield Left(key, f"not yet written for {', '.join(names)}")
    if cut := [place for place, key, text in told if key == "short" and text.endswith(CUT)]:
        yield Left("short", f"cut short for {', '.join(cut)}: give each a name that says what it asks")
    if form.language.partition("-")[0] != "en":
        stated = (
            "is not stated: taken to be English" if not form.language else "is not English: “Yes” and “No” here are"
        )
        yield Left("languages", f"the language of the file {stated}")
    for scale in found:
        yield Left(scale.id, "no bands are carried: write what the totals mean, or leave them without bands")
        if scale.total is None:
            yield Left(scale.id, "no total of the file is carried: see that adding up the points is how it is scored")
        if not form.copyright:
            yield Left(scale.id, "its licence is not stated: find out before it is shown")


def _texts(branch: object, name: str) -> Iterator[tuple[str, str, str]]:
    """Yield every text of a questionnaire with its key, and the id of what it belongs to."""
    if isinstance(branch, list):
        for each in branch:
            yield from _texts(each, name)
    elif isinstance(branch, dict):
        here = str(branch.get("id", name))
        for key, value in branch.items():
            if isinstance(value, str):
                yield here, key, value
            else:
                yield from _texts(value, here if "id" in branch else key)
