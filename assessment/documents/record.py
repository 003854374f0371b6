"""A person's own record: what is written into their PDF as an attached file, and understood when it is brought back.

What it holds is judged afterwards by the same judge as every typed answer: nothing here decides what is an answer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Final

from assessment.core.journey import Journey
from assessment.core.language import gettext_noop
from assessment.core.readers import Reader

NAME: Final = "notes.json"  # says nothing of what is in it
FORMAT: Final = "questionnaire record 1"
LARGEST: Final = 64 * 1024  # bytes of a record; one with every question answered has about 4,000
MOST_ANSWERS: Final = 500
LARGEST_UPLOAD: Final = 2 * 1024 * 1024  # bytes; our longest copy has about 200,000

UNREADABLE: Final = gettext_noop("We can’t read this file: it may be damaged, or it is not a PDF")
NOTHING: Final = gettext_noop("There are no answers in this file: only a copy that was made to come back with has them")
FOREIGN: Final = gettext_noop("What is in this file is not from here, so we can’t use it")
CHANGED: Final = gettext_noop("The answers in this file were changed after it was made, so we can’t use them")


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


def _sum(content: Mapping[str, Any]) -> str:
    """Return what shows that nothing was changed by accident. It proves nothing: the answers are the person's own."""
    return sha256(_as_json(content)).hexdigest()[:16]


def _as_json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, indent=1).encode()
