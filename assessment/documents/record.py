"""A person's own record: written into their PDF as an attached file, read back from what they upload.

An upload may be anything. It is read in a process of the pool, with bounds on time, memory and depth. What it holds is
judged afterwards by the same judge as every typed answer: nothing here decides what is an answer.
"""

import io
import json
import logging
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pikepdf

from assessment.core.journey import Journey
from assessment.core.language import gettext_noop
from assessment.core.readers import Reader

NAME: Final = "notes.json"  # says nothing of what is in it
FORMAT: Final = "questionnaire record 1"
LARGEST: Final = 64 * 1024  # bytes of a record; one with every question answered has about 4,000
MOST_ANSWERS: Final = 500
LARGEST_UPLOAD: Final = 2 * 1024 * 1024  # bytes; our longest copy has about 200,000
MEMORY: Final = 256 * 1024 * 1024  # bytes that reading one upload may take
LIMITS: Final[dict[str, Any]] = {
    "doc_max_warnings": 50,
    "parser_max_nesting": 50,
    "parser_max_container_size": 100_000,
    "max_stream_filters": 2,
    "flate_max_memory": 16 * 1024 * 1024,
    "png_max_memory": 16 * 1024 * 1024,
    "run_length_max_memory": 16 * 1024 * 1024,
    "tiff_max_memory": 16 * 1024 * 1024,
    "dct_max_memory": 1,
}


UNREADABLE: Final = gettext_noop("We can’t read this file: it may be damaged, or it is not a PDF")
NOTHING: Final = gettext_noop("There are no answers in this file: only a copy that was made to come back with has them")
FOREIGN: Final = gettext_noop("What is in this file is not from here, so we can’t use it")
CHANGED: Final = gettext_noop("The answers in this file were changed after it was made, so we can’t use them")

MALFORMED: Final = (  # what reading a PDF raises that is damaged, or put together by no program in good faith
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    pikepdf.PasswordError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    TypeError,
    ValueError,
)


class NoRecordError(Exception):
    """There is no record in this file that can be used. The sentence says why, to the person who brought it."""


@dataclass(frozen=True)
class Record:
    """Answers as they were written down: raw, until they are judged. `questionnaire` is its name in its language."""

    questionnaire: str
    version: str
    reader: Reader
    made: date
    answers: Mapping[str, Any]


def written(journey: Journey, made: date) -> bytes:
    """Return the record of a journey: the answers on the way, and those given afterwards. Nothing left behind."""
    edition = journey.edition
    content = {
        "questionnaire": edition.about.name,
        "version": edition.version,
        "audience": edition.reader.audience,
        "language": edition.reader.language,
        "made": made.isoformat(),
        "answers": {id: answer for id, answer in journey.known.answers.items() if answer is not None},
    }
    return _as_json({"format": FORMAT, "sum": _sum(content), **content})


def prepare() -> None:
    """Make a process ready to read uploads: what pikepdf logs of a broken file may hold words of it."""
    logging.disable()
    pikepdf.settings.set_qpdf_limits(**LIMITS)


def attached_to(upload: bytes) -> bytes:
    """Return the record attached to a PDF, within bounds of memory; `NoRecordError` if there is none."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (_in_use() + MEMORY, before[1]))
    try:
        return _attached_to(upload)
    except MALFORMED:
        raise NoRecordError(UNREADABLE) from None
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def understood(text: bytes) -> Record:
    """Return a record as it was written; `NoRecordError` if it is not one of ours, or was changed since."""
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.pop("format") != FORMAT:
            raise NoRecordError(FOREIGN)
        if content.pop("sum") != _sum(content):
            raise NoRecordError(CHANGED)
        return Record(
            str(content["questionnaire"]),
            str(content["version"]),
            Reader(str(content["audience"]), str(content["language"])),
            date.fromisoformat(content["made"]),
            _answers(content["answers"]),
        )
    except (LookupError, ValueError, TypeError, RecursionError):
        raise NoRecordError(FOREIGN) from None


def _answers(raw: object) -> dict[str, Any]:
    """Return answers by question if they have the shape that we write; what they mean is judged elsewhere."""
    if not isinstance(raw, dict) or len(raw) > MOST_ANSWERS or not all(map(_is_raw_answer, raw.values())):
        raise NoRecordError(FOREIGN)
    return raw


def _is_raw_answer(value: object) -> bool:
    listed = isinstance(value, list) and len(value) <= MOST_ANSWERS and all(isinstance(each, str) for each in value)
    return listed or isinstance(value, int)


def _attached_to(upload: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(upload), attempt_recovery=False) as pdf:
        if NAME not in pdf.attachments:
            raise NoRecordError(NOTHING)
        text = pdf.attachments[NAME].get_file().read_bytes()
    if len(text) > LARGEST:
        raise NoRecordError(FOREIGN)
    return text


def _sum(content: Mapping[str, Any]) -> str:
    """Return what shows that nothing was changed by accident. It proves nothing: the answers are the person's own."""
    return sha256(_as_json(content)).hexdigest()[:16]


def _as_json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, indent=1).encode()


def _in_use() -> int:
    """Return how many bytes of address space this process has."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
