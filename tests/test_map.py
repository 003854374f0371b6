from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from assessment.cli import main

SLEEP = Path(__file__).parent / "sleep" / "questions.yaml"
SVG = "{http://www.w3.org/2000/svg}"


def run(*arguments):
    return CliRunner().invoke(main, ["map", *map(str, arguments)])


def texts(path):
    return ["".join(text.itertext()) for text in ET.parse(path).iter(f"{SVG}text")]


@pytest.mark.parametrize("audience", ["self", "family", "clinician"])
def test_the_shipped_questionnaire_is_drawn_for_every_audience(tmp_path, audience):
    path = tmp_path / "drawn.svg"
    result = run("--audience", audience, "--output", path)
    words = texts(path)

    assert result.exit_code == 0, result.output
    assert result.output == f"{path} written\n"
    assert {"nation", "crisis", "fit_urgency", "now"} <= set(words)
    assert any("asked on the outcome page" in each for each in words)


def test_a_map_is_named_map_and_is_for_the_first_audience(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run("--questionnaire", SLEEP)
    root = ET.parse(tmp_path / "map.svg").getroot()

    assert result.output == "map.svg written\n"
    assert (root.get("lang"), root.findtext(f"{SVG}title").split(".")[0]) == (
        "en",
        "Night notes: I want to look at my sleep",
    )
    assert {"1", "country", "where", "5–7", "rest", "today", "breath_page"} <= set(texts("map.svg"))


def test_words_are_text_and_never_marks_of_their_own(tmp_path):
    for file in SLEEP.parent.iterdir():
        (tmp_path / file.name).write_text(file.read_text().replace("short: hours slept", "short: hours & minutes < 24"))
    run("--questionnaire", tmp_path / SLEEP.name, "--output", tmp_path / "map.svg")

    assert "hours & minutes < 24" in texts(tmp_path / "map.svg")


def test_an_audience_that_nobody_is_and_a_file_that_cannot_be_written_are_said_plainly(tmp_path):
    unknown = run("--questionnaire", SLEEP, "--audience", "sleepr", "--output", tmp_path / "map.svg")
    nowhere = run("--questionnaire", SLEEP, "--output", tmp_path / "nowhere" / "map.svg")

    assert unknown.exit_code == nowhere.exit_code == 1
    assert "did you mean “sleeper”?" in unknown.output
    assert "cannot be written: No such file or directory" in nowhere.output
