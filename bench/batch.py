"""A file of many people assessed, beside a plain read and write of it by Python's csv: rows a second, and memory.

Each way runs in a process of its own, over a hundredth of the rows and over all: memory that does not grow is bounded.
`python -m bench.batch ROWS` for another number of people than 100,000.
"""

import csv
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from assessment.core.checks import check
from assessment.given import today

ROOT = Path(__file__).parents[1]
COPY = """
import csv, sys
with open(sys.argv[1], newline="", encoding="utf-8") as file, open(sys.argv[2], "w", encoding="utf-8") as copy:
    csv.writer(copy).writerows(csv.reader(file))
"""
# A process is told to have used as much as the one that started it: so a small one does.
WATCH = """
import os, subprocess, sys, time
began = time.perf_counter()
_, status, used = os.wait4(subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL).pid, 0)
print(time.perf_counter() - began, used.ru_maxrss)
sys.exit(status != 0)
"""


def write_people(path: Path, rows: int) -> None:
    """Write the questionnaire's invented people, again and again, as a table."""
    editions = check(ROOT / "questions.yaml", today()).editions
    questions = list(dict.fromkeys(id for edition in editions.values() for id in edition.by_id))
    invented = [each for edition in editions.values() for each in edition.document.vignettes]
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["id", "audience", *questions])
        table.writeheader()
        for number, person in enumerate(islice(cycle(invented), rows), 1):
            cells = {id: ";".join(each) if isinstance(each, list) else each for id, each in person.answers.items()}
            table.writerow({"id": f"p{number}", "audience": person.audience, **cells})


def measure(name: str, command: list[str], rows: int) -> None:
    """Run a command, and print how many rows a second it takes and how much memory at its height."""
    watched = subprocess.run([sys.executable, "-c", WATCH, *command], check=True, stdout=subprocess.PIPE, text=True)
    seconds, kilobytes = map(float, watched.stdout.split())
    print(f"| {name} | {rows:,} | {rows / seconds:,.0f} | {kilobytes / 1024:,.0f} |", flush=True)


def main(most: int) -> None:
    print("| | rows | rows/s | MB at most |\n|---|---|---|---|")
    assess = [str(Path(sys.executable).with_name("assessment")), "assess"]
    with tempfile.TemporaryDirectory() as folder:
        people, out = Path(folder) / "people.csv", Path(folder) / "out"
        for rows in (most // 100, most):
            write_people(people, rows)
            for to in ("csv", "jsonl", "parquet") if rows < most else ("csv",):
                measure(f"assess --to {to}", [*assess, str(people), "--to", to, "--output", str(out)], rows)
            measure("csv.reader to csv.writer", [sys.executable, "-c", COPY, str(people), str(out)], rows)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
