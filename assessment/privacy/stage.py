"""The app on a stage: a database, a folder for temporary files and a clock of its own, gone when it is over."""

import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from flask import Flask
from sqlalchemy import Engine, select

from assessment.app import Opened, create_app
from assessment.core.checks import open_questionnaire
from assessment.core.edition import Edition
from assessment.core.language import ENGLISH
from assessment.core.readers import Reader
from assessment.documents.pdf import Printer
from assessment.documents.pool import BusyError
from assessment.languages import faults, tellings
from assessment.privacy.recording import Recorder, Recording
from assessment.privacy.traces import Traces, marked
from assessment.settings import Settings
from assessment.store.engine import connect
from assessment.store.migrations import migrate
from assessment.store.tables import VISITS
from assessment.store.visits import Visits
from assessment.web.parts import EXTENSION, Parts

LEAVE_TO: Final = "https://ordinary.invalid/today"
PORT: Final = 8000

Change = Callable[[Flask], object]


@dataclass
class Clock:
    """The time of day, and what was waited since, in seconds."""

    waited: float = 0

    def __call__(self) -> float:
        """Return the seconds since 1970-01-01 00:00 UTC."""
        return time.time() + self.waited

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.waited += span.total_seconds()


@dataclass(frozen=True)
class Stage:
    """A running app, with all that is recorded of it."""

    app: Flask
    folder: Path
    engine: Engine
    clock: Clock
    traces: Traces
    recording: Recording

    @property
    def parts(self) -> Parts:
        """Return the parts of the app."""
        found: Parts = self.app.extensions[EXTENSION]
        return found

    @property
    def editions(self) -> dict[Reader, Edition]:
        """Return the marked editions, of the first language: answers have the same names in every one."""
        language = self.parts.first.reader.language
        return {reader: each for reader, each in self.parts.editions.items() if reader.language == language}

    @property
    def store(self) -> Path:
        """Return the folder of the database: its file, its write-ahead log, and what belongs to them."""
        return self.folder / "store"

    @property
    def recorder(self) -> Recorder:
        """Return the app with the recording layer around it."""
        return Recorder(self.app, self.recording)

    def rows(self) -> set[bytes]:
        """Return every sealed row as it stands."""
        with self.engine.connect() as connection:
            return set(connection.scalars(select(VISITS.c.sealed)))

    @property
    def languages(self) -> dict[str, str]:
        """Return what stands before the addresses in each language, by its name: nothing before those in the first."""
        first, *others = self.parts.languages
        return {first.name: "", **{each.name: f"/{each.tag}" for each in others}}

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Let all printers be busy for a while."""
        parts = self.parts
        self.app.extensions[EXTENSION] = _everywhere(parts, lambda each: replace(each, printer=_Busy()))
        try:
            yield
        finally:
            self.app.extensions[EXTENSION] = parts


@contextmanager
def stage(questionnaire: Path, recording: Recording, change: Change) -> Iterator[Stage]:
    """Set the app up with a questionnaire, changed as a test may want it, and clear everything away afterwards."""
    with folder_of_its_own() as folder:
        url = f"sqlite:///{folder / 'store' / 'visits.sqlite3'}"
        migrate(url)
        key = secrets.token_bytes(32)
        settings = Settings(
            database_url=url,
            secret_key=key,
            questionnaire=questionnaire,
            leave_to=LEAVE_TO,
            port=PORT,
            tallies=True,
            purge_every=0,
        )
        app = create_app(settings, _in_all_languages(questionnaire))
        engine, clock = connect(url), Clock()
        made = Stage(app, folder, engine, clock, Traces(f"qz{secrets.token_hex(4)}"), recording)
        parts = made.parts
        visits = Visits(engine, key, clock=clock)

        def on_stage(told: Parts) -> Parts:
            editions = {reader: marked(each, made.traces.marker) for reader, each in told.editions.items()}
            return replace(told, editions=editions, visits=visits)

        app.extensions[EXTENSION] = _everywhere(parts, on_stage)
        change(app)
        try:
            yield made
        finally:
            parts.printer.close()
            engine.dispose()


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    """Make a folder with a place for a database and one where all temporary files of the app go from now on."""
    folder = Path(tempfile.mkdtemp(prefix="privacy-"))
    (folder / "store").mkdir()
    temporary = folder / "temporary"
    temporary.mkdir()
    before = os.environ.get("TMPDIR"), tempfile.tempdir
    os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
    try:
        yield folder
    finally:
        tempfile.tempdir = before[1]
        os.environ.pop("TMPDIR")
        if before[0] is not None:
            os.environ["TMPDIR"] = before[0]
        shutil.rmtree(folder, ignore_errors=True)


def _in_all_languages(questionnaire: Path) -> Opened:
    """Return the questionnaire in English and in every language that all its safety pages are told in."""
    checked = open_questionnaire(questionnaire, datetime.now(UTC).date())
    about = next(iter(checked.editions.values())).about
    told = [tag for tag in about.safety_pages if not list(faults(tag, questionnaire, checked))]
    return Opened(checked, tellings([ENGLISH.tag, *told], questionnaire, checked))


def _everywhere(parts: Parts, change: Callable[[Parts], Parts]) -> Parts:
    """Return the parts changed, and as they are told in each language too."""
    return replace(change(parts), told={tag: change(each) for tag, each in parts.told.items()})


class _Busy(Printer):
    """A printer for which many others wait."""

    def __init__(self) -> None: ...

    def pdf(self, *_versions: str, **_about: object) -> bytes:
        raise BusyError
