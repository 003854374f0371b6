import pytest

from assessment.documents.prose import blocks, spans


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line.", [("p", ["One line."])]),
        ("A paragraph\nin two lines.", [("p", ["A paragraph in two lines."])]),
        ("One.\n\nTwo.", [("p", ["One."]), ("p", ["Two."])]),
        ("- a\n- b", [("ul", ["a", "b"])]),
        ("- a\n\n- b", [("ul", ["a", "b"])]),
        ("Some things:\n- a\n- b\nAnd more.", [("p", ["Some things:"]), ("ul", ["a", "b"]), ("p", ["And more."])]),
        ("A dash - in a line.", [("p", ["A dash - in a line."])]),
    ],
)
def test_paragraphs_and_lists_are_told_apart(text, expected):
    assert blocks(text) == expected


def test_bold_words_stand_between_two_stars():
    assert spans("**Call 999** now, or **go**.") == [
        (True, "Call 999"),
        (False, " now, or "),
        (True, "go"),
        (False, "."),
    ]


def test_markup_is_not_understood_and_so_cannot_be_slipped_in():
    assert spans("<b>x</b>") == [(False, "<b>x</b>")]
