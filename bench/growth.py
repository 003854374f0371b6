"""How the walk, the outcome, the check and a proof grow with the questionnaire: 50, 200 and 1,000 invented questions.

All sizes are measured in turn. The last column is what a question costs in the largest questionnaire, as a multiple
of what it costs in the smallest: × 1 is growth in a straight line.
"""

import gc
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from typing import Final

from assessment.core.checks import check
from assessment.core.edition import Edition
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.core.proofs import Prover
from bench.invented import somebody, write
from bench.rounds import timed

SIZES: Final = (50, 200, 1000)
TODAY: Final = date(2026, 11, 23)
ROUNDS: Final = {"walk": 50, "walk and assess": 50, "check": 5, "prove 3 promises": 3}

Way = Callable[[], object]


def ways(path: Path) -> dict[str, Way]:
    """Return what is done with a questionnaire, by name."""
    (edition,) = check(path, TODAY).editions.values()
    answers = somebody(edition, 1)
    return {
        "walk": lambda: Journey(edition, answers).steps,
        "walk and assess": lambda: assess(Journey(edition, answers)),
        "check": lambda: checked(path),
        "prove 3 promises": lambda: prove(edition),
    }


def checked(path: Path) -> None:
    """Read and check a questionnaire as `assessment serve` does: nobody looks for garbage meanwhile."""
    gc.disable()
    check(path, TODAY)
    gc.enable()


def prove(edition: Edition) -> None:
    """Prove every promise, from nothing."""
    prover = Prover(edition)
    assert all(prover.verdict(promise).kept for promise in edition.document.promises)


def main() -> None:
    """Measure and print a table."""
    least, most = SIZES[0], SIZES[-1]
    sizes = " | ".join(f"{size:,} questions, ms" for size in SIZES)
    print(f"| | {sizes} | a question, {most:,} beside {least} |")
    print("|---|" + "---|" * (len(SIZES) + 1))
    with tempfile.TemporaryDirectory() as folder:
        of_size = {size: ways(write(Path(folder), size)) for size in SIZES}
        for name, rounds in ROUNDS.items():
            taken = timed(rounds, {size: of_size[size][name] for size in SIZES})
            middle = {size: median(times) for size, times in taken.items()}
            figures = " | ".join(f"{milliseconds:,.3f}" for milliseconds in middle.values())
            print(f"| {name} | {figures} | × {middle[most] / most / (middle[least] / least):.2f} |", flush=True)


if __name__ == "__main__":
    main()
