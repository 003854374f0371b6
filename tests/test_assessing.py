"""Many people in a file come out as each of them would alone; what cannot be read is told by its line and kept out."""

import csv
import io
import json
import os
import pty
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen, run

import click
import pytest
from click.testing import CliRunner
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyarrow.parquet import ParquetFile, read_table

from assessment.cli import main
from assessment.core.checks import check
from assessment.core.journey import Journey
from assessment.core.outcome import assess, plain
from assessment.documents.tables import as_csv, columns, row
from assessment.given import person, person_in
from assessment.people import of_json, of_table, text_lines
from tests.core.people import people
from tests.core.planting import SHIPPED, SLEEP, TODAY

COMMAND = Path(sys.executable).with_name("assessment")
CHECKED = {path: check(path, TODAY) for path in (SHIPPED, SLEEP)}
EDITIONS = [edition for checked in CHECKED.values() for edition in checked.editions.values()]
PEOPLE = {id(edition): people(edition) for edition in EDITIONS}


def assessed(file, *arguments, questionnaire=SLEEP, **options):
    words = ["assess", "--questionnaire", questionnaire, file, *arguments]
    return CliRunner().invoke(main, [str(word) for word in words], **options)


def lines_of(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def file(tmp_path):
    def written(content, name="people.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return written


def as_table_row(person):
    """A person as a row of CSV, header and all."""
    cells = {id: ";".join(each) if isinstance(each, list) else each for id, each in person["answers"].items()}
    own = {key: person[key] for key in ("id", "audience", "language")}
    return as_csv([*own, *cells]) + as_csv([*own.values(), *cells.values()])


def rows_of(read, checked, *, with_answers=False):
    found = []
    for _, tree in read:
        given = person(tree, checked.editions)
        journey = Journey(given.edition, given.answers)
        found.append({"id": given.id, **row(journey, assess(journey), with_answers=with_answers)})
    return found


@settings(max_examples=60)
@given(data=st.data())
def test_a_row_a_line_and_a_file_of_the_same_person_say_the_same(tmp_path_factory, data):
    edition = data.draw(st.sampled_from(EDITIONS))
    checked = next(each for each in CHECKED.values() if edition in each.editions.values())
    answers = data.draw(PEOPLE[id(edition)])
    raw = {name: list(each) if isinstance(each, tuple) else each for name, each in answers.items()}
    whole = {"id": "p1", "audience": edition.reader.audience, "language": edition.reader.language, "answers": raw}
    alone = tmp_path_factory.getbasetemp() / "alone.json"
    alone.write_text(json.dumps(whole))
    journey = Journey(*person_in(checked, alone))
    table = text_lines(io.BytesIO(as_table_row(whole).encode()), int)
    [from_table] = rows_of(of_table(table, edition.by_id), checked, with_answers=True)
    [from_line] = rows_of(of_json([json.dumps(whole)]), checked, with_answers=True)
    told = plain(assess(journey))

    assert from_table == from_line == {"id": "p1", **row(journey, assess(journey), with_answers=True)}
    for name, score in told["scores"].items():
        assert [from_table[f"{name}_{part}"] for part in ("total", "low", "high", "complete")] == [
            score[part] for part in ("total", "low", "high", "complete")
        ]
        assert from_table[f"{name}_band"] in {None, *score["bands"]}
    for name in ("flags", "meets", "services", "their_services", "unanswered"):
        assert from_table[name] == told[name]
    assert from_table["guidance"] == [each["id"] for each in told["guidance"]]
    assert {f"{question.id}_answer" for question in journey.left_behind}.isdisjoint(from_table)


def test_csv_json_and_parquet_hold_the_same_in_the_same_columns(file, tmp_path):
    told = [
        {"id": "a, “b”", "answers": {"hours": 5, "woken_by": ["noise", "worry"], "rest_1": 2, "rest_3": "often"}},
        {"id": 7, "audience": "partner", "answers": {"woken_by": ["breath"], "their_country": "not_sure"}},
        {"audience": "nurse", "language": "cy", "answers": {"hours": "declined", "years": "young", "rest_2": 0}},
    ]
    source = file("\n".join(map(json.dumps, told)), "people.jsonl")
    outputs = {to: tmp_path / f"out.{to}" for to in ("jsonl", "csv", "parquet")}
    for to, output in outputs.items():
        result = assessed(source, "--to", to, "--output", output, "--with-answers")
        assert (result.exit_code, result.stderr) == (0, "3 scored, 0 kept out\n")
    rows = [json.loads(line) for line in outputs["jsonl"].read_text().splitlines()]
    names = [column.name for column in columns(CHECKED[SLEEP].editions.values(), with_answers=True)]

    assert [list(each) for each in rows] == [names] * 3
    assert read_table(outputs["parquet"]).to_pylist() == rows
    assert outputs["csv"].read_text() == as_csv(names) + "".join(as_csv(each.values()) for each in rows)


def test_what_is_not_known_is_empty_and_never_0(file):
    result = assessed(file("id,rest_1,rest_2,rest_3\na,,,\nb,declined,0,\n"), "--to", "csv")
    unknown, declined = csv.DictReader(io.StringIO(result.stdout))

    assert (unknown["rest_total"], unknown["rest_low"], unknown["rest_high"]) == ("", "0", "8")
    assert (unknown["rest_band"], unknown["rest_complete"]) == ("", "false")
    assert (declined["rest_total"], declined["rest_low"], declined["rest_high"]) == ("", "2", "8")


def test_an_instrument_that_was_not_asked_is_empty_throughout(file):
    [asked] = lines_of(assessed(file("woken_by,rest_1\nbreath,often\n")))

    assert {asked[f"rest_{part}"] for part in ("total", "low", "high", "band", "complete")} == {None}


def test_no_band_is_named_where_a_warning_sign_overrules_it():
    calm = {"ketamine_use": "never", **{f"phq9_{n}": 0 for n in range(1, 10)}}
    [warned] = rows_of(of_json([json.dumps({"answers": {**calm, "bladder": ["blood"]}})]), CHECKED[SHIPPED])

    assert (warned["phq9_total"], warned["phq9_band"]) == (0, None)
    assert "blood_in_urine" in warned["flags"]


def test_the_answers_are_written_only_if_they_are_asked_for(file):
    source = file("id,woken_by,hours,rest_3\na,noise;worry,5,often\nb,breath,,often\n")
    without, (seen, shut) = assessed(source), lines_of(assessed(source, "--with-answers"))

    assert not any(name.endswith("_answer") or "noise" in str(each) for found in lines_of(without)
                   for name, each in found.items())  # fmt: skip
    assert (seen["woken_by_answer"], seen["hours_answer"], seen["rest_3_answer"]) == ("noise;worry", "5", "often")
    assert shut["rest_3_answer"] is None  # it was left behind


def test_rows_may_stand_in_any_order(file):
    rows = [f"p{hours},{hours},{each}" for hours in range(6) for each in ("noise", "worry")]
    found = [
        [{key: each for key, each in found.items() if key != "line"} for found in lines_of(assessed(file(text)))]
        for text in ("\n".join(["id,hours,woken_by", *rows]), "\n".join(["id,hours,woken_by", *reversed(rows)]))
    ]

    assert found[0] == found[1][::-1]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("", "line 1: there is nothing in this file"),
        ("id,hour", "line 1: “hour” is not id, audience, language or a question. did you mean “hours”?"),
        ("id,hours,id", "line 1: the column “id” stands there twice"),
        ("id,hours,", "line 1: column 3 has no name"),
        ("id;hours", "divided by “;” or by tabs"),
        ("id\thours", "divided by “;” or by tabs"),
        ("id,hours\r1,5", "a line ends in a way that is not understood"),
        ('id,"hours', "a quotation mark is opened and never closed"),
    ],
)
def test_a_header_that_is_not_understood_is_refused_before_anything_is_written(file, tmp_path, header, said):
    output = tmp_path / "out.csv"
    output.write_text("as it was")
    result = assessed(file(header), "--output", output)

    assert (result.exit_code, result.stdout) == (1, "")
    assert said in result.stderr
    assert output.read_text() == "as it was"


