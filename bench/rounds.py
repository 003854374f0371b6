"""Several ways of doing something, measured in turn."""

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import TypeVar

Name = TypeVar("Name")


def timed(rounds: int, ways: Mapping[Name, Callable[[], object]]) -> dict[Name, list[float]]:
    """Run each way in turn, `rounds` times after one that does not count, and return the milliseconds of each."""
    taken: dict[Name, list[float]] = {name: [] for name in ways}
    for counted in range(rounds + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if counted:
                taken[name].append((time.perf_counter() - began) * 1000)
    return taken


def measure(rounds: int, ways: Mapping[str, Callable[[], object]]) -> None:
    """Print a table of several ways, each beside the last."""
    taken = timed(rounds, ways)
    reference = median(list(taken.values())[-1])
    print("| | least ms | median ms | beside the last |\n|---|---|---|---|")
    for name, times in taken.items():
        middle = median(times)
        print(f"| {name} | {min(times):,.3f} | {middle:,.3f} | × {middle / reference:.2f} |")
