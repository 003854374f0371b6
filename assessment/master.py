"""The process in which all starts: it reads and checks the questionnaire once, for every worker that it forks.

Nothing that cannot be shared is made here, no connection and no process that prints: workers make their own. Nor is a
thread, but for the one that answers with numbers where there is a METRICS_PORT, and only reads files.
"""

from assessment import serving  # first: gunicorn and what counts look into the environment when they are imported

# isort: split
import gc
import logging
import os
import socket
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name
from typing import Final

import click
from flask import Flask
from gunicorn.app.base import Application

from assessment.app import create_app, opened
from assessment.core.source import Faults
from assessment.environment import UnsafeSettingsError
from assessment.given import ROOT, faults_told, questionnaire_option
from assessment.settings import Settings

HOST: Final = "127.0.0.1"
MIGRATED: Final = "assessment.keeping:migrated"  # by name: who migrated before need not wait for Alembic

log = logging.getLogger(__name__)


class Master(Application):
    """Gunicorn, whose workers serve what was checked here."""

    def __init__(self, questionnaire: Path, host: str) -> None:
        self._file = questionnaire
        self._host = host
        self._read()
        super().__init__()

    def load_config(self) -> None:
        """Take the settings of `serving`, then what GUNICORN_CMD_ARGS changes."""
        self.load_config_from_file(f"python:{serving.__name__}")
        asked = self.cfg.parser().parse_args(self.cfg.get_cmd_args_from_env())
        for name, value in vars(asked).items():
            if name in self.cfg.settings and value is not None:
                self.cfg.set(name, value)
        self.cfg.set("bind", _address(self._host, self.settings.port))
        self.cfg.set("preload_app", value=False)  # what an app makes cannot be shared, and what can be is there already

    def load(self) -> Flask:
        """Return the app, in a worker."""
        return create_app(self.settings, self._opened)

    def reload(self) -> None:
        """Read the settings and the questionnaire anew (SIGHUP). If one is refused, what was served goes on."""
        try:
            self._read()
        except (Faults, UnsafeSettingsError) as refused:
            log.error("What was served goes on, because what is there now is refused: %s", refused)  # noqa: TRY400 - in words

    def _read(self) -> None:
        settings = replace(Settings.from_environment(os.environ, ROOT), questionnaire=self._file)
        self.settings, self._opened = settings, opened(settings)


@click.command()
@questionnaire_option
@click.option("--host", default=HOST, show_default=True, help="The address to listen on.")
@click.option("--migrated", is_flag=True, help="Leave the database as it is: `assessment migrate` ran before.")
def serve(questionnaire: Path, host: str, migrated: bool) -> None:  # noqa: FBT001 - Click passes flags so
    """Serve the app: look for faults, bring the database to its newest shape, answer whoever asks."""
    gc.disable()  # until a worker is there: what is made before it stays
    with faults_told(questionnaire):
        master = Master(questionnaire.absolute(), host)  # a link stays one: it may lead elsewhere at the next reload
    settings = master.settings
    _free("PORT", host, settings.port)
    if settings.metrics_port:
        _free("METRICS_PORT", settings.metrics_host, settings.metrics_port)
    if not migrated:
        resolve_name(MIGRATED)(settings)
    click.echo(f"Serving on http://{_address(host, settings.port)}")
    master.run()


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _free(setting: str, host: str, port: int) -> None:
    """Refuse to start where a port is not to be had."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            message = f"port {port} cannot be used ({taken.strerror}): set {setting} to another number"
            raise click.ClickException(message) from None
