"""Files into a questionnaire: what is included, what is missing, and where each fault stands."""

import pytest

from assessment.core.checks import check
from assessment.core.loading import load
from tests.core.planting import SHIPPED, SLEEP, TODAY, texts_of


@pytest.fixture
def written(tmp_path):
    """Write a copy of the sleep questionnaire with other texts for some files, and return what is wrong with it."""

    def written(*changes, **files):
        texts = texts_of(SLEEP)
        for file, old, new in changes:
            assert old in texts[file]
            texts[file] = texts[file].replace(old, new, 1)
        texts |= {name.replace("__", ".") if "__" in name else f"{name}.yaml": text for name, text in files.items()}
        for name, text in texts.items():
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return [str(fault).partition("\n")[0] for fault in check(tmp_path / "questions.yaml", TODAY).faults]

    return written


def test_both_questionnaires_are_free_of_faults():
    for questionnaire in (SHIPPED, SLEEP):
        assert not [str(fault) for fault in check(questionnaire, TODAY).faults if not fault.warning]


def test_a_file_that_is_not_there_is_one_fault(tmp_path):
    assert [str(fault) for fault in check(tmp_path / "none.yaml", TODAY).faults] == [
        "none.yaml:1:1: this file cannot be read: No such file or directory"
    ]


def test_a_folder_is_no_questionnaire(tmp_path):
    assert [fault.message for fault in check(tmp_path, TODAY).faults] == ["this file cannot be read: Is a directory"]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a\n- b\n", "words\n"])
def test_a_file_without_keys_is_refused(written, text):
    assert written(questions=text) == ["questions.yaml:1:1: this file holds no keys"]


def test_bytes_that_are_no_text_are_refused(written):
    assert "advice.yaml:1:1: this file is not UTF-8 text" in written(advice=b"guidance: \xff")


@pytest.mark.parametrize(
    ("text", "line"),
    [("flags:\n\t- id: a\n", 2), ("flags: [\n", 2), ("flags: 'a\n", 2), ("flags: a\n---\nflags: b\n", 2)],
    ids=["a tab", "a list without an end", "a quote without an end", "two documents"],
)
def test_what_is_not_yaml_is_refused_where_it_breaks_off(written, text, line):
    assert [fault for fault in written(advice=text) if fault.startswith(f"advice.yaml:{line}:")]


@pytest.mark.parametrize("text", ["flags: !!int x", "flags: !!float x", "flags: !python/object:os.system x"])
def test_a_tag_that_does_not_fit_or_is_not_known_is_refused(written, text):
    assert any("tag" in fault for fault in written(advice=text))


def test_a_file_nested_beyond_reason_is_refused_and_does_not_crash(written):
    assert "advice.yaml:1:1: this file is nested more than 100 levels deep" in written(advice="flags: " + "[" * 100_000)


def test_an_included_file_that_is_missing_is_refused_with_the_nearest_name(tmp_path):
    (tmp_path / "advice.yaml").write_text("flags: []")
    (tmp_path / "q.yaml").write_text("include: [advise.yaml]")
    fault = load(tmp_path / "q.yaml").faults[0]

    assert str(fault) == (
        "q.yaml:1:11: there is no file “advise.yaml” beside q.yaml\n    hint: did you mean “advice.yaml”?"
    )


@pytest.mark.parametrize("name", ["a" * 300, "../" * 3_000 + "a", "a/\\0", "/dev/zero", "/"])
def test_what_cannot_be_a_file_beside_it_is_not_there(written, name):
    said = written(("questions.yaml", "include: [advice.yaml]", f'include: [advice.yaml, "{name}"]'))

    assert len(said) == 1
    assert "there is no file" in said[0]


@pytest.mark.parametrize("name", ["advice.yaml", "./advice.yaml", "questions.yaml"])
def test_a_file_is_included_once_and_never_by_itself(written, name):
    said = written(("questions.yaml", "include: [advice.yaml]", f"include: [advice.yaml, {name}]"))

    assert len(said) == 1
    assert f"“{name}” is read already" in said[0]


def test_only_the_main_file_includes_others(written):
    said = written(("advice.yaml", "flags:", "include: [more.yaml]\nflags:"), more="flags: []")

    assert said == ["advice.yaml:1:1: only the main file includes others"]


