"""YAML files into editions, with every fault found on the way: file, line, column and a hint."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessment.core import conditions, source
from assessment.core import definition as written
from assessment.core.readers import Reader, Readers
from assessment.core.source import Fault, Map, Mark, Sequence, follow, locate, suggestion
from assessment.core.writing import Written

Way = tuple[str | int, ...]  # to something in a tree


@dataclass(frozen=True)
class Told:
    """A questionnaire as one reader is told it, and the marked tree it was read from.

    It is not `whole` if something that could not be read was passed over, so that other faults are found as well.
    """

    reader: Reader
    document: written.Questionnaire
    tree: Map
    whole: bool = True

    def at(self, *path: str | int) -> Mark:
        """Return where something stands in the files."""
        return locate(self.tree, path)

    @cached_property
    def texts(self) -> tuple[tuple[Way, str], ...]:
        """Return everything in the tree that is a text, and the path to it."""
        return tuple(_texts(self.tree, ()))


@dataclass
class Loaded:
    """What was read: the merged tree, and the questionnaire as each reader is told it, as far as it could be read."""

    tree: Map
    readers: Readers
    faults: list[Fault] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @cached_property
    def version(self) -> str:
        """Return the date of the last review and a fingerprint of all that is asked, scored and said."""
        said = {key: value for key, value in self.tree.items() if key != "vignettes"}
        digest = sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()
        return f"{self.tree['service']['reviewed']} {digest[:8]}"


def _texts(tree: Any, way: Way) -> Iterator[tuple[Way, str]]:
    if isinstance(tree, str):
        yield way, tree
    members = tree.items() if isinstance(tree, Map) else enumerate(tree) if isinstance(tree, Sequence) else ()
    for step, member in members:
        yield from _texts(member, (*way, step))


def load(path: Path) -> Loaded:
    """Return a questionnaire read from its file and the files it includes. Never raises for what an author wrote."""
    faults: list[Fault] = []
    tree = _merged(path, faults)
    readers = Readers(_names(tree, "audiences"), _names(tree.get("service"), "languages"))
    loaded = Loaded(tree, readers, faults)
    faults += _unknown_audiences(tree, readers)
    for reader in readers.all():
        worded = readers.worded_for(tree, reader, faults)
        try:
            loaded.told.append(Told(reader, written.Questionnaire.model_validate(worded), worded))
        except ValidationError as refused:
            faults += [_fault(worded, error, readers) for error in refused.errors()]
            rest = _rest(worded, refused.errors())
            loaded.told += [Told(reader, *rest, whole=False)] if rest else []
    if not readers.all() and not faults:
        try:
            written.Questionnaire.model_validate(tree)
        except ValidationError as refused:
            faults += [_fault(tree, error, readers) for error in refused.errors()]
    return loaded


def _rest(tree: Map, errors: list[ErrorDetails]) -> tuple[written.Questionnaire, Map] | None:
    """Return a questionnaire without what cannot be read of it, and its tree; None if the rest makes no sense then."""
    rest = source.copied(tree)
    broken: set[tuple[str, int]] = set()
    for error in errors:
        *path, key = error["loc"]
        node, _ = follow(rest, path)
        if error["type"] == "extra_forbidden" or (error["type"] == "condition" and key != "when"):
            node.pop(key, None)
        elif error["type"] == "condition":
            node["when"] = "always"
        elif error["loc"][0] in NAMED_BY_FEW and len(error["loc"]) > 1:
            broken.add((str(error["loc"][0]), int(error["loc"][1])))
        else:
            return None
    for kind, place in sorted(broken, reverse=True):
        rest[kind].take_out(place)
    try:
        return written.Questionnaire.model_validate(rest), rest
    except ValidationError:
        return None


def _merged(path: Path, faults: list[Fault]) -> Map:
    """Return the main file with its included files' lists and mappings joined to its own."""
    main = _file(path, path.name, faults)
    merged = Map(main.at)
    for key, value in main.items():
        merged.put(key, value, main.keys_at[key], main.values_at[key])
    include = main.get("include")
    already = {path.resolve()}
    for name, at in zip(include, include.values_at, strict=True) if isinstance(include, Sequence) else ():
        if not isinstance(name, str):
            faults.append(Fault(at, "an included file is named by its path"))
        elif not os.path.isfile(path.parent / name):  # noqa: PTH113 - Path.is_file raises where a name is too long
            hint = suggestion(name, (str(p.relative_to(path.parent)) for p in path.parent.glob("**/*.yaml")))
            faults.append(Fault(at, f"there is no file “{name}” beside {path.name}", hint))
        elif (file := (path.parent / name).resolve()) in already:
            faults.append(Fault(at, f"“{name}” is read already", "a file is included once, and never by itself"))
        else:
            already.add(file)
            _join(merged, _file(file, name, faults), faults)
    return merged


