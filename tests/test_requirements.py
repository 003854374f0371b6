"""What others wrote: all of it is listed and fixed by hashes, and an audit that could not ask does not pass."""

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "requirements"
SETS = ("bootstrap", "runtime", "dev", "audit", "runners")
PACKAGE = sorted((ROOT / "assessment").rglob("*.py"))
TESTS = [*(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").glob("*.py")]  # bench/peers runs where runners.txt is
BROWSER = ROOT / "assessment" / "privacy"  # opens a browser where the tests' packages are installed, and says so if not
PACKAGES = packages_distributions()
OURS = {"assessment", "tests", "bench", "_typeshed"}


def plain(name):
    """Return a package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def names(lines):
    return {plain(re.match(r"[\w.-]+", line)[0]) for line in lines if re.match(r"\w", line)}


def listed(*sets):
    return set().union(*(names((FOLDER / f"{each}.in").read_text(encoding="utf-8").splitlines()) for each in sets))


def extras():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return names(name for every in project["optional-dependencies"].values() for name in every)


def imported(files):
    """Return the packages that files import, each with a file that does."""
    found = {}
    for file in files:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            modules = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) else []
            for module in {each.partition(".")[0] for each in modules} - sys.stdlib_module_names - OURS:
                found |= {plain(each): file for each in PACKAGES[module]}
    return found


def missing(files, known):
    return {name: str(file.relative_to(ROOT)) for name, file in imported(files).items() if name not in known}


def test_what_the_app_imports_is_listed():
    files = [each for each in PACKAGE if not each.is_relative_to(BROWSER)]

    assert len(imported(files)) > 15
    assert not missing(files, listed("runtime") | extras())


def test_what_the_tests_import_is_listed():
    assert not missing([*TESTS, *PACKAGE], listed("runtime", "dev"))


@pytest.mark.parametrize("listing", SETS)
def test_everything_installed_is_fixed_to_a_version_and_its_hashes(listing):
    text = (FOLDER / f"{listing}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]

    assert listed(listing) <= names(entries)
    for entry in entries:
        assert re.match(r"[\w.-]+(\[\w+\])?==[\w.!+]+( ; .+)? \\\n( +--hash=sha256:[0-9a-f]{64}( \\)?\n)+$", entry), (
            entry
        )


@pytest.mark.parametrize("folder", ["tests/node", "bench/judge", "bench/peers/engines"])
def test_everything_of_node_is_fixed_to_a_hash_and_comes_from_wherever_npm_is_told(folder):
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    fetched = {name: each for name, each in lock["packages"].items() if each.get("version") and "nothing" not in name}

    assert fetched
    assert not [name for name, each in fetched.items() if "integrity" not in each and "inBundle" not in each]
    assert not [name for name, each in fetched.items() if "resolved" in each]


@pytest.mark.parametrize(
    ("ends", "passes"),
    [((0, 0), True), ((1, 0), False), ((0, 1), False), ((1, 1), False)],
    ids=["both know of nothing", "Python's finds or cannot ask", "Node's finds or cannot ask", "both"],
)
def test_an_audit_that_finds_something_or_cannot_ask_fails_and_says_so(tmp_path, ends, passes):
    for name, end in zip(("audit/bin/pip-audit", "bin/npm"), ends, strict=True):
        program = tmp_path / ".venv" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(f"#!/bin/sh\necho asked {name}\nexit {end}\n")
        program.chmod(0o700)
    there = [f"--assume-old={each}" for each in (".venv/audit", ".venv/dev")]
    command = ["make", "--file", ROOT / "Makefile", *there, "audit"]
    environment = {**os.environ, "MAKEFLAGS": ""}
    done = subprocess.run(command, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)

    assert done.stdout.count("\nasked") + done.stdout.startswith("asked") >= 2, done.stdout + done.stderr
    assert (done.returncode == 0) is passes
    assert ("Nothing is known to be well" in done.stderr) is not passes