def test_every_fault_of_a_header_is_told_at_once_and_utf_16_is_named(file):
    assert assessed(file("hour,year,hours,hours\n")).stderr.count("line 1:") == 3
    assert "save the file again as UTF-8" in assessed(file("id,hours\n".encode("utf-16"))).stderr


BAD_ROWS = {
    "a,25,": "line 4: hours: 25 is not a whole number from 0 to 24",
    "a,5,nose": "line 4: woken_by: “nose” is not one of its answers (noise, worry, breath, none). "
    "did you mean “noise”?",
    "a,5,none;noise": "line 4: woken_by: “none” stands alone",
    "a,5": "line 4: 2 cells stand under 3 columns",
    "a,5,noise,": "line 4: 4 cells stand under 3 columns",
    'a,5,"noise"x': "line 4: a quotation mark stands inside a cell: write it twice",
    "a,5,\0": "line 4: there is a NUL byte in it",
    "\udce9,5,noise": "line 4: it is not UTF-8 text",
    "a,5," + "x" * 10_000_000: "line 4: there is a NUL byte in it, or it is longer than a million bytes",
    "a,5," + "x" * 200_000: "line 4: a cell is far too long",
    **{
        f"{sign}1+1,5,noise": "line 4: an id is text that starts with a letter or a digit" for sign in "=+-@\uff1d'\x1b"
    },
    f'"{"x" * 300}\nx",5,': "line 4: an id is text that starts with a letter or a digit",
}


