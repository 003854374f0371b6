"""The picture of a flow: everything stands on it once, arrows lead where conditions read, and nothing overlaps."""

from itertools import combinations, pairwise

import pytest

from assessment.core.checks import check
from assessment.core.conditions import Gate
from assessment.core.flow import LETTER, LINE, MARGIN, PAGE, WIDTH, flow
from tests.core.planting import SHIPPED, SLEEP, TODAY

EDITIONS = [edition for main in (SHIPPED, SLEEP) for edition in check(main, TODAY).editions.values()]


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda each: f"{each.reader.audience} {each.reader.language}")
def drawn(request):
    return request.param, flow(request.param)


def disjoint(one, other):
    return one.x + one.width < other.x or other.x + other.width < one.x or one.bottom < other.y or other.bottom < one.y


def boxes(rows):
    return [box for row in rows for box in (row.box, row.note) if box]


def test_every_question_stands_on_it_once_and_in_order(drawn):
    edition, picture = drawn

    assert [id for row in picture.rows for id in row.entry.questions] == [each.id for each in edition.questions]


def test_every_row_has_an_id_of_its_own(drawn):
    ids = [row.entry.id for row in drawn[1].rows]

    assert len(ids) == len(set(ids))


def test_arrows_lead_from_what_a_condition_reads_to_what_it_opens(drawn):
    edition, picture = drawn
    home = {id: row.entry.id for row in picture.rows for id in (row.entry.id, *row.entry.questions)}
    reading = [(home[each.id], gate) for each in edition.questions for gate in each.gates]
    reading += [(each.id, Gate(each.when, each.unless)) for each in edition.document.interrupts]
    expected = {(home[name], target) for target, gate in reading for name in edition.reads(gate)}

    found = [(each.source.entry.id, each.target.entry.id) for each in picture.arrows]
    assert len(found) == len(set(found))
    assert set(found) == {(source, target) for source, target in expected if source != target}


def test_an_arrow_begins_at_the_row_that_is_read_and_ends_at_the_row_that_reads_it(drawn):
    for arrow in drawn[1].arrows:
        for row, (x, y) in ((arrow.source, arrow.points[0]), (arrow.target, arrow.points[-1])):
            assert x == row.box.x
            assert row.box.y < y < row.box.bottom
        assert all(x > 0 for x, _ in arrow.points)
        assert all(x == next_x or y == next_y for (x, y), (next_x, next_y) in pairwise(arrow.points))


def test_arrows_from_two_rows_never_run_along_each_other(drawn):
    runs = {(each.source.entry.id, *sorted(line)) for each in drawn[1].arrows for line in pairwise(each.points)}
    for (source, (x, y), (end_x, end_y)), (other, (u, v), (end_u, end_v)) in combinations(runs, 2):
        across = x <= end_u and u <= end_x and y == end_y == v == end_v
        down = y <= end_v and v <= end_y and x == end_x == u == end_u
        assert source == other or not (across or down)


def test_nothing_lies_over_anything(drawn):
    picture = drawn[1]

    assert all(disjoint(one, other) for one, other in combinations(boxes(picture.rows), 2))
    assert all(disjoint(one.box, other.box) for one, other in combinations(picture.parts, 2))


def test_every_part_holds_its_rows_and_the_picture_its_parts(drawn):
    picture = drawn[1]

    assert picture.parts[-1].box.bottom < picture.height
    for part in picture.parts:
        assert part.box.x + part.box.width <= WIDTH - MARGIN
        for box in boxes(part.rows):
            assert part.box.x < box.x < box.x + box.width < part.box.x + part.box.width
            assert part.box.y < box.y < box.bottom < part.box.bottom


def test_every_line_of_words_fits_in_its_box(drawn):
    for row in drawn[1].rows:
        assert all(len(line) * LETTER <= row.box.width for line in row.words)
        assert not row.note or all(len(line) * LETTER <= row.note.width for line in row.condition)
        assert (1 + len(row.words)) * LINE < row.box.height
        assert len(row.condition) * LINE < row.box.height


def test_no_row_is_cut_where_a_page_ends(drawn):
    assert all(row.box.y // PAGE == row.box.bottom // PAGE for row in drawn[1].rows)


def test_interrupts_stand_after_their_question_with_their_condition_and_urgency(drawn):
    edition, picture = drawn
    rows = {row.entry.id: place for place, row in enumerate(picture.rows)}
    for interrupt in edition.document.interrupts:
        row = picture.rows[rows[interrupt.id]]
        before = next(each for each in reversed(picture.rows[: rows[interrupt.id]]) if each.entry.questions)

        assert interrupt.after in before.entry.questions
        assert row.entry.kind == "interrupt"
        assert row.entry.label == interrupt.urgency.replace("_", " ")
        assert row.entry.condition.startswith(f"After question {edition.numbers[interrupt.after]}, if ")


def test_the_outcome_counts_every_piece_of_guidance_and_stands_before_what_is_asked_afterwards(drawn):
    edition, picture = drawn
    places = [row for row in picture.rows if row.entry.kind == "place"]
    late = [id for row in picture.rows if row.box.y > places[-1].box.y for id in row.entry.questions]

    assert sum(int(row.entry.label) for row in places) == len(edition.document.guidance)
    assert late == [each.id for each in edition.questions if each.section.afterwards]


def test_a_condition_stands_beside_its_row_in_words_and_nothing_beside_what_everyone_is_asked(sleep):
    rows = {row.entry.id: row for row in flow(sleep).rows}

    assert rows["country"].note is None
    assert rows["woken_by"].condition == ("Skip this if your number at question 3 is 10 or more.",)
    assert (rows["rest"].entry.label, rows["rest"].entry.kind) == ("5–7", "instrument")
    assert rows["rest"].entry.reads == {"woken_by"}


def test_an_instrument_says_which_of_its_items_are_not_asked_of_everyone(edition):
    row = next(row for row in flow(edition).rows if row.entry.id == "audit_c")
    first, second, third = (edition.numbers[id] for id in row.entry.questions)

    assert row.entry.condition == f"At {second} and {third}: Skip this if you answered “Never” at question {first}."
    assert row.entry.reads == set()
