"""What each document shows: the same outcome, in the words and at the length of who will read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template

from assessment.core.edition import Edition, doctors
from assessment.core.journey import Journey
from assessment.core.outcome import Outcome, assess
from assessment.core.sheet import LEFT_OUT, shortened
from assessment.core.sheet import sheet as laid_out
from assessment.documents import record
from assessment.documents.pdf import Attached
from assessment.web import metrics
from assessment.web.information import for_everyone
from assessment.web.parts import parts, today
from assessment.web.shown import SETTINGS, answers_by_section, every_answer, help_first, not_counted
from assessment.web.visit import Visit

SUMMARY_STEPS: Final = range(3)
SUMMARY_PAGES: Final = 2

Order = Mapping[str, Any]
"""What document was asked for: its `kind`, and what was chosen or typed for it."""


@dataclass(frozen=True)
class Document:
    """A document that can be made: a template, and what it shows, in versions that are shorter and shorter."""

    template: str
    versions: list[dict[str, Any]]
    pages: int | None = None
    attached: Attached | None = None

    def page(self, **shown: object) -> str:
        """Return its longest version as a page to be read on the screen."""
        return render_template(self.template, layout="documents/page.html", **self.versions[0], **shown)

    def html(self) -> list[str]:
        """Return every version as it goes to the printer."""
        return [render_template(self.template, **each) for each in self.versions]

    def pdf(self) -> bytes:
        """Return it printed; raises what `Printer` raises."""
        versions = self.html()
        with metrics.document():
            return parts().printer.pdf(*versions, pages=self.pages, attached=self.attached)


def document(present: Visit, order: Order) -> Document | None:
    """Return the document that was asked for; None if there is none of its kind for this person."""
    making: dict[str, Callable[[Visit, Order], Document | None]] = {
        "copy": copy,
        "sheet": sheet,
        "summary": summary,
        "later": later,
    }
    return making[order["kind"]](present, order)


def copy(present: Visit, order: Order) -> Document:
    """Return the person's copy."""
    journey = present.in_own_words()
    outcome = assess(journey)
    shown = {
        "outcome": outcome,
        "help_first": help_first(journey, outcome),
        "answers": answers_by_section(journey),
        "include": order["include"],
        "made": today(),
        "keyed_in": journey is not present.journey,
        "about_someone": journey.edition.audience.someone_else is not None,
        "compared": present.compared,
        "earlier": present.earlier,
        "services": for_everyone(),
        "attached": order["record"],
    }
    return Document("documents/copy.html", [shown], attached=_record_of(journey) if order["record"] else None)


def later(present: Visit, _order: Order) -> Document | None:
    """Return the file with which a person goes on another day: few words, and the record; None to key in answers."""
    if present.edition.keyed:
        return None
    journey = present.in_own_words()
    outcome = assess(journey)
    shown = {"outcome": outcome, "help_first": help_first(journey, outcome), "made": today()}
    return Document("documents/later.html", [shown], attached=_record_of(journey))


def sheet(present: Visit, order: Order) -> Document | None:
    """Return the page for a doctor, longest first; None if the questionnaire lays out none for this person."""
    journey = present.as_read_in(doctors(present.edition, parts().editions))
    page = laid_out(journey, keyed=present.edition.keyed)
    if page is None:
        return None
    shown = {"sheet": page, **_for_a_doctor(journey, present.edition, order)}
    steps = range(len(LEFT_OUT) + 1)
    return Document("documents/sheet.html", [{"left_out": shortened(step), **shown} for step in steps], pages=1)


def summary(present: Visit, order: Order) -> Document | None:
    """Return the clinician's summary, longest first; None for anyone else."""
    journey = present.journey
    if not journey.edition.keyed:
        return None
    shown = {
        "answers": every_answer(journey),
        "skipped": [each.short for each in journey.skipped if each not in not_counted(journey)],
        "not_counted": not_counted(journey),
        "numbers": journey.edition.numbers,
        **_for_a_doctor(journey, journey.edition, order),
    }
    versions = [{"detail": step, **shown} for step in SUMMARY_STEPS]
    return Document("documents/summary.html", versions, pages=SUMMARY_PAGES)


def _for_a_doctor(journey: Journey, answered_in: Edition, order: Order) -> dict[str, Any]:
    """Return what every document for a doctor shows. Only who keys answers in gives a reference and a setting."""
    outcome = assess(journey)
    how = SETTINGS.get(order["setting"]) if answered_in.keyed else None
    return {
        "outcome": outcome,
        "urgent": outcome.urgent if journey.edition.keyed else (),
        "scales": scales(outcome),
        "answered": f"{how}, and keyed in by a clinician." if how else answered_in.audience.answered or "",
        "keyed": answered_in.keyed,
        "reference": order["reference"] if answered_in.keyed else "",
        "version": journey.edition.version,
        "made": today(),
    }


def scales(outcome: Outcome) -> list[str]:
    """Return the short citations of the scales that were asked."""
    every = [score.instrument for score in outcome.scores]
    return [f"{each.short or each.title}: {each.cited_as or each.citation}." for each in every]


def _record_of(journey: Journey) -> Attached:
    return Attached(record.written(journey, today()), today())
