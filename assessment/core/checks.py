"""Every fault in a questionnaire that can be found before anyone answers. Always run: with a fault nothing starts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from assessment.core import choices, order, references, referrals, roles, scales, vignettes, wording
from assessment.core.directory import Service
from assessment.core.edition import Edition, edition
from assessment.core.expectations import promised
from assessment.core.known_errors import known_errors
from assessment.core.loading import Loaded, Told, load
from assessment.core.reachability import false_reassurance, unreachable
from assessment.core.readers import Reader
from assessment.core.source import Fault, Faults, Mark

NAMES: tuple[Callable[[Told], Iterator[Fault]], ...] = (
    references.duplicate_ids,
    references.unknown_references,
    references.unknown_names_in_conditions,
    references.flags_in_a_circle,
    roles.never_scored,
    roles.absent_people,
    roles.asked_afterwards,
    roles.sheets,
)
WORDS: tuple[Callable[[Told], Iterator[Fault]], ...] = (
    wording.claims,
    wording.typography,
    wording.long_sentences,
    wording.numbers_in_texts,
    wording.evidence,
    known_errors,
    choices.answers_that_stand_apart,
    choices.answers_that_fit,
    choices.answers_that_direct,
    referrals.fees,
    referrals.contacts,
    referrals.everyone_is_helped,
)
DATES: tuple[Callable[[Told, date], Iterator[Fault]], ...] = (referrals.freshness, wording.reviews)
TOGETHER: tuple[Callable[[list[Told]], Iterator[Fault]], ...] = (
    wording.uncited,
    referrals.pointed_to,
    order.never_asked,
    references.unknown_doors,
    roles.keyed_in,
)


@dataclass(frozen=True)
class Checked:
    """A questionnaire's editions by reader, all its services by language, and everything that is wrong with it."""

    editions: dict[Reader, Edition]
    services: dict[str, tuple[Service, ...]]
    faults: tuple[Fault, ...]

    @property
    def refused(self) -> bool:
        """Say whether something must be mended before anyone may use it."""
        return _must_be_mended(self.faults)


def check(path: Path, today: date) -> Checked:
    """Return a questionnaire's editions and all its faults in order. Never raises for what an author wrote."""
    loaded = load(path)
    faults = list(loaded.faults)
    editions: dict[Reader, Edition] = {}
    on_sheets = {id for told in loaded.told for sheet in told.document.sheets for id in sheet.shows()}
    for told in loaded.told:
        named = [fault for rule in NAMES for fault in rule(told)]
        scored = list(scales.scales(told))
        faults += [*named, *scored]
        faults += [fault for rule in WORDS for fault in rule(told)]
        faults += [fault for dated in DATES for fault in dated(told, today)]
        if told.document.sections and not _must_be_mended(named):
            asked = edition(told.document, told.reader, loaded.version)
            editions |= {told.reader: asked} if told.whole else {}
            faults += _of_edition(told, asked, on_sheets, searched=told.whole and not _must_be_mended(scored))
    faults += _of_all(loaded, editions)
    return Checked(editions, _services(loaded), tuple(sorted(set(faults))))


def _services(loaded: Loaded) -> dict[str, tuple[Service, ...]]:
    """Return every reader's services by language, each as the first of its readers there is told of it."""
    found: dict[str, dict[str, Service]] = {language: {} for language in loaded.readers.languages}
    for told in loaded.told:
        for service in told.document.services:
            found[told.reader.language].setdefault(service.id, service)
    return {language: tuple(each.values()) for language, each in found.items()}


def open_questionnaire(path: Path, today: date) -> Checked:
    """Return a questionnaire that may be used; `Faults` with everything that is wrong if it may not."""
    checked = check(path, today)
    if checked.refused:
        raise Faults(fault for fault in checked.faults if not fault.warning)
    return checked


def _must_be_mended(faults: Iterable[Fault]) -> bool:
    return any(not fault.warning for fault in faults)


def _of_edition(told: Told, asked: Edition, on_sheets: set[str], *, searched: bool) -> Iterator[Fault]:
    """Find what is wrong with an edition. What rests on the order of asking is `searched` only if that is right."""
    ahead = list(order.reading_ahead(told, asked))
    yield from ahead
    if ahead or not searched:
        return
    yield from promised(told, asked)
    never = [*unreachable(told, asked), *false_reassurance(told, asked)]
    yield from chain(order.unread_questions(told, asked, on_sheets), never)
    if not never:
        yield from vignettes.vignettes(told, asked)
    if not told.document.guidance:
        yield Fault(told.tree.at, f"the audience “{told.reader.audience}” is asked, and told nothing")


def _of_all(loaded: Loaded, editions: dict[Reader, Edition]) -> Iterator[Fault]:
    """Find what is wrong with all that all readers are told together."""
    if loaded.told and len([told for told in loaded.told if told.whole]) == len(loaded.readers.all()):
        if all(not told.document.sections for told in loaded.told):
            yield Fault(Mark(loaded.tree.at.file), "nobody is asked anything", "add a section with questions")
        for rule in TOGETHER:
            yield from rule(loaded.told)
    if editions:
        yield from vignettes.unread(loaded.told, loaded.readers)
