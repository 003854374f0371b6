"""The command that walks through the app as everybody who could."""

from pathlib import Path

import click

from assessment.given import ROOT, opened, questionnaire_option, today
from assessment.printing import write
from assessment.privacy.examining import examine


@click.command()
@questionnaire_option
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="A document to write: .html or .pdf.")
def privacy(questionnaire: Path, report: Path | None) -> None:
    """Walk through the app as everybody who could, and say which rules of privacy are kept; exit 1 if one is not."""
    opened(questionnaire)
    found = examine(questionnaire)
    for line in found.lines():
        click.echo(line)
    if report:
        write(report, found.html(ROOT / "templates", today()))
    if found.broken:
        raise SystemExit(1)
