"""The command line: assess a person's answers, print forms, look after the store, and what authors run."""

import json
import os
import socket
import sys
from pathlib import Path

import click
from sqlalchemy.exc import OperationalError

from assessment import authors, provers
from assessment.core.edition import doctors
from assessment.core.journey import Journey
from assessment.core.outcome import Outcome, assess, plain
from assessment.documents.paper import blank_form, scoring_key
from assessment.documents.pdf import NotPrintedError, Printer
from assessment.given import ROOT, edition_of, opened, person_in, questionnaire_option
from assessment.settings import Settings, UnsafeSettingsError
from assessment.store.engine import connect
from assessment.store.migrations import migrate
from assessment.store.visits import Visits

HOST = "127.0.0.1"
# Threads, because browsers open connections that they leave idle. No log of who asked for what, nor of broken requests.
SERVER = ("--worker-class", "gthread", "--threads", "8", "--no-control-socket", "--log-level", "error")
APP = "assessment.app:create_app()"


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Look after a questionnaire and its answers."""


for command in (*authors.COMMANDS, *provers.COMMANDS):
    main.add_command(command)


@main.command("assess")
@questionnaire_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def assess_command(questionnaire: Path, file: Path, as_json: bool) -> None:  # noqa: FBT001 - Click passes flags so
    """Print what follows from the answers in a YAML or JSON file."""
    checked = opened(questionnaire)
    edition, answers = person_in(checked, file)
    outcome = assess(Journey(edition, answers))
    click.echo(json.dumps(plain(outcome), indent=2, ensure_ascii=False) if as_json else _told(outcome))


@main.command("form")
@questionnaire_option
@click.option("--audience", help="Whose form it is. Without it, the first audience's.")
@click.option("--large-print", is_flag=True, help="Print in 18 point.")
@click.option("--key", is_flag=True, help="Make the scoring key of the form instead.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="The PDF to write.")
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
        html = scoring_key(doctors(edition, checked.editions), ROOT / "templates", large=large_print)
    else:
        html = blank_form(edition, ROOT / "templates", large=large_print)
    path = output or Path("key.pdf" if key else "form.pdf")
    printer = Printer(ROOT / "static" / "print.css")
    try:
        path.write_bytes(printer.pdf(html, fillable=not key))
    except NotPrintedError:
        raise click.ClickException("the PDF could not be made: try again") from None
    except OSError as problem:
        raise click.ClickException(f"{path} cannot be written: {problem.strerror}") from None
    finally:
        printer.close()
    click.echo(f"{path} written")


@main.command()
@questionnaire_option
def serve(questionnaire: Path) -> None:
    """Serve the app on 127.0.0.1: look for faults, bring the database to its newest shape, hand over to gunicorn."""
    settings = _settings()
    opened(questionnaire)
    _migrated(settings)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, settings.port))
        except OSError as taken:
            message = f"port {settings.port} cannot be used ({taken.strerror}): set PORT to another number"
            raise click.ClickException(message) from None
    click.echo(f"Serving on http://{HOST}:{settings.port}")
    environment = {**os.environ, "QUESTIONNAIRE": str(questionnaire.resolve())}
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", f"{HOST}:{settings.port}", *SERVER, APP]
    os.execve(sys.executable, gunicorn, environment)  # noqa: S606 - no shell is wanted


@main.command()
@questionnaire_option
def preview(questionnaire: Path) -> None:
    """Serve the authors' page on 127.0.0.1: faults as you save, somebody's way, the outcome. Never in production."""
    settings = _settings()
    click.echo(f"Preview on http://{HOST}:{settings.port}/preview")
    command = [sys.executable, "-m", "assessment.preview", str(questionnaire.resolve()), str(settings.port)]
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
    try:
        purged = Visits(connect(settings.database_url), settings.secret_key).purge()
    except OperationalError as problem:
        raise click.ClickException(f"the database does not answer: {problem.orig}") from None
    click.echo(f"{purged} visits deleted")


def _settings() -> Settings:
    try:
        return Settings.from_environment(os.environ, ROOT)
    except UnsafeSettingsError as refused:
        raise click.ClickException(str(refused)) from None


def _migrated(settings: Settings) -> None:
    try:
        migrate(settings.database_url)
    except OperationalError as problem:
        raise click.ClickException(f"the database does not answer: {problem.orig}") from None


def _told(outcome: Outcome) -> str:
    """Return an outcome as plain text."""
    lines = [f"Meets at once: {interrupt.title}" for interrupt in outcome.met]
    for score in outcome.scores:
        band = outcome.named(score)
        number = f"between {score.low:g} and {score.high:g}" if score.total is None else f"{score.total:g}"
        lines.append(f"{score.instrument.measure}: {number} out of {score.most:g}{f' ({band.title})' if band else ''}")
    for advice in outcome.advice:
        lines += ["", f"[{advice.guidance.urgency.replace('_', ' ')}] {advice.guidance.title}"]
        lines += [f"    because you told us: {'; '.join(advice.because)}"] if advice.because else []
    for title, services in (("People who can help", outcome.services), ("Help for them", outcome.their_services)):
        lines += ["", f"{title}:"] if services else []
        for service in services:
            lines.append(f"  {service.name}: {', '.join(contact.show for contact in service.contact) or service.cost}")
    lines += ["", f"Not answered: {', '.join(outcome.unanswered) or 'nothing'}"]
    return "\n".join(lines)
