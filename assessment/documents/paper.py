"""The blank form on paper, and the key by which it is scored: as HTML, from the same questionnaire as the pages."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import jinja2

from assessment.core.definition import Instrument, Interrupt
from assessment.core.directory import Service
from assessment.core.edition import Edition, Question
from assessment.core.flow import flow
from assessment.core.instructions import in_words, instructions, where
from assessment.documents.prose import FILTERS, speak
from assessment.label import Label

OWN: Final = Label()


@dataclass(frozen=True)
class Asked:
    """A question as it stands on paper, with its number, when to answer it, and what follows from it at once."""

    question: Question
    number: int
    notes: tuple[str, ...]
    urgent: tuple[tuple[str, Interrupt], ...]


def blank_form(edition: Edition, templates: Path, label: Label = OWN, *, large: bool = False) -> str:
    """Return the form for an edition's reader; `large` is for large print."""
    sections = [
        (section, [_asked(each, edition) for each in edition.questions if each.section == section])
        for section in edition.sections.values()
        if not section.afterwards
    ]
    shown = {"sections": sections, "large": large, "help_now": _help(edition)}
    return rendered(templates, "documents/form.html", edition, label, **shown)


def scoring_key(edition: Edition, templates: Path, label: Label = OWN, *, large: bool = False) -> str:
    """Return what each answer counts, how totals are read, what missing answers do, and the warning signs."""
    scales = [(items[0].instrument, items, where(id, edition)) for id, items in edition.instruments.items()]
    late = {question.id for question in edition.questions if question.section.afterwards}  # not on the form
    warnings = (flag for flag in edition.flags.values() if flag.warning and late.isdisjoint(edition.reads(flag.when)))
    signs = [(flag, in_words(flag.when, edition)) for flag in warnings]
    notes = {
        each.id: in_words(each.bands_unless, edition) for each, _, _ in scales if each and each.bands_unless is not None
    }
    cautions = {each.id: in_words(each.caution.when, edition) for each, _, _ in scales if each and each.caution}
    return rendered(
        templates,
        "documents/key.html",
        edition,
        label,
        scales=scales,
        signs=signs,
        bands_unless=notes,
        cautions=cautions,
        rules={each.id: rule(each) for each, _, _ in scales if each},
        large=large,
    )


def away_page(edition: Edition, templates: Path, leave_to: str, label: Label = OWN) -> str:
    """Return what a proxy shows while the app is away: who can help now, and a link to an ordinary site."""
    listed, nations = _help(edition), edition.by_id[edition.about.directory.nation].options
    everywhere = [each for each in listed if len(each.nations) == len(nations)]
    by_nation = {"": everywhere} | {
        nation.text: [each for each in listed if nation.id in each.nations and each not in everywhere]
        for nation in nations
    }
    help_now = {nation: services for nation, services in by_nation.items() if services}
    return rendered(templates, "documents/away.html", edition, label, help_now=help_now, leave_to=leave_to)


def picture(edition: Edition, templates: Path) -> str:
    """Return the flow of a questionnaire as an SVG: what is asked, when, and what follows."""
    return rendered(templates, "documents/map.svg", edition, flow=flow(edition))


def rule(instrument: Instrument) -> str:
    """Return the rule for missing answers, in words."""
    if isinstance(instrument.missing, str):
        return "With any answer missing there is no total: give the range from the least to the most it could be."
    weights = [1 if instrument.score == "count" else item.weight for item in instrument.items]
    answered = "the number" if set(weights) == {1} else "the weights"
    rounded = "" if instrument.score == "mean" else ", and round half up"
    return (
        f"With at least {instrument.missing.prorate_from} answers, multiply by {sum(weights)}, "
        f"divide by {answered} of the questions answered{rounded}. "
        "With fewer there is no total: give the range it could be."
    )


def _asked(question: Question, edition: Edition) -> Asked:
    urgent = tuple((in_words(each.when, edition), each) for _, each in edition.interrupts[question.id])
    return Asked(question, edition.numbers[question.id], instructions(question, edition), urgent)


def _help(edition: Edition) -> list[Service]:
    """Return the services for a moment of need."""
    topics = {topic for group in edition.about.help if group.alarm for topic in group.topics}
    fitting = (each for each in edition.document.services if each.publish and not each.fee_paying)
    return [each for each in fitting if edition.reader.audience in each.for_ and topics & set(each.topics)]


def rendered(templates: Path, name: str, edition: Edition, label: Label = OWN, /, **shown: object) -> str:
    """Return a document for an edition, from a template that needs no web page around it."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    speak(environment)
    environment.globals["lang"] = dict  # every word is in the language of the edition
    names = {choice.id: choice.text for choice in edition.by_id[edition.about.directory.nation].options}
    return environment.get_template(name).render(
        edition=edition,
        about=label.on(edition.about),
        label=label,
        language=edition.reader.language,
        nations=names,
        **shown,
    )
