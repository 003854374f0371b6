"""What an operator makes its own: the service's name, who runs it, whom to write to, and its colours."""

from dataclasses import dataclass
from typing import Final, Self

from assessment.core.about import About
from assessment.environment import Environment, UnsafeSettingsError

NAME: Final = (r"[^\x00-\x1f<>]{1,40}", "is not a name: set it to 40 signs or fewer, such as Here for you.")
OPERATOR: Final = (r"[^\x00-\x1f<>]{1,80}", "is not a name: set it to 80 signs or fewer, such as The Example Trust.")
ADDRESS: Final = (
    r"(mailto:[^\s@]+@[^\s@]+|https://[^\s/?#]+\S*)?",
    "is not an address: set it to one such as mailto:security@takestock.example.",
)
COLOUR: Final = (r"(#[0-9a-fA-F]{6})?", "is not a colour: set it to one such as #0d5c63.")

DARKEST: Final = 0.04045  # share of full light up to which it rises in a straight line (WCAG 2.2, “relative luminance”)
LEAST: Final = 4.5  # to 1, between text and what is behind it: WCAG 2.2, success criterion 1.4.3


@dataclass(frozen=True)
class Scheme:
    """What an accent stands on, on the light or the dark page: colours of `static/site.css`."""

    paper: str
    card: str
    on_accent: str
    ends: str
    """The colour that the strongest tone of a measure tends to."""

    def colours(self, accent: str) -> dict[str, str]:
        """Return what the colours that are made from the accent become, by their names in the style sheet."""
        tones = {f"tone-{number}": _mixed(accent, self.card, number / 5) for number in range(1, 5)}
        made = {"sea": accent, "sea-deep": _mixed(accent, "#000000", 0.75), "wash": _mixed(accent, self.card, 0.1)}
        return {**made, **tones, "tone-5": _mixed(accent, self.ends, 0.6)}

    def contrasts(self, accent: str) -> dict[str, float]:
        """Return how much contrast there is with each colour that the accent meets as text, or under text."""
        colours = self.colours(accent)
        behind = {each: contrast(accent, each) for each in (self.paper, self.card, colours["wash"])}
        return behind | {each: contrast(self.on_accent, each) for each in (accent, colours["sea-deep"])}


LIGHT: Final = Scheme(paper="#fbf8f3", card="#ffffff", on_accent="#ffffff", ends="#000000")
DARK: Final = Scheme(paper="#11191d", card="#1a252a", on_accent="#0b1a1d", ends="#ffffff")


@dataclass(frozen=True)
class Label:
    """What is worn over the questionnaire's own name and our colours; what is empty stays as it is."""

    name: str = ""
    operator: str = ""
    contact: str = ""
    """`mailto:` or `https:`, shown on every page."""

    accent: str = ""
    accent_dark: str = ""

    @classmethod
    def from_environment(cls, given: Environment) -> Self:
        """Read SERVICE_NAME, OPERATOR, CONTACT, ACCENT and ACCENT_DARK; `UnsafeSettingsError` for what would harm."""
        accent, accent_dark = (given.shaped(name, *COLOUR) for name in ("ACCENT", "ACCENT_DARK"))
        if bool(accent) != bool(accent_dark):
            raise UnsafeSettingsError("ACCENT and ACCENT_DARK belong together: set both, the second for dark screens.")
        for name, colour, scheme in (("ACCENT", accent, LIGHT), ("ACCENT_DARK", accent_dark, DARK)):
            if colour:
                _refuse_if_hard_to_read(name, colour, scheme)
        return cls(
            name=given.shaped("SERVICE_NAME", f"({NAME[0]})?", NAME[1]),
            operator=given.shaped("OPERATOR", f"({OPERATOR[0]})?", OPERATOR[1]),
            contact=given.shaped("CONTACT", *ADDRESS),
            accent=accent,
            accent_dark=accent_dark,
        )

    def on(self, about: About) -> About:
        """Return what pages and papers say of the service. Records and FHIR keep the questionnaire's own name."""
        worn = {"name": self.name or about.name, "owner": self.operator or about.owner}
        return about.model_copy(update=worn) if self.name or self.operator else about

    @property
    def styles(self) -> str:
        """Return the style sheet of its colours; "" where they are ours. Print stays black on white."""
        if not self.accent:
            return ""
        light, dark = _rules(LIGHT.colours(self.accent)), _rules(DARK.colours(self.accent_dark))
        return f"@media screen{{{light}}}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours such as #0d5c63, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    darker, lighter = sorted(map(_luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def _refuse_if_hard_to_read(name: str, colour: str, scheme: Scheme) -> None:
    behind, least = min(scheme.contrasts(colour).items(), key=lambda each: each[1])
    if least < LEAST:
        change = "darker" if scheme is LIGHT else "lighter"
        raise UnsafeSettingsError(
            f"{name} is hard to read: its contrast is {least:.2f} to 1 where it meets {behind}, and {LEAST} is needed. "
            f"Set it to a {change} colour."
        )


def _luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1 (WCAG 2.2, “relative luminance”)."""
    shares = (each / 255 for each in bytes.fromhex(colour[1:]))
    red, green, blue = (each / 12.92 if each <= DARKEST else ((each + 0.055) / 1.055) ** 2.4 for each in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: str, other: str, share: float) -> str:
    """Return a colour that has a share of the one, and the rest of the other."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(share * first + (1 - share) * second) for first, second in pairs).hex()


def _rules(colours: dict[str, str]) -> str:
    return ":root{" + "".join(f"--{name}:{colour};" for name, colour in colours.items()) + "}"
