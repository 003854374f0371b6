"""The writers' simple text: paragraphs, lists and bold. Screen and PDF render the same blocks."""

import re
from collections.abc import Iterator

Block = tuple[str, list[str]]


def blocks(text: str) -> list[Block]:
    """Return a text as ("p", [line]) and ("ul", [item, …]), split where a blank line stands or a list begins."""
    found: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        for line in _lines(paragraph):
            if not line.startswith("- "):
                found.append(("p", [line]))
            elif found and found[-1][0] == "ul":
                found[-1][1].append(line[2:])
            else:
                found.append(("ul", [line[2:]]))
    return found


def spans(line: str) -> list[tuple[bool, str]]:
    """Return a line as (is it bold, words), from its **bold** parts."""
    return [(place % 2 == 1, words) for place, words in enumerate(line.split("**")) if words]


def _lines(paragraph: str) -> Iterator[str]:
    """Yield list items as they stand, and other lines joined to one."""
    plain: list[str] = []
    for line in map(str.strip, paragraph.splitlines()):
        if not line.startswith("- "):
            plain.append(line)
            continue
        if plain:
            yield " ".join(plain)
            plain = []
        yield line
    if plain:
        yield " ".join(plain)
