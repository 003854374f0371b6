"""Everything that follows from a person's answers, each thing with its reasons.

Screen, PDF, GP sheet, JSON and FHIR are renderings of one `Outcome`: they cannot disagree.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessment.core import definition as written
from assessment.core.answers import Answer
from assessment.core.conditions import NOT_SURE, Answered, Chosen, Compared, Condition, Flagged, Not
from assessment.core.directory import Service
from assessment.core.edition import Edition, Question
from assessment.core.journey import Journey, Known
from assessment.core.scoring import Score
from assessment.core.writing import DOORS, PLACES, URGENCIES, Door, Place, Whose


@dataclass(frozen=True)
class Advice:
    """A guidance entry that is shown to this person, and the answers that caused it, in words."""

    guidance: written.Guidance
    because: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What a person's answers come to, in the words of an edition."""

    edition: Edition
    scores: tuple[Score, ...]
    signs: tuple[tuple[written.Flag, tuple[str, ...]], ...]
    met: tuple[written.Interrupt, ...]
    advice: tuple[Advice, ...]
    services: tuple[Service, ...]
    their_services: tuple[Service, ...]
    unanswered: tuple[str, ...]
    nation: str | None
    their_nation: str | None
    wanted: frozenset[str]
    unsettled: bool
    answers: tuple[tuple[Question, Answer | None], ...]

    @cached_property
    def flags(self) -> tuple[written.Flag, ...]:
        """Return the flags that hold; `signs` has the answers that make each hold, in words."""
        return tuple(flag for flag, _ in self.signs)

    @cached_property
    def urgent(self) -> tuple[Advice, ...]:
        """Return what comes before everything else."""
        return (*self.at("crisis"), *self.at("body"))

    def at(self, place: Place) -> tuple[Advice, ...]:
        """Return the advice that stands in one place, most urgent first."""
        return tuple(advice for advice in self.advice if advice.guidance.place == place)

    @cached_property
    def doors(self) -> tuple[tuple[Door, tuple[Advice, ...]], ...]:
        """Return the four doors, each with what stands behind it: those the person would use come first."""
        behind = self.at("doors")
        order = sorted(DOORS, key=lambda door: door not in self.wanted)
        return tuple((door, tuple(each for each in behind if each.guidance.door == door)) for door in order)

    @cached_property
    def warned(self) -> bool:
        """Say whether a warning sign holds."""
        return any(flag.warning for flag in self.flags)

    def named(self, score: Score) -> written.Band | None:
        """Return the band that may be named: the only one, where no answer and no warning sign matters more."""
        return score.bands[0] if len(score.bands) == 1 and not score.caution and not self.overruled(score) else None

    def overruled(self, score: Score) -> bool:
        """Say whether a warning sign, or one that was left open, forbids saying what a score's band means."""
        calm = len(score.bands) == 1 and score.bands[0].calm
        return calm and (self.warned or self.unsettled or not score.complete)


def assess(journey: Journey) -> Outcome:
    """Return everything that follows from a journey as it stands, finished or not."""
    edition, known = journey.edition, journey.known
    doors = edition.about.directory.door
    advice = tuple(sorted(_advice(journey), key=_rank))
    named: list[written.Interrupt | written.Guidance] = [*journey.met, *(each.guidance for each in advice)]
    return Outcome(
        edition=edition,
        scores=journey.scores(),
        signs=tuple(_signs(journey)),
        met=journey.met,
        advice=advice,
        services=named_services(journey, named, "reader"),
        their_services=named_services(journey, named, "someone_else"),
        unanswered=journey.unanswered,
        nation=journey.nation(),
        their_nation=journey.nation("someone_else"),
        unsettled=any(_is_open(flag, journey) for flag in edition.flags.values()),
        wanted=next(filter(None, ((known.chosen(id) or frozenset()) & {*DOORS} for id in doors)), frozenset()),
        answers=tuple((question, known.answers[question.id]) for question in journey.questions),
    )


def named_services(
    journey: Journey, named: Iterable[written.Interrupt | written.Guidance], whose: Whose
) -> tuple[Service, ...]:
    """Return the services for the topics that pages and advice name, as far as they are to help this person."""
    return services(journey, [topic for each in named if each.helps == whose for topic in each.topics], whose)


