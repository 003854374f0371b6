"""A questionnaire of as many questions as asked for, of the shape of the real one, and somebody who answers it.

Every part has ten questions: an opening one, one that is asked only on its answer, three plain ones, and a scale of
five items that are added up and banded. Flags, guidance and a page that comes at once follow from both.
"""

import random
from pathlib import Path
from typing import Any, Final

import yaml

from assessment.core.answers import Answer
from assessment.core.edition import Edition
from assessment.core.journey import Journey
from assessment.core.loading import load
from assessment.core.scales import checksum

TEN: Final = 10  # questions in a part
ITEMS: Final = 5
MOST: Final = 3  # points of an item
HIGH: Final = 8  # the total from which a scale's higher band begins
FOLLOWED: Final = ("often", "always")  # the answers to a part's opening question on which more is asked
ENOUGH: Final = 2  # and the total of the scale before it from which it is
EVERY: Final = {"never": "Never", "some": "Sometimes", "often": "Often", "always": "Always"}

SERVICE: Final[dict[str, Any]] = {
    "name": "Long notes",
    "owner": "The Long notes team",
    "purpose": "A look at many things. It informs and points to help. It does not diagnose, monitor or treat.",
    "interest": "Nobody pays for this page.",
    "reviewed": "2026-11-01",
    "next_review": "2099-01-01",
    "languages": {"en": "English"},
    "directory": {"nation": "country", "age": "years"},
    "help": [{"id": "now", "title": "Help now", "text": "Someone to talk to.", "topics": ["listening"]}],
}
LISTENER: Final[dict[str, Any]] = {
    "id": "listener",
    "name": "The listener",
    "purpose": "Someone awake to talk to.",
    "owner": "A made-up charity",
    "cost": "Free",
    "fee_paying": False,
    "nations": ["here", "there"],
    "for": ["self"],
    "topics": ["listening"],
    "contact": [{"by": "phone", "show": "000 111", "to": "000111"}],
    "checked": {"on": "2026-11-01", "how": "made up"},
    "recheck_by": "2099-01-01",
    "publish": True,
}
SOURCE: Final = {"id": "made_up", "authors": "Nobody N", "title": "A book of invented things", "publisher": "None"}


