"""Many people in one file, read one at a time and forgotten: a table (CSV), or a line of JSON for each.

Each comes with the number of the line on which it starts, as a tree like the file of one person, or, where it cannot be
read, as a sentence that says why. Nothing is held but the line that is being read.
"""

import csv
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import IO, Any, Final

import click

from assessment.core.source import suggestion

Tree = dict[str, Any]
Read = Iterator[tuple[int, Tree | str]]

OWN: Final = ("id", "audience", "language")
LONGEST: Final = 1 << 20  # bytes of a line: no person's answers come near it
TOO_LONG: Final = "\0\n"  # stands for a longer line: what is cut short must never look like a whole one
WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
NOT_CSV: Final = {
    "field larger": "a cell is far too long, or a quotation mark is opened and never closed",
    "unexpected end": "a quotation mark is opened and never closed",
    "expected after": "a quotation mark stands inside a cell: write it twice",
    "new-line": "a line ends in a way that is not understood: save the file again with ordinary ends of lines",
}


def text_lines(stream: IO[bytes], passed: Callable[[int], object]) -> Iterator[str]:
    """Yield the lines of a file, a mark at its start left out; `passed` hears how many bytes each has.

    Bytes that are not UTF-8 come as lone surrogates, which no reader here takes for text.
    """
    while line := stream.readline(LONGEST):
        size = len(line)
        cut = size == LONGEST and not line.endswith(b"\n")
        while cut and line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST)
            size += len(line)
        passed(size)
        yield TOO_LONG if cut else line.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def of_table(lines: Iterable[str], questions: Collection[str]) -> Read:
    """Return the people of a table, whose header may name `id`, `audience`, `language` and these questions.

    `ClickException` with everything that is wrong with the header: it is read at once, the people as they are wanted.
    """
    rows = _rows(lines)
    line, header = next(rows, (1, "there is nothing in this file: its first line names the columns"))
    columns = header if isinstance(header, str) else [name.strip() for name in header]
    faults = [columns] if isinstance(columns, str) else list(_faults_of(columns, questions))
    if faults:
        raise click.ClickException("\n".join(f"line {line}: {fault}" for fault in faults))
    return ((line, cells if isinstance(cells, str) else _tree(list(columns), cells)) for line, cells in rows)


def of_json(lines: Iterable[str]) -> Read:
    """Yield the people of a file that has an object on each line."""
    for line, text in enumerate(lines, 1):
        if text.strip():
            yield line, _unreadable(text) or _parsed(text.rstrip())


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the rows of a table; a row with line ends in its cells is known by its first line."""
    reader = csv.reader(lines, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            words = next((words for part, words in NOT_CSV.items() if part in str(problem)), str(problem))
            yield line, words if reader.line_num == line else f"{words} (lines {line} to {reader.line_num})"
        else:
            if cells:
                yield line, _unreadable("".join(cells)) or cells


def _unreadable(text: str) -> str:
    """Return why something is not text; nothing if it is."""
    if any("\udc80" <= each <= "\udcff" for each in text):
        return "it is not UTF-8 text: save the file again as UTF-8"
    return "there is a NUL byte in it, or it is longer than a million bytes" if "\0" in text else ""


def _faults_of(columns: list[str], questions: Collection[str]) -> Iterator[str]:
    if any(sign in name for name in columns for sign in ";\t"):
        yield "the columns are divided by “;” or by tabs: save the file again with commas"
        return
    for place, name in enumerate(columns, 1):
        if not name:
            yield f"column {place} has no name"
        elif name in columns[: place - 1]:
            yield f"the column “{name}” stands there twice"
        elif name not in OWN and name not in questions:
            hint = suggestion(name, [*OWN, *questions])
            yield f"“{name}” is not {', '.join(OWN)} or a question. {hint}".rstrip()


def _tree(columns: list[str], cells: list[str]) -> Tree | str:
    """Return a row as a tree: an empty cell is no answer."""
    if len(cells) != len(columns):
        return f"{len(cells)} cells stand under {len(columns)} columns"
    filled = {column: cell.strip() for column, cell in zip(columns, cells, strict=True) if cell.strip()}
    own = {column: cell for column, cell in filled.items() if column in OWN}
    return {**own, "answers": {column: _raw(cell) for column, cell in filled.items() if column not in OWN}}


def _raw(cell: str) -> str | int | list[str]:
    """Return a cell as what the judge of answers takes: a whole number, an option's id, or several divided by “;”."""
    if WHOLE.fullmatch(cell):
        return int(cell)
    chosen = [each.strip() for each in cell.split(";")]
    return chosen if len(chosen) > 1 else cell


def _parsed(text: str) -> Tree | str:
    try:
        tree = json.loads(text, object_pairs_hook=_once, parse_constant=_refused, parse_int=_whole)
    except json.JSONDecodeError as problem:
        return f"this is not JSON: {problem.msg} (column {problem.colno})"
    except ValueError as problem:
        return str(problem)
    except RecursionError:
        return "this is nested far too deep"
    return tree if isinstance(tree, dict) else "this is not {id, audience, language, answers: {question: answer}}"


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"“{next(name for name in names if names.count(name) > 1)}” is given twice")
    return tree


def _refused(constant: str) -> float:
    raise ValueError(f"{constant} is not a number")


def _whole(digits: str) -> int:
    if not WHOLE.fullmatch(digits):
        raise ValueError(f"a number of {len(digits)} digits is no answer")
    return int(digits)
