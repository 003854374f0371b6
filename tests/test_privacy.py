"""Privacy as a command: what is private is found to be so, and every planted leak is found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from assessment.privacy import command, examining
from assessment.privacy.examining import examine
from assessment.privacy.journeys import Walked
from assessment.privacy.page import read
from assessment.privacy.rules import RULES, Exchange, cookies
from assessment.privacy.traces import Traces
from tests import leaky
from tests.core.planting import ROOT, SHIPPED, SLEEP


@pytest.fixture(scope="module")
def found():
    """What is found in an app that leaks in every way at once."""
    return examine(SLEEP, leaky.plant, program="tests.leaky_server", also=("server",))


def how(report, rule):
    return "\n".join(each.how for each in report.broken if each.rule == rule)


def test_the_command_finds_nothing_wrong_in_this_process_a_real_browser_and_the_real_server(tmp_path):
    report = tmp_path / "privacy.html"
    words = [Path(sys.executable).with_name("assessment"), "privacy", "--questionnaire", SLEEP, "--report", report]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(RULES)} of {len(RULES)} rules kept" in done.stdout
    assert "Left out" not in done.stdout
    assert " 0 lines of the real server" in done.stdout
    assert "somebody in a real browser" in report.read_text(encoding="utf-8")


def test_nothing_is_wrong_with_the_questionnaire_that_is_shipped():
    report = examine(SHIPPED, also=())

    assert not report.broken
    in_english = {each.split(", in English: ")[1] for each in report.people if ", in English: " in each}
    assert in_english == {"deletes everything", "leaves", "is idle for 45 minutes"}
    assert len([each for each in report.people if each.endswith(", in Cymraeg: deletes everything")]) == 3
    assert len(report.people) == 12


def test_a_language_that_is_not_translated_to_the_end_is_left_out_and_named(tmp_path, monkeypatch):
    walked_in = []
    monkeypatch.setattr(examining, "walk", lambda stage: walked_in.extend(stage.languages) or Walked())
    shutil.copytree(SHIPPED.parent / "content", tmp_path / "content")
    shutil.copy(SHIPPED, tmp_path)
    catalogue = tmp_path / "content" / "cy.po"
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace("Drugs and alcohol", "Drugs"), encoding="utf-8")
    report = examine(tmp_path / SHIPPED.name, also=())

    assert "Left out: the language “cy”, because a translation is missing or outdated." in report.lines()
    assert walked_in == ["English"]


def test_an_answer_that_is_told_in_one_language_only_is_found():
    report = examine(SHIPPED, leaky.plant_in_welsh, also=())

    assert {each.rule for each in report.broken} == {"header", "address"}
    assert all(" /cy/" in each.how for each in report.broken)
    assert "POST /cy/step/age has “qz" in how(report, "header")
    assert "POST /cy/step/age leads to “/cy/step/nation?answer=" in how(report, "address")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("elsewhere", "<img src> https://elsewhere.invalid/seen.gif"),
        ("elsewhere", "the server itself asks 192.0.2.1"),
        ("cookie", "sets “visit”, which is without HttpOnly"),
        ("cookie", "sets “visit”, which is without SameSite"),
        ("cookie", "sets “__Host-visit”, which is without Secure over HTTPS"),
        ("cookie", "sets “seen”, which is another cookie"),
        ("cookie", "sets “seen”, which stays when the browser closes"),
        ("address", "POST /step/country leads to “/step/years?answer=there”"),
        ("title", "GET /check has “"),
        ("header", "in “X-Last: grown”"),
        ("file name", "notes.pdf"),
        ("no-store", "GET /outcome says “private”"),
        ("log", "a line has “qz"),
        ("log", "asked for /help?walked"),
        ("log", "asked for /nothing?walked"),
        ("metrics", "they name “country”"),
        ("disk", "visits.sqlite3"),
        ("disk", "leak"),
        ("file", "leak"),
        ("left", "deletes everything, but its row is still there"),
        ("left", "leaves, but bytes of it are still in visits.sqlite3"),
        ("left", "is idle for 45 minutes, but its row is still there"),
        ("walk", "GET /check was answered with a mistake of our own"),
        ("walk", "nurse, who deletes everything, got no further than GET /check, answered 500"),
    ],
)
def test_a_planted_leak_is_found_and_the_rule_is_named(found, rule, said):
    assert said in how(found, rule)
    assert any(line.startswith("BROKEN") and RULES[rule] in line for line in found.lines())


def test_a_broken_rule_ends_the_command_with_1_and_a_plain_sentence(found, monkeypatch, tmp_path):
    monkeypatch.setattr(command, "examine", lambda _: found)
    path = tmp_path / "privacy.html"
    done = CliRunner().invoke(command.privacy, ["--questionnaire", str(SLEEP), "--report", str(path)])

    assert done.exit_code == 1
    assert "But GET /outcome says “private”." in done.output
    assert "But GET /outcome says “private”." in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "html",
    [
        '<script src="//elsewhere.invalid/a.js"></script>',
        '<link rel="preconnect" href="https://elsewhere.invalid">',
        '<img srcset="/a.png 1x, https://elsewhere.invalid/b.png 2x">',
        '<p style="background: url(https://elsewhere.invalid/c.png)">',
        '<a href="/" ping="https://elsewhere.invalid/d">',
        '<meta http-equiv="refresh" content="0; url=https://elsewhere.invalid/">',
    ],
)
def test_whatever_a_browser_fetches_from_elsewhere_is_seen(html):
    assert "//elsewhere.invalid" in read(html).fetched[0]


def test_a_link_to_elsewhere_that_a_person_may_follow_is_no_request():
    assert not read('<a href="https://elsewhere.invalid/">').fetched


@pytest.mark.parametrize(
    "text",
    ["rest often", "REST=OFTEN", "a%20very%6fften often%21", "eyJyZXN0Ijogb2Z0ZW4gb2Z0ZW59", "x?y=%6Fften"],
)
def test_an_answer_is_known_however_it_is_written(text):
    assert Traces("qz", given={"often"}).answer_in(text) == "often"


def test_the_secrets_in_a_cookie_are_private_and_the_cookie_too():
    traces = Traces("qz")
    traces.hide("eyJ2aXNpdCI6ICJwSHV4VjN1dzRjT2dZaTllOU8wTXdJVmYwR0tpUkZoNUZOWXJ1bXMifQ.awRBxQ.ZAbAl4iU_C7")

    assert traces.private_in("key pHuxV3uw4cOgYi9e9O0MwIVf0GKiRFh5FNYrums") is not None
    assert traces.private_in("sent eyJ2aXNpdCI6ICJwSHV4VjN1dzRjT2dZaTllOU8wTXdJVmYwR0tpUkZoNUZOWXJ1bXMifQ") is not None


def test_words_that_stood_there_before_anybody_answered_tell_nothing():
    traces = Traces("qz", given={"often", "today"})
    traces.excuse(["Then and today"])

    assert traces.answer_in("Today") is None
    assert traces.answer_in("often today") == "often"


def test_a_cookie_that_a_page_of_words_sets_is_not_needed():
    headers = [("Set-Cookie", "visit=x; HttpOnly; SameSite=Strict; Path=/"), ("Content-Type", "text/html")]
    exchange = Exchange("GET", "/help", "", [], b"", 200, headers, b"<p>Help</p>")

    assert list(cookies(exchange)) == ["sets “visit”, which is set where nothing is begun"]
