"""What is read of a form, laid out as a questionnaire: the service, sections, scales and a page for a doctor."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment.core import definition
from assessment.core.scales import checksum
from assessment.documents.fhir.importing.answers import LOINC, UNWRITTEN, Answer, clean, identifier
from assessment.documents.fhir.importing.conditions import EXPRESSION, Readable, gate
from assessment.documents.fhir.importing.rest import SHORT
from assessment.documents.fhir.importing.scales import Asked, Scale
from assessment.documents.fhir.importing.shapes import Coding, Item, Left, Node, Resource
from assessment.documents.fhir.importing.totals import CALCULATED
from assessment.documents.fhir.importing.written import OnALine

AUDIENCE, NATION, AGE = "person", "nation", "age"
LONG_AGO = "2000-01-01"  # where the file has no date: the check asks for a review
LANGUAGES = {"en": "English", "cy": "Cymraeg"}
TITLE, SHORTEST = 80, 60  # characters of a title, and of a name in a list
CUT = " …"  # ends a name that is cut short
UNLICENSED = "Not stated: find out before it is shown."


@dataclass(frozen=True)
class Form:
    """A form as it was read: its items in order, what of them is asked, and the scales among that."""

    resource: Resource
    nodes: list[Node]
    asked: list[Asked]
    scales: list[Scale]

    @property
    def title(self) -> str:
        """Return what the form calls itself."""
        return clean(self.resource.title or self.resource.name) or "Untitled questionnaire"


def tree(form: Form, left: list[Left]) -> dict[str, Any]:
    """Return a form as a questionnaire; what cannot be laid out is added to `left`."""
    sections = [_about_you(), *Sections(form, left).laid_out()]
    instruments = [_instrument(scale, form, stem) for scale, stem in _stems(form)]
    made: dict[str, Any] = {"service": _service(form)}
    made["audiences"] = {AUDIENCE: {"start": "Start", "answered": UNWRITTEN}}
    made["sections"] = sections
    made |= {"instruments": instruments} if instruments else {}
    made["guidance"] = []
    parts = [{"title": each["title"], "rows": [_row(entry) for entry in each["questions"]]} for each in sections]
    made["sheets"] = [{"id": "page", "for": [AUDIENCE], "title": "What was answered", "parts": parts}]
    return made


def _row(entry: dict[str, Any]) -> str:
    return str(entry.get("instrument") or entry["id"])


def _service(form: Form) -> dict[str, Any]:
    stated = form.resource.date[:10]
    day = stated if re.fullmatch(r"\d{4}-\d\d-\d\d", stated) and _is_day(stated) else LONG_AGO
    language = form.resource.language.partition("-")[0]
    language = language if re.fullmatch(r"[a-z]{2,3}", language) else "en"
    return {
        "name": curly(form.title),
        "owner": curly(form.resource.publisher) or UNWRITTEN,
        "purpose": UNWRITTEN,
        "interest": UNWRITTEN,
        "reviewed": day,
        "next_review": day,
        "languages": OnALine({language: LANGUAGES.get(language, language)}),
        "directory": OnALine(nation=NATION, age=AGE),
    }


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _about_you() -> dict[str, Any]:
    """Return the two questions that every questionnaire asks, to be written by an author."""
    here = {"here": "In the UK", "elsewhere": "Somewhere else"}
    ages = {"under_18": "Under 18", "adult": "18 or over"}
    return {
        "id": "about_you",
        "title": "About you",
        "for": [AUDIENCE],
        "questions": [
            {"id": NATION, "ask": "Where are you?", "short": "where you are", "why": UNWRITTEN, "options": here},
            {"id": AGE, "ask": "How old are you?", "short": "your age", "why": UNWRITTEN, "options": ages},
        ],
    }


class Sections:
    """The sections of a form, gathered in its order; a new one starts with every group, and with every text between."""

    def __init__(self, form: Form, left: list[Left]) -> None:
        self.form = form
        self.left = left
        self.readable = Readable(form.asked, form.scales)
        self.sections: list[dict[str, Any]] = []
        self.taken = {"about_you"}
        self.group: Item | None = None
        self.waiting: list[Node] = []  # groups and texts whose words nobody has been shown yet

    def laid_out(self) -> list[dict[str, Any]]:
        """Return the sections with their questions."""
        firsts = {scale.items[0].link: scale for scale in self.form.scales}
        questions = {each.link: each for each in self.form.asked}
        for place, node in enumerate(self.form.nodes):
            link = node.item.link_id
            if node.item.type == "group" or (node.item.type == "display" and not _is_below(node, questions)):
                self._wait(node, place)
            elif link in firsts:
                self._add(node, self._placed(firsts[link]), firsts[link])
            elif link in questions and not questions[link].in_scale:
                self._add(node, self._question(questions[link]))
        self._unsaid(self.waiting)
        return self.sections

    def _unsaid(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            what = "nothing in this group is asked" if node.item.type == "group" else "no question follows this text"
            self.left.append(Left(node.item.link_id, f"{what}: “{shortened(node.item.words)}”"))

    def _wait(self, node: Node, place: int) -> None:
        item = node.item
        owners = [scale for scale in self.form.scales if scale.items[0].place < place < scale.items[-1].place]
        if item.type == "display" and _conditional(item):
            self.left.append(Left(item.link_id, f"a text that is shown only sometimes: “{shortened(item.words)}”"))
        elif item.type == "display" and node.above and node.above[-1].type != "group":
            self.left.append(Left(item.link_id, f"what it stands below is not asked: “{shortened(item.words)}”"))
        elif item.type == "display" and owners:
            why = f"a text among the items of “{owners[0].id}”: “{shortened(item.words)}”"
            self.left.append(Left(item.link_id, why))
        elif clean(item.words):
            self.waiting.append(node)

    def _add(self, node: Node, entry: dict[str, Any], scale: Scale | None = None) -> None:
        """Put an entry into the section of its group, a new one where another group or a text stands before it."""
        here = [each for each in self.waiting if each.holds(node)]
        self._unsaid(each for each in self.waiting if not each.holds(node))
        self.waiting = []
        if not self.sections or node.group is not self.group or here:
            self.sections.append(self._section(node, scale, here))
        self.group = node.group
        self.sections[-1]["questions"].append(entry)

    def _section(self, node: Node, scale: Scale | None, here: list[Node]) -> dict[str, Any]:
        named = [above for above in node.above if above.type == "group" and clean(above.text)]
        heading = curly(named[-1].text) if named else ""
        title = _title(scale, self.form) if scale else heading or self.form.title
        told = scale.group if scale else named[-1] if named and len(heading) <= TITLE else None
        in_stem = {id(each) for each in _stem_nodes(scale, self.form)} if scale else set()
        words = [each.item.words for each in here if each.item is not told and id(each) not in in_stem]
        section: dict[str, Any] = {"id": identifier(title, self.taken, "section"), "title": _asking(title)}
        self.taken.add(section["id"])
        section |= {"intro": "\n\n".join(map(curly, words))} if words else {}
        return section | {"for": [AUDIENCE], "questions": []}

    def _question(self, asked: Asked) -> dict[str, Any]:
        item = asked.node.item
        text = curly(item.text) or curly(next((code.display for code in item.code), "")) or UNWRITTEN
        told = item.told(SHORT)
        question: dict[str, Any] = {"id": asked.id, "ask": text}
        question |= {"hint": curly(" ".join(asked.hints))} if asked.hints else {}
        question |= {"short": shortened(told.value_string if told else "") or shortened(text), "why": UNWRITTEN}
        question |= gate(asked, (*asked.node.above, item), self.readable, self.left).written()
        if asked.number:
            return question | {"number": OnALine(asked.number)}
        question |= {"choose": "several"} if asked.several else {}
        question["options"] = {each.id: _option(each, alone=asked.several and each.alone) for each in asked.options}
        return question | ({"not_sure": curly(asked.unsure.text)} if asked.unsure else {})

    def _placed(self, scale: Scale) -> dict[str, Any]:
        """Return the place of a scale: asked when all its items are."""
        shared = [above for above in scale.items[0].node.above if all(above in each.node.above for each in scale.items)]
        items = [each.node.item for each in scale.items]
        if all(_conditions(item) == _conditions(items[0]) for item in items):
            shared.append(items[0])
        else:
            why = "when it is shown is not carried: the file does not say what an item counts that is skipped"
            self.left += [Left(item.link_id, why) for item in items if any(_conditions(item))]
        return {"instrument": scale.id, **gate(scale, shared, self.readable, self.left).written()}


def _conditions(item: Item) -> tuple[object, ...]:
    return item.enable_when, item.told(EXPRESSION), len(item.enable_when) > 1 and item.enable_behavior


def _conditional(item: Item) -> bool:
    return bool(item.enable_when or item.told(EXPRESSION))


def _is_below(node: Node, questions: Iterable[str]) -> bool:
    return bool(node.above) and node.above[-1].link_id in questions


def _option(answer: Answer, *, alone: bool) -> str | OnALine:
    told = {"text": curly(answer.text), "alone": True if alone else None, "loinc": clean(answer.loinc) or None}
    said = OnALine({key: value for key, value in told.items() if value is not None})
    return str(said["text"]) if len(said) == 1 else said


def _stem_nodes(scale: Scale, form: Form) -> list[Node]:
    """Return the texts that stand in the group of a scale, right before its first item."""
    group, first = scale.group, scale.items[0].place
    before = max((each.place for each in form.asked if each.node.group is group and each.place < first), default=-1)
    here = [node for node in form.nodes[before + 1 : first] if node.item.type == "display"]
    return [node for node in here if (node.above[-1] if node.above else None) is group and not _conditional(node.item)]


def _stems(form: Form) -> Iterable[tuple[Scale, str]]:
    """Yield each scale and what stands above every item: its group's text, unless that is only its name."""
    for scale in form.scales:
        words = [scale.group.text] if scale.group and clean(scale.group.text) != _named(scale, form) else []
        yield scale, clean(" ".join([*words, *(node.item.words for node in _stem_nodes(scale, form))]))


