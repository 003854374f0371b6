"""What a command is given: a questionnaire, a reader, a person's answers. What cannot be used is said plainly."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import click

from assessment.core import source
from assessment.core.answers import Answer, read_all
from assessment.core.checks import Checked, open_questionnaire
from assessment.core.edition import Edition
from assessment.core.readers import Reader
from assessment.core.source import Faults, suggestion

ROOT = Path(__file__).parents[1]
KEYS: Final = ("id", "audience", "language", "answers")
ID: Final = re.compile(r"\w[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]*")

questionnaire_option = click.option(
    "--questionnaire",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="QUESTIONNAIRE",
    default=ROOT / "questions.yaml",
    help="The questionnaire's main file.",
)


def today() -> date:
    """Return the day that dates in a questionnaire are held against."""
    return datetime.now(UTC).date()


def opened(questionnaire: Path) -> Checked:
    """Return a questionnaire that may be used; `ClickException` with all faults if it may not."""
    with faults_told(questionnaire):
        return open_questionnaire(questionnaire, today())


@contextmanager
def faults_told(questionnaire: Path) -> Iterator[None]:
    """Say everything that is wrong with a questionnaire, and where."""
    try:
        yield
    except Faults as refused:
        said = "\n".join(str(fault.within(questionnaire.parent)) for fault in refused.faults)
        raise click.ClickException(f"this questionnaire has faults:\n{said}") from None


def edition_of(checked: Checked, audience: str | None) -> Edition:
    """Return an audience's edition in the first language; the first audience's if none is named."""
    first = next(iter(checked.editions))
    reader = Reader(audience or first.audience, first.language)
    if reader not in checked.editions:
        asked = sorted({each.audience for each in checked.editions})
        hint = suggestion(str(audience), asked)
        raise click.ClickException(f"nobody is asked as “{audience}”; it is one of {', '.join(asked)}. {hint}".rstrip())
    return checked.editions[reader]


def person_in(checked: Checked, file: Path) -> tuple[Edition, dict[str, Answer]]:
    """Return the edition and the answers that a file names; `ClickException` with everything that is refused."""
    tree, faults = source.read(file, str(file))
    if faults:
        raise click.ClickException("\n".join(map(str, faults)))
    found = person(tree, checked.editions)
    if isinstance(found, list):
        raise click.ClickException("\n".join(f"{file}: {reason}" for reason in found))
    return found.edition, found.answers


@dataclass(frozen=True)
class Given:
    """One person, as a file or a row of a file gives them: what they read, what they answer, what they are known by."""

    edition: Edition
    answers: dict[str, Answer]
    id: str | None


def person(tree: object, editions: Mapping[Reader, Edition]) -> Given | list[str]:
    """Return the person that a tree of {id, audience, language, answers} names, or everything that is refused."""
    if not isinstance(tree, dict) or not isinstance(tree.get("answers", {}), dict):
        return ["this is not {audience, language, answers: {id: answer}}"]
    reasons = [f"“{key}” is not {', '.join(KEYS)}. {suggestion(key, KEYS)}".rstrip() for key in tree if key not in KEYS]
    id = tree.get("id")
    if id is not None and not _is_id(id):
        reasons.append("an id is text that starts with a letter or a digit: other signs start formulas in spreadsheets")
    first = next(iter(editions))
    audience, language = (tree.get(key) for key in ("audience", "language"))
    reader = Reader(
        first.audience if audience is None else str(audience), first.language if language is None else str(language)
    )
    if reader not in editions:
        return [*reasons, f"nobody is asked as {reader}; try {', '.join(map(str, editions))}"]
    answers, refusals = read_all(editions[reader], tree.get("answers", {}))
    reasons += [f"{question}: {refusal.detail}" for question, refusal in refusals.items()]
    return reasons or Given(editions[reader], answers, None if id is None else str(id))


def _is_id(id: object) -> bool:
    """Say whether something can name a person in a table that may be opened in a spreadsheet."""
    return isinstance(id, str | int) and not isinstance(id, bool) and bool(ID.fullmatch(str(id)))
