"""Journey and outcome from a person's answers, beside json.loads of the same answers and outcome."""

import json
from datetime import date
from pathlib import Path

from assessment.core.answers import read_all
from assessment.core.checks import check
from assessment.core.journey import Journey
from assessment.core.outcome import assess, plain
from bench.rounds import measure

ROOT = Path(__file__).parents[1]

edition = next(iter(check(ROOT / "questions.yaml", date(2026, 11, 23)).editions.values()))
heaviest = max(edition.document.vignettes, key=lambda each: len(each.answers))
answers, _ = read_all(edition, heaviest.answers)
text = json.dumps([heaviest.answers, plain(assess(Journey(edition, answers)))])

measure(
    200,
    {
        "journey (every request)": lambda: Journey(edition, answers).steps,
        "journey and outcome": lambda: assess(Journey(edition, answers)),
        "json.loads of answers and outcome": lambda: json.loads(text),
    },
)
