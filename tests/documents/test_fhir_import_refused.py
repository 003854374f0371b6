"""What cannot be brought in is refused in a plain sentence that says where; nothing ever ends in a traceback."""

import contextlib
import copy
import json
import re

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.core.loading import load
from assessment.documents.fhir.importing.questionnaire import NotImportedError, imported, parsed
from assessment.exchange import fhir_command
from tests.documents.brought_in import PUBLISHED, boolean, choice, form, group, item, published, when

EVERY = [published(file.stem) for file in sorted(PUBLISHED.glob("*.json"))]


def run(*arguments):
    return CliRunner().invoke(fhir_command, [str(each) for each in arguments])


def nested(levels):
    found = item("deepest", "boolean")
    for level in range(levels):
        found = group(str(level), found)
    return form(found)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "this is not JSON: Expecting value, line 1, column 1"),
        (b'{"resourceType": "Questionnaire",}', "this is not JSON"),
        (b"<Questionnaire xmlns='http://hl7.org/fhir'/>", "this is XML: save the questionnaire as JSON"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?>", "this is XML"),
        (b"\xff\xfe{", "not UTF-8 text"),
        (b"[" * 100_000, "nested more than 100 levels deep"),
        (b'{"a": NaN}', "“NaN” is no number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "this is not JSON"),
        (b'{"resourceType": "Questionnaire", "title": "a", "title": "b"}', "the key “title” is given twice"),
        (b"[]", "it should be an object"),
        (b"7", "it should be an object"),
        (b"{}", "not a FHIR Questionnaire: its resourceType is None"),
        (b'{"resourceType": "Patient"}', "its resourceType is 'Patient'"),
        (b'{"resourceType": "Bundle"}', "this Bundle holds 0 Questionnaires"),
        (b'{"resourceType": "Bundle", "entry": 7}', "this Bundle holds 0 Questionnaires"),
    ],
)
def test_a_file_that_holds_no_questionnaire_is_refused(tmp_path, data, says):
    file = tmp_path / "form.json"
    file.write_bytes(data)
    result = run("--import", file)

    assert result.exit_code == 1
    assert says in result.stderr
    assert str(file) in result.stderr


@pytest.mark.parametrize(
    ("resource", "says"),
    [
        (form(boolean("1"), group("g", boolean("1"))), "the linkId “1” is given to two items"),
        (form(item("", "boolean")), "its linkId is empty"),
        (form({"type": "boolean"}), "item[0].linkId: this is missing"),
        (form({"linkId": "1"}), "item[0].type: this is missing"),
        (form(boolean("1", enableWhen=[when("2", "=", answerBoolean=True)])), "its enableWhen reads “2”, and no item"),
        (form(boolean("1", enableWhen=[when("1", "exists", answerBoolean=True)])), "wait for each other"),
        (
            form(
                boolean("1", enableWhen=[when("2", "exists", answerBoolean=True)]),
                boolean("2", enableWhen=[when("1", "exists", answerBoolean=True)]),
            ),
            "these items wait for each other: “",
        ),
        (form(group("g", boolean("1"), enableWhen=[when("1", "exists", answerBoolean=True)])), "wait for each other"),
        (form(boolean("1", text=7)), "item[0].text: this should be text"),
        (form(boolean("1", enableWhen=[when("1", "~")])), "item[0].enableWhen[0].operator: this is none of the words"),
        (form(choice("1", "a") | {"answerOption": {}}), "item[0].answerOption: this should be a list"),
        (form(boolean("1", repeats="true")), "item[0].repeats: this should be true or false"),
        (form(*(boolean(str(n)) for n in range(2001))), "this questionnaire has 2001 items"),
        (nested(60), "nested more than 100 levels deep"),
        (
            form(contained=[{"resourceType": "ValueSet", "id": "v", "url": []}]),
            "ValueSet 'v', url: this should be text",
        ),
    ],
)
def test_a_questionnaire_that_contradicts_itself_is_refused_with_the_place(resource, says):
    with pytest.raises(NotImportedError, match=re.escape(says)):
        imported(resource)


