"""The data dictionary names every column of the table, and whatever can stand in one."""

import csv
import io

import html5lib
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.cli import main
from assessment.core.answers import read
from assessment.core.checks import check
from assessment.core.journey import Journey
from assessment.core.outcome import assess
from assessment.documents.dictionary import as_table, page, variables
from assessment.documents.tables import columns, row
from tests.core.people import people
from tests.core.planting import ROOT, SHIPPED, SLEEP, TODAY

QUESTIONNAIRES = {path: list(check(path, TODAY).editions.values()) for path in (SHIPPED, SLEEP)}
EDITIONS = [edition for editions in QUESTIONNAIRES.values() for edition in editions]
PEOPLE = {edition.version + str(edition.reader): people(edition) for edition in EDITIONS}
BOOKS = {
    edition.version + str(edition.reader): {each.name: each for each in variables([edition])} for edition in EDITIONS
}


@pytest.mark.parametrize("editions", QUESTIONNAIRES.values(), ids=["shipped", "sleep"])
def test_every_column_stands_in_the_dictionary_and_everything_there_is_a_column(editions):
    named = [variable.name for variable in variables(editions)]
    written = [column.name for column in columns(editions, with_answers=True)]

    assert set(named) == set(written)
    assert len(set(written)) == len(written)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: str(edition.reader))
def test_every_code_of_an_answer_is_one_and_no_other_is(edition):
    book = BOOKS[edition.version + str(edition.reader)]
    for question in edition.questions:
        codes = [code.code for code in book[f"{question.id}_answer"].codes]
        singles = ["not_sure", "declined"] if question.not_sure else ["declined"]

        assert codes == [*question.choices, *singles]
        assert [read(question, code) for code in codes] == [(code,) for code in codes]


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_stands_in_a_row_is_in_the_dictionary(data):
    edition = data.draw(st.sampled_from(EDITIONS))
    key = edition.version + str(edition.reader)
    journey = Journey(edition, data.draw(PEOPLE[key]))

    for name, value in row(journey, assess(journey), with_answers=True).items():
        variable = BOOKS[key][name]
        codes = {code.code for code in variable.codes}
        values = value if isinstance(value, list) else value.split(";") if name.endswith("_answer") else [value]
        if variable.least:
            assert all(each in codes or in_bounds(variable, each) for each in values if each is not None)
        elif codes:
            assert {each for each in values if each is not None} <= codes


def in_bounds(variable, value):
    return float(variable.least) <= float(value) <= float(variable.most)


def test_an_item_says_what_it_counts_where_that_is_not_what_the_form_says():
    sleeper = next(edition for edition in EDITIONS if str(edition.reader) == "sleeper (en)")
    book = BOOKS[sleeper.version + str(sleeper.reader)]

    assert list(map(str, book["rest_2_answer"].codes)) == [
        "never = Never (0 on the form, counts 2)",
        "some = Sometimes (counts 1)",
        "often = Often (2 on the form, counts 0)",
        "declined = I’d rather not say",
    ]
    assert book["rest_1_answer"].asked == ("Skip this if you ticked “Gasping for breath” at question 4.",)
    assert "None is named if you answered “Under 18” at question 2." in book["rest_band"].missing
    assert (book["rest_total"].least, book["rest_total"].most) == ("0", "8")
    assert "“unanswered”" in book["rest_1_answer"].missing
    assert "“unanswered”" not in book["feels_answer"].missing  # it is asked afterwards


def test_who_is_asked_in_the_same_words_stands_in_one_row_and_others_in_their_own():
    english = [edition for edition in QUESTIONNAIRES[SLEEP] if edition.reader.language == "en"]
    found = [(each.name, audiences) for each, audiences in variables(english).items()]

    assert [audiences for name, audiences in found if name == "rest_1_answer"] == [("sleeper", "nurse")]
    assert [audiences for name, audiences in found if name == "country_answer"] == [
        ("sleeper",),
        ("partner",),
        ("nurse",),
    ]


@pytest.mark.parametrize("editions", QUESTIONNAIRES.values(), ids=["shipped", "sleep"])
def test_as_a_table_it_has_a_row_for_each_variable(editions):
    found = variables(editions)
    rows = list(csv.DictReader(io.StringIO(as_table(found, editions[0].version)), strict=True))

    assert [each["variable"] for each in rows] == [variable.name for variable in found]
    assert {each["version"] for each in rows} == {editions[0].version}
    assert all(None not in each and None not in each.values() for each in rows)
    assert all(each["means"] and each["type"] and each["audiences"] for each in rows)


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: str(edition.reader))
def test_as_a_page_its_tables_can_be_read_aloud(edition):
    found = variables([edition])
    html = page(found, edition, ROOT / "templates")
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    tables = tree.findall(".//table")

    assert tree.get("lang") == edition.reader.language
    assert [table.findtext("caption") for table in tables] == ["Answers", "What follows from them"]
    assert {heading.get("scope") for heading in tree.findall(".//thead//th")} == {"col"}
    assert {heading.get("scope") for heading in tree.findall(".//tbody//th")} == {"row"}
    assert [name.text for name in tree.findall(".//tbody//th/code")] == [variable.name for variable in found]


def dictionary(*arguments):
    words = ["dictionary", "--questionnaire", SLEEP, *arguments]
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_command_prints_it_or_writes_it_for_everybody_or_one_audience(tmp_path):
    everybody, partners = (
        list(csv.DictReader(io.StringIO(dictionary(*arguments).stdout)))
        for arguments in ((), ("--audience", "partner"))
    )
    written = tmp_path / "dictionary.html"

    assert {row["audiences"] for row in partners} == {"partner"}
    assert {"sleeper;nurse", "sleeper;partner;nurse"} <= {row["audiences"] for row in everybody}
    assert dictionary("--to", "html", "--output", written).exit_code == 0
    assert "<caption>Answers</caption>" in written.read_text()


def test_what_cannot_be_done_is_one_sentence(tmp_path):
    nobody = dictionary("--audience", "partnr")
    nowhere = dictionary("--output", tmp_path / "nowhere" / "x")

    assert "did you mean “partner”?" in nobody.stderr
    assert nowhere.stderr.endswith("No such file or directory\n")
    assert (nobody.exit_code, nowhere.exit_code) == (1, 1)
