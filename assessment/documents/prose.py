"""How templates write: the language they speak, the writers' simple text, capitals, numbers and dates."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from babel.dates import format_date
from jinja2 import Environment

from assessment.core.language import gettext, isolated, ngettext, spoken

Block = tuple[str, list[str]]


def speak(templates: Environment) -> None:
    """Make templates speak the language of the interface: what stands in `trans` or in `_()` is looked up there."""
    templates.add_extension("jinja2.ext.i18n")
    templates.policies["ext.i18n.trimmed"] = True
    templates.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    templates.globals["spoken"] = spoken


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


def plain_text(text: str) -> str:
    """Return a text as one run of words: no paragraphs, no bold."""
    return " ".join(words for _, lines in blocks(text) for line in lines for _, words in spans(line))


def sentence(words: str) -> str:
    """Return words with a capital at their start."""
    return words[:1].upper() + words[1:]


def whole(number: float) -> str:
    """Return a number without decimals that it does not need."""
    return f"{number:g}"


def plain_date(day: date) -> str:
    """Return a date as people write it: 23 November 2026."""
    return format_date(day, "d MMMM y", locale=spoken().locale)


def in_order(number: str) -> str:
    """Return what is shown of a way to reach somebody, read the same way in every language."""
    return isolated(number) if spoken().leftward else number


FILTERS: dict[str, Callable[..., Any]] = {
    each.__name__: each for each in (blocks, spans, plain_text, sentence, whole, plain_date, in_order)
}


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
