"""The questionnaire read, checked and laid out, beside PyYAML's C parser on the same files."""

from datetime import date
from pathlib import Path

import yaml

from assessment.core.checks import check
from assessment.core.loading import load
from bench.rounds import measure

ROOT = Path(__file__).parents[1]

FILES = [ROOT / "questions.yaml", *sorted((ROOT / "content").glob("**/*.yaml"))]

measure(
    10,
    {
        "read, checked, laid out (assessment check)": lambda: check(ROOT / "questions.yaml", date(2026, 11, 23)),
        "read with every value's place": lambda: load(ROOT / "questions.yaml"),
        "yaml.load with CSafeLoader": lambda: [
            yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) for path in FILES
        ],
    },
)
