"""Totals, ranges and bands. The vectors were worked out from the published rules, not with this engine."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.core.definition import Instrument, Placed, Section
from assessment.core.edition import items
from assessment.core.journey import Journey
from assessment.core.scoring import possible_totals, score

VECTORS = [
    ("phq9", [0] * 9, 0, "minimal"),
    ("phq9", [1, 1, 1, 1, 0, 0, 0, 0, 0], 4, "minimal"),
    ("phq9", [1, 1, 1, 1, 1, 0, 0, 0, 0], 5, "mild"),
    ("phq9", [2, 2, 2, 2, 1, 0, 0, 0, 0], 9, "mild"),
    ("phq9", [2, 2, 2, 2, 2, 0, 0, 0, 0], 10, "moderate"),
    ("phq9", [3, 3, 3, 3, 2, 0, 0, 0, 0], 14, "moderate"),
    ("phq9", [3, 3, 3, 3, 3, 0, 0, 0, 0], 15, "moderately_severe"),
    ("phq9", [3, 3, 3, 3, 3, 3, 1, 0, 0], 19, "moderately_severe"),
    ("phq9", [3, 3, 3, 3, 3, 3, 2, 0, 0], 20, "severe"),
    ("phq9", [3] * 9, 27, "severe"),
    ("phq9", [1, 2, 1, 2, 1, 1, 0, 0, 1], 9, "mild"),
    ("phq9", [0, 0, 0, 0, 0, 0, 0, 0, 1], 1, "minimal"),
    ("gad7", [0] * 7, 0, "minimal"),
    ("gad7", [1, 1, 1, 1, 1, 0, 0], 5, "mild"),
    ("gad7", [2, 2, 1, 1, 1, 1, 1], 9, "mild"),
    ("gad7", [2, 2, 2, 2, 2, 0, 0], 10, "moderate"),
    ("gad7", [2] * 7, 14, "moderate"),
    ("gad7", [3, 2, 2, 2, 2, 2, 2], 15, "severe"),
    ("gad7", [3] * 7, 21, "severe"),
    ("gad7", [2, 1, 2, 1, 0, 1, 0], 7, "mild"),
    ("gad7", [0, 0, 1, 1, 0, 1, 0], 3, "minimal"),
    ("sds", [0] * 5, 0, "fewer_signs"),
    ("sds", [1, 1, 0, 0, 0], 2, "fewer_signs"),
    ("sds", [1, 1, 1, 0, 0], 3, "some_signs"),
    ("sds", [1, 1, 1, 1, 0], 4, "some_signs"),
    ("sds", [1, 1, 1, 1, 1], 5, "more_signs"),
    ("sds", [2, 2, 2, 2, 1], 9, "more_signs"),
    ("sds", [3] * 5, 15, "more_signs"),
    ("audit_c", [0, None, None], 0, "low_risk"),
    ("audit_c", [1, 0, 0], 1, "low_risk"),
    ("audit_c", [2, 1, 1], 4, "low_risk"),
    ("audit_c", [2, 1, 2], 5, "increasing_risk"),
    ("audit_c", [3, 2, 2], 7, "increasing_risk"),
    ("audit_c", [3, 3, 2], 8, "higher_risk"),
    ("audit_c", [4, 3, 3], 10, "higher_risk"),
    ("audit_c", [4, 4, 3], 11, "possible_dependence"),
    ("audit_c", [4, 4, 4], 12, "possible_dependence"),
]


def given_points(edition, instrument, points):
    """Return answers by which an instrument's items count these points, for a grown person."""
    asked = edition.instruments[instrument]
    answers = {"age": ("25_34",)}
    for item, point in zip(asked, points, strict=True):
        if point is not None:
            answers[item.id] = (next(choice.id for choice in item.options if choice.points == point),)
    return answers


def scored(edition, instrument, points):
    return Journey(edition, given_points(edition, instrument, points)).known.score(instrument)


@pytest.mark.parametrize(("instrument", "points", "total", "band"), VECTORS)
def test_a_complete_form_has_its_published_total_and_band(edition, instrument, points, total, band):
    found = scored(edition, instrument, points)

    assert (found.total, found.low, found.high) == (total, total, total)
    assert [each.id for each in found.bands] == [band]
    assert found.complete


