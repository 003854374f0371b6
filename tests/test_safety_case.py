"""Whatever the safety case and the security table name exists, and each control has a proof that can fail."""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from assessment.cli import COMMANDS
from assessment.core import checks, order, scales
from assessment.core.reachability import false_reassurance, unreachable

ROOT = Path(__file__).parents[1]
CASE, SECURITY = ((ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("safety-case.md", "security.md"))
RULES = (
    *(*checks.NAMES, *checks.WORDS, *checks.DATES, *checks.TOGETHER),
    *(scales.scales, order.unread_questions, false_reassurance, unreachable),
)
RATED = re.compile(r"- \*\*(Initial|Residual) risk\*\*: ([a-z]+) × ([a-z ]+) = (\d)")
NOT_YET = "not yet: "


@cache
def ids(kind):
    """Return the ids of everything of a kind in the files that the shipped questionnaire includes."""
    included = yaml.safe_load((ROOT / "questions.yaml").read_text(encoding="utf-8"))["include"]
    files = [yaml.safe_load((ROOT / name).read_text(encoding="utf-8")) for name in included]
    return {each["id"] for file in files for each in file.get(kind, ())}


KNOWN = {
    "promise": lambda id: id in ids("promises"),
    "vignette": lambda id: id in ids("vignettes"),
    "check": lambda name: name in {f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}" for rule in RULES},
    "assessment": lambda command: command in COMMANDS,
    "make": lambda verb: re.search(rf"^{verb}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE),
}
CAN_FAIL = re.compile("(?:promise|vignette|check) |tests/.+::")


def there(reference):
    """Say whether what stands between backticks exists."""
    kind, _, name = reference.partition(" ")
    if kind in KNOWN:
        return bool(KNOWN[kind](name))
    file, _, test = reference.partition("::")
    if not (ROOT / file).is_file():
        return False
    return not test or bool(re.search(rf"^ *def {test}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE))


def references(text):
    return re.findall(r"`([^`]*)`", text)


def missing(text):
    """Return everything that a document names and that does not exist."""
    return [each for each in references(text) if not there(each)]


def tables(text):
    """Return the cells of every row below a table's head."""
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line[:1] == "|"]
    heads = [n - 1 for n, row in enumerate(rows) if set("".join(row)) <= set("-|")]
    return [row for n, row in enumerate(rows) if n not in heads and n - 1 not in heads]


def unproved(rows):
    """Return the rows of which nothing named can fail."""
    return [row for row in rows if not any(map(CAN_FAIL.match, references(row[-1])))]


MATRIX = {row[0]: row[1:] for row in tables(CASE) if len(row) == 6}
SEVERITIES = next(line for line in CASE.splitlines() if line.startswith("| likelihood |")).strip("| ").split(" | ")[1:]
HAZARDS = re.findall(r"^### (H\d+)\. .+?\n(.*?)(?=^##)", CASE, re.MULTILINE | re.DOTALL)
EACH_HAZARD = pytest.mark.parametrize("hazard", [text for _, text in HAZARDS], ids=[id for id, _ in HAZARDS])


def rated(hazard):
    """Return the severity, the likelihood and the rating of a hazard, before its controls and after."""
    return {when: (severity, likelihood, rating) for when, severity, likelihood, rating in RATED.findall(hazard)}


@pytest.mark.parametrize("text", [CASE, SECURITY], ids=["safety case", "security"])
def test_everything_that_is_named_is_there(text):
    assert len(references(text)) > 50
    assert not missing(text)


@pytest.mark.parametrize(
    "gone",
    [
        "promise nobody_is_ever_hurt",
        "vignette c99",
        "check wording.truth",
        "assessment heal",
        "make peace",
        "docs/nothing.md",
        "tests/nothing.py::test_x",
        "tests/test_safety_case.py::test_that_nobody_wrote",
        "anything else",
    ],
)
def test_what_is_gone_is_missed(gone):
    assert missing(f"It is so: `README.md`, `{gone}`.") == [gone]


def test_a_control_without_a_proof_is_found():
    rows = tables("| control | proof |\n|---|---|\n| it is so | `README.md` |\n| so too | we promise |\n| told | |\n")

    assert unproved(rows) == rows


def test_hazards_are_numbered_without_a_gap():
    assert [id for id, _ in HAZARDS] == [f"H{n}" for n in range(1, len(HAZARDS) + 1)]


@EACH_HAZARD
def test_a_hazard_says_its_cause_its_harm_and_what_is_left_to_do(hazard):
    said = re.findall(r"^- \*\*(.+?)\*\*: \S", hazard, re.MULTILINE)

    assert said == ["Cause", "Harm", "Initial risk", "Residual risk", "Left to do"]
    assert set(re.findall(r"\bD\d+\b", hazard)) <= set(re.findall(r"^- \*\*(D\d+)\*\*", CASE, re.MULTILINE))


@EACH_HAZARD
def test_a_hazard_has_controls_and_each_of_them_a_proof_that_can_fail(hazard):
    rows = tables(hazard)

    assert rows
    assert not unproved(rows)


@EACH_HAZARD
def test_a_rating_is_that_of_the_matrix_and_no_control_makes_it_worse(hazard):
    ratings = rated(hazard)

    for severity, likelihood, rating in ratings.values():
        assert MATRIX[likelihood][SEVERITIES.index(severity)] == rating
    assert ratings["Residual"][2] <= ratings["Initial"][2]
    assert int(ratings["Residual"][2]) < 4, "a risk of 4 or 5 must be reduced"


def test_hazards_that_are_named_elsewhere_are_there():
    assert set(re.findall(r"\bH\d+\b", CASE)) == {id for id, _ in HAZARDS}


def test_what_security_asks_for_is_met_and_tested_or_is_listed_as_not_yet():
    rows = tables(SECURITY)
    open_rows = [row for row in rows if row[1].startswith(NOT_YET)]
    listed = re.findall(r"^- (.+)$", SECURITY.partition("## Not yet")[2], re.MULTILINE)

    assert {len(row) for row in rows} == {3}
    assert not unproved([row for row in rows if row not in open_rows])
    assert [row[1].removeprefix(NOT_YET) for row in open_rows] == listed
