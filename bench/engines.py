"""What is asked and what the totals are, beside the engines of SurveyJS and of LHC-Forms on the same answers.

All three take the same invented questionnaires, built once, and the same people, and must find the same of each.
Node runs SurveyJS and fhirpath, which LHC-Forms runs, in a process of its own; all take turns. They are installed by
`make .venv/peers`.
"""

import gc
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any, Final

from assessment.core.answers import Answer, Answers
from assessment.core.checks import check
from assessment.core.edition import Edition
from assessment.core.journey import Journey
from bench.invented import ENOUGH, FOLLOWED, somebody, write

ROOT: Final = Path(__file__).parents[1]
NODE: Final = (ROOT / ".venv" / "bin" / "node", ROOT / ".venv" / "peers" / "find.cjs")
SIZES: Final = (50, 200, 1000)
PEOPLE: Final = 4
ROUNDS: Final = 3
OF_A_TURN: Final = 8_000  # questions, people and times together
PEERS: Final = {"surveyjs": "SurveyJS", "fhirpath": "FHIRPath"}

Found = list[dict[str, Any]]


def found(edition: Edition, people: Sequence[Answers]) -> Found:
    """Return what each person is asked, and their totals."""
    journeys = [Journey(edition, answers) for answers in people]
    return [
        {
            "visible": [question.id for question in journey.questions],
            "totals": {score.instrument.id: score.total for score in journey.scores()},
        }
        for journey in journeys
    ]


def survey(edition: Edition) -> dict[str, Any]:
    """Return a questionnaire as SurveyJS takes it: an item's answers are its points, a total is a calculated value."""
    pages: dict[str, list[dict[str, Any]]] = {}
    for question in edition.questions:
        choices = [{"value": _value(edition, question.id, each.id), "text": each.text} for each in question.options]
        element = {"type": "radiogroup", "name": question.id, "title": question.ask, "choices": choices}
        if part := _follows(edition, question.id):
            chosen = " or ".join(f"{{p{part}_0}} = '{option}'" for option in FOLLOWED)
            element["visibleIf"] = f"({chosen}) and {{s{part - 1}}} >= {ENOUGH}"
        pages.setdefault(question.section.id, []).append(element)
    totals = [
        {"name": id, "expression": " + ".join(f"{{{item.id}}}" for item in items)}
        for id, items in edition.instruments.items()
    ]
    return {"pages": [{"name": id, "elements": each} for id, each in pages.items()], "calculatedValues": totals}


def expressions(edition: Edition) -> dict[str, dict[str, str]]:
    """Return the conditions and the totals as FHIRPath about a QuestionnaireResponse, going straight to each item."""
    totals = {
        id: f"item.where(linkId='{items[0].section.id}').item.where(linkId='{id}').item.answer.value.sum()"
        for id, items in edition.instruments.items()
    }
    conditions = {}
    for question in edition.questions:
        if part := _follows(edition, question.id):
            chosen = " or ".join(f"$this='{option}'" for option in FOLLOWED)
            opening = f"item.where(linkId='part_{part}').item.where(linkId='p{part}_0').answer.value.code"
            conditions[question.id] = f"{opening}.where({chosen}).exists() and {totals[f's{part - 1}']} >= {ENOUGH}"
    return {"conditions": conditions, "totals": totals}


def response(edition: Edition, answers: Answers) -> dict[str, Any]:
    """Return a person's answers as a QuestionnaireResponse: a group for each section, and in it for each scale."""
    sections: dict[str, list[dict[str, Any]]] = {}
    scales: dict[str, list[dict[str, Any]]] = {}
    for question in edition.questions:
        if question.id not in answers:
            continue
        value = _value(edition, question.id, _option(answers[question.id]))
        given = {"valueInteger": value} if question.item else {"valueCoding": {"code": value}}
        item = {"linkId": question.id, "answer": [given]}
        inside = sections.setdefault(question.section.id, [])
        if question.instrument is None:
            inside.append(item)
            continue
        if question.instrument.id not in scales:
            inside.append({"linkId": question.instrument.id, "item": scales.setdefault(question.instrument.id, [])})
        scales[question.instrument.id].append(item)
    groups = [{"linkId": id, "item": inside} for id, inside in sections.items()]
    return {"resourceType": "QuestionnaireResponse", "status": "completed", "item": groups}


def for_peers(edition: Edition, people: Sequence[Answers]) -> dict[str, Any]:
    """Return a questionnaire and people, as find.cjs reads them."""
    return {
        "survey": survey(edition),
        "questions": [question.id for question in edition.questions],
        "totals": list(edition.instruments),
        "expressions": expressions(edition),
        "people": [
            {
                "answers": {id: _value(edition, id, _option(answer)) for id, answer in answers.items()},
                "response": response(edition, answers),
            }
            for answers in people
        ],
    }


@contextmanager
def peers(given: Mapping[int, Any]) -> Iterator[subprocess.Popen[str]]:
    """Run the other engines until the end of the block."""
    with subprocess.Popen(NODE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin
        process.stdin.write(json.dumps(given) + "\n")
        yield process


def turn(process: subprocess.Popen[str], engine: str, size: int, times: int) -> tuple[float, Found]:
    """Return the milliseconds that an engine takes for a person, and what it finds."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps({"engine": engine, "size": size, "times": times}) + "\n")
    process.stdin.flush()
    said = json.loads(process.stdout.readline())
    return said["milliseconds"], said["found"]


def main() -> None:
    """Compare what is found, measure in turn and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        checked = {size: check(write(Path(folder), size), date(2026, 11, 23)) for size in SIZES}
    editions = {size: next(iter(each.editions.values())) for size, each in checked.items()}
    people = {size: [somebody(edition, number) for number in range(PEOPLE)] for size, edition in editions.items()}
    print("| questions | ours, ms a person | SurveyJS | × ours | FHIRPath | × ours |\n|---|---|---|---|---|---|")
    gc.freeze()  # as the server does: what stays is not looked through again and again
    with peers({size: for_peers(edition, people[size]) for size, edition in editions.items()}) as process:
        for size, edition in editions.items():
            expected, times = found(edition, people[size]), max(1, OF_A_TURN // size // PEOPLE)
            taken: dict[str, list[float]] = {name: [] for name in ("ours", *PEERS)}
            for _ in range(ROUNDS + 1):
                began = time.perf_counter()
                for _ in range(times):
                    found(edition, people[size])
                taken["ours"].append((time.perf_counter() - began) * 1000 / times / PEOPLE)
                for engine, name in PEERS.items():
                    milliseconds, theirs = turn(process, engine, size, times)
                    assert theirs == expected, f"{name} does not find what we find, of {size} questions"
                    taken[engine].append(milliseconds)
            mine, *others = (median(each[1:]) for each in taken.values())
            beside = " | ".join(f"{each:.3f} | {each / mine:.1f}" for each in others)
            print(f"| {size:,} | {mine:.3f} | {beside} |", flush=True)


def _follows(edition: Edition, question: str) -> int | None:
    """Return the number of the part whose second question this is, asked only on its first; none of the first part."""
    section = edition.by_id[question].section.id
    return int(section.removeprefix("part_")) if question == f"p{section.removeprefix('part_')}_1" else None


def _option(answer: Answer) -> str:
    assert isinstance(answer, tuple)
    return answer[0]


def _value(edition: Edition, question: str, option: str) -> str | int:
    """Return what an answer is to the others: points of an item, otherwise the option."""
    asked = edition.by_id[question]
    return asked.points(option) if asked.item else option


if __name__ == "__main__":
    main()
