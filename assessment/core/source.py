"""YAML files as marked trees: every value remembers its file, line and column.

YAML 1.2 rules for plain words (`no`, `on` and `1:30` stay text), no duplicate keys, no objects but plain ones.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True, order=True)
class Mark:
    """A place in a file. Lines and columns count from 1, as editors do."""

    file: str
    line: int = 1
    column: int = 1
    block: bool = field(default=False, compare=False)

    def later(self, columns: int) -> "Mark":
        """Return the place some columns further on; where a text spans lines, the place where it starts."""
        return self if self.block else Mark(self.file, self.line, self.column + columns)


@dataclass(frozen=True, order=True)
class Fault:
    """Something an author must mend, or as a warning should look at: where, what, and how.

    What is `expired` is a warning where the app starts, so that nobody is left without help, and a failure in CI.
    """

    at: Mark
    message: str
    hint: str = ""
    warning: bool = False
    expired: bool = False

    def within(self, folder: Path) -> "Fault":
        """Return the fault with its file named from where the reader stands, given the questionnaire's folder."""
        inside = folder.resolve() == Path.cwd()
        return self if inside else replace(self, at=replace(self.at, file=str(folder / self.at.file)))

    def __str__(self) -> str:
        kind = "warning: " if self.warning else ""
        hint = f"\n    hint: {self.hint}" if self.hint else ""
        return f"{self.at.file}:{self.at.line}:{self.at.column}: {kind}{self.message}{hint}"


class Faults(Exception):  # noqa: N818 - the name says what is in it
    """A questionnaire that cannot be used, with everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = sorted(set(faults))
        super().__init__("\n".join(map(str, self.faults)))


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, if one is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f"did you mean “{near[0]}”?" if near else ""


class Map(dict[str, Any]):
    """A mapping that knows where each key and each value stands."""

    def __init__(self, at: Mark) -> None:
        super().__init__()
        self.at = at
        self.keys_at: dict[str, Mark] = {}
        self.values_at: dict[str, Mark] = {}

    def put(self, key: str, value: Any, key_at: Mark, value_at: Mark) -> None:
        """Set a value and where it stands."""
        self[key] = value
        self.keys_at[key] = key_at
        self.values_at[key] = value_at


class Sequence(list[Any]):
    """A list that knows where each member stands."""

    def __init__(self, at: Mark) -> None:
        super().__init__()
        self.at = at
        self.values_at: list[Mark] = []

    def put(self, value: Any, value_at: Mark) -> None:
        """Add a member and where it stands."""
        self.append(value)
        self.values_at.append(value_at)

    def take_out(self, place: int) -> None:
        """Remove a member and where it stands."""
        del self[place], self.values_at[place]


def copied(tree: Any) -> Any:
    """Return a tree of its own, with every key and value where it stood."""
    if isinstance(tree, Map):
        mapping = Map(tree.at)
        for key, value in tree.items():
            mapping.put(key, copied(value), tree.keys_at[key], tree.values_at[key])
        return mapping
    if isinstance(tree, Sequence):
        members = Sequence(tree.at)
        for value, at in zip(tree, tree.values_at, strict=True):
            members.put(copied(value), at)
        return members
    return tree


DEEPEST = 100  # levels of nesting; the C parser itself would follow any number of them until it crashes
MOST = 100_000  # values of a file with its aliases written out: a few short lines can stand for billions


class _TooDeepError(Exception):
    """A file that is nested beyond reason."""


class _Loader(yaml.CSafeLoader):
    """The C parser with YAML 1.2 plain scalars, which is told of every value on the way down and up."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way of declaring them
    inside = -1  # so many mappings and lists

    def descend_resolver(self, _parent: object, _place: object) -> None:
        self.inside += 1
        if self.inside > DEEPEST:
            raise _TooDeepError

    def ascend_resolver(self) -> None:
        self.inside -= 1


for _tag, _pattern, _first in (
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", "tf"),
    ("tag:yaml.org,2002:null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("tag:yaml.org,2002:int", r"^[-+]?(?:0|[1-9][0-9]{0,17})$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?[0-9]+\.[0-9]+$", "-+0123456789"),
):
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list(_first))

_READ: dict[str, Callable[[str], Any]] = {
    "tag:yaml.org,2002:bool": lambda text: text == "true",
    "tag:yaml.org,2002:null": lambda _text: None,
    "tag:yaml.org,2002:int": int,
    "tag:yaml.org,2002:float": float,
    "tag:yaml.org,2002:str": str,
}


