"""A visit: the only meeting point of request, secret, store and core."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import g, session
from sqlalchemy.exc import SQLAlchemyError

from assessment.core.answers import Answer, read_all
from assessment.core.comparison import Comparison
from assessment.core.edition import Edition, Question
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.readers import Reader
from assessment.documents.record import Record
from assessment.store.visits import Content, Found, VisitContendedError
from assessment.web import tallies
from assessment.web.kept import KEPT_AS, TALLY, TIMES_KEPT, is_visit
from assessment.web.parts import parts

log = logging.getLogger(__name__)


class NoVisitError(Exception):
    """There is no visit to go on with: none was begun, it was deleted, it was idle, or we cannot read it any more."""


class NotAskedError(NoVisitError):
    """There is a visit, and the questionnaire of today has no questions for its reader."""


@dataclass(frozen=True)
class Changed:
    """What of a visit's answers does not fit today's questions, which were changed since it began."""

    gone: int
    """How many answers are to questions that are not asked any more."""

    unread: tuple[str, ...]
    """The questions on the way, in short, whose answers are not among those that can be given any more."""


@dataclass(frozen=True)
class Earlier:
    """Answers that were brought back in a file, as they are read today, and what of them cannot be read any more."""

    journey: Journey
    made: date
    version: str
    gone: int
    """How many answers are to questions that are not asked any more."""

    unread: tuple[str, ...]
    """The questions, in short, whose answers are not among those that can be chosen any more."""


@dataclass(frozen=True)
class Visit:
    """One person's visit as it stands: their answers; those they brought back; a document they wait for; changes."""

    secret: str
    journey: Journey
    earlier: Earlier | None = None
    waits_for: Mapping[str, Any] | None = None
    changed: Changed | None = None
    tally: tallies.Mark | None = None
    found: Found | None = None

    @property
    def edition(self) -> Edition:
        """Return the edition that this person reads."""
        return self.journey.edition

    def as_read_in(self, edition: Edition) -> Journey:
        """Return the same answers as they are read in another edition."""
        return self.journey if edition is self.edition else Journey(edition, self.journey.answers)

    def in_own_words(self) -> Journey:
        """Return the same answers as they are read by whom they are about, where somebody else keyed them in."""
        whose = self.edition.audience.keys_in or self.edition.reader.audience
        return self.as_read_in(parts().editions[Reader(whose, self.edition.reader.language)])

    @property
    def compared(self) -> Comparison | None:
        """Return the earlier answers beside today's, both as this reader reads them; None if they are another's."""
        whose = (self.edition.reader.audience, self.edition.audience.keys_in)
        if self.earlier is None or self.earlier.journey.edition.reader.audience not in whose:
            return None
        before = Journey(self.edition, self.earlier.journey.answers)
        return Comparison(assess(before), assess(self.journey))

    def keep(self, answers: Mapping[str, Answer | None]) -> "Visit":
        """Keep answers and return the visit as it then stands, with whatever another tab has kept meanwhile.

        An answer that is None is taken back. Those that today's questions do not have stay: while a new version of them
        is brought out, the next click may meet the old one.
        """
        return self._change(lambda content: _with(answers, content))

    def answer(self, question: Question, answer: Answer) -> "Visit | None":
        """Keep the answer to a question, as above; None if the question may not be met now, and nothing is kept."""
        given = {question.id: answer}
        then = self.found and _journey(_with(given, self.found.content))
        return self.keep(given) if then and then.question(question.id) else None

    def bring(self, record: Record) -> "Visit":
        """Keep what a person brought back beside their answers."""
        asked = parts().editions[record.reader].by_id
        brought = {
            "audience": record.reader.audience,
            "language": record.reader.language,
            "made": record.made.isoformat(),
            "version": record.version,
            "answers": {id: raw for id, raw in record.answers.items() if id in asked},
            "gone": len(record.answers.keys() - asked.keys()),
        }
        return self._change(lambda content: {**content, "earlier": brought})

    def go_on_with_earlier(self) -> "Visit":
        """Put what was brought back in place of the answers of this visit; whoever keys in answers goes on so."""
        whose = (self.edition.reader.audience, self.edition.audience.keys_in)

        def change(content: Content) -> Content:
            earlier = content.get("earlier")
            if earlier is None:  # another tab was first
                return content
            audience = whose[0] if earlier["audience"] in whose else earlier["audience"]
            edition = parts().editions[Reader(audience, parts().first.reader.language)]
            _, refused = read_all(edition, earlier["answers"])  # the page that offers to go on has told of these
            answers = {id: each for id, each in earlier["answers"].items() if id not in refused}
            going_on = {"audience": audience, "language": earlier["language"], "answers": answers}
            return {**going_on, TALLY: content.get(TALLY)}

        return self._change(change)

    def wait_for(self, order: Mapping[str, Any] | None) -> None:
        """Keep what document was asked for while its turn has not come; None once it has."""
        self._change(lambda content: {**content, "order": order})

    def count_as_completed(self) -> None:
        """Count that the end was reached, once for each visit, where that is counted. Nobody is kept from the end."""
        if self.tally is None:
            return
        mark = None

        def change(content: Content) -> Content:
            nonlocal mark
            mark = content.get(TALLY)
            return {**content, TALLY: None}

        try:
            self._change(change)
        except (SQLAlchemyError, VisitContendedError) as problem:
            log.warning("A visit could not be counted: %s.", type(problem).__name__)
        else:
            if mark:
                tallies.completed(mark)

    def _change(self, change: Callable[[Content], Content]) -> "Visit":
        known = session.get(TIMES_KEPT, 0)
        g.visit = _opened(self.secret, parts().visits.keep(self.secret, change, known, self.found))
        session[TIMES_KEPT] = known + 1
        changed: Visit = g.visit
        return changed


