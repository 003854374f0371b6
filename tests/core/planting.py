"""Faults planted by text edits into copies of a questionnaire, and what `check` says of them."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assessment.core.checks import check

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "questions.yaml"
SLEEP = ROOT / "tests" / "sleep" / "questions.yaml"
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Plant:
    """A fault: in `file`, `old` becomes `new`; `says` must be said at the changed line, or at the line with `at`."""

    name: str
    file: str
    old: str
    new: str
    says: str
    at: str = ""
    at_file: str = ""
    warning: bool = False


def copied(questionnaire: Path, to: Path) -> Path:
    """Copy a questionnaire with everything it may include, and return where the copy is."""
    to.mkdir(exist_ok=True)
    for file in questionnaire.parent.glob("*.yaml"):
        shutil.copy(file, to)
    if (questionnaire.parent / "content").exists():
        shutil.copytree(questionnaire.parent / "content", to / "content")
    return to / questionnaire.name


def edit(file: Path, old: str, new: str) -> int:
    """Replace the first `old` by `new`, and return the first line that differs, counted from 1."""
    before = file.read_text(encoding="utf-8")
    assert old in before, f"{file.name} no longer has “{old}”: mend this test"
    after = before.replace(old, new, 1)
    file.write_text(after, encoding="utf-8")
    lines = zip(before.splitlines(), after.splitlines(), strict=False)
    return next((n for n, (a, b) in enumerate(lines, 1) if a != b), len(after.splitlines()))


def line_with(file: Path, text: str) -> int:
    """Return the number of the first line that has a text."""
    return next(n for n, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if text in line)


def finds(plant: Plant, questionnaire: Path, folder: Path, already: frozenset[str]) -> None:
    """Assert that a planted fault is found, where it is, in words that name it."""
    main = copied(questionnaire, folder / "planted")
    line = edit(main.parent / plant.file, plant.old, plant.new)
    file = plant.at_file or plant.file
    if plant.at:
        line = line_with(main.parent / file, plant.at)
    found = [fault for fault in check(main, TODAY).faults if str(fault) not in already]
    told = "\n".join(map(str, found)) or "nothing"
    saying = [fault for fault in found if plant.says in f"{fault.message} {fault.hint}"]
    assert saying, f"{plant.name}: nobody says “{plant.says}”, but\n{told}"
    assert (file, line) in {(fault.at.file, fault.at.line) for fault in saying}, f"{file}:{line}, but\n{told}"
    assert plant.warning or not all(fault.warning for fault in saying), f"only a warning:\n{told}"