@pytest.mark.parametrize("bad", BAD_ROWS, ids=lambda bad: f"{ascii(bad)[:20]} {len(bad)}")
def test_a_bad_row_is_kept_out_and_told_by_its_line_and_the_others_are_scored(file, bad):
    table = f'\ufeffid,hours,woken_by\n"b",5,"\nnoise"\n{bad}\nc,not_sure,declined\n'
    result = assessed(file(table.encode("utf-8", "surrogateescape")))

    assert result.exit_code == 1
    assert result.stderr.startswith(BAD_ROWS[bad])
    assert result.stderr.endswith("2 scored, 1 kept out\n")
    assert len(result.stderr) < 600
    assert [(each["id"], each["line"]) for each in lines_of(result)] == [("b", 2), ("c", 5 + bad.count("\n"))]


BAD_LINES = {
    "{": "line 2: this is not JSON: Expecting property name enclosed in double quotes (column 2)",
    "[]": "line 2: this is not {id, audience, language, answers",
    '{"answers": []}': "line 2: this is not {audience, language, answers",
    '{"audiense": "sleeper"}': "line 2: “audiense” is not id, audience, language, answers. did you mean “audience”?",
    '{"audience": "nobody"}': "line 2: nobody is asked as nobody (en); try sleeper (en)",
    '{"answers": {"hours": 1, "hours": 2}}': "line 2: “hours” is given twice",
    '{"answers": {"hours": NaN}}': "line 2: NaN is not a number",
    '{"answers": {"hours": 1e999}}': "line 2: hours: inf is not a whole number",
    f'{{"answers": {{"hours": {"9" * 5000}}}}}': "line 2: a number of 5000 digits is no answer",
    '{"answers": {"hours": true}}': "line 2: hours: True is not a whole number",
    '{"answers": {"\\ud800": 1}}': "line 2: �: there is no question with this name",
    '{"id": "\\ud800"}': "line 2: an id is text",
    '{"id": ["a"]}': "line 2: an id is text",
    '{"id": true}': "line 2: an id is text",
    "[" * 100_000: "line 2: this is nested far too deep",
    "\udce9": "line 2: it is not UTF-8 text",
    "\0": "line 2: there is a NUL byte in it",
}


@pytest.mark.parametrize("bad", BAD_LINES, ids=lambda bad: f"{ascii(bad)[:20]} {len(bad)}")
def test_a_bad_line_is_kept_out_and_told_and_the_others_are_scored(file, bad):
    lines = f'{{"id": 7, "answers": {{"hours": 5}}}}\n{bad}\n\n{{"audience": null}}'
    result = assessed(file(lines.encode("utf-8", "surrogateescape"), "people.jsonl"))

    assert result.exit_code == 1
    assert result.stderr.startswith(BAD_LINES[bad])
    assert result.stderr.endswith("2 scored, 1 kept out\n")
    assert len(result.stderr) < 600
    assert [(each["id"], each["line"]) for each in lines_of(result)] == [("7", 1), (None, 4)]


def test_every_refusal_of_a_row_is_told_in_the_file_that_is_named_for_it(file, tmp_path):
    rejected = tmp_path / "rejected.txt"
    result = assessed(file("id,hours,woken_by\n=a,25,nose\nb,5,\n"), "--rejected", rejected)

    assert (result.exit_code, result.stderr) == (1, "1 scored, 1 kept out\n")
    assert [line.split(": ")[:2] for line in rejected.read_text().splitlines()] == [
        ["line 2", "an id is text that starts with a letter or a digit"],
        ["line 2", "hours"],
        ["line 2", "woken_by"],
    ]


@pytest.mark.parametrize("read", [lambda lines: of_table(lines, ["hours", "woken_by"]), of_json], ids=["csv", "json"])
@given(content=st.one_of(st.binary(), st.text(alphabet='",;{}[]:\n\r\0ahours1é', max_size=60).map(str.encode)))
@example(b"hours\n\xff\n")
def test_no_bytes_at_all_make_it_stumble(read, content):
    with suppress(click.ClickException):
        for _, tree in read(text_lines(io.BytesIO(content), int)):
            if not isinstance(tree, str):
                person(tree, CHECKED[SLEEP].editions)


