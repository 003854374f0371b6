"""What a command is given: a questionnaire, a reader, a person's answers. What cannot be used is said plainly."""

from datetime import UTC, date, datetime
from pathlib import Path

import click

from assessment.core import source
from assessment.core.answers import Answer, read_all
from assessment.core.checks import Checked, open_questionnaire
from assessment.core.edition import Edition
from assessment.core.readers import Reader
from assessment.core.source import Faults, suggestion

ROOT = Path(__file__).parents[1]

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
    """Return a questionnaire that may be used; `ClickException` with all its faults if it may not."""
    try:
        return open_questionnaire(questionnaire, today())
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
    if not isinstance(tree, dict) or not isinstance(tree.get("answers", {}), dict):
        raise click.ClickException(f"{file}: this is not {{audience, language, answers: {{id: answer}}}}")
    for key in tree:
        if key not in ("audience", "language", "answers"):
            hint = suggestion(key, ["audience", "language", "answers"])
            raise click.ClickException(f"{file}: “{key}” is not audience, language or answers. {hint}".rstrip())
    first = next(iter(checked.editions))
    reader = Reader(str(tree.get("audience", first.audience)), str(tree.get("language", first.language)))
    if reader not in checked.editions:
        raise click.ClickException(f"{file}: nobody is asked as {reader}; try {', '.join(map(str, checked.editions))}")
    answers, refusals = read_all(checked.editions[reader], tree.get("answers", {}))
    if refusals:
        raise click.ClickException("\n".join(f"{id}: {refusal.detail}" for id, refusal in refusals.items()))
    return checked.editions[reader], answers
