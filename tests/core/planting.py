"""Faults planted by text edits into copies of a questionnaire, and what `check` says of them.

Many are planted in one copy: that is quicker, and shows that every fault is reported at once.
"""

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assessment.core.checks import Checked, check
from assessment.core.loading import load
from assessment.core.source import Fault

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "questions.yaml"
SLEEP = ROOT / "tests" / "sleep" / "questions.yaml"
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Plant:
    """A fault: in `file`, `old` becomes `new`; `says` must be said at the changed line, or at the line that has `at`.

    `alone` is for faults that hide others: what cannot be read, and what nothing else can be built on; `apart` for
    those that hide others in the same file.
    """

    name: str
    file: str
    old: str
    new: str
    says: str
    at: str = ""
    at_file: str = ""
    warning: bool = False
    alone: bool = False
    apart: bool = False


@dataclass
class Bed:
    """A copy of a questionnaire with faults in it: its texts by file, and the line of each fault."""

    questionnaire: Path
    texts: dict[str, str]
    lines: dict[Plant, int] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()

    def takes(self, plant: Plant) -> bool:
        """Say whether a fault fits in: what it changes is there, and nothing is planted on that line yet."""
        there = plant.old in self.texts[plant.file] and (plant.file, self.change(plant)) not in self.taken()
        crowded = any(other.alone or plant.alone or self._clash(other, plant) for other in self.lines)
        return there and not crowded

    @staticmethod
    def _clash(one: Plant, other: Plant) -> bool:
        return one.file == other.file and (one.apart or other.apart)

    def taken(self) -> set[tuple[str, int]]:
        return {(plant.file, line) for plant, line in self.lines.items()}

    def change(self, plant: Plant) -> int:
        """Return the first line that a fault changes."""
        same = next((n for n, (a, b) in enumerate(zip(plant.old, plant.new, strict=False)) if a != b), len(plant.new))
        text = self.texts[plant.file]
        return text.count("\n", 0, text.index(plant.old) + min(same, len(plant.old))) + 1

    def plant(self, plant: Plant) -> None:
        line = self.change(plant)
        before = self.texts[plant.file]
        after = self.texts[plant.file] = before.replace(plant.old, plant.new, 1)
        grown = after.count("\n") - before.count("\n")
        for other, where in self.lines.items():
            self.lines[other] = where + grown if other.file == plant.file and where > line else where
        self.lines[plant] = line

    def write(self, folder: Path) -> Path:
        for name, text in self.texts.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return folder / self.questionnaire.name

    def check(self, folder: Path) -> Checked:
        checked = check(self.write(folder), TODAY)
        self.faults = checked.faults
        return checked

    def load(self, folder: Path) -> None:
        """Look only for what is found while a questionnaire is read: `check` says the same, and takes longer."""
        self.faults = tuple(load(self.write(folder)).faults)

    def line(self, plant: Plant) -> int:
        if not plant.at:
            return self.lines[plant]
        lines = self.texts[plant.at_file or plant.file].splitlines()
        found = next((n for n, line in enumerate(lines, 1) if plant.at in line), None)
        assert found, f"{plant.name}: nothing has “{plant.at}”"
        return found


Look = Callable[[Bed, Path], object]


def texts_of(questionnaire: Path) -> dict[str, str]:
    """Every file of a questionnaire, by its path from the main one."""
    folder = questionnaire.parent
    files = [*folder.glob("*.yaml"), *folder.glob("content/**/*.yaml")]
    return {str(file.relative_to(folder)): file.read_text(encoding="utf-8") for file in files}


def beds(plants: Iterable[Plant], questionnaire: Path) -> list[Bed]:
    """Put each fault into the first copy that it fits in."""
    beds: list[Bed] = []
    for plant in plants:
        bed = next((bed for bed in beds if bed.takes(plant)), None)
        if bed is None:
            bed = Bed(questionnaire, texts_of(questionnaire))
            assert bed.takes(plant), f"{plant.file} no longer has “{plant.old}”: mend this test"
            beds.append(bed)
        bed.plant(plant)
    return beds


def grown(plants: Iterable[Plant], questionnaire: Path, folder: Path, look: Look = Bed.check) -> dict[Plant, Bed]:
    """Check copies with these faults in them, and return for each fault the copy that it is in."""
    found: dict[Plant, Bed] = {}
    for n, bed in enumerate(beds(plants, questionnaire)):
        look(bed, folder / str(n))
        found |= dict.fromkeys(bed.lines, bed)
    shutil.rmtree(folder)
    return found


def finds(bed: Bed, plant: Plant) -> None:
    """Assert that a planted fault is found, where it is, in words that name it."""
    there = (plant.at_file or plant.file, bed.line(plant))
    saying = [fault for fault in bed.faults if plant.says in f"{fault.message} {fault.hint}"]
    near = [fault for fault in bed.faults if fault.at.file == there[0] and abs(fault.at.line - there[1]) < 4]
    told = "\n".join(map(str, near or bed.faults[:20])) or "nothing"
    assert saying, f"{plant.name}: nobody says “{plant.says}”, but\n{told}"
    right = [fault for fault in saying if (fault.at.file, fault.at.line) == there]
    assert right, f"{plant.name}: said, but not at {there[0]}:{there[1]}:\n" + "\n".join(map(str, saying[:5]))
    assert plant.warning or not all(fault.warning for fault in right), f"{plant.name}: only a warning:\n{told}"