def questionnaire(questions: int) -> dict[str, Any]:
    """Return a questionnaire of so many questions, a multiple of ten, as its YAML says it."""
    parts = range(questions // TEN)
    return {
        "service": SERVICE,
        "audiences": {"self": {"start": "I want to look at many things", "answered": "The person alone."}},
        "sections": [_section(part) for part in parts],
        "instruments": [_scale(part) for part in parts],
        "flags": [_flag(part) for part in parts],
        "interrupts": [_page(part) for part in parts[::5]],
        "guidance": [each for part in parts for each in _guidance(part)],
        "services": [LISTENER],
        "sources": [SOURCE],
        "promises": [_promise(part) for part in parts[:3]],
    }


def write(folder: Path, questions: int) -> Path:
    """Write a questionnaire of so many questions, each scale with the checksum of its wording; return where."""
    path = folder / f"invented-{questions}.yaml"
    said = questionnaire(questions)
    _dump(said, path)
    (told,) = load(path).told
    for scale, read in zip(said["instruments"], told.document.instruments, strict=True):
        scale["checksum"] = checksum(read)
    _dump(said, path)
    return path


def somebody(edition: Edition, number: int) -> dict[str, Answer]:
    """Return what an invented person answers: each has a number, and answers every question on the way."""
    drawn = random.Random(number)
    answers: dict[str, Answer] = {each.id: (drawn.choice(each.options).id,) for each in edition.questions}
    asked = Journey(edition, answers).known.answers
    return {id: answer for id, answer in answers.items() if id in asked}


class _InFull(yaml.SafeDumper):
    """Writes what is said twice twice, as people do."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _dump(said: dict[str, Any], path: Path) -> None:
    path.write_text(yaml.dump(said, Dumper=_InFull, sort_keys=False, allow_unicode=True), encoding="utf-8")


def _section(part: int) -> dict[str, Any]:
    plain = [_question(f"p{part}_{number}") for number in (2, 3, 4)]
    opening = _place() if part == 0 else _opening(part)
    asked = [*opening, *plain, {"instrument": f"s{part}"}]
    return {"id": f"part_{part}", "title": f"Part {part}", "for": ["self"], "questions": asked}


def _place() -> list[dict[str, Any]]:
    return [
        {**_question("country"), "options": {"here": "Here", "there": "There"}},
        {**_question("years"), "options": {"young": "Under 18", "grown": "18 or over"}},
    ]


def _opening(part: int) -> list[dict[str, Any]]:
    asked_on = f"p{part}_0 is one of {', '.join(FOLLOWED)} and s{part - 1} >= {ENOUGH}"
    return [_question(f"p{part}_0"), {**_question(f"p{part}_1"), "when": asked_on}]


def _question(id: str) -> dict[str, Any]:
    return {
        "id": id,
        "ask": f"How often does it happen, in the sense of {id}?",
        "hint": "A guess will do.",
        "short": f"how often {id} happens",
        "why": "It differs from person to person.",
        "options": EVERY,
    }


def _scale(part: int) -> dict[str, Any]:
    return {
        "id": f"s{part}",
        "title": f"Made-up scale {part}",
        "measure": f"Measure {part}",
        "window": "the last week",
        "why": "To see how much of it there is.",
        "stem": "In the last week,",
        "options": {id: {"text": text, "points": points} for points, (id, text) in enumerate(EVERY.items())},
        "items": [
            {"id": f"s{part}_{item}", "text": f"did it happen in way {item}?", "short": f"way {item} of part {part}"}
            for item in range(ITEMS)
        ],
        "score": "sum",
        "missing": "complete",
        "bands": [
            {
                "id": "less",
                "from": 0,
                "to": HIGH - 1,
                "title": "Fewer signs",
                "means": "Your answers show fewer signs.",
            },
            {"id": "more", "from": HIGH, "to": ITEMS * MOST, "title": "More signs", "means": "Your answers show more."},
        ],
        "limits": "A made-up scale that measures nothing.",
        "citation": "Nobody N. A scale for measurements. 2026.",
        "licence": {"summary": "Made up."},
        "checksum": "none yet",
    }


def _flag(part: int) -> dict[str, Any]:
    when = f"s{part} >= {HIGH} and p{part}_2 is one of often, always"
    return {"id": f"f{part}", "words": f"many signs in part {part}", "when": when, "warning": True}


def _page(part: int) -> dict[str, Any]:
    return {
        "id": f"page_{part}",
        "for": ["self"],
        "after": f"p{part}_3",
        "when": f"p{part}_2 is always and p{part}_3 is always",
        "urgency": "today",
        "title": f"Please ask somebody today about part {part}",
        "text": "This should be looked at.",
        "topics": ["listening"],
        "go_on": "Go on",
    }


def _guidance(part: int) -> list[dict[str, Any]]:
    first = part == 0
    asked = f"p{part}_4 is never" if first else f"p{part}_4 is never and p{part}_1 is always"
    conditions = {
        "ask": (f"flag f{part}", "today", "get_help", "body"),
        "try": (f"s{part} >= 4 and p{part}_3 is one of some, often", "soon", "do_myself", "doors"),
        "read": (asked, "any_time", "learn", "doors"),
    }
    return [
        {
            "id": f"{kind}_{part}",
            "for": ["self"],
            "when": when,
            "urgency": urgency,
            "door": door,
            "place": place,
            "title": f"What to do about part {part} ({kind})",
            "text": f"You told us about part {part}.\n\n- Take your time.\n- **Ask somebody** whom you trust.",
            "topics": ["listening"],
            "sources": ["made_up"],
        }
        for kind, (when, urgency, door, place) in conditions.items()
    ]


def _promise(part: int) -> dict[str, Any]:
    return {
        "id": f"help_{part}",
        "says": f"Whoever has many signs in part {part} is told to ask somebody.",
        "whenever": f"s{part} >= {ITEMS * MOST} and p{part}_2 is always",
        "then": {"shows": [f"ask_{part}"], "urgency": "today"},
    }