def test_an_included_file_is_named_by_its_path(written):
    said = written(("questions.yaml", "include: [advice.yaml]", "include: [advice.yaml, 7]"))

    assert any("an included file is named by its path" in fault for fault in said)


def test_a_mapping_in_two_files_is_refused_and_a_list_is_joined(written):
    said = written(("advice.yaml", "flags:", "audiences: {other: {start: X}}\ninstruments: []\nflags:"))

    assert said == ["advice.yaml:1:1: “audiences” is given in two files"]


def test_every_fault_is_reported_at_once_in_the_order_of_the_files(written):
    said = written(
        ("advice.yaml", "warning: true", "warnign: true"),
        ("advice.yaml", "urgency: soon", "urgency: sooner"),
        ("advice.yaml", "recheck_by: 2099-01-01", "recheck_by: one day"),
        ("questions.yaml", "owner: The Night notes team", "owner: 7"),
        ("questions.yaml", "unless: hours >= 10", "unless: hours"),
        ("questions.yaml", "points: 2}", "points: two}"),
    )

    assert [fault.partition(": ")[0].rsplit(":", 1)[0] for fault in said] == [
        "advice.yaml:2",
        "advice.yaml:70",
        "advice.yaml:117",
        "questions.yaml:4",
        "questions.yaml:90",
        "questions.yaml:209",
    ]


def test_a_questionnaire_without_sections_asks_nobody_anything(written):
    texts = texts_of(SLEEP)["questions.yaml"]
    start, end = texts.index("sections:"), texts.index("instruments:")

    assert "questions.yaml:1:1: nobody is asked anything" in written(
        questions=texts[:start] + "sections: []\n\n" + texts[end:]
    )
    assert "questions.yaml:2:1: “sections” is missing" in written(questions=texts[:start] + texts[end:])


def test_an_audience_that_is_asked_must_be_told_something(written):
    said = written(
        ("advice.yaml", "for: [sleeper, nurse]\n    when: flag gasping", "for: [sleeper]\n    when: flag gasping"),
        *[("advice.yaml", "for: [sleeper, partner, nurse]\n    when", "for: [sleeper, partner]\n    when")] * 2,
    )

    assert said == ["questions.yaml:2:1: the audience “nurse” is asked, and told nothing"]


def test_an_audience_that_is_told_something_must_be_asked(written):
    said = written(
        *[("questions.yaml", "for: [sleeper, partner, nurse]", "for: [sleeper, partner]")] * 2,
        *[("questions.yaml", "for: [sleeper, nurse]", "for: [sleeper]")] * 2,
    )

    assert any("the audience “nurse” is told this, and asked nothing" in fault for fault in said)


def test_faults_of_every_kind_are_told_together(tmp_path):
    texts = texts_of(SHIPPED)
    planted = {
        "“hnit” is not a key": ("questions.yaml", "hint: A rough number is fine.", "hnit: A rough number is fine."),
        "this condition cannot be read": (
            "content/guidance.yaml",
            "when: flag losing_touch",
            "when: flag losing_touch and",
        ),
        "“nwo” cannot stand here": ("content/guidance.yaml", "urgency: now", "urgency: nwo"),
        "“safe” has no option “unsave”": ("content/flags.yaml", "when: safe is unsafe", "when: safe is unsave"),
        "but 116132 is dialled": ("content/services.yaml", 'to: "116123"', 'to: "116132"'),
        "this should be true or false": ("content/services.yaml", "fee_paying: false", "fee_paying: nope"),
        "gad7: 9 is in no band": ("content/instruments/gad7.yaml", "to: 9\n", "to: 8\n"),
    }
    for file, old, new in planted.values():
        assert old in texts[file]
        texts[file] = texts[file].replace(old, new, 1)
    for file, text in texts.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    found = [(fault.at.file, fault.message) for fault in check(tmp_path / "questions.yaml", TODAY).faults]

    for says, (file, _, _) in planted.items():
        assert [message for name, message in found if name == file and says in message], says


@pytest.mark.parametrize("condition", ["hours answered", "not (hours answered)", "hours is not_sure", "hours >= 7"])
def test_a_number_may_be_declined_or_not_sure_in_any_condition(written, condition):
    assert not written(("advice.yaml", "when: always", f"when: {condition}"))
