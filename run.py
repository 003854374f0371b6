"""Starts the app for a look on this machine, on the embedded default (SQLite) and with no configuration needed.

`make serve` does the same behind a server that is made for production.
"""

import os
from pathlib import Path

from assessment.app import create_app
from assessment.settings import Settings
from assessment.store.migrations import migrate

if __name__ == "__main__":
    settings = Settings.from_environment(os.environ, Path(__file__).parent)
    migrate(settings.database_url)
    create_app(settings).run(port=settings.port)