@pytest.mark.parametrize(
    ("instrument", "points", "low", "high"),
    [
        ("phq9", [None] * 8 + [2], 2, 26),
        ("phq9", [3, 3, 3, 3, None, None, None, None, None], 12, 27),
        ("gad7", [None] * 7, 0, 21),
        ("sds", [3, 3, 3, None, 3], 12, 15),
        ("audit_c", [None, 2, 2], 4, 8),
    ],
)
def test_a_missing_item_makes_a_range_and_no_total(edition, instrument, points, low, high):
    found = Journey(edition, given_points(edition, instrument, points)).known.score(instrument)

    assert (found.total, found.low, found.high, found.complete) == (None, low, high, False)
    assert all(band.from_ <= high and band.to >= low for band in found.bands)


@given(data=st.data())
def test_every_completion_of_a_form_lies_within_its_range_and_its_bands(edition, data):
    instrument = data.draw(st.sampled_from(["phq9", "gad7", "sds"]))
    asked = edition.instruments[instrument]
    full = [data.draw(st.sampled_from([choice.points for choice in item.options])) for item in asked]
    holes = data.draw(st.sets(st.integers(0, len(asked) - 1)))
    partial = scored(edition, instrument, [None if n in holes else point for n, point in enumerate(full)])
    complete = scored(edition, instrument, full)

    if len(holes) < len(asked):
        assert partial.low <= complete.total <= partial.high
        assert set(complete.bands) <= set(partial.bands)


def scale(method, *, weights=(1, 1, 1), reverse=(False, False, False), missing="complete"):
    """Return a made-up instrument of three items with points 0, 1 and 3, and its questions."""
    options = {name: {"text": name, "points": points} for name, points in (("no", 0), ("some", 1), ("much", 3))}
    listed = [
        {"id": f"item_{n}", "text": "text", "short": "short", "weight": weight, "reversed": turned}
        for n, (weight, turned) in enumerate(zip(weights, reverse, strict=True), 1)
    ]
    band = {"id": "any", "from": 0, "to": 99, "title": "title", "means": "means"}
    instrument = Instrument.model_validate(
        {
            "id": "scale", "title": "title", "measure": "measure", "window": "window", "why": "why", "items": listed,
            "options": options, "score": method, "missing": missing, "bands": [band], "limits": "limits",
            "citation": "citation", "licence": {"summary": "summary"}, "checksum": "checksum",
        }
    )  # fmt: skip
    section = Section.model_construct(id="section", title="title", for_=("all",), questions=())
    return instrument, list(items(section, Placed(instrument="scale"), instrument))


def total(made, *points):
    instrument, asked = made
    counted = {item.id: point for item, point in zip(asked, points, strict=True) if point is not None}
    return score(instrument, asked, counted, banded=True)


@pytest.mark.parametrize(
    ("method", "points", "expected"),
    [("sum", (0, 1, 3), 4), ("mean", (0, 1, 2), 1), ("count", (0, 1, 3), 2), ("max", (0, 1, 3), 3)],
)
def test_each_method_is_what_it_says(method, points, expected):
    assert total(scale(method), *points).total == expected


def test_a_reversed_item_counts_the_other_way_round_and_a_weight_multiplies():
    _, asked = scale("sum", weights=(2, 1, 1), reverse=(True, False, False))

    assert [asked[0].points(id) for id in ("no", "some", "much")] == [6, 4, 0]
    assert asked[0].point_range == (0, 6)


def test_an_estimate_needs_enough_items_and_stays_within_the_range():
    made = scale("sum", missing={"prorate_from": 2, "source": "book"})

    assert total(made, 3, None, None).total is None
    assert total(made, 1, 1, None).total == 3
    assert total(made, 3, 3, None).total == 9
    assert total(made, 0, 1, None).total == 2


@pytest.mark.parametrize("method", ["sum", "mean", "count", "max"])
@pytest.mark.parametrize("weights", [(1, 1, 1), (1, 2, 3)])
@pytest.mark.parametrize("reverse", [(False, False, False), (True, False, True)])
def test_the_possible_totals_are_those_that_complete_forms_have(method, weights, reverse):
    made = scale(method, weights=weights, reverse=reverse)
    counted = [[item.points(choice.id) for choice in item.options] for item in made[1]]
    every = sorted({total(made, *points).total for points in product(*counted)})

    assert possible_totals(*made) == pytest.approx(every)
