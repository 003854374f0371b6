"""Starts the app on this machine: nothing needs to be configured once `make setup` has run. `make serve` runs this."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PYTHON = HERE / ".venv" / "bin" / "python"

if __name__ == "__main__":
    if Path(sys.prefix) != HERE / ".venv" and PYTHON.exists():
        os.execv(PYTHON, [str(PYTHON), *sys.argv])  # noqa: S606 - the same program, by the Python that has its libraries
    from assessment.cli import main

    main(["serve"])