def begin(reader: Reader) -> None:
    """Begin a visit. What an earlier visit of this browser held is forgotten."""
    forget()
    mark = tallies.begun(reader.audience)
    content = {"audience": reader.audience, "language": reader.language, "answers": {}, TALLY: mark}
    session[KEPT_AS] = parts().visits.begin(content)


def current() -> Visit:
    """Return the visit of this browser, read once for each request; `NoVisitError` if there is none."""
    if "visit" not in g:
        secret: str = session.get(KEPT_AS, "")
        g.visit = _opened(secret, parts().visits.find(secret, session.get(TIMES_KEPT, 0)) if secret else None)
    found: Visit = g.visit
    return found


def again() -> Visit:
    """Return the visit of this browser, read anew: in the language that is spoken now."""
    g.pop("visit", None)
    return current()


def present() -> Visit | None:
    """Return the visit of this browser, if there is one and it can be read: help must be shown without a database."""
    if "without_visit" in g:
        return None
    try:
        return current()
    except NoVisitError:
        return None
    except SQLAlchemyError:
        do_without()  # once is waited for the database, and no more
        return None


def begun() -> bool:
    """Say whether this browser has a visit to go on with, as far as is known where it cannot be read."""
    return KEPT_AS in session if "without_visit" in g else present() is not None


def do_without() -> None:
    """Read no visit again in this request: the page that says what went wrong must not go wrong the same way."""
    g.without_visit = True


def forget() -> None:
    """Delete the visit of this browser now, and its cookie."""
    secret = session.get(KEPT_AS)
    if secret:
        parts().visits.forget(secret)
    session.clear()
    g.pop("visit", None)


def _opened(secret: str, found: Found | None) -> Visit:
    if found is None or not is_visit(found.content):
        raise NoVisitError
    content = found.content
    journey = _journey(content)
    if journey is None:
        raise NotAskedError
    earlier = _earlier(content["earlier"]) if content.get("earlier") else None
    changed = _changed(journey, content["answers"])
    return Visit(secret, journey, earlier, content.get("order"), changed, content.get(TALLY), found)


def _with(answers: Mapping[str, Answer | None], content: Content) -> Content:
    raw = {id: list(each) if isinstance(each, tuple) else each for id, each in answers.items()}
    return {**content, "answers": {id: each for id, each in (content["answers"] | raw).items() if each is not None}}


def _journey(content: Content) -> Journey | None:
    """Return the way of what is kept. The same answers, one after another in a request, are read and walked once."""
    edition = parts().editions.get(Reader(content["audience"], parts().first.reader.language))
    if edition is None:
        return None
    raw = content["answers"]
    walked: tuple[Any, Journey] | None = g.get("walked")
    if walked is None or walked[0] != raw or walked[1].edition is not edition:
        answers, _ = read_all(edition, raw)  # without those that a newer questionnaire no longer has
        g.walked = walked = raw, Journey(edition, answers)
    return walked[1]


def _changed(journey: Journey, raw: Mapping[str, Any]) -> Changed | None:
    known = journey.edition.by_id
    refused = raw.keys() - journey.answers.keys()
    if not refused:
        return None
    unread = [id for id in raw if id in refused and id in known and id in journey.known.answers]
    changed = Changed(len(refused - known.keys()), tuple(known[id].short for id in unread))
    return changed if changed.gone or changed.unread else None


def _earlier(content: Content) -> Earlier | None:
    journey = _journey(content)
    if journey is None:
        return None
    known = journey.edition.by_id
    unread = tuple(known[id].short for id in content["answers"] if id in known and id not in journey.answers)
    return Earlier(journey, date.fromisoformat(content["made"]), content["version"], content["gone"], unread)
