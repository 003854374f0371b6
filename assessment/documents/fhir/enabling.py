"""When an item is shown: `enableWhen` where it says exactly the same, otherwise an expression."""

from collections.abc import Iterable

from assessment.core.conditions import COMPARISONS, AllOf, AnyOf, Chosen, Compared, Condition, Gate
from assessment.core.edition import Edition, Question, inward, parts_of
from assessment.documents.fhir.codings import SDC, Resource, coding, expression, extension, instead_link
from assessment.documents.fhir.expressions import asked_instead, opened

EXPRESSION = f"{SDC}/sdc-questionnaire-enableWhenExpression"


def enabled(edition: Edition, gates: Iterable[Gate]) -> Resource:
    """Return the elements of an item that is shown where all these gates open; none if it always is."""
    real = tuple(gate for gate in gates if gate != Gate())
    if not real:
        return {}
    if len(real) == 1 and real[0].when and not real[0].unless:
        rows = _rows(edition, inward(real[0].when, edition))
        if rows:
            return rows
    return {"extension": [extension(EXPRESSION, valueExpression=expression(opened(edition, real)))]}


def enabled_instead(edition: Edition, question: Question) -> Resource:
    """Return the elements of the item that takes the place of a number: shown as the number is, while there is none."""
    shown = expression(asked_instead(edition, question))
    return {"extension": [extension(EXPRESSION, valueExpression=shown)]}


def _rows(edition: Edition, condition: Condition) -> Resource:
    """Return a condition as enableWhen; nothing if it cannot be said so."""
    kind = AllOf if isinstance(condition, AllOf) else AnyOf
    parts = [_alternatives(edition, part) for part in parts_of(condition, kind)]
    rows = [row for part in parts for row in part]
    together = kind is AllOf and len(rows) == len(parts)
    if not all(parts) or not (together or kind is AnyOf):
        return {}
    return {"enableWhen": rows, **({"enableBehavior": "all" if together else "any"} if len(rows) > 1 else {})}


def _alternatives(edition: Edition, statement: Condition) -> list[Resource]:
    """Return the rows of which any makes a statement hold; none if that cannot be said so.

    Only of a question that is always asked: programs differ in what becomes of an answer when its question is hidden.
    """
    match statement:
        case Chosen(name) | Compared(name) if name not in edition.by_id or opened(edition, edition.by_id[name].gates):
            return []
        case Chosen(name, _, options, every) if not every or len(options) == 1:
            return [_equal(edition, edition.by_id[name], id) for id in options]
        case Compared(name, comparison, number):
            question, holds_at = edition.by_id[name], COMPARISONS[comparison]
            ends = (question.number.min, question.number.max) if question.number else question.point_range
            if all(holds_at(end, number) for end in ends) or number != int(number):
                return []
            if question.number:
                return [{"question": name, "operator": comparison, "answerInteger": int(number)}]
            return [_equal(edition, question, id) for id in question.choices if holds_at(question.points(id), number)]
    return []


def _equal(edition: Edition, question: Question, id: str) -> Resource:
    link = instead_link(question) if question.number else question.id
    return {"question": link, "operator": "=", "answerCoding": coding(edition, question, id)}
