"""What the pages are made with: built once at start, never changed, reached through the app."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from flask import current_app

from assessment.core.about import Audience
from assessment.core.directory import Service
from assessment.core.edition import Edition
from assessment.core.language import ENGLISH, Language, spoken
from assessment.core.readers import Reader
from assessment.documents.pdf import Printer
from assessment.settings import HERE, Settings
from assessment.store.tallies import Tallies
from assessment.store.visits import Visits

EXTENSION = "assessment"


@dataclass(frozen=True)
class Parts:
    """The parts of a running app."""

    settings: Settings
    editions: dict[Reader, Edition]
    services: tuple[Service, ...]
    visits: Visits
    printer: Printer
    languages: tuple[Language, ...] = (ENGLISH,)
    """Those that are turned on; the first is spoken where nobody has chosen one."""

    nations: Mapping[str, str] = field(default_factory=dict)
    """The names of the nations by id."""

    told: Mapping[str, "Parts"] = field(default_factory=dict, repr=False)
    """The same parts with the questionnaire as it is told in each language."""

    tallies: Tallies | None = None
    """Where visits are counted; None where they are not."""

    @cached_property
    def first(self) -> Edition:
        """Return the edition that speaks where no visitor has begun: the first, or the first in the language spoken."""
        every = self.editions.values()
        return next((each for each in every if each.reader.language == spoken().tag), next(iter(every)))

    @property
    def audiences(self) -> dict[str, Audience]:
        """Return the audiences that are asked something, by id."""
        readers = {reader.audience for reader in self.editions}
        return {id: each for id, each in self.first.document.audiences.items() if id in readers}


def parts() -> Parts:
    """Return the parts of the app that serves the current request, in the language that is spoken."""
    found: Parts = current_app.extensions[EXTENSION]
    return found.told.get(spoken().tag, found)


def today() -> date:
    """Return the day that it is here."""
    return datetime.now(HERE).date()
