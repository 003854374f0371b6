import json
import re
import shutil
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessment import given
from assessment.cli import main
from assessment.settings import HERE
from assessment.store.engine import connect
from assessment.store.tables import TALLIES

ROOT = Path(__file__).parents[1]
SHIPPED = ROOT / "questions.yaml"
SLEEP = ROOT / "tests" / "sleep" / "questions.yaml"


@pytest.fixture(autouse=True, scope="module")
def read_once():
    """The shipped questionnaire does not change while these tests run: to read it once is enough."""
    opened = given.open_questionnaire
    once = cache(lambda today: opened(SHIPPED, today))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            given, "open_questionnaire", lambda path, day: once(day) if path == SHIPPED else opened(path, day)
        )
        yield


def run(*arguments, **options):
    return CliRunner().invoke(main, [str(each) for each in arguments], **options)


@pytest.fixture
def file(tmp_path):
    def written(content, name="me.yaml"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    return written


def test_the_shipped_questionnaire_has_no_fault():
    result = run("check")

    assert result.exit_code == 0, result.output
    assert "0 to mend" in result.output


def test_a_fault_is_shown_with_its_place_and_fails(tmp_path):
    copy = shutil.copytree(SLEEP.parent, tmp_path / "sleep")
    main_file = copy / "questions.yaml"
    main_file.write_text(main_file.read_text().replace("unless: hours >= 10", "unless: hour >= 10"))
    result = run("check", "--questionnaire", main_file)
    line = next(n for n, text in enumerate(main_file.read_text().splitlines(), 1) if "hour >= 10" in text)

    assert result.exit_code == 1
    assert f"questions.yaml:{line}:17: there is no number or score “hour”" in result.output
    assert "did you mean “hours”?" in result.output


def test_a_service_past_its_date_fails_the_check(tmp_path):
    copy = shutil.copytree(SLEEP.parent, tmp_path / "sleep")
    advice = copy / "advice.yaml"
    advice.write_text(advice.read_text().replace("recheck_by: 2099-01-01", "recheck_by: 2026-11-02", 1))
    result = run("check", "--questionnaire", copy / "questions.yaml")

    assert result.exit_code == 1
    assert "were to be checked again by 2026-11-02" in result.output


def test_a_file_that_is_not_there_is_a_fault_and_not_a_traceback():
    result = run("check", "--questionnaire", "nowhere.yaml")

    assert result.exit_code == 1
    assert "nowhere.yaml:1:1: this file cannot be read" in result.output


def test_the_schema_is_json_schema_and_refuses_unknown_keys():
    schema = json.loads(run("schema").output)

    assert schema["title"] == "Questionnaire"
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Guidance"]["properties"]["when"]["type"] == "string"


def test_an_outcome_as_json_has_the_promised_shape(file):
    person = {
        "audience": "self",
        "language": "en",
        "answers": {"nation": "wales", "phq9_1": 2, "phq9_9": "several_days"},
    }
    outcome = json.loads(run("assess", file(person), "--json").output)

    assert list(outcome) == ["scores", "flags", "meets", "guidance", "services", "their_services", "unanswered"]
    assert outcome["scores"]["phq9"] == {
        "total": None,
        "low": 3,
        "high": 24,
        "bands": ["minimal", "mild", "moderate", "moderately_severe", "severe"],
        "complete": False,
    }
    assert outcome["flags"] == ["suicidal_thoughts"]
    assert outcome["meets"] == ["support_now"]
    assert outcome["guidance"][0]["id"] == "crisis_help"
    assert set(outcome["guidance"][0]) == {"id", "urgency", "door", "because"}
    assert "nhs_111_wales_press_2" in outcome["services"]
    assert "age" in outcome["unanswered"]
    assert "phq9_1" not in outcome["unanswered"]


def test_yaml_and_json_files_give_the_same_outcome(file):
    answers = {"woken_by": ["noise", "worry"], "hours": 5, "country": "here"}
    as_json = file({"audience": "sleeper", "language": "en", "answers": answers}, "me.json")
    as_yaml = file("audience: sleeper\nlanguage: en\nanswers: {woken_by: [noise, worry], hours: 5, country: here}\n")
    outcomes = [run("assess", each, "--json", "--questionnaire", SLEEP).output for each in (as_json, as_yaml)]

    assert outcomes[0] == outcomes[1]
    assert json.loads(outcomes[0])["unanswered"]


def test_json_indented_with_tabs_is_json(file):
    path = file(json.dumps({"answers": {"country": "here"}}, indent="\t"), "me.json")

    assert run("assess", path, "--questionnaire", SLEEP).exit_code == 0


def test_an_outcome_is_told_in_words(file):
    answers = {"country": "here", "woken_by": ["breath"], "years": "grown", "hours": 5}
    result = run("assess", file({"answers": answers}), "--questionnaire", SLEEP)

    assert "Meets at once: Please ask a doctor today" in result.output
    assert "[today] Ask a doctor about your breathing" in result.output
    assert "because you told us: gasping for breath" in result.output
    assert "Doctor on call: 000 222" in result.output


def test_help_for_the_reader_and_help_for_somebody_else_are_told_apart(file):
    answers = {"country": "there", "their_country": "here", "woken_by": ["breath"]}
    result = run("assess", file({"audience": "partner", "answers": answers}), "--questionnaire", SLEEP)
    _, reader, theirs = re.split("People who can help:|Help for them:", result.output)

    assert "Doctor on call: 000 222" in theirs
    assert "Doctor on call" not in reader
    assert "The night listener" in reader


def test_a_form_and_its_key_are_written_as_pdf(tmp_path):
    names = ("form.pdf", "large.pdf", "key.pdf")
    flags = ([], ["--large-print"], ["--key"])
    for name, flag in zip(names, flags, strict=True):
        result = run("form", *flag, "--output", tmp_path / name, "--questionnaire", SLEEP)
        assert (result.exit_code, result.output) == (0, f"{tmp_path / name} written\n")
    made = [(tmp_path / name).read_bytes() for name in names]

    assert all(pdf.startswith(b"%PDF-1.7") for pdf in made)
    assert len(set(made)) == len(made)


def test_a_form_for_nobody_is_refused_with_the_nearest_reader():
    result = run("form", "--audience", "partnr", "--questionnaire", SLEEP)

    assert result.exit_code == 1
    assert "nobody is asked as “partnr”" in result.output
    assert "did you mean “partner”?" in result.output


def test_a_form_that_cannot_be_written_is_one_sentence_and_not_a_traceback(tmp_path):
    result = run("form", "--output", tmp_path / "nowhere" / "form.pdf", "--questionnaire", SLEEP)

    assert result.exit_code == 1
    assert result.output.endswith("form.pdf cannot be written: No such file or directory\n")


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"phq9_1": 4}, "phq9_1: 4 is not the points of one of its answers"),
        ({"phq9_1": "somtimes"}, "phq9_1: “somtimes” is not one of its answers"),
        ({"phq9_10": 1}, "phq9_10: there is no question with this name"),
        ({"nation": "engand"}, "did you mean “england”?"),
        ({"days_used": 31}, "days_used: 31 is not a whole number from 0 to 30"),
        ({"days_used": "12"}, "days_used: '12' is not a whole number"),
        ({"bladder": ["blood", "none"]}, "bladder: “none” stands alone"),
        ({"age": ["18_24", "25_34"]}, "age: only one answer can be chosen"),
        ({"phq9_1": True}, "phq9_1: True is not one of its answers"),
        ({"phq9_1": 1.0}, "phq9_1: 1.0 is not one of its answers"),
        ({"bladder": []}, "bladder: nothing is chosen"),
    ],
)
def test_an_answer_that_does_not_exist_is_refused_by_name(file, answers, said):
    result = run("assess", file({"answers": answers}), "--json")

    assert result.exit_code == 1
    assert said in result.output
    assert "{" not in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "this is not {audience, language, answers"),
        ("audiense: self", "did you mean “audience”?"),
        ("audience: nobody\nanswers: {}", "nobody is asked as nobody (en)"),
        ("language: cy\nanswers: {}", "nobody is asked as self (cy)"),
        ("answers: {a: 1, a: 2}", "“a” is given twice"),
        ("answers: {a: ", "this is not YAML"),
        ("answers: []", "this is not {audience, language, answers"),
    ],
)
def test_a_file_that_is_not_answers_says_what_it_should_be(file, content, said):
    result = run("assess", file(content))

    assert result.exit_code == 1
    assert said in result.output