def test_many_faults_are_cut_short():
    with pytest.raises(NotImportedError, match="and 5 more"):
        imported(form(*(boolean(str(n), text=n) for n in range(10))))


def test_a_questionnaire_in_a_bundle_is_taken_and_two_are_not():
    asks = {"resource": form(boolean("1"))}

    assert "id: q_1" in imported({"resourceType": "Bundle", "entry": [asks, {"resource": {"resourceType": "X"}}]}).yaml
    with pytest.raises(NotImportedError, match="holds 2 Questionnaires"):
        imported({"resourceType": "Bundle", "entry": [asks, asks]})


PLACES = ["extension", "item", "enableWhen", "text", "repeats", "valueDecimal", "contained", "resourceType", "odd"]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from([10**400, -(10**18), 1e308, [], {}, [None], [[]], [{}], {"url": 1}]),
    st.sampled_from(
        ["", "=", "exists", "group", "display", "integer", "choice", "#VSPHQ9", "1.1", "\ud800", "問: - #\x85"]
    ),
    st.text(max_size=8),
)


def places(tree):
    """Every key and index of a tree, with the object or list that has it."""
    if isinstance(tree, dict | list):
        for key in list(tree) if isinstance(tree, dict) else range(len(tree)):
            yield tree, key
            yield from places(tree[key])


@st.composite
def mutated(draw):
    tree = {"root": copy.deepcopy(draw(st.sampled_from(EVERY)))}
    for _ in range(draw(st.integers(1, 4))):
        owner, key = draw(st.sampled_from(list(places(tree))))
        match draw(st.sampled_from(["odd", "odd", "copy", "out", "twice", "under"])):
            case "odd":
                owner[key] = draw(ODD)
            case "copy":
                other, there = draw(st.sampled_from(list(places(tree))))
                owner[key] = copy.deepcopy(other[there])
            case "out" if owner is not tree:
                del owner[key]
            case "twice" if isinstance(owner, list):
                owner.insert(key, copy.deepcopy(owner[key]))
            case "under" if isinstance(owner, dict) and owner is not tree:
                owner[draw(st.sampled_from(PLACES))] = copy.deepcopy(owner[key])
    return tree["root"]


@given(resource=mutated())
@settings(max_examples=120)
def test_whatever_the_file_holds_it_is_refused_or_becomes_a_questionnaire_that_loads(tmp_path_factory, resource):
    try:
        found = imported(resource)
    except NotImportedError:
        return
    file = tmp_path_factory.getbasetemp() / "mutated.yaml"
    file.write_text(found.yaml, encoding="utf-8")

    assert not load(file).faults


@given(data=st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))))
def test_whatever_the_bytes_nothing_but_our_own_error_is_raised(data):
    with contextlib.suppress(NotImportedError):
        imported(parsed(data))


def test_the_command_prints_the_questionnaire_and_says_beside_it_what_is_not_carried():
    result = run("--import", PUBLISHED / "sleep_intake.json")

    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("# Brought in from the FHIR Questionnaire https://fhir.example.org/")
    assert "Not carried over: 15" in result.stderr
    assert "- 2.3: it is not asked: nothing of the type “date” is collected here" in result.stderr
    assert "To write or to decide: " in result.stderr


def test_the_command_writes_a_file_that_the_check_can_read(tmp_path):
    output = tmp_path / "new.yaml"
    result = run("--import", PUBLISHED / "gad7_r5.json", "--output", output)

    assert result.exit_code == 0, result.output
    assert f"{output} written" in result.stdout
    assert not load(output).faults


def test_the_command_imports_or_exports_and_never_both(tmp_path):
    answers = tmp_path / "me.yaml"
    answers.write_text(json.dumps({"answers": {}}))
    result = run("--import", PUBLISHED / "gad7_r5.json", answers)

    assert result.exit_code == 2
    assert "--import stands alone" in result.stderr


def test_where_the_output_cannot_be_written_that_is_said(tmp_path):
    result = run("--import", PUBLISHED / "gad7_r5.json", "--output", tmp_path / "nowhere" / "new.yaml")

    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
