"""Every measurement run in turn, and RESULTS.md written: what each of them printed, below a note on the machine.

`python -m bench.results journey pdf` runs these anew and leaves the others as they stand in the file.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
RESULTS: Final = ROOT / "bench" / "RESULTS.md"
RUNS: Final = {
    "load": ("The questionnaire read and checked", "load"),
    "outcome": ("Journey and outcome of one person", "outcome"),
    "growth": ("Growth with the number of questions", "growth"),
    "engines": ("Beside the engines of SurveyJS and LHC-Forms", "engines"),
    "batch": ("Many people out of a file", "batch 20000"),
    "journey": ("A journey beside a bare Flask app, on SQLite", "journey"),
    "journey_postgresql": ("The same on PostgreSQL", "journey --postgresql"),
    "runners": ("A journey beside django-formtools and oTree", "runners"),
    "start": ("Start and memory", "start"),
    "defaults": ("What the production defaults rest on", "defaults"),
    "pdf": ("Documents", "pdf --documents 1000"),
}
OURS: Final = ("flask", "gunicorn", "sqlalchemy", "psycopg", "weasyprint", "pydantic", "pyyaml", "z3-solver")
HEAD: Final = """# Results

Written by `make bench`. Every figure is one of a pair that was measured in turn in one run: the ratio counts, not the
milliseconds. [README.md](README.md) says what each script measures.
"""


def machine() -> str:
    """Return what the figures were measured on and with, as lines of a list."""
    model = re.search(r"^model name\s*: (.*)", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = re.search(r"^MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text(), re.MULTILINE)
    pinned = (ROOT / "requirements" / "runners.txt").read_text(encoding="utf-8")
    engines = json.loads((ROOT / "bench" / "peers" / "engines" / "package.json").read_text(encoding="utf-8"))
    node = subprocess.run([ROOT / ".venv" / "bin" / "node", "--version"], check=True, stdout=subprocess.PIPE, text=True)
    notes = {
        "Processor": f"{os.cpu_count()} cores, {model[1] if model else platform.machine()}",
        "Memory": f"{int(memory[1]) / 1024**2:.0f} GB" if memory else "unknown",
        "System": f"{platform.freedesktop_os_release()['PRETTY_NAME']}, Linux {platform.release()}",
        "Python": ", ".join([platform.python_version(), *(f"{each} {version(each)}" for each in OURS)]),
        "Beside": ", ".join(
            [
                each.replace("==", " ")
                for each in re.findall(r"^(?:django-formtools|otree)==[\w.]+", pinned, re.MULTILINE)
            ]
            + [f"{name} {number}" for name, number in engines["dependencies"].items()]
            + [f"Node {node.stdout.strip()}"]
        ),
    }
    return "\n".join(f"- {name}: {note}" for name, note in notes.items())


def run(name: str) -> str:
    """Run one of them and return its part of the file; raises `CalledProcessError` if it fails."""
    title, command = RUNS[name]
    began, day = time.perf_counter(), datetime.now(UTC)
    load = os.getloadavg()[0]
    words = [sys.executable, "-m", *f"bench.{command}".split()]
    printed = subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    taken = time.perf_counter() - began
    about = f"`python -m bench.{command}`, {day:%d %B %Y %H:%M} UTC, {taken:.0f} s; load average before it {load:.1f}."
    return f"## {title}\n\n{about}\n\n{printed.strip()}\n"


def standing() -> dict[str, str]:
    """Return the parts that the file has, by title."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0].removeprefix("## "): part.strip() + "\n" for part in parts}


def main(names: list[str]) -> None:
    """Run them and write the file after each, so that a run that breaks off can be taken up again."""
    parts = standing()
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        parts[RUNS[name][0]] = run(name)
        whole = [HEAD, machine() + "\n", *(parts[title] for title, _ in RUNS.values() if title in parts)]
        RESULTS.write_text("\n".join(whole), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *RUNS], help="Without any, all.")
    main(parser.parse_args().names or [*RUNS])