def test_every_refusal_is_told_at_once(file):
    result = run("assess", file({"answers": {"phq9_1": 9, "phq9_2": 9, "nowhere": 1}}))

    assert [name in result.output for name in ("phq9_1:", "phq9_2:", "nowhere:")] == [True, True, True]


def test_the_store_is_migrated_and_purged_by_the_command_line(tmp_path):
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path / 'visits.sqlite3'}", "SECRET_KEY": "x" * 32}

    assert run("migrate", env=environment).exit_code == 0
    result = run("purge", env=environment)
    assert result.output == "0 visits deleted\n"


def test_tallies_are_printed_of_days_that_are_over_and_few_people_are_held_back(tmp_path):
    url = f"sqlite:///{tmp_path / 'visits.sqlite3'}"
    environment = {"DATABASE_URL": url, "SECRET_KEY": "x" * 32}
    run("migrate", env=environment)
    today = datetime.now(HERE).date()
    rows = [
        (today - timedelta(days=3), "self", 30, 15),
        (today - timedelta(days=3), "family", 30, 25),
        (today, "self", 40, 20),
    ]
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(TALLIES.insert(), [dict(zip(TALLIES.c.keys(), row, strict=True)) for row in rows])
    engine.dispose()

    day = today - timedelta(days=3)
    assert run("tallies", env=environment).output == (
        f"day,audience,begun,completed\n{day},family,30,held back\n{day},self,30,15\n"
    )


@pytest.mark.parametrize("command", ["migrate", "purge", "tallies"])
def test_a_damaged_database_is_one_sentence_and_not_a_traceback(tmp_path, command):
    (tmp_path / "visits.sqlite3").write_bytes(b"no database at all, but so many bytes " * 100)
    result = run(command, env={"DATABASE_URL": f"sqlite:///{tmp_path / 'visits.sqlite3'}", "SECRET_KEY": "x" * 32})

    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == "Error: the database does not answer as it should: file is not a database"


def test_an_unsafe_setting_is_one_sentence_and_not_a_traceback(tmp_path):
    result = run("migrate", env={"DATABASE_URL": f"sqlite:///{tmp_path / 'visits.sqlite3'}", "SECRET_KEY": ""})

    assert result.exit_code == 1
    assert "SECRET_KEY is missing" in result.output


def test_a_form_is_written_as_a_page_that_stands_alone_where_its_name_says_so(tmp_path):
    page = tmp_path / "form.html"
    run("form", "--output", str(page))

    text = page.read_text(encoding="utf-8")
    assert "<style>" in text
    assert "<link" not in text
    assert "<script" not in text
    assert "How old are you?" in text
