"""The steps a person meets, in order: computed from the answers alone, never stored.

The walk gathers what is known as it goes. Only answers on the way count: an answer left behind on a branch that is no
longer taken is in no score, no guidance and no document.
"""

from dataclasses import dataclass, field
from functools import cached_property

from assessment.core import definition as written
from assessment.core.answers import Answer, Answers, is_known
from assessment.core.conditions import NOT_SURE, Gate
from assessment.core.edition import Edition, Question
from assessment.core.scoring import Score, score
from assessment.core.writing import Whose

Step = Question | written.Interrupt


@dataclass
class Known:
    """What is known of a person on the way so far: the facts that conditions are held against.

    Grows with every question of the walk, and no more after it: each score and flag is then worked out once.
    """

    edition: Edition
    answers: dict[str, Answer | None] = field(default_factory=dict)
    _chosen: dict[str, frozenset[str] | None] = field(init=False, repr=False)
    _scores: dict[str, Score | None] = field(default_factory=dict, init=False, repr=False)
    _flags: dict[str, bool | None] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        self._chosen = {question: _chosen(answer) for question, answer in self.answers.items()}

    def learn(self, question: str, answer: Answer | None) -> None:
        """Put a question on the way, with its answer. What was worked out before may not hold any more."""
        self.answers[question] = answer
        self._chosen[question] = _chosen(answer)
        self._scores.clear()
        self._flags.clear()

    def chosen(self, question: str) -> frozenset[str] | None:
        """Return the ids of the chosen options, none for a number; None if not known."""
        return self._chosen.get(question)

    def one(self, question: str) -> str | None:
        """Return the id of the one option that was chosen; None if not known, which "I'm not sure" is not either."""
        chosen = (self.chosen(question) or frozenset()) - {NOT_SURE}
        return next(iter(chosen), None)

    def span(self, name: str) -> tuple[float, float] | None:
        """Return the least and most a score, an item or a number can be; None if not asked."""
        if name in self.edition.instruments:
            found = self.score(name)
            return found.span if found else None
        question = self.edition.by_id.get(name)
        if question is None or name not in self.answers:
            return None
        answer = self.answers[name]
        if question.number:
            return (answer, answer) if isinstance(answer, int) else (question.number.min, question.number.max)
        points = self.points(question)
        return question.point_range if points is None else (points, points)

    def is_answered(self, question: str) -> bool:
        """Say whether an answer was given."""
        return self._chosen.get(question) is not None

    def flag(self, flag: str) -> bool | None:
        """Return whether a flag holds; None if not known."""
        if flag not in self._flags:
            self._flags[flag] = self.edition.flags[flag].when.holds(self)
        return self._flags[flag]

    def score(self, instrument: str) -> Score | None:
        """Return an instrument's score; None if none of its items is on the way."""
        if instrument not in self._scores:
            self._scores[instrument] = self._score(instrument)
        return self._scores[instrument]

    def _score(self, instrument: str) -> Score | None:
        items = self.edition.instruments[instrument]
        if not any(item.id in self.answers for item in items):
            return None
        points = {item.id: point for item in items if (point := self.points(item)) is not None}
        definition = items[0].instrument
        assert definition is not None  # noqa: S101 - items are made from an instrument
        banded = Gate(unless=definition.bands_unless).opens(self)
        caution = definition.caution.text if definition.caution and definition.caution.when.holds(self) else None
        return score(definition, items, points, banded=banded, caution=caution)

    def points(self, item: Question) -> float | None:
        """Return what an item counts; None if it is not answered."""
        answer = self.answers.get(item.id)
        if isinstance(answer, tuple) and is_known(answer):
            return item.counts[answer[0]]
        skipped = item.item.skipped_points if item.item else None
        if skipped is not None and item.id not in self.answers and not item.gates[-1].opens(self):
            return skipped
        return None


