"""A file as a FHIR Questionnaire. One of another shape is refused as a whole, with the place of what is wrong."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import ValidationError

from assessment.documents.fhir.importing.shapes import NotImportedError, Shape, Terms

S = TypeVar("S", bound=Shape)

DEEPEST = 100  # levels of objects and lists in each other; a form has some ten
LARGEST = 2_000  # items of a questionnaire; the longest in use have some hundreds
SHOWN = 5

KINDS = {
    "missing": "this is missing",
    "string_type": "this should be text",
    "list_type": "this should be a list",
    "model_type": "this should be an object",
    "model_attributes_type": "this should be an object",
    "bool_type": "this should be true or false",
    "int_type": "this should be a whole number",
    "float_type": "this should be a number",
    "finite_number": "this should be a number",
    "literal_error": "this is none of the words that may stand here",
}


def parsed(data: bytes) -> object:
    """Return what a JSON file holds; NotImportedError if it holds something else."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotImportedError("this file is not UTF-8 text") from None
    if text.lstrip().startswith("<"):
        raise NotImportedError("this is XML: save the questionnaire as JSON")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}, column {problem.colno}"
        raise NotImportedError(f"this is not JSON: {problem.msg}, {where}") from None
    except RecursionError:
        raise NotImportedError(f"this is nested more than {DEEPEST} levels deep") from None
    except ValueError as problem:
        raise NotImportedError(f"this is not JSON: {problem}") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read: dict[str, object] = {}
    for key, value in pairs:
        if key in read:
            raise NotImportedError(f"the key “{key}” is given twice in one object")
        read[key] = value
    return read


def _no_number(word: str) -> None:
    raise NotImportedError(f"“{word}” is no number in JSON")


def questionnaire_in(resource: object) -> tuple[dict[str, Any], list[Terms]]:
    """Return the questionnaire of a resource, or of a bundle with one in it, and the value sets that come with it."""
    if depth(resource) > DEEPEST:
        raise NotImportedError(f"this is nested more than {DEEPEST} levels deep")
    if not isinstance(resource, dict):
        raise NotImportedError("this is not a FHIR resource: it should be an object with a resourceType")
    beside: list[Any] = []
    if resource.get("resourceType") == "Bundle":
        entries = resource.get("entry")
        beside = (
            [each.get("resource") for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []
        )
        found = [each for each in beside if isinstance(each, dict) and each.get("resourceType") == "Questionnaire"]
        if len(found) != 1:
            raise NotImportedError(f"this Bundle holds {len(found)} Questionnaires: one is brought in at a time")
        resource = found[0]
    if resource.get("resourceType") != "Questionnaire":
        raise NotImportedError(
            f"this is not a FHIR Questionnaire: its resourceType is {resource.get('resourceType')!r:.40}"
        )
    contained = resource.get("contained", [])
    every = [*(contained if isinstance(contained, list) else [contained]), *beside]
    kinds = ("ValueSet", "CodeSystem")
    terms = [each for each in every if isinstance(each, dict) and each.get("resourceType") in kinds]
    return resource, [shaped(Terms, each, f"{each.get('resourceType')} {each.get('id')!r:.40}, ") for each in terms]


def depth(tree: object) -> int:
    """Return how many levels of objects and lists stand in each other, as far as it matters."""
    level, now = 0, [tree]
    while now and level <= DEEPEST:
        inside = [each for each in now if isinstance(each, dict | list)]
        now = [value for each in inside for value in (each.values() if isinstance(each, dict) else each)]
        level += bool(inside)
    return level


def shaped(shape: type[S], tree: object, where: str = "") -> S:
    """Return a tree in its shape; NotImportedError with the place of everything that does not fit."""
    try:
        return shape.model_validate(tree)
    except ValidationError as refused:
        said = [f"{where}{_path(each['loc'])}: {KINDS.get(each['type'], each['msg'])}" for each in refused.errors()]
        more = [f"and {len(said) - SHOWN} more"] if len(said) > SHOWN else []
        raise NotImportedError("\n".join([*said[:SHOWN], *more])) from None


def _path(steps: Iterable[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")
