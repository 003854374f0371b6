"""Who reads, and the wording that each reader is given."""

import pytest
import yaml

from assessment.core.readers import Reader, Readers
from assessment.core.source import read

READERS = Readers(("self", "family"), ("en", "cy"))


@pytest.fixture
def told(tmp_path):
    """Return what a reader is told of a text of YAML, and what is wrong with it."""

    def told(text, audience="self", language="en"):
        (tmp_path / "some.yaml").write_text(text, encoding="utf-8")
        tree, _ = read(tmp_path / "some.yaml", "some.yaml")
        faults = []
        worded = READERS.worded_for(tree, Reader(audience, language), faults)
        return yaml.safe_load(yaml.safe_dump(_plain(worded))), [str(fault).partition("\n")[0] for fault in faults]

    return told


def _plain(tree):
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    return [_plain(member) for member in tree] if isinstance(tree, list) else tree


def test_there_is_a_reader_for_each_audience_in_each_language():
    assert list(map(str, READERS.all())) == ["self (en)", "self (cy)", "family (en)", "family (cy)"]


@pytest.mark.parametrize(
    ("audience", "language", "asked"),
    [("self", "en", "You?"), ("self", "cy", "Chi?"), ("family", "en", "They?"), ("family", "cy", "Nhw?")],
)
def test_each_reader_gets_their_own_wording(told, audience, language, asked):
    text = "{ask: You?, ask_cy: Chi?, ask_family: They?, ask_family_cy: Nhw?}"

    assert told(text, audience, language) == ({"ask": asked}, [])


def test_an_audience_without_a_wording_of_its_own_gets_the_common_one(told):
    assert told("{ask: You?, ask_cy: Chi?}", "family", "cy") == ({"ask": "Chi?"}, [])


@pytest.mark.parametrize(
    ("text", "audience", "missing"),
    [
        ("{ask: You?}", "self", "ask"),
        ("{ask: You?, ask_cy: Chi?, ask_family: They?}", "family", "ask_family"),
        ("{ask: You?, ask_family: They?, ask_family_cy: Nhw?}", "self", "ask"),
        ("{hint_family: They}", "family", "hint_family"),
    ],
)
def test_nothing_falls_back_silently(told, text, audience, missing):
    _, faults = told(text, audience, "cy")

    assert [fault.partition(": ")[2] for fault in faults] == [f"“{missing}” has no wording in cy"]


@pytest.mark.parametrize("text", ["{options: {a: Yes}}", "{options: {a: {text: Yes}}}"])
def test_options_need_every_language_too(told, text):
    _, faults = told(text, "self", "cy")

    assert len(faults) == 1
    assert "has no wording in cy" in faults[0]


def test_what_is_only_for_another_reader_is_left_out(told):
    assert told("[{for: [self], id: a}, {for: [family], id: b}, {id: c}]", "family")[0] == [
        {"for": ["family"], "id": "b"},
        {"id": "c"},
    ]


def test_an_option_may_have_the_name_of_a_text_key(told):
    text = "{options: {text: {text: By text, text_cy: Drwy neges}, cost: {text: Cost, text_cy: Cost}}}"

    assert told(text, "self", "cy") == ({"options": {"text": {"text": "Drwy neges"}, "cost": {"text": "Cost"}}}, [])


def test_sources_and_vignettes_stay_as_they_are_written(told):
    text = "{sources: [{title: A}], vignettes: [{answers: {ask: x}}]}"

    assert told(text, "self", "cy") == ({"sources": [{"title": "A"}], "vignettes": [{"answers": {"ask": "x"}}]}, [])


def test_a_key_that_only_looks_like_a_wording_stays_what_it_is(told):
    assert told("{ask_nobody: x, hours_slept: 7}") == ({"ask_nobody": "x", "hours_slept": 7}, [])