class Journey:
    """A person's way through an edition, given their answers. It is walked when it is first looked at."""

    def __init__(self, edition: Edition, answers: Answers) -> None:
        self.edition = edition
        self.answers = answers

    @cached_property
    def known(self) -> Known:
        """Return what is known of the person at the end of the way."""
        return self._walked[0]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Return the questions and interrupts on the way, in order."""
        return self._walked[1]

    @cached_property
    def _walked(self) -> tuple[Known, tuple[Step, ...]]:
        steps: list[Step] = []
        known, answers = Known(self.edition), self.answers
        for gate, stops in self.edition.way:
            if not gate.opens(known):
                continue
            for question, gates, interrupts in stops:
                if gates and not all(each.opens(known) for each in gates):
                    continue
                known.learn(question.id, answers.get(question.id))
                if question.section.afterwards:
                    continue
                steps.append(question)
                if interrupts:
                    steps += [each for called, each in interrupts if called.opens(known)]
        return known, tuple(steps)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions on the way."""
        return tuple(step for step in self.steps if isinstance(step, Question))

    @cached_property
    def met(self) -> tuple[written.Interrupt, ...]:
        """Return the interrupts on the way."""
        return tuple(step for step in self.steps if isinstance(step, written.Interrupt))

    @cached_property
    def afterwards(self) -> tuple[Question, ...]:
        """Return the questions that are asked on the outcome page."""
        return tuple(
            each for each in self.edition.questions if each.section.afterwards and each.id in self.known.answers
        )

    @cached_property
    def skipped(self) -> tuple[Question, ...]:
        """Return the questions that are not on the way."""
        return tuple(each for each in self.edition.questions if each.id not in self.known.answers)

    @cached_property
    def left_behind(self) -> tuple[Question, ...]:
        """Return the questions that have an answer and are not on the way: what was said there counts nowhere."""
        return tuple(each for each in self.skipped if each.id in self.answers)

    def nation(self, whose: Whose = "reader") -> str | None:
        """Return the nation that the reader, or the absent person, is in; None if not known."""
        place = self.edition.place(whose)
        return self.known.one(place.nation) if place else None

    @cached_property
    def first_open(self) -> Question | None:
        """Return the first question on the way that has no answer, not even "I'd rather not say"; None at the end.

        Whoever keys in somebody's answers may leave anything blank: to them no question is open.
        """
        if self.edition.keyed:
            return None
        return next((question for question in self.questions if question.id not in self.answers), None)

    def page(self, section: written.Section) -> tuple[Question, ...]:
        """Return the questions of a section that stand together on its page.

        A question that rests on another of the page stands there too, whatever the other's answer is so far.
        """
        here = [each for each in self.edition.questions if each.section == section]
        ids = {each.id for each in here}
        before = Known(self.edition, {id: each for id, each in self.known.answers.items() if id not in ids})
        page: list[Question] = []
        for question in here:
            names = {name for each in page for name in (each.id, each.instrument.id if each.instrument else each.id)}
            if all(
                gate.opens(before) or (not gate.is_shut(before) and not names.isdisjoint(self.edition.reads(gate)))
                for gate in question.gates
            ):
                page.append(question)
        return tuple(page)

    @cached_property
    def unanswered(self) -> tuple[str, ...]:
        """Return the ids of the questions on the way that were declined or not answered."""
        return tuple(question.id for question in self.questions if not is_known(self.known.answers[question.id]))

    def question(self, id: str) -> Question | None:
        """Return a question that may be met now: on the way, and not beyond the first open one.

        Only what comes before a question decides it: its own answer does not.
        """
        for question in self.questions:
            if question.id == id:
                return question
            if question is self.first_open:
                return None
        return None

    def after(self, step: Step) -> Step | None:
        """Return the step that follows; None at the end."""
        place = self.steps.index(step) + 1
        return self.steps[place] if place < len(self.steps) else None

    def before(self, step: Step) -> Question | None:
        """Return the question that comes before a step; None at the start."""
        earlier = self.steps[: self.steps.index(step)]
        return next((question for question in reversed(earlier) if isinstance(question, Question)), None)

    def scores(self) -> tuple[Score, ...]:
        """Return the scores of the instruments on the way, in the order in which they are asked."""
        found = (self.known.score(id) for id in self.edition.instruments)
        asked = [each for each in found if each is not None]
        first = {id: self.edition.numbers[items[0].id] for id, items in self.edition.instruments.items()}
        return tuple(sorted(asked, key=lambda each: first[each.instrument.id]))


def _chosen(answer: Answer | None) -> frozenset[str] | None:
    if isinstance(answer, int):
        return frozenset()
    return frozenset(answer) if answer is not None and is_known(answer) else None
