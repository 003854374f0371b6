"""From the command to the first answer, and what each process holds once people went through, beside a bare Flask app.

What the processes that print hold when they have printed is in `bench.pdf --documents`.
"""

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Final

from bench.driver import Page, drive
from bench.journey import recorded
from bench.served import bare, megabytes, ours, processes, served

ROUNDS: Final = 5
PEOPLE: Final = 8

Started = tuple[list[str], int, Mapping[str, str]]


def started(make: Callable[[Path], Started], pages: Sequence[Page]) -> tuple[float, list[float]]:
    """Return seconds until a server answers, and the megabytes of each of its processes, the oldest first.

    They are counted after people walked through the pages, if there are any.
    """
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        command, port, environment = make(folder)
        began = time.perf_counter()
        with served(command, port, folder, environment) as server:
            taken = time.perf_counter() - began
            if pages:
                drive(port, pages, PEOPLE, 1)
            return taken, [megabytes(each) for each in processes(server.pid)]


def main() -> None:
    """Start both in turn and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        recorder = recorded(Path(folder))
    makers = {
        "Take stock": (ours, [*recorder.pages, Page("/readyz")]),  # which waits for a process that prints
        "bare Flask": (lambda folder: bare(folder, recorder.taken), recorder.as_bare),
    }
    seen: dict[str, list[tuple[float, list[float]]]] = {name: [] for name in makers}
    for counted in range(ROUNDS):
        for name, (make, pages) in makers.items():
            seen[name].append(started(make, pages if counted == ROUNDS - 1 else ()))
    print("| server | least s | median s | MB of each process: gunicorn, worker, those that print |")
    print("|---|---|---|---|")
    for name, rounds in seen.items():
        taken = [each for each, _ in rounds]
        held = ", ".join(f"{each:.0f}" for each in rounds[-1][1])
        print(f"| {name} | {min(taken):.2f} | {median(taken):.2f} | {held} |")


if __name__ == "__main__":
    main()
