"""What is printed of nobody's answers: the blank form and its scoring key, and the page for while the app is away."""

import os
from pathlib import Path

import click

from assessment.core.edition import doctors
from assessment.documents.paper import away_page, blank_form, scoring_key
from assessment.environment import Environment
from assessment.given import ROOT, edition_of, opened, questionnaire_option
from assessment.label import Label
from assessment.printing import write
from assessment.settings import DEFAULT_LEAVE_TO


@click.command("form")
@questionnaire_option
@click.option("--audience", help="Whose form it is. Without it, the first audience's.")
@click.option("--large-print", is_flag=True, help="Print in 18 point.")
@click.option("--key", is_flag=True, help="Make the scoring key of the form instead.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The PDF to write, or a web page if it ends in .html.",
)
def form_command(
    questionnaire: Path,
    audience: str | None,
    large_print: bool,  # noqa: FBT001 - Click passes flags so
    key: bool,  # noqa: FBT001
    output: Path | None,
) -> None:
    """Make the blank form on paper as a PDF that can be filled in, or with --key its scoring key."""
    checked = opened(questionnaire)
    edition = edition_of(checked, audience)
    if key:
        html = scoring_key(doctors(edition, checked.editions), ROOT / "templates", _label(), large=large_print)
    else:
        html = blank_form(edition, ROOT / "templates", _label(), large=large_print)
    write(output or Path("key.pdf" if key else "form.pdf"), html, fillable=not key)


@click.command()
@questionnaire_option
@click.option("--leave-to", envvar="LEAVE_TO", default=DEFAULT_LEAVE_TO, help="Where “Leave this site” leads.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=ROOT / "deploy" / "away.html",
    help="The page to write.",
)
def away(questionnaire: Path, leave_to: str, output: Path) -> None:
    """Make the page that the proxy shows while the app is away: who can help now."""
    edition = edition_of(opened(questionnaire), None)
    output.write_text(away_page(edition, ROOT / "templates", leave_to, _label()), encoding="utf-8")
    click.echo(f"{output} written")


def _label() -> Label:
    return Label.from_environment(Environment.of(os.environ))
