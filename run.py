"""Starts the app on this machine: nothing needs to be configured. `make serve` runs this.

Looks for faults in the questionnaire, brings the database to its newest shape, then hands over to gunicorn, which keeps
no log of who asked for what.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from assessment.core.checks import open_questionnaire
from assessment.core.source import Faults
from assessment.settings import Settings, UnsafeSettingsError
from assessment.store.migrations import migrate

SERVER = ("--worker-class", "gthread", "--threads", "8", "--no-control-socket", "assessment.app:create_app()")


def main() -> None:
    """Start, or say in plain words why not."""
    try:
        settings = Settings.from_environment(os.environ, Path(__file__).parent)
        open_questionnaire(settings.questionnaire, datetime.now(UTC).date())
    except (UnsafeSettingsError, Faults) as refused:
        sys.exit(str(refused))
    migrate(settings.database_url)
    bind = f"127.0.0.1:{settings.port}"
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", "--bind", bind, *SERVER])  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    main()
