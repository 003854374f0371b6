"""Two ways of doing something, measured in turn."""

import time
from collections.abc import Callable
from statistics import median


def measure(rounds: int, ways: dict[str, Callable[[], object]]) -> None:
    """Run each way in turn, `rounds` times after one that does not count, and print milliseconds and the ratio."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for counted in range(rounds + 1):
        for name, way in ways.items():
            began = time.perf_counter()
            way()
            if counted:
                taken[name].append((time.perf_counter() - began) * 1000)
    reference = median(list(taken.values())[-1])
    for name, times in taken.items():
        middle = median(times)
        print(f"{name:45} min {min(times):9.3f} ms   median {middle:9.3f} ms   × {middle / reference:.1f}")
