"""Conditions that can never hold or never fail, things that can never come up, and reassurance where it must not be.

Where a search for a person would take too long, no fault is found.
"""

from collections.abc import Callable, Iterator
from functools import cache

from assessment.core import definition as written
from assessment.core.conditions import AllOf, Always, AnyOf, Chosen, Compared, Condition, Flagged, Gate, Not
from assessment.core.edition import Edition, inward, parts_of
from assessment.core.loading import Told
from assessment.core.references import Path, conditions
from assessment.core.search import Search
from assessment.core.source import Fault


def unreachable(told: Told, edition: Edition) -> Iterator[Fault]:
    """Every condition can hold and can fail, and whatever stands behind several of them can come up."""

    @cache  # much is read in more than one place
    def found(condition: Condition, *unless: Condition) -> bool:
        return Search(edition, condition, unless).finds()

    for path, condition in conditions(told.document):
        if isinstance(condition, Always):
            continue
        if not found(condition):
            yield Fault(told.at(*path), "this can never hold", "it contradicts itself, or what is asked before it")
        elif not found(Not(condition)):
            yield Fault(told.at(*path), "this always holds", "leave it out, or write “always”")
        else:
            yield from (Fault(told.at(*path), message, hint) for message, hint in _idle(condition, found))
    for path, what, gates in _gated(told.document, edition):
        whens = tuple(gate.when for gate in gates if gate.when is not None)
        unless = tuple(gate.unless for gate in gates if gate.unless is not None)
        if not found(AllOf(whens), *unless):
            yield Fault(told.at(*path), f"{what} can never come up", "look at its “when” and “unless” together")


def _idle(condition: Condition, found: Callable[[Condition], bool]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the parts of a condition that make no difference to it, and a hint."""
    match condition:
        case Not(inner):
            yield from _idle(inner, found)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                if isinstance(condition, AnyOf) and not found(part):
                    yield f"in this, {_named(part)} can never hold", "leave it out, or mend it"
                elif isinstance(condition, AllOf) and not found(Not(part)):
                    yield f"in this, {_named(part)} always holds", "leave it out, or mend it"
                else:
                    yield from _idle(part, found)


def _named(part: Condition) -> str:
    match part:
        case Compared(name, comparison, number):
            return f"“{name} {comparison} {number:g}”"
        case Chosen(name, verb, options):
            return f"“{name} {verb} {', '.join(options)}”"
    first = next(part.parts())
    return f"the part that starts with “{getattr(first, 'name', None) or getattr(first, 'flag', 'always')}”"


def false_reassurance(told: Told, edition: Edition) -> Iterator[Fault]:
    """Nobody with a warning sign is reassured."""
    for n, guidance in enumerate(told.document.guidance):
        unless = () if guidance.unless is None else (guidance.unless,)
        named = {part.flag for each in unless for part in parts_of(each, AnyOf) if isinstance(part, Flagged)}
        for flag in edition.flags.values() if guidance.tone == "reassuring" else ():
            signs = parts_of(inward(flag.when, edition), AnyOf) if flag.warning and flag.id not in named else ()
            if any(Search(edition, AllOf((guidance.when, sign)), unless).surely_finds() for sign in signs):
                message = f"the guidance “{guidance.id}” reassures people with the warning sign “{flag.id}”"
                yield Fault(told.at("guidance", n), message, f"add “unless: flag {flag.id}”")


def _gated(document: written.Questionnaire, edition: Edition) -> Iterator[tuple[Path, str, list[Gate]]]:
    """Yield whatever has both a `when` and an `unless`, with the gates it stands behind."""
    for s, section in enumerate(document.sections):
        for q, entry in enumerate(section.questions):
            if entry.when is not None and entry.unless is not None:
                yield ("sections", s, "questions", q), "this question", [Gate(entry.when, entry.unless)]
    for n, interrupt in enumerate(document.interrupts):
        gates = [Gate(interrupt.when, interrupt.unless), *edition.by_id[interrupt.after].gates]
        yield ("interrupts", n), f"the interrupt “{interrupt.id}”", gates
    for n, guidance in enumerate(document.guidance):
        if guidance.unless is not None:
            yield ("guidance", n), f"the guidance “{guidance.id}”", [Gate(guidance.when, guidance.unless)]
