"""An edition as a FHIR R4 Questionnaire with the extensions of Structured Data Capture: to be asked in other programs.

Left out is what stands on the outcome page: guidance, bands and the questions asked there. See docs/fhir.md.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from assessment.core import definition as written
from assessment.core.conditions import Gate
from assessment.core.edition import Edition, Question
from assessment.core.journey import Journey
from assessment.core.outcome import services
from assessment.documents.fhir.codings import (
    HL7,
    SDC,
    Resource,
    address,
    coding,
    expression,
    extension,
    instead_link,
    loinc,
    section_link,
    total_link,
    unscored,
    version,
)
from assessment.documents.fhir.enabling import enabled, enabled_instead
from assessment.documents.fhir.expressions import scale
from assessment.documents.prose import blocks, spans

Asked = tuple[written.Instrument | None, list[Question]]

LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. "
    "and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the "
    "license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."
)


def questionnaire(edition: Edition) -> Resource:
    """Return an edition as a Questionnaire (R4, SDC): its questions, what shows them, its instruments' totals."""
    about, reader = edition.about, edition.reader
    return {
        "resourceType": "Questionnaire",
        "language": reader.language,
        "url": address(edition),
        "version": version(edition),
        "name": "Questionnaire" + "".join(re.findall("[A-Za-z0-9]+", f"{about.name} {reader.audience}".title())),
        "title": f"{about.name}: {edition.audience.start}",
        "status": "draft",
        "subjectType": ["Patient"],
        "date": about.reviewed.isoformat(),
        "publisher": about.owner,
        "description": about.interest,
        "purpose": about.purpose,
        **_copyright(edition),
        "item": [_section(edition, section, asked) for section, asked in layout(edition)],
    }


def layout(edition: Edition) -> Iterator[tuple[written.Section, list[Asked]]]:
    """Yield the sections that are asked on the way; in each, its instruments with their items, and other questions."""
    for section in edition.sections.values():
        if not section.afterwards:
            here = (question for question in edition.questions if question.section.id == section.id)
            groups = [list(group) for _, group in groupby(here, lambda each: each.instrument and each.instrument.id)]
            yield section, [(group[0].instrument, group) for group in groups]


def _copyright(edition: Edition) -> Resource:
    """Return on what terms the instruments are shown."""
    asked = [items[0].instrument for items in edition.instruments.values()]
    lines = [
        " ".join(filter(None, (f"{each.title}.", each.citation, each.licence.notice, each.licence.summary)))
        for each in asked
        if each
    ]
    coded = any(question.item and question.item.loinc for question in edition.questions)
    lines += [LOINC_NOTICE] if coded or any(each and each.loinc for each in asked) else []
    return {"copyright": "\n\n".join(lines)} if lines else {}


def _section(edition: Edition, section: written.Section, asked: list[Asked]) -> Resource:
    items = [_display(f"section.{section.id}.intro", section.intro)] if section.intro else []
    for instrument, questions in asked:
        rows = [row for question in questions for row in _rows(edition, question)]
        items += [_instrument(edition, instrument, rows)] if instrument else rows
    return _item({}, linkId=section_link(section), text=section.title, type="group", item=items)


def _instrument(edition: Edition, instrument: written.Instrument, rows: list[Resource]) -> Resource:
    return _item(
        enabled(edition, edition.instruments[instrument.id][0].gates[:1]),
        linkId=instrument.id,
        code=loinc(instrument.loinc.panel if instrument.loinc else None),
        text=instrument.stem or instrument.title,
        type="group",
        item=[*rows, _total(edition, instrument)],
    )


def _total(edition: Edition, instrument: written.Instrument) -> Resource:
    """Return the item that another program calculates: nothing stands there while our engine would give no total."""
    named, total = scale(edition, instrument.id).calculated()
    return _item(
        {},
        *(extension(f"{HL7}/variable", valueExpression=expression(each, name=name)) for name, each in named.items()),
        extension(f"{SDC}/sdc-questionnaire-calculatedExpression", valueExpression=expression(total)),
        linkId=total_link(instrument.id),
        code=loinc(instrument.loinc.total if instrument.loinc else None),
        text=instrument.title,
        type="decimal" if instrument.score == "mean" else "integer",
        readOnly=True,
    )


def _rows(edition: Edition, question: Question) -> Iterator[Resource]:
    """Yield a question, and what comes right after it: an answer in place of a number, pages that come at once."""
    if question.number:
        yield _number(edition, question, question.number)
        yield _instead(edition, question)
    else:
        yield _choice(edition, question)
    for _, interrupt in edition.interrupts[question.id]:
        yield _page(edition, interrupt, enabled(edition, (*question.gates, Gate(interrupt.when, interrupt.unless))))