def _asking(title: str) -> str:
    """Return a title that fits; one that asks keeps its question mark."""
    return title if title.endswith("?") and len(title) <= TITLE else shortened(title, TITLE)


def _title(scale: Scale, form: Form) -> str:
    return _named(scale, form) or clean(scale.group.text if scale.group else "") or form.title


def _named(scale: Scale, form: Form) -> str:
    """Return what a scale is called: by its code, by the form if it is its only one, or by its total."""
    group = scale.group
    if coded := clean(next((code.display for code in group.code if code.display), "") if group else ""):
        return coded
    if len(form.scales) == 1:
        return form.title
    beside = [node for node in form.nodes if node.group is group and node.item.told(CALCULATED)]
    totals = [scale.total.node] if scale.total else beside
    return clean(totals[0].item.text) if len(totals) == 1 else ""


def _instrument(scale: Scale, form: Form, stem: str) -> dict[str, Any]:
    """Return a scale, its words as the file has them."""
    sets = [{each.id: _scored(each) for each in item.options} for item in scale.items]
    alike = all(list(each.items()) == list(sets[0].items()) for each in sets)
    items = [
        _item(each) | ({} if alike else {"options": options}) for each, options in zip(scale.items, sets, strict=True)
    ]
    made: dict[str, Any] = {"id": scale.id, "title": _title(scale, form)}
    made |= dict.fromkeys(("measure", "window", "why"), UNWRITTEN)
    made |= {"stem": stem} if stem else {}
    made |= {"options": sets[0]} if alike else {}
    made |= {"items": items, "score": "sum", "missing": "complete", "bands": []}
    made |= dict.fromkeys(("limits", "citation"), UNWRITTEN)
    made["licence"] = {"summary": clean(form.resource.copyright) or UNLICENSED}
    panel = _loinc(scale.group.code if scale.group else form.resource.code)
    total = _loinc(scale.total.node.item.code) if scale.total else ""
    codes = OnALine({key: code for key, code in (("panel", panel), ("total", total)) if code})
    made |= {"loinc": codes} if codes else {}
    return made | {"checksum": checksum(definition.Instrument.model_validate(made | {"checksum": UNWRITTEN}))}


