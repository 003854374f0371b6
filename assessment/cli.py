"""The command line: assess a person's answers, print forms, look after the store, and what authors run."""

import csv
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from assessment import assessing, authors, exchange, provers
from assessment.core.edition import doctors
from assessment.documents.paper import away_page, blank_form, scoring_key
from assessment.environment import Environment, UnsafeSettingsError
from assessment.given import ROOT, edition_of, opened, questionnaire_option
from assessment.label import Label
from assessment.printing import write
from assessment.settings import DEFAULT_LEAVE_TO, HERE, Settings
from assessment.store.engine import connect
from assessment.store.migrations import migrate
from assessment.store.tallies import Tallies
from assessment.store.visits import LONGEST, Visits

HOST = "127.0.0.1"
SERVER = ("--config", "python:assessment.serving")
APP = "assessment.app:create_app()"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Look after a questionnaire and its answers."""


for command in (*assessing.COMMANDS, *authors.COMMANDS, *exchange.COMMANDS, *provers.COMMANDS):
    main.add_command(command)


@main.command("form")
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


@main.command()
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


@main.command()
@questionnaire_option
@click.option("--host", default=HOST, show_default=True, help="The address to listen on.")
@click.option("--migrated", is_flag=True, help="Leave the database as it is: `assessment migrate` ran before.")
def serve(questionnaire: Path, host: str, migrated: bool) -> None:  # noqa: FBT001 - Click passes flags so
    """Serve the app: look for faults, bring the database to its newest shape, hand over to gunicorn."""
    settings = _settings()
    opened(questionnaire, settings.languages)
    if not migrated:
        _migrated(settings)
    _free("PORT", host, settings.port)
    if settings.metrics_port:
        _free("METRICS_PORT", settings.metrics_host, settings.metrics_port)
    click.echo(f"Serving on http://{host}:{settings.port}")
    environment = {**os.environ, "QUESTIONNAIRE": str(questionnaire.resolve())}
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"{host}:{settings.port}", *SERVER, APP]
    os.execve(sys.executable, gunicorn, environment)  # noqa: S606 - no shell is wanted


@main.command()
@questionnaire_option
def preview(questionnaire: Path) -> None:
    """Serve the authors' page on 127.0.0.1: faults as you save, somebody's way, the outcome. Never in production."""
    settings = _settings()
    click.echo(f"Preview on http://{HOST}:{settings.port}/preview")
    command = [sys.executable, "-m", "assessment.preview", str(questionnaire.resolve()), str(settings.port)]
    os.execve(sys.executable, command, dict(os.environ))  # noqa: S606 - no shell is wanted


@main.command()
@questionnaire_option
@click.option("--report", type=click.Path(path_type=Path, dir_okay=False), help="A document to write: .html or .pdf.")
def privacy(questionnaire: Path, report: Path | None) -> None:
    """Walk through the app as everybody who could, and say which rules of privacy are kept; exit 1 if one is not."""
    command = [sys.executable, "-m", "assessment.privacy", "--questionnaire", str(questionnaire.resolve())]
    command += ["--report", str(report)] if report else []
    os.execve(sys.executable, command, dict(os.environ))  # noqa: S606 - no shell is wanted


@main.command("migrate")
@questionnaire_option
def migrate_command(questionnaire: Path) -> None:  # noqa: ARG001 - every command takes it
    """Bring the database to the newest shape."""
    _migrated(_settings())


@main.command()
@questionnaire_option
def purge(questionnaire: Path) -> None:  # noqa: ARG001 - every command takes it
    """Delete every visit that was idle for too long."""
    settings = _settings()
    with _database():
        purged = Visits(connect(settings.database_url), settings.secret_key).purge()
    click.echo(f"{purged} visits deleted")


@main.command()
@questionnaire_option
def tallies(questionnaire: Path) -> None:  # noqa: ARG001 - every command takes it
    """Print how many began and reached the end on each day that is over, as CSV. A few are held back."""
    settled = (datetime.now(HERE) - LONGEST).date()  # who began before it has ended by now
    with _database():
        told = list(Tallies(connect(_settings().database_url)).told(settled))
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("day", "audience", "begun", "completed"))
    table.writerows((each.day, each.audience, *map(_held_back, (each.begun, each.completed))) for each in told)


def _held_back(number: int | None) -> str:
    return "held back" if number is None else str(number)


def _free(setting: str, host: str, port: int) -> None:
    """Refuse to start where a port is not to be had."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            message = f"port {port} cannot be used ({taken.strerror}): set {setting} to another number"
            raise click.ClickException(message) from None


def _label() -> Label:
    try:
        return Label.from_environment(Environment.of(os.environ))
    except UnsafeSettingsError as refused:
        raise click.ClickException(str(refused)) from None


def _settings() -> Settings:
    try:
        return Settings.from_environment(os.environ, ROOT)
    except UnsafeSettingsError as refused:
        raise click.ClickException(str(refused)) from None


def _migrated(settings: Settings) -> None:
    with _database():
        migrate(settings.database_url)


@contextmanager
def _database() -> Iterator[None]:
    """Say in one sentence what is wrong with the database."""
    try:
        yield
    except DBAPIError as problem:
        raise click.ClickException(f"the database does not answer as it should: {problem.orig}") from None