def _choice(edition: Edition, question: Question) -> Resource:
    return _item(
        _shown(edition, question),
        _control("check-box" if question.several else "radio-button"),
        linkId=question.id,
        code=loinc(question.item.loinc if question.item else None),
        text=question.ask,
        type="choice",
        repeats=question.several,
        answerOption=[_option(edition, question, id) for id in (*question.choices, *unscored(question))],
        item=_hints(question),
    )


def _number(edition: Edition, question: Question, number: written.Number) -> Resource:
    return _item(
        _shown(edition, question),
        extension(f"{HL7}/minValue", valueInteger=number.min),
        extension(f"{HL7}/maxValue", valueInteger=number.max),
        extension(f"{HL7}/questionnaire-unit", valueCoding={"display": number.unit}),
        linkId=question.id,
        text=question.ask,
        type="integer",
        item=_hints(question),
    )


def _instead(edition: Edition, question: Question) -> Resource:
    """Return the choice that takes the place of a number: an integer cannot say “I’d rather not say”."""
    return _item(
        enabled_instead(edition, question),
        _control("radio-button"),
        linkId=instead_link(question),
        text=question.ask,
        type="choice",
        answerOption=[_option(edition, question, id) for id in unscored(question)],
    )


def _shown(edition: Edition, question: Question) -> Resource:
    """Return when a question is shown; an instrument's own gate stands at its group."""
    return enabled(edition, question.gates[1:] if question.instrument else question.gates)


def _option(edition: Edition, question: Question, id: str) -> Resource:
    """Return an answer that can be chosen, with what it counts as we count it: reversed where it is, and weighted."""
    choice = question.choices.get(id)
    extensions = []
    if question.item and choice:
        points = question.points(id)
        extensions = [extension(f"{HL7}/{name}", valueDecimal=points) for name in ("ordinalValue", "itemWeight")]
    if question.several and (choice is None or choice.alone):
        extensions = [extension(f"{HL7}/questionnaire-optionExclusive", valueBoolean=True)]
    return _item({}, *extensions, valueCoding=coding(edition, question, id))


def _hints(question: Question) -> list[Resource]:
    """Return what stands small below a question, and what is said of single answers."""
    lines = [question.hint, *(f"{choice.text}: {choice.hint}" for choice in question.options if choice.hint)]
    text = "\n".join(filter(None, lines))
    return [_item({}, _control("help"), **_display(f"{question.id}.hint", text))] if text else []


def _page(edition: Edition, interrupt: written.Interrupt, shown: Resource) -> Resource:
    """Return a page that comes at once: its paragraphs, and everybody who can help, wherever the person is."""
    lines = [_plain(*block) for block in blocks(interrupt.text)]
    nations = edition.by_id[place.nation].choices if (place := edition.place(interrupt.helps)) else {}
    for service in services(Journey(edition, {}), interrupt.topics, interrupt.helps):
        near = [choice.text for id, choice in nations.items() if id in service.nations]
        where = f" ({', '.join(near)})" if len(near) < len(nations) else ""
        lines.append(f"{service.name}{where}: {'; '.join(each.show for each in service.contact) or service.cost}")
    link = f"page.{interrupt.id}"
    said = [_display(f"{link}.{place}", line) for place, line in enumerate(lines, 1)]
    return _item(shown, linkId=link, text=interrupt.title, type="group", item=said)


def _plain(kind: str, lines: list[str]) -> str:
    """Return a block of the writers' simple text without its bold."""
    said = ["".join(words for _, words in spans(line)) for line in lines]
    return "\n".join(f"- {line}" for line in said) if kind == "ul" else "\n".join(said)


def _display(link: str, text: str) -> Resource:
    return {"linkId": link, "text": text, "type": "display"}


def _control(code: str) -> Resource:
    """Return how an item looks, in HL7's words."""
    control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": code}]}
    return extension(f"{HL7}/questionnaire-itemControl", valueCodeableConcept=control)


def _item(shown: Resource, *extensions: Resource, **elements: object) -> Resource:
    """Return an item, or an option, of what is there: when it is shown, its extensions, and its other elements."""
    every = [*shown.get("extension", []), *extensions]
    filled = {key: value for key, value in elements.items() if value}
    return {**({"extension": every} if every else {}), **filled, **{k: v for k, v in shown.items() if k != "extension"}}
