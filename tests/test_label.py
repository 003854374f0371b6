"""What an operator makes its own, and what is refused because somebody could not read it."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.environment import Environment, UnsafeSettingsError
from assessment.label import DARK, LEAST, LIGHT, Label, contrast

SITE = (Path(__file__).parents[1] / "static" / "site.css").read_text()
COLOURS = st.from_regex(r"\A#[0-9a-f]{6}\Z")


def label(**environ):
    return Label.from_environment(Environment.of(environ))


@pytest.mark.parametrize(
    ("one", "other", "known"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_what_the_guidelines_say(one, other, known):
    assert contrast(one, other) == contrast(other, one) == pytest.approx(known, abs=0.01)


def test_the_surfaces_are_those_of_the_style_sheet():
    light, dark = re.findall(r":root \{(.*?)\}", SITE, re.DOTALL)[:2]

    for scheme, written in ((LIGHT, light), (DARK, dark)):
        named = dict(re.findall(r"--([\w-]+): (#\w+);", written))
        full = {
            name: "#" + "".join(2 * each for each in colour[1:]) if len(colour) == 4 else colour
            for name, colour in named.items()
        }
        assert (scheme.paper, scheme.card) == (full["paper"], full["card"])
        assert scheme.on_accent == full["on-sea"]
        assert set(scheme.colours("#0d5c63")) <= set(named)


@given(light=COLOURS, dark=COLOURS)
def test_whatever_is_accepted_can_be_read_wherever_it_stands(light, dark):
    try:
        accepted = label(ACCENT=light, ACCENT_DARK=dark)
    except UnsafeSettingsError:
        assert min([*LIGHT.contrasts(light).values(), *DARK.contrasts(dark).values()]) < LEAST
    else:
        for scheme, accent in ((LIGHT, accepted.accent), (DARK, accepted.accent_dark)):
            colours = scheme.colours(accent)
            for behind in (scheme.paper, scheme.card, colours["wash"]):
                assert contrast(accent, behind) >= LEAST
            for button in (accent, colours["sea-deep"]):
                assert contrast(scheme.on_accent, button) >= LEAST


@pytest.mark.parametrize("name", ["ACCENT", "ACCENT_DARK"])
def test_a_colour_that_is_hard_to_read_is_refused_in_one_sentence_that_says_where_and_how_to_mend_it(name):
    colours = {"ACCENT": "#0b5394", "ACCENT_DARK": "#9fc5e8"} | {name: "#6a8caf"}

    with pytest.raises(
        UnsafeSettingsError, match=rf"{name} is hard to read: its contrast is \d\.\d\d to 1 .*4\.5 is needed"
    ):
        label(**colours)


def test_a_colour_for_one_kind_of_screen_only_is_refused():
    with pytest.raises(UnsafeSettingsError, match="set both"):
        label(ACCENT="#0b5394")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SERVICE_NAME", "<b>Here for you</b>"),
        ("SERVICE_NAME", "x" * 41),
        ("OPERATOR", "Trust\nSet-Cookie: a"),
        ("CONTACT", "javascript:alert(1)"),
        ("CONTACT", "mailto:help"),
        ("ACCENT", "red"),
        ("ACCENT", "#0b5394;}"),
    ],
)
def test_what_is_no_name_address_or_colour_is_refused(name, value):
    with pytest.raises(UnsafeSettingsError, match=f"{name} is not"):
        label(**{name: value})


def test_the_tones_of_a_measure_stay_in_order():
    for scheme, accent in ((LIGHT, "#0b5394"), (DARK, "#9fc5e8")):
        tones = [contrast(scheme.card, scheme.colours(accent)[f"tone-{number}"]) for number in range(1, 6)]
        assert all(weaker < stronger for weaker, stronger in pairwise(tones))
