import csv
import re
import shutil
import sys
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessment.cli import main
from assessment.core.edition import edition
from assessment.core.journey import Journey
from assessment.core.loading import load
from assessment.core.outcome import assess

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "questions.yaml"
SLEEP = ROOT / "tests" / "sleep" / "questions.yaml"


def run(*arguments):
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def edited(tmp_path):
    """Return the main file of a copy of a questionnaire, in which one piece of text stands in place of another."""

    def edited(questionnaire, name, old, new):
        folder = tmp_path / f"copy {len(list(tmp_path.iterdir()))}"
        for file in (*questionnaire.parent.glob("*.yaml"), *questionnaire.parent.glob("content/**/*.yaml")):
            copy = folder / file.relative_to(questionnaire.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, copy)
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text, f"{name} no longer has “{old}”: mend this test"
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder / questionnaire.name

    return edited


def section(output, audience):
    """What is said of one audience."""
    parts = re.split(r"^(\w+)\n=+$", output, flags=re.MULTILINE)
    return parts[parts.index(audience) + 1]


def test_the_same_questionnaire_differs_for_nobody():
    said = run("diff", SLEEP, SLEEP).output

    for audience in ("sleeper", "partner", "nurse"):
        assert section(said, audience).strip() == "no person gets different advice"


def test_a_change_is_shown_with_a_person_in_words(edited):
    said = run("diff", SLEEP, edited(SLEEP, "advice.yaml", "when: rest >= 4", "when: rest >= 5")).output

    assert "somebody who answers\n    dozing: Often\n  only in OLD: guidance wind_down [soon]\n" in said
    assert "only in OLD: highest urgency soon" in said
    assert "no person gets different advice" in section(said, "partner")
    assert "no person gets different advice" not in section(said, "sleeper")


def test_a_change_that_everybody_meets_needs_no_answer(edited):
    said = run("diff", SLEEP, edited(SLEEP, "advice.yaml", "id: about_sleep", "id: on_sleep")).output

    assert "anybody, even who answers nothing\n  only in NEW: guidance on_sleep [any_time]" in said
    assert "only in OLD: guidance about_sleep [any_time]" in said


def test_an_answer_that_only_one_of_the_files_takes_is_said_to_be_in_that_file(edited):
    copy = edited(SLEEP, "questions.yaml", "sooner: {text: It should be sooner", "earlier: {text: It should be earlier")
    said = section(
        run("diff", SLEEP, edited(copy, "advice.yaml", "feels is sooner", "feels is earlier")).output, "partner"
    )

    assert "question with other answers, or other points: feels\n" in said
    assert "how soon: It should be sooner (in OLD)\n  only in OLD: guidance sooner [today]\n" in said
    assert "how soon: It should be earlier (in NEW)\n  only in NEW: guidance sooner [today]\n" in said


def test_a_vignette_that_no_longer_comes_out_right_is_what_the_comparison_is_for(edited):
    must = "must: {shows: [wind_down]}"
    person = f"{{id: dozes, story: Someone dozes., audience: sleeper, answers: {{rest_3: often}}, {must}}}"
    old = edited(SLEEP, "advice.yaml", "flags:", f"vignettes:\n  - {person}\nflags:")
    new = edited(old, "advice.yaml", "when: rest >= 4", "when: rest >= 5")
    said = section(run("diff", old, new).output, "sleeper")

    assert "vignette dozes\n  only in NEW: highest urgency any_time\n  only in OLD: guidance wind_down [soon]\n" in said


def test_other_words_are_listed_and_concern_nobody(edited):
    said = run("diff", SLEEP, edited(SLEEP, "advice.yaml", "Sleep comes in waves", "Sleep comes in tides")).output

    for audience in ("sleeper", "partner", "nurse"):
        assert "worded or placed otherwise: guidance about_sleep (text)" in section(said, audience)
        assert "no person gets different advice" in section(said, audience)


def test_a_file_with_faults_is_named():
    result = CliRunner().invoke(main, ["diff", str(SLEEP), "nowhere.yaml"])

    assert result.exit_code == 1
    assert "nowhere.yaml has faults" in result.output


def answers_in(lines, edition):
    """The answers that a person gives, read back from their words."""
    answers = {}
    for line in lines:
        question = next(each for each in edition.questions if line.startswith(f"{each.short}: "))
        said = line.removeprefix(f"{question.short}: ")
        ids = {choice.text: choice.id for choice in question.options}
        answers[question.id] = int(said.split()[0]) if question.number else tuple(ids[it] for it in said.split("; "))
    return answers


def test_a_threshold_moved_by_one_in_the_shipped_questionnaire_finds_somebody_for_whom_the_engine_differs(edited):
    copy = edited(SHIPPED, "content/guidance.yaml", "when: days_used >= 20", "when: days_used >= 21")
    said = section(run("diff", SHIPPED, copy).output, "self")
    old, new = (edition(told.document, told.reader, "") for told in (load(file).told[0] for file in (SHIPPED, copy)))
    (person, guidance) = re.search(r"somebody who answers\n((?:    .*\n)+)  only in OLD: guidance (\w+)", said).groups()
    answers = answers_in([line.strip() for line in person.splitlines()], old)
    was, now = ({each.guidance.id for each in assess(Journey(side, answers)).advice} for side in (old, new))

    assert answers["days_used"] == 20
    assert was - now == {guidance}


def test_every_guidance_is_listed_with_the_answers_that_lead_to_it():
    result = run("outcomes", "--questionnaire", SLEEP)

    assert result.stdout.splitlines()[:2] == [
        "see_doctor     body   today     Ask a doctor about your breathing",
        "    woken by: Gasping for breath",
    ]
    assert result.stdout.splitlines()[-1] == "    everyone"
    assert "Looking for people" in result.stderr


def test_the_list_is_of_the_audience_that_is_named_and_can_be_a_table():
    rows = list(
        csv.DictReader(StringIO(run("outcomes", "--audience", "partner", "--csv", "--questionnaire", SLEEP).stdout))
    )

    assert [row["id"] for row in rows] == ["doctor_for_them", "sooner", "about_sleep"]
    assert rows[0]["answers"] == "what woke them: Gasping"
    assert list(rows[0]) == ["id", "place", "urgency", "title", "answers"]


@pytest.mark.parametrize("command", [["prove"], ["outcomes"], ["diff", SLEEP, SLEEP]], ids=lambda each: each[0])
def test_where_z3_is_missing_one_sentence_says_what_to_install(command, monkeypatch):
    for name in ("proofs", "outcomes", "differences"):
        monkeypatch.setitem(sys.modules, f"assessment.core.{name}", None)
        monkeypatch.delattr(f"assessment.core.{name}", raising=False)
    result = CliRunner().invoke(main, [str(each) for each in command])

    assert result.exit_code == 1
    assert "the prover needs z3: pip install z3-solver" in result.output