def _file(path: Path, name: str, faults: list[Fault]) -> Map:
    tree, found = source.read(path, name)
    faults += found
    if isinstance(tree, Map):
        return tree
    if not found:
        faults.append(Fault(Mark(name), "this file holds no keys", "a file starts with a key such as “guidance:”"))
    return Map(Mark(name))


def _join(merged: Map, included: Map, faults: list[Fault]) -> None:
    for key, value in included.items():
        already = merged.get(key)
        if key == "include":
            hint = f"name its files in {merged.at.file}"
            faults.append(Fault(included.keys_at[key], "only the main file includes others", hint))
        elif key not in merged:
            merged.put(key, value, included.keys_at[key], included.values_at[key])
        elif isinstance(already, Sequence) and isinstance(value, Sequence):
            joined = Sequence(already.at)
            for part in (already, value):
                for member, at in zip(part, part.values_at, strict=True):
                    joined.put(member, at)
            merged.put(key, joined, merged.keys_at[key], merged.values_at[key])
        else:
            first = merged.keys_at[key]
            hint = f"it is also in {first.file} on line {first.line}; only lists are joined"
            faults.append(Fault(included.keys_at[key], f"“{key}” is given in two files", hint))


def _names(tree: Any, key: str) -> tuple[str, ...]:
    names = tree.get(key) if isinstance(tree, Map) else None
    return tuple(names) if isinstance(names, Map) else ()


def _unknown_audiences(tree: Map, readers: Readers) -> list[Fault]:
    """Find what is `for` a reader nobody has declared, or for nobody: no reader would ever be told it."""
    addressed = [
        entry["for"]
        for entries in tree.values()
        for entry in (entries if isinstance(entries, Sequence) else ())
        if isinstance(entry, Map) and isinstance(entry.get("for"), Sequence)
    ]
    return [Fault(each.at, "this is for nobody", "name an audience") for each in addressed if not each] + [
        Fault(at, f"there is no audience “{audience}”", suggestion(str(audience), readers.audiences))
        for each in addressed
        for audience, at in zip(each, each.values_at, strict=True)
        if audience not in readers.audiences
    ]


NAMED_BY_FEW = ("guidance", "services", "vignettes")  # without one of these the others still make sense

NODES = [frozenset(info.alias or name for name, info in node.model_fields.items()) for node in Written.__subclasses__()]

MESSAGES = {
    "missing": "“{key}” is missing",
    "extra_forbidden": "“{key}” is not a key that can stand here",
    "string_type": "this should be text",
    "dict_type": "this should be a mapping (key: value)",
    "string_too_short": "this text is empty",
    "too_short": "this should have at least {min_length}",
    "float_type": "this should be a number",
    "greater_than": "this should be greater than {gt}",
    "tuple_type": "this should be a list (lines that start with “- ”)",
    "model_type": "this should be a mapping (key: value)",
    "model_attributes_type": "this should be a mapping (key: value)",
    "bool_type": "this should be true or false",
    "int_type": "this should be a whole number",
    "string_pattern_mismatch": "an id is made of small letters, digits and underscores, and is not only digits",
}


def _fault(tree: Map, error: ErrorDetails, readers: Readers) -> Fault:
    path = [step for step in error["loc"] if step != "[key]"]
    key = str(path[-1]) if path else ""
    about = {"key": key, **error.get("ctx", {})}
    message = MESSAGES[error["type"]].format(**about) if error["type"] in MESSAGES else error["msg"]
    if error["type"] == "extra_forbidden":
        return Fault(locate(tree, path, key=True), message, _spelling(key, follow(tree, path[:-1])[0], readers))
    if error["type"] == "condition":
        at = locate(tree, path).later(error.get("ctx", {}).get("column", 0))
        return Fault(at, message, conditions.HINT)
    if error["type"] == "literal_error":
        wanted = str(error.get("ctx", {}).get("expected", ""))
        given = str(error["input"])
        hint = suggestion(given, [word.strip("'") for word in wanted.replace(" or ", ", ").split(", ")])
        return Fault(locate(tree, path), f"“{given}” cannot stand here; it is one of {wanted}", hint)
    return Fault(locate(tree, path, key="[key]" in error["loc"]), message)


def _spelling(key: str, node: Any, readers: Readers) -> str:
    """Return a hint at the key that may be meant in a node; which kind of node it is shows in its other keys."""
    beside = frozenset(node) if isinstance(node, Map) else frozenset()
    kind = max(NODES, key=lambda known: (len(known & beside), -len(known)))
    return suggestion(key, readers.wordings(kind)) or suggestion(key, frozenset().union(*NODES))