def _item(asked: Asked) -> dict[str, Any]:
    item = asked.node.item
    text = clean(item.text) or clean(next((code.display for code in item.code), "")) or UNWRITTEN
    told = item.told(SHORT)
    short = shortened(told.value_string if told else "") or shortened(text)
    loinc = _loinc(item.code)
    return {"id": asked.id, "text": text, "short": short} | ({"loinc": loinc} if loinc else {})


def _scored(answer: Answer) -> OnALine:
    points = OnALine(text=answer.text, points=int(answer.points or 0))
    return OnALine(points | ({"loinc": clean(answer.loinc)} if clean(answer.loinc) else {}))


def _loinc(codes: Iterable[Coding]) -> str:
    return next((clean(code.code) for code in codes if code.system == LOINC and clean(code.code)), "")


def curly(text: str) -> str:
    """Return a text of ours with typographic quotes and no blank before a comma or full stop, in the same words."""
    text = clean(text)
    for straight, opening, closing in (('"', "“", "”"), ("'", "‘", "’")):
        text = re.sub(rf"(^|[\s(\[–—]){straight}", rf"\g<1>{opening}", text).replace(straight, closing)
    return re.sub(r" +([,.;:?])(?= |$)", r"\1", text)


def shortened(text: str, most: int = SHORTEST) -> str:
    """Return a text as a name: without its last mark, cut at a word where it is long."""
    text = curly(text).rstrip(".:;?, ")
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[: most - 2]}{CUT}"