def services(journey: Journey, topics: Iterable[str], whose: Whose = "reader") -> tuple[Service, ...]:
    """Return the services for these topics that may be published and can help the reader, or the absent person.

    Free ones come first. A nation or age that is not known excludes nothing: each service says whom it is for.
    """
    order = list(dict.fromkeys(topics))
    if not order:
        return ()
    edition, wanted = journey.edition, frozenset(order)
    place = edition.place(whose)
    nation = journey.nation(whose)
    age = journey.known.one(place.age) if place else None

    def fits(service: Service) -> bool:
        return (
            not wanted.isdisjoint(service.topics)
            and service.publish
            and edition.reader.audience in service.for_
            and (nation is None or nation in service.nations)
            and (age is None or not service.ages or age in service.ages)
        )

    def rank(service: Service) -> tuple[bool, int]:
        return service.fee_paying, min(order.index(topic) for topic in service.topics if topic in order)

    return tuple(sorted(filter(fits, edition.document.services), key=rank))


def plain(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as plain values, for JSON."""
    return {
        "scores": {
            each.instrument.id: {
                "total": _whole(each.total),
                "low": _whole(each.low),
                "high": _whole(each.high),
                "bands": [band.id for band in each.bands],
                "complete": each.complete,
            }
            for each in outcome.scores
        },
        "flags": [flag.id for flag in outcome.flags],
        "meets": [interrupt.id for interrupt in outcome.met],
        "guidance": [
            {
                "id": each.guidance.id,
                "urgency": each.guidance.urgency,
                "door": each.guidance.door,
                "because": list(each.because),
            }
            for each in outcome.advice
        ],
        "services": [service.id for service in outcome.services],
        "their_services": [service.id for service in outcome.their_services],
        "unanswered": list(outcome.unanswered),
    }


def reasons(condition: Condition, known: Known) -> Iterator[str]:
    """Yield the answers that make a condition hold, in words, as they follow "You told us: "."""
    for part in condition.because(known):
        if isinstance(part, Flagged):
            flag = known.edition.flags[part.flag]
            yield from list(reasons(flag.when, known)) or [flag.words]
        elif isinstance(part, Chosen):
            question = known.edition.by_id[part.name]
            chosen = known.chosen(part.name) or frozenset()
            yield from (_said(question, id) for id in part.options if id in chosen)
        elif isinstance(part, Compared):
            yield from _measured(part.name, known)
        elif isinstance(part, Not) and isinstance(part.condition, Answered) and part.condition.name in known.answers:
            yield f"{known.edition.by_id[part.condition.name].short}: not answered"


def _signs(journey: Journey) -> Iterator[tuple[written.Flag, tuple[str, ...]]]:
    known = journey.known
    for flag in journey.edition.flags.values():
        if known.flag(flag.id):
            yield flag, tuple(dict.fromkeys(reasons(flag.when, known)))


def _advice(journey: Journey) -> Iterator[Advice]:
    for gate, guidance in journey.edition.guidance:
        if gate.opens(journey.known):
            yield Advice(guidance, tuple(dict.fromkeys(reasons(guidance.when, journey.known))))


def _is_open(flag: written.Flag, journey: Journey) -> bool:
    """Say whether a warning sign is not known because a question about it was left open or answered "I'm not sure".

    What is asked on the outcome page is never missed.
    """
    known, instruments = journey.known, journey.edition.instruments
    items = [item.id for read in journey.edition.reads(flag.when) for item in instruments.get(read, ())]
    late = {question.id for question in journey.afterwards}
    left = (read for read in (*journey.edition.reads(flag.when), *items) if read in known.answers and read not in late)
    unclear = (NOT_SURE,)
    return (
        flag.warning
        and known.flag(flag.id) is None
        and any(not known.is_answered(read) or known.answers[read] == unclear for read in left)
    )


def _rank(advice: Advice) -> tuple[int, int]:
    return PLACES.index(advice.guidance.place), URGENCIES.index(advice.guidance.urgency)


def _said(question: Question, id: str) -> str:
    if id == NOT_SURE:
        return f"{question.short}: {question.not_sure}"
    choice = question.choices[id]
    return choice.short or f"{question.short}: {choice.text}"


def _measured(name: str, known: Known) -> Iterator[str]:
    found = known.score(name) if name in known.edition.instruments else None
    if found:
        between = f"between {_whole(found.low)} and {_whole(found.high)}"
        number = between if found.total is None else str(_whole(found.total))
        yield f"{_in_a_sentence(found.instrument.measure)}: {number} out of {_whole(found.most)}"
    answer = known.answers.get(name)
    question = known.edition.by_id.get(name)
    if question and isinstance(answer, int):
        yield f"{question.short}: {answer}"
    elif question and isinstance(answer, tuple):
        yield from (_said(question, id) for id in answer if id in question.choices)


def _in_a_sentence(title: str) -> str:
    """Return a title without its capital, unless it is an abbreviation."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _whole(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number
