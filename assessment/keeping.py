"""What looks after the store: its shape, visits that were idle for too long, and how many came."""

import csv
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError

from assessment.given import ROOT, questionnaire_option
from assessment.settings import HERE, Settings
from assessment.store.engine import connect
from assessment.store.migrations import migrate
from assessment.store.tallies import Tallies
from assessment.store.visits import LONGEST, Visits


def migrated(settings: Settings) -> None:
    """Bring the database to the newest shape; `ClickException` if it does not answer."""
    with _database():
        migrate(settings.database_url)


@click.command("migrate")
@questionnaire_option
def migrate_command(questionnaire: Path) -> None:  # noqa: ARG001 - every command takes it
    """Bring the database to the newest shape."""
    migrated(Settings.from_environment(os.environ, ROOT))


@click.command()
@questionnaire_option
def purge(questionnaire: Path) -> None:  # noqa: ARG001 - every command takes it
    """Delete every visit that was idle for too long."""
    settings = Settings.from_environment(os.environ, ROOT)
    with _database():
        purged = Visits(connect(settings.database_url), settings.secret_key).purge()
    click.echo(f"{purged} visits deleted")


@click.command()
@questionnaire_option
def tallies(questionnaire: Path) -> None:  # noqa: ARG001 - every command takes it
    """Print how many began and reached the end on each day that is over, as CSV. A few are held back."""
    settled = (datetime.now(HERE) - LONGEST).date()  # who began before it has ended by now
    with _database():
        told = list(Tallies(connect(Settings.from_environment(os.environ, ROOT).database_url)).told(settled))
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(("day", "audience", "begun", "completed"))
    table.writerows((each.day, each.audience, *map(_held_back, (each.begun, each.completed))) for each in told)


def _held_back(number: int | None) -> str:
    return "held back" if number is None else str(number)


@contextmanager
def _database() -> Iterator[None]:
    """Say in one sentence what is wrong with the database."""
    try:
        yield
    except DBAPIError as problem:
        raise click.ClickException(f"the database does not answer as it should: {problem.orig}") from None
