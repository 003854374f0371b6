"""What other programs are given: the questionnaire, or one person's answers and scores, as FHIR R4."""

import json
from pathlib import Path
from typing import Any

import click

from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.documents.fhir.importing.questionnaire import NotImportedError, imported, parsed
from assessment.documents.fhir.questionnaire import questionnaire as as_questionnaire
from assessment.documents.fhir.response import bundle
from assessment.given import edition_of, opened, person_in, questionnaire_option, today


@click.command("fhir")
@questionnaire_option
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--audience", help="Whose questionnaire. Without it, the first audience's.")
@click.option(
    "--import",
    "brought",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A FHIR Questionnaire to turn into a questionnaire of ours, and a list of what could not be carried over.",
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The file to write. Without it, print.")
def fhir_command(
    questionnaire: Path, file: Path | None, audience: str | None, brought: Path | None, output: Path | None
) -> None:
    """Print the questionnaire as FHIR R4; with a FILE of answers, the person's answers and scores."""
    if brought:
        if file or audience:
            raise click.UsageError("--import stands alone: leave out FILE and --audience")
        _brought_in(brought, output)
        return
    checked = opened(questionnaire)
    if file is None:
        _given_out(as_questionnaire(edition_of(checked, audience)), output)
        return
    if audience:
        raise click.UsageError("the file says whose answers it holds: leave out --audience")
    journey = Journey(*person_in(checked, file))
    _given_out(bundle(journey, assess(journey), today()), output)


def _brought_in(file: Path, output: Path | None) -> None:
    """Print a FHIR Questionnaire as YAML, or write it; what could not be carried over is said beside it."""
    try:
        found = imported(parsed(file.read_bytes()))
    except OSError as problem:
        raise click.ClickException(f"{file} cannot be read: {problem.strerror}") from None
    except NotImportedError as refused:
        raise click.ClickException(f"{file}: {refused}") from None
    _written(found.yaml, output)
    for title, every in (("Not carried over", found.not_carried), ("To write or to decide", found.to_write)):
        click.echo(f"\n{title}: {len(every)}", err=True)
        for each in every:
            click.echo(f"- {each}", err=True)


def _given_out(resource: dict[str, Any], output: Path | None) -> None:
    """Print a resource, or write it to a file."""
    _written(f"{json.dumps(resource, indent=2, ensure_ascii=False)}\n", output)


def _written(text: str, output: Path | None) -> None:
    """Print a text, or write it to a file."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise click.ClickException(f"{output} cannot be written: {problem.strerror}") from None
    click.echo(f"{output} written")
