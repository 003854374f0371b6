"""What the measurements measure is what they say."""

import pytest

from assessment.core.checks import check
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from bench.invented import somebody, write
from bench.results import ROOT, RUNS
from tests.core.planting import TODAY


@pytest.mark.parametrize("questions", [50, 200])
def test_an_invented_questionnaire_has_as_many_questions_and_no_fault(tmp_path, questions):
    checked = check(write(tmp_path, questions), TODAY)

    assert not checked.faults
    assert [len(edition.questions) for edition in checked.editions.values()] == [questions]


def test_an_invented_person_answers_everything_on_the_way_and_is_told_something(tmp_path):
    (edition,) = check(write(tmp_path, 200), TODAY).editions.values()
    outcome = assess(Journey(edition, somebody(edition, 1)))

    assert not outcome.unanswered
    assert outcome.flags
    assert outcome.advice
    assert len(outcome.answers) < 200  # something was not asked


def test_every_run_is_of_a_script_that_the_readme_lists():
    listed = (ROOT / "bench" / "README.md").read_text(encoding="utf-8")

    for _, command in RUNS.values():
        name = command.split()[0]
        assert (ROOT / "bench" / f"{name}.py").is_file()
        assert f"python -m bench.{name} " in listed
