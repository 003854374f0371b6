"""YAML as it is meant here: words stay words, and everything knows its place."""

import pytest

from assessment.core.source import Fault, Faults, Mark, locate, read


@pytest.fixture
def of(tmp_path):
    def tree(text):
        path = tmp_path / "file.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(path, "file.yaml")

    return tree


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("off", "off"), ("16_17", "16_17"), ("1:30", "1:30"),
        ("0x1F", "0x1F"), ("2026-11-23", "2026-11-23"), ("true", True), ("false", False), ("null", None), ("~", None),
        ("12", 12), ("-3", -3),
        ("1.5", 1.5), ("007", "007"), ("'12'", "12"), ('"no"', "no"), ("1e3", "1e3"), ("True", "True"),
    ],
)  # fmt: skip
def test_plain_words_are_what_they_look_like(of, written, value):
    tree, faults = of(f"key: {written}")

    assert tree == {"key": value}
    assert type(tree["key"]) is type(value)
    assert not faults


def test_every_value_knows_its_line_and_column(of):
    tree, _ = of("a: 1\nb:\n  - c: x\n    d: 'quoted'\n")

    assert locate(tree, ["a"]) == Mark("file.yaml", 1, 4)
    assert locate(tree, ["b", 0, "c"]) == Mark("file.yaml", 3, 8)
    assert locate(tree, ["b", 0, "d"]) == Mark("file.yaml", 4, 9)
    assert locate(tree, ["b", 0, "c"], key=True) == Mark("file.yaml", 3, 5)


def test_a_path_leads_as_far_as_it_goes(of):
    tree, _ = of("a:\n  b: 1\n")

    assert locate(tree, ["a", "nowhere", 3]) == Mark("file.yaml", 2, 3)


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", "“a” is given twice", 3),
        ("a: [1, 2\nb: 3\n", "this is not YAML", 2),
        ("a:\n\t- b\n", "this is not YAML", 2),
        ("a: *nowhere\n", "this is not YAML", 1),
        ("a: &x\n  b: *x\n", "this part contains itself", 1),
        ("a: !!python/object:os.system x\n", "is not understood", 1),
        ("12: x\n", "the key 12 is not a word", 1),
        (b"a: \xff\xfe", "not UTF-8", 1),
    ],
)
def test_what_is_not_right_is_said_with_its_line(of, text, says, line):
    _, faults = of(text)

    assert [(says in fault.message, fault.at.line) for fault in faults] == [(True, line)]


@pytest.mark.parametrize("inside", ["*{0}, *{0}", "[" * 90 + "*{0}" + "]" * 90], ids=["many", "deep"])
def test_aliases_that_stand_for_more_than_reason_are_one_fault(of, inside):
    doubled = "".join(f"a{n}: &a{n} [{inside.format(f'a{n - 1}')}]\n" for n in range(1, 40))
    tree, faults = of("a0: &a0 x\n" + doubled)

    assert tree is None
    assert [fault.message for fault in faults] == ["this file grows beyond reason by its aliases (*)"]


def test_an_alias_stands_for_what_it_names(of):
    assert of("a: &it [1, 2]\nb: *it\n") == ({"a": [1, 2], "b": [1, 2]}, [])


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    tree, faults = read(tmp_path / "nowhere.yaml", "nowhere.yaml")

    assert tree is None
    assert faults[0].message.startswith("this file cannot be read")


def test_faults_are_told_once_and_in_order():
    late, early = Fault(Mark("b.yaml", 2, 1), "late"), Fault(Mark("a.yaml", 9, 9), "early", "do this")

    assert str(Faults([late, early, late])) == "a.yaml:9:9: early\n    hint: do this\nb.yaml:2:1: late"