def command(*arguments):
    return [COMMAND, "assess", "--questionnaire", SLEEP, *arguments]


def test_the_first_result_is_out_before_the_last_row_is_in():
    with Popen(command("-", "--from", "csv"), stdin=PIPE, stdout=PIPE, stderr=PIPE, text=True) as program:
        program.stdin.write("id,hours\na,5\n")
        program.stdin.flush()
        first = json.loads(program.stdout.readline())
        rest, said = program.communicate("b,6\n")

    assert first["id"] == "a"
    assert json.loads(rest)["id"] == "b"
    assert said == "2 scored, 0 kept out\n"


def test_no_more_is_read_than_is_asked_for():
    def rows():
        yield "hours\n"
        yield "5\n"
        raise AssertionError

    assert next(of_table(rows(), ["hours"])) == (2, {"answers": {"hours": 5}})


def test_a_reader_who_has_seen_enough_is_no_fault(file):
    source = file("hours\n" + "5\n" * 2000)
    with Popen(command(source), stdout=PIPE, stderr=PIPE, text=True) as program:
        program.stdout.readline()
        program.stdout.close()
        said = program.stderr.read()

    assert said == ""


def test_the_bar_is_on_a_terminal_only(file):
    source, (terminal, screen) = file("hours\n5\n"), pty.openpty()
    run(command(source), stdout=PIPE, stderr=screen, check=True)

    assert "Assessing" in os.read(terminal, 10_000).decode()
    assert "Assessing" not in assessed(source).stderr


def test_a_file_that_is_there_is_overwritten_but_never_the_one_that_is_read(file, tmp_path):
    source, output = file("hours\n5\n"), tmp_path / "out.csv"
    output.write_text("x" * 10_000)

    assert assessed(source, "--to", "csv", "--output", output).exit_code == 0
    assert len(output.read_text().splitlines()) == 2
    for arguments in (("--output", source), ("--rejected", source), ("--output", output, "--rejected", output)):
        result = assessed(source, *arguments)
        assert (result.exit_code, "are different files" in result.stderr) == (2, True)
    assert source.read_text() == "hours\n5\n"


@pytest.mark.parametrize("to", ["csv", "jsonl", "parquet"])
def test_what_cannot_be_written_is_one_sentence(file, tmp_path, to):
    source = file("hours\n5\n")
    nowhere = assessed(source, "--to", to, "--output", tmp_path / "nowhere" / "out")
    full = assessed(source, "--to", to, "--output", "/dev/full")

    assert (nowhere.exit_code, full.exit_code) == (1, 1)
    assert nowhere.stderr.rstrip().endswith("No such file or directory")
    assert full.stderr.rstrip().endswith("No space left on device")
    assert nowhere.stderr.count("\n") == 1


def test_parquet_is_written_in_groups_of_rows(file, tmp_path):
    output = tmp_path / "out.parquet"
    assessed(file("hours\n" + "5\n" * 1500), "--to", "parquet", "--output", output)
    found = ParquetFile(output)

    assert [found.metadata.row_group(n).num_rows for n in range(found.num_row_groups)] == [1000, 500]


def test_where_pyarrow_is_missing_one_sentence_says_what_to_install(file, tmp_path):
    (tmp_path / "pyarrow.py").write_text("raise ModuleNotFoundError(name='pyarrow')\n")
    result = assessed(
        file("hours\n" + "5\n" * 100),
        "--to",
        "parquet",
        "--output",
        tmp_path / "out",
        env={"PYTHONPATH": str(tmp_path)},
    )

    assert (result.exit_code, result.stderr) == (1, "Error: Parquet needs pyarrow: pip install pyarrow\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("-",), "say what FILE is"),
        (("me.yaml", "--output", "out"), "say what FILE is"),
        (("me.csv", "--to", "parquet"), "say where with --output"),
        (("me.csv", "--json"), "--json is for one person"),
    ],
)
def test_wishes_that_do_not_go_together_are_refused(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("me.yaml", "me.csv"):
        Path(name).touch()
    result = assessed(*arguments)

    assert (result.exit_code, said in result.stderr) == (2, True)


def test_the_name_of_the_file_need_not_say_what_it_is(file):
    assert lines_of(assessed(file("hours\n5\n", "people.txt"), "--from", "csv"))
    assert lines_of(assessed(file("hours\n5\n", "PEOPLE.CSV")))
    assert lines_of(assessed("-", "--from", "jsonl", input='{"answers": {"hours": 5}}'))