class _TooMuchError(Exception):
    """A file that grows beyond reason once its aliases are written out."""


@dataclass
class _Reading:
    """A file that is being read: how faults call it, what is wrong with it, and how many more values it may have."""

    name: str
    faults: list[Fault] = field(default_factory=list)
    left: int = MOST

    def fault(self, node: yaml.Node, message: str, hint: str) -> None:
        """Add a fault where a value stands."""
        self.faults.append(Fault(_mark(node, self.name), message, hint))


def read(path: Path, name: str) -> tuple[Any, list[Fault]]:
    """Return a file as a marked tree, and what is wrong with it; `name` is how faults call the file."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as problem:
        return None, [Fault(Mark(name), f"this file cannot be read: {problem.strerror}")]
    except UnicodeDecodeError:
        return None, [Fault(Mark(name), "this file is not UTF-8 text", "save it again as UTF-8")]
    reading = _Reading(name)
    try:
        node = yaml.compose(text, _Loader)
        return (_plain(node, reading, ()) if node else None), reading.faults
    except _TooDeepError:
        return None, [Fault(Mark(name), f"this file is nested more than {DEEPEST} levels deep")]
    except _TooMuchError:
        return None, [Fault(Mark(name), "this file grows beyond reason by its aliases (*)", "write them out")]
    except yaml.YAMLError as problem:
        return None, [_broken(name, problem)]


def _broken(name: str, problem: yaml.YAMLError) -> Fault:
    mark = getattr(problem, "problem_mark", None)
    at = Mark(name, mark.line + 1, mark.column + 1) if mark else Mark(name)
    said = getattr(problem, "problem", None) or getattr(problem, "reason", None) or str(problem)
    return Fault(at, f"this is not YAML: {said}", "look for a missing colon, quote or space near here")


def _plain(node: yaml.Node, reading: _Reading, inside: tuple[yaml.Node, ...]) -> Any:
    reading.left -= 1
    if node in inside:
        reading.fault(node, "this part contains itself", "write it out instead of using an alias (*)")
        return None
    if reading.left < 0 or len(inside) > DEEPEST:
        raise _TooMuchError
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, reading, (*inside, node))
    if isinstance(node, yaml.SequenceNode):
        sequence = Sequence(_mark(node, reading.name))
        for member in node.value:
            sequence.put(_plain(member, reading, (*inside, node)), _mark(member, reading.name))
        return sequence
    read_as = _READ.get(node.tag)
    if read_as is None:
        reading.fault(node, f"the tag {node.tag} is not understood", "leave it out")
        return None
    try:
        return read_as(node.value)
    except ValueError:
        reading.fault(node, f"“{node.value}” is not what its tag says", "leave the tag out")
        return None


def _mapping(node: yaml.MappingNode, reading: _Reading, inside: tuple[yaml.Node, ...]) -> Map:
    mapping = Map(_mark(node, reading.name))
    for key_node, value_node in node.value:
        key = _plain(key_node, reading, inside)
        if not isinstance(key, str):
            reading.fault(key_node, f"the key {key!r} is not a word", f'put it in quotes: "{key}"')
            key = str(key)
        if key in mapping:
            first = mapping.keys_at[key].line
            reading.fault(key_node, f"“{key}” is given twice", f"it was first given on line {first}")
        value = _plain(value_node, reading, inside)
        mapping.put(key, value, _mark(key_node, reading.name), _mark(value_node, reading.name))
    return mapping


def _mark(node: yaml.Node, name: str) -> Mark:
    start, end = node.start_mark, node.end_mark
    quoted = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')
    return Mark(name, start.line + 1, start.column + (2 if quoted else 1), block=end.line > start.line)


def locate(tree: Any, path: Iterable[str | int], *, key: bool = False) -> Mark:
    """Return where a path leads in a marked tree: as far as it goes, to the last key itself if `key`."""
    return follow(tree, path, key=key)[1]


def follow(tree: Any, path: Iterable[str | int], *, key: bool = False) -> tuple[Any, Mark]:
    """Return what a path leads to in a marked tree, and where that stands."""
    at: Mark = tree.at
    for step in path:
        if isinstance(tree, Map) and isinstance(step, str) and step in tree:
            at = tree.keys_at[step] if key else tree.values_at[step]
            tree = tree[step]
        elif isinstance(tree, Sequence) and isinstance(step, int) and step < len(tree):
            at = tree.values_at[step]
            tree = tree[step]
    return tree, at
