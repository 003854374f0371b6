"""Catalogues of translated texts, in gettext's .po files: read, held against the English of today, brought up to date.

Nothing falls back: what a catalogue lacks, or has of an English that is not said any more, is a fault.
"""

import io
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from assessment.core.source import Fault, Mark

FACTS: Final = re.compile(r"%\(\w+\)s|\{\w+\}|%%|<[^>]+>|[\w-]+(?:[.@]\w[\w-]*)+|\d+|[A-Z]{5,}")
"""What is the same in every language: places for values, tags, addresses, numbers, words in capitals to be texted."""

COUNTED: Final = "%(n)s"


def read(path: Path) -> Catalog:
    """Return a catalogue; an empty one if there is no file."""
    locale = path.stem
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def words(catalogue: Catalog) -> GNUTranslations:
    """Return what looks texts up in a catalogue."""
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def faults(catalogue: Catalog, wanted: Catalog, file: str) -> Iterator[Fault]:
    """Yield what is missing in a catalogue, not looked at again since the English changed, or not wanted any more."""
    for message in catalogue:
        if message.id:
            at = Mark(file, message.lineno or 1)
            yield from (Fault(at, f"{_shown(message)} {problem}", hint) for problem, hint in _of(message, wanted))
    for message in wanted:
        if message.id and message.id not in catalogue:
            where = ", ".join(place for place, _ in message.locations)
            yield Fault(Mark(file), f"{_shown(message)} is missing", f"type: assessment translations. {where}".strip())


def _of(message: Message, wanted: Catalog) -> Iterator[tuple[str, str]]:
    said = [text or "" for text in (message.string if isinstance(message.string, tuple | list) else [message.string])]
    if message.id not in wanted:
        yield "is not said any more", "type: assessment translations"
    elif message.fuzzy:
        yield "was changed in English", "look at it again, then take out “#, fuzzy”"
    elif not all(said):
        yield "has no words yet", "write them after msgstr"
    else:
        wrong = next((text for text in said if _facts(text) != _facts(_english(message))), None)
        if wrong:
            yield "has other numbers, names or tags in it", f"compare: {wrong}"


def _english(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[1]


def _facts(text: str) -> list[str]:
    return sorted(FACTS.findall(text))


def _shown(message: Message) -> str:
    return f"“{_english(message)}”"


def update(path: Path, wanted: Catalog) -> None:
    """Bring a catalogue up to date: put in what is missing, mark what changed, take out what is not said any more."""
    catalogue = read(path)
    made = catalogue.creation_date
    catalogue.update(wanted, update_header_comment=False)
    catalogue.creation_date = made  # nothing changes in a file that is up to date
    catalogue.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, sort_by_file=True, include_lineno=False)
