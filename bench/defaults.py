"""What the production defaults rest on: threads and workers of the server, and what SQLite is told, each in turn."""

import os
import tempfile
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import Final

from assessment.store import engine as store
from assessment.store.migrations import migrate
from assessment.store.visits import Visits
from bench.driver import Load, drive
from bench.journey import recorded
from bench.rounds import measure
from bench.served import ours, served

PEOPLE: Final = 8
ROUNDS: Final = 2
WORKERS: Final = (1, 2, 4)
THREADS: Final = (2, 8, 16)
WRITES: Final = 50
TOLD: Final = {
    "WAL, NORMAL, zeros over what is deleted (ours)": store.PRAGMAS,
    "WAL, FULL, zeros": ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", store.PRAGMAS[2]),
    "WAL, NORMAL, no zeros": store.PRAGMAS[:2],
    "SQLite's own: DELETE, FULL, no zeros": (),
}


def served_by() -> None:
    """Print how fast journeys go with more workers and more threads."""
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        folder = Path(made)
        pages = recorded(folder).pages
        ports = {}
        for workers, threads in product(WORKERS, THREADS):
            command, port, environment = ours(folder)
            more = {"WEB_CONCURRENCY": str(workers), "GUNICORN_CMD_ARGS": f"--threads {threads}"}
            stack.enter_context(served(command, port, folder, {**environment, **more}))
            drive(port, pages, 2 * workers, 1)  # whoever comes first waits until templates are compiled
            ports[workers, threads] = port
        loads = {each: Load() for each in ports}
        for _ in range(ROUNDS):
            for each, port in ports.items():
                loads[each].add(drive(port, pages, PEOPLE, 1))
    print(f"{PEOPLE} people at once on {os.cpu_count()} cores.\n")
    print("| workers | threads of each | requests/s | p50 ms | p99 ms |\n|---|---|---|---|---|")
    for (workers, threads), load in loads.items():
        middle, slow = map(load.percentile, (50, 99))
        print(f"| {workers} | {threads} | {load.each_second:,.0f} | {middle:,.1f} | {slow:,.1f} |")


def told() -> None:
    """Print how long a visit takes to be kept, as SQLite is told one thing or another."""
    ways = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, pragmas) in enumerate(TOLD.items()):
            url = f"sqlite:///{folder}/{number}.sqlite3"
            store.PRAGMAS = pragmas  # type: ignore[misc] - each engine is told at its first connection
            migrate(url)
            visits = Visits(store.connect(url), b"k" * 32)
            secret = visits.begin({"answers": {}})

            def keep(visits: Visits = visits, secret: str = secret) -> None:
                for _ in range(WRITES):
                    visits.keep(secret, lambda content: content)

            keep()
            ways[name] = keep
        print(f"\n{WRITES} answers kept one after another.\n")
        measure(20, ways)


if __name__ == "__main__":
    served_by()
    told()
