"""The condition language: what holds, what does not, and what is not known."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.conditions import COMPARISONS, ConditionError, Gate, parse


class Known:
    """Facts for tests: chosen options, spans and flags by name; what is not named is not known."""

    def __init__(self, chosen=None, spans=None, flags=None):
        self._chosen = {name: frozenset(ids) for name, ids in (chosen or {}).items()}
        self._spans = spans or {}
        self._flags = flags or {}

    def chosen(self, question):
        return self._chosen.get(question)

    def span(self, name):
        return self._spans.get(name)

    def is_answered(self, question):
        return question in self._chosen

    def flag(self, flag):
        return self._flags.get(flag)


def holds(text, **facts):
    return parse(text).holds(Known(**facts))


@pytest.mark.parametrize(
    ("text", "chosen", "expected"),
    [
        ("age is young", {"age": ["young"]}, True),
        ("age is young", {"age": ["old"]}, False),
        ("age is young", {}, None),
        ("age is one of young, 16_17", {"age": ["16_17"]}, True),
        ("bladder has blood", {"bladder": ["blood", "pain"]}, True),
        ("bladder has blood", {"bladder": ["none"]}, False),
        ("bladder has any of blood, clots", {"bladder": ["clots"]}, True),
        ("bladder has all of blood, clots", {"bladder": ["clots"]}, False),
        ("bladder has all of blood, clots", {"bladder": ["clots", "blood", "pain"]}, True),
        ("bladder has blood", {"bladder": ["not_sure"]}, None),
        ("bladder has not_sure", {"bladder": ["not_sure"]}, True),
        ("bladder has not_sure", {"bladder": ["blood"]}, False),
        ("age answered", {"age": ["not_sure"]}, True),
        ("age answered", {}, False),
        ("always", {}, True),
    ],
)
def test_a_statement_about_a_choice(text, chosen, expected):
    assert holds(text, chosen=chosen) is expected


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("phq9 >= 10", (10, 27), True),
        ("phq9 >= 10", (0, 9), False),
        ("phq9 >= 10", (9, 10), None),
        ("phq9 > 10", (10, 10), False),
        ("phq9 <= 4", (0, 4), True),
        ("phq9 <= 4", (0, 5), None),
        ("phq9 < 4", (4, 9), False),
        ("phq9 = 4", (4, 4), True),
        ("phq9 = 4", (3, 5), None),
        ("phq9 = 4", (5, 6), False),
        ("mean >= 1.5", (1.5, 2.0), True),
        ("phq9 >= 10", None, None),
    ],
)
def test_a_comparison_holds_only_for_the_whole_range(text, span, expected):
    assert holds(text, spans={"phq9": span, "mean": span}) is expected


@given(
    low=st.integers(0, 30),
    width=st.integers(0, 30),
    number=st.integers(0, 40),
    comparison=st.sampled_from(sorted(COMPARISONS)),
)
def test_a_comparison_with_a_range_is_what_every_number_in_it_agrees_on(low, width, number, comparison):
    every = {COMPARISONS[comparison](total, number) for total in range(low, low + width + 1)}
    expected = every.pop() if len(every) == 1 else None

    assert holds(f"x {comparison} {number}", spans={"x": (low, low + width)}) is expected


VALUES = {"t": True, "f": False, "u": None}


@pytest.mark.parametrize(("left", "right"), list(product(VALUES, VALUES)))
def test_and_or_and_not_follow_kleene(left, right):
    a, b = VALUES[left], VALUES[right]
    expected_and = False if False in (a, b) else None if None in (a, b) else True
    expected_or = True if True in (a, b) else None if None in (a, b) else False

    assert holds(f"flag {left} and flag {right}", flags=VALUES) is expected_and
    assert holds(f"flag {left} or flag {right}", flags=VALUES) is expected_or
    assert holds(f"not flag {left}", flags=VALUES) is (None if a is None else not a)


def test_and_binds_closer_than_or_and_not_closer_than_both():
    assert holds("flag t or flag t and flag f", flags=VALUES) is True
    assert holds("(flag t or flag t) and flag f", flags=VALUES) is False
    assert holds("not flag f or flag f", flags=VALUES) is True
    assert holds("not (flag f or flag t)", flags=VALUES) is False


def test_names_may_begin_with_words_of_the_language():
    assert holds(
        "orange is android and not_here is not_there", chosen={"orange": ["android"], "not_here": ["not_there"]}
    )


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("phq9 >= ", 8),
        ("phq9 => 10", 6),
        ("and phq9 >= 1", 4),
        ("age is young or", 15),
        ("age is one of", 13),
        ("(age is young", 13),
        ("age is young)", 12),
        ("phq9 >= ten", 8),
        ("Age is young", 0),
        ("", 0),
        ("flag", 4),
    ],
)
def test_what_cannot_be_read_says_where(text, column):
    with pytest.raises(ConditionError) as refused:
        parse(text)

    assert refused.value.column == column


@given(st.text(alphabet="abor_ndist1692 ()<>=,", max_size=40))
def test_a_condition_is_read_or_refused_and_nothing_else(text):
    try:
        held = parse(text).holds(Known())
    except ConditionError as refused:
        held, column = None, refused.column
    else:
        column = 0

    assert held in (True, False, None)
    assert 0 <= column <= len(text)


@pytest.mark.parametrize(
    ("when", "unless", "opens"),
    [
        (None, None, True),
        ("flag t", None, True),
        ("flag f", None, False),
        ("flag u", None, False),
        (None, "flag t", False),
        (None, "flag f", True),
        (None, "flag u", True),
        ("flag t", "flag u", True),
        ("flag t", "flag t", False),
        ("flag u", "flag f", False),
    ],
)
def test_when_must_be_known_to_hold_and_unless_must_not_be(when, unless, opens):
    gate = Gate(when and parse(when), unless and parse(unless))

    assert gate.opens(Known(flags=VALUES)) is opens


def test_only_the_statements_that_hold_are_reasons():
    condition = parse("flag t and (flag f or age is young) and not flag f")
    reasons = list(condition.because(Known(flags=VALUES, chosen={"age": ["young"]})))

    assert reasons == [parse("flag t"), parse("age is young")]


@pytest.mark.parametrize(("nots", "read"), [(2, "age answered"), (3, "not age answered"), (20_000, "age answered")])
def test_not_twice_is_not_at_all(nots, read):
    assert parse("not " * nots + "age answered") == parse(read)


def test_brackets_inside_each_other_have_an_end():
    assert parse("(" * 20 + "age answered" + ")" * 20) == parse("age answered")
    with pytest.raises(ConditionError, match="more than 20 brackets") as refused:
        parse("age answered or " + "(" * 20_000)

    assert refused.value.column == len("age answered or ") + 20


def test_what_does_not_hold_has_no_reason():
    assert list(parse("flag t and flag u").because(Known(flags=VALUES))) == []
