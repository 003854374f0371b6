"""The command line: check a questionnaire, assess a person's answers, look after the store."""

import json
import os
import socket
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import OperationalError

from assessment.core import source
from assessment.core.answers import read_all
from assessment.core.checks import Checked, check, open_questionnaire
from assessment.core.definition import Questionnaire
from assessment.core.edition import Edition, doctors
from assessment.core.journey import Journey
from assessment.core.outcome import Outcome, assess, plain
from assessment.core.readers import Reader
from assessment.core.source import Faults, suggestion
from assessment.documents.paper import blank_form, scoring_key
from assessment.documents.pdf import NotPrintedError, Printer
from assessment.settings import Settings, UnsafeSettingsError
from assessment.store.engine import connect
from assessment.store.migrations import migrate
from assessment.store.visits import Visits

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
# Threads, because browsers open connections that they leave idle. No log of who asked for what, nor of broken requests.
SERVER = ("--worker-class", "gthread", "--threads", "8", "--no-control-socket", "--log-level", "error")
APP = "assessment.app:create_app()"

questionnaire_option = click.option(
    "--questionnaire",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="QUESTIONNAIRE",
    default=ROOT / "questions.yaml",
    help="The questionnaire's main file.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Look after a questionnaire and its answers."""


@main.command("check")
@questionnaire_option
def check_command(questionnaire: Path) -> None:
    """Find every fault in a questionnaire: file, line, column and a hint. Fails on faults and on what is expired."""
    checked = check(questionnaire, _today())
    for fault in checked.faults:
        click.echo(str(fault.within(questionnaire.parent)))
    failed = sum(not fault.warning or fault.expired for fault in checked.faults)
    click.echo(f"{failed} to mend, {len(checked.faults) - failed} to look at")
    if failed:
        raise SystemExit(1)


@main.command()
@questionnaire_option
def schema(questionnaire: Path) -> None:  # noqa: ARG001 - every command takes it
    """Print the JSON Schema of the questionnaire language, for editors."""
    click.echo(json.dumps(Questionnaire.model_json_schema(), indent=2, ensure_ascii=False))


@main.command("assess")
@questionnaire_option
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as JSON.")
def assess_command(questionnaire: Path, file: Path, as_json: bool) -> None:  # noqa: FBT001 - Click passes flags so
    """Print what follows from the answers in a YAML or JSON file."""
    checked = _opened(questionnaire)
    edition, answers = _person(checked, file)
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
    checked = _opened(questionnaire)
    edition = _edition(checked, audience)
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
    _opened(questionnaire)
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


def _today() -> date:
    return datetime.now(UTC).date()


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


def _opened(questionnaire: Path) -> Checked:
    try:
        return open_questionnaire(questionnaire, _today())
    except Faults as refused:
        said = "\n".join(str(fault.within(questionnaire.parent)) for fault in refused.faults)
        raise click.ClickException(f"this questionnaire has faults:\n{said}") from None


def _edition(checked: Checked, audience: str | None) -> Edition:
    """Return an audience's edition in the first language; the first audience's if none is named."""
    first = next(iter(checked.editions))
    reader = Reader(audience or first.audience, first.language)
    if reader not in checked.editions:
        asked = sorted({each.audience for each in checked.editions})
        hint = suggestion(str(audience), asked)
        raise click.ClickException(f"nobody is asked as “{audience}”; it is one of {', '.join(asked)}. {hint}".rstrip())
    return checked.editions[reader]


def _person(checked: Checked, file: Path) -> tuple[Edition, dict[str, Any]]:
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
