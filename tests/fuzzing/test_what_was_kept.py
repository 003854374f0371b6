"""What another version of the app may have kept, in a cookie or sealed in a row, is read or counts as nothing."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.fuzzing.patience import tried, within
from tests.fuzzing.spoiling import spoiled_trees

ANSWERS = {"country": ["here"], "years": ["longer"], "hours": 8, "woken_by": ["noise"], "nobody_asked": [1, None]}
ORDERS = (
    {"kind": "copy", "include": ["answers"], "record": True},
    {"kind": "sheet", "reference": "", "setting": "paper"},
    {"kind": "later"},
)
EARLIER = {"audience": "sleeper", "language": "en", "made": "2026-03-02", "version": "1", "answers": ANSWERS, "gone": 1}
KEPT = [
    {"audience": audience, "language": "en", "answers": ANSWERS, "earlier": EARLIER, "order": order}
    for audience in ("sleeper", "partner", "nurse")
    for order in ORDERS
]
COOKIE = {"visit": "x" * 43, "times": 3, "csrf_token": "0" * 40}
READ = ("/", "/come-back", "/check", "/outcome", "/waiting", "/compare", "/pause")
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(codec="utf-8")),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from(sorted(COOKIE)), inside),
    max_leaves=6,
)


def browser_with(app, held):
    """Return a browser whose cookie, signed by us, holds anything."""
    browser = app.test_client()
    browser.set_cookie("visit", app.session_interface.get_signing_serializer(app).dumps(held))
    return browser


@tried(25)
@example(held=[1])
@example(held={"visit": 5})
@example(held={"csrf_token": 5})
@example(held={"visit": "x", "times": "often"})
@given(held=plain | spoiled_trees(COOKIE))
def test_a_cookie_of_ours_that_holds_anything_at_all_is_read_or_counts_as_none(sleep_app, held):
    try:
        json.dumps(held).encode()
    except (TypeError, ValueError):
        return
    with within(20):
        assert browser_with(sleep_app, held).get("/").status_code == 200
        assert browser_with(sleep_app, held).get("/outcome").status_code == 410
        assert browser_with(sleep_app, held).post("/leave").status_code == 303


@pytest.mark.parametrize("broken", ["", "x", ".", "..", "é", "\0", "a" * 60_000, "eyJ2aXNpdCI6NX0.aaaaaa.bbbbbb"])
def test_a_cookie_that_is_not_ours_counts_as_none(sleep_app, broken):
    browser = sleep_app.test_client()
    whole = sleep_app.session_interface.get_signing_serializer(sleep_app).dumps(COOKIE)
    for value in (broken, whole[:-4], whole[:20] + broken + whole[20:]):
        response = browser.get("/outcome", headers={"Cookie": f"visit={value}"})
        assert response.status_code == 410


@tried(20)
@example(content={"audience": "sleeper", "language": "en", "answers": []})
@example(content={**KEPT[0], "order": {"kind": "certificate"}})
@example(content={**KEPT[0], "earlier": {"answers": {}}})
@given(content=st.sampled_from(KEPT).flatmap(spoiled_trees))
def test_a_visit_of_any_shape_is_shown_or_counts_as_none(sleep_app, content):
    visits = sleep_app.extensions["assessment"].visits
    try:
        json.dumps(content, allow_nan=False)
    except (TypeError, ValueError):
        return
    browser = browser_with(sleep_app, {**COOKIE, "visit": visits.begin(content), "times": 0})

    for address in READ:
        with within(20):
            assert browser.get(address).status_code in (200, 303, 404, 410, 503)
