"""How often an attack is tried and how long one try may take: the same few each time, or by hand as many as you like.

ATTACKS=50 .venv/bin/pytest tests/fuzzing   tries fifty times as many, and others each time.
"""

import os
import signal
from contextlib import contextmanager

from hypothesis import HealthCheck, settings

TIMES = int(os.environ.get("ATTACKS") or 1)


def tried(examples, **more):
    """Return the settings of an attack that is tried so often."""
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
        **more,
    )


@contextmanager
def within(seconds):
    """End what takes longer: a hang is a fault like any other."""

    def end(_signal, _frame):
        raise TimeoutError(f"it took more than {seconds} seconds")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
