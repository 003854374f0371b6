"""From the command to the first answer, and what each process then holds of memory, beside a bare Flask app."""

import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median
from typing import Final

from bench.bare import Taken
from bench.served import bare, megabytes, ours, processes, served

ROUNDS: Final = 5
PAGE: Final = Taken(reads=1, writes=0, page_bytes=5_000)

Started = tuple[list[str], int, Mapping[str, str]]


def started(make: Callable[[Path], Started]) -> tuple[float, list[float]]:
    """Return seconds until a server answers, and the megabytes of each of its processes, the oldest first."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        command, port, environment = make(folder)
        began = time.perf_counter()
        with served(command, port, folder, environment) as server:
            taken = time.perf_counter() - began
            return taken, [megabytes(each) for each in processes(server.pid)]


def main() -> None:
    """Start both in turn and print a table."""
    makers = {"Take stock": ours, "bare Flask": lambda folder: bare(folder, [PAGE])}
    seen: dict[str, list[tuple[float, list[float]]]] = {name: [] for name in makers}
    for _ in range(ROUNDS):
        for name, make in makers.items():
            seen[name].append(started(make))
    print("| server | least s | median s | MB of each process: gunicorn, worker, printers |")
    print("|---|---|---|---|")
    for name, rounds in seen.items():
        taken = [each for each, _ in rounds]
        held = ", ".join(f"{each:.0f}" for each in rounds[-1][1])
        print(f"| {name} | {min(taken):.2f} | {median(taken):.2f} | {held} |")


if __name__ == "__main__":
    main()
