"""Faults in what can be answered: answers that cannot be told apart, or that the engine has a use for."""

from collections.abc import Iterator

from assessment.core import definition as written
from assessment.core.answers import DECLINED
from assessment.core.conditions import NOT_SURE
from assessment.core.loading import Told
from assessment.core.references import Path
from assessment.core.source import Fault, suggestion
from assessment.core.writing import DOORS

Options = dict[str, written.Option]


def answers_that_stand_apart(told: Told) -> Iterator[Fault]:
    """No two answers read the same or count the same, and none takes an id that is kept for the engine."""
    for path, options in _every(told.document):
        words: set[str] = set()
        points: dict[int, str] = {}
        for id, option in options.items():
            at = told.at(*path, "options", id)
            if id in (DECLINED, NOT_SURE):
                hint = "every question can be declined; for the other write “not_sure: true”"
                yield Fault(at, f"the option id “{id}” is kept for the engine", hint)
            if option.text.casefold() in words:
                yield Fault(at, f"two answers read “{option.text}”")
            words.add(option.text.casefold())
            if option.points in points:
                hint = "then an answer cannot be given by its points"
                yield Fault(at, f"“{points[option.points]}” and “{id}” both count {option.points}", hint, warning=True)
            if option.points is not None:
                points[option.points] = id


def answers_that_fit(told: Told) -> Iterator[Fault]:
    """“alone” needs company, several can be none, and only an instrument's answers count points."""
    for s, section in enumerate(told.document.sections):
        for q, entry in enumerate(section.questions):
            if isinstance(entry, written.Placed):
                continue
            path = ("sections", s, "questions", q)
            for id, option in (entry.options or {}).items():
                at = told.at(*path, "options", id)
                if option.alone and entry.choose == "one":
                    hint = "add “choose: several”, or leave “alone” out"
                    yield Fault(at, "only one answer can be chosen here anyway", hint)
                if option.points is not None:
                    yield Fault(at, "only the answers of an instrument count points", "leave “points” out")
            if entry.choose == "several" and not any(option.alone for option in (entry.options or {}).values()):
                hint = "add an option such as “none: {text: None of these, alone: true}”"
                yield Fault(told.at(*path), f"“{entry.id}” cannot be answered with none", hint, warning=True)


def answers_that_direct(told: Told) -> Iterator[Fault]:
    """One nation and one age can be chosen, and the doors that can be chosen are there."""
    directory = told.document.service.directory
    someone = told.document.audiences[told.reader.audience].someone_else
    one = {id for place in (directory, someone) if place for id in (place.nation, place.age)}
    for s, section in enumerate(told.document.sections):
        for q, entry in enumerate(section.questions):
            if isinstance(entry, written.Placed):
                continue
            path = ("sections", s, "questions", q)
            if entry.id in one and entry.choose == "several":
                yield Fault(told.at(*path, "choose"), f"only one “{entry.id}” decides which services are shown")
            others = [id for id, option in (entry.options or {}).items() if id not in DOORS and not option.alone]
            allowed = entry.choose == "one"  # one answer of its own: that no door is wanted
            for id in others if entry.id in directory.door and len(others) > allowed else ():
                yield Fault(told.at(*path, "options", id), f"there is no door “{id}”", suggestion(id, DOORS))


def _every(document: written.Questionnaire) -> Iterator[tuple[Path, Options]]:
    """Yield every set of options, and the path to what has them."""
    for s, section in enumerate(document.sections):
        for q, entry in enumerate(section.questions):
            if isinstance(entry, written.Question) and entry.options:
                yield ("sections", s, "questions", q), entry.options
    for i, instrument in enumerate(document.instruments):
        yield ("instruments", i), instrument.options or {}
        for n, item in enumerate(instrument.items):
            yield ("instruments", i, "items", n), item.options or {}
