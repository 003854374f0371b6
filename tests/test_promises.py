"""`assessment prove` and `assessment trace`, as an author runs them."""

import shutil

import pytest
from click.testing import CliRunner

from assessment.cli import main
from tests.core.planting import SLEEP

KEPT = """
promises:
  - id: gasping_sees_a_doctor
    says: Whoever gasps at night is told to ask a doctor.
    for: [sleeper]
    whenever: woken_by has breath
    then: {shows: [see_doctor], flags: [gasping], urgency: today}
    never: {tone: reassuring}
"""
BROKEN = """
promises:
  - id: everyone_rests
    says: Everyone is told of a slower evening.
    for: [sleeper]
    then: {shows: [wind_down]}
"""
MADE = """
promises:
  - id: p
    says: Nobody is ever reassured.
    never: {tone: reassuring}
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command on a copy of the second questionnaire with some promises, in a folder of its own."""
    shutil.copytree(SLEEP.parent, tmp_path / "sleep", dirs_exist_ok=True)
    main_file = tmp_path / "sleep" / "questions.yaml"

    def run(command, *arguments, promises=KEPT):
        (tmp_path / "sleep" / "promises.yaml").write_text(promises, encoding="utf-8")
        text = SLEEP.read_text(encoding="utf-8").replace(
            "include: [advice.yaml]", "include: [advice.yaml, promises.yaml]"
        )
        main_file.write_text(text, encoding="utf-8")
        folder = tmp_path / command
        folder.mkdir(exist_ok=True)
        monkeypatch.chdir(folder)
        result = CliRunner().invoke(main, [command, "--questionnaire", str(main_file), *arguments])
        result.files = {each.name: each.read_bytes() for each in folder.iterdir()}
        return result

    return run


def test_a_promise_that_is_kept_is_proved_for_everyone(run):
    result = run("prove")

    assert result.exit_code == 0, result.output
    assert "proved  sleeper    gasping_sees_a_doctor" in result.output


def test_a_promise_that_is_broken_names_the_person_and_how_to_replay_them(run, tmp_path):
    result = run("prove", promises=BROKEN)

    assert result.exit_code == 1
    assert "BROKEN  sleeper" in result.output
    assert "replay: assessment trace --questionnaire" in result.output
    (tmp_path / "person.yaml").write_bytes(result.files["everyone_rests.yaml"])
    replayed = run("trace", str(tmp_path / "person.yaml"))
    assert replayed.exit_code == 0, replayed.output
    assert "wind_down" not in replayed.output


@pytest.mark.parametrize("name", ["report.html", "report.pdf"])
def test_the_report_is_a_document(run, name):
    result = run("prove", "--report", name)

    assert result.exit_code == 0, result.output
    report = result.files[name]
    if name.endswith("html"):
        assert "Whoever gasps at night is told to ask a doctor." in report.decode()
        assert "Proved" in report.decode()
        assert "never</strong> anything reassuring" in report.decode()
    else:
        assert report.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ("then: {shows: [see_docter]}", "did you mean “see_doctor”?"),
        ("then: {meets: [nowhere]}", "there is nothing called “nowhere”"),
        ("whenever: woken_by has thunder", "has no option “thunder”"),
        ("among: [rest]", "they stand together"),
        ("monotone: [urgency]\n    among: [country]", "nothing says which answer to “country” is worse"),
        ("monotone: [urgency]\n    among: [sleepiness]", "no question or instrument “sleepiness”"),
        ("says: Again.", "is given twice"),
        ("for: [nobody]", "there is no audience “nobody”"),
    ],
)
def test_a_promise_that_makes_no_sense_is_refused(run, wrong, says):
    result = run("check", promises=MADE + f"    {wrong}\n")

    assert result.exit_code == 1
    assert says in result.output


def test_a_promise_of_nothing_is_refused(run):
    assert "this promises nothing" in run("check", promises="promises:\n  - {id: p, says: Something.}\n").output
