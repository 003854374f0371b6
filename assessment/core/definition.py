"""What a questionnaire says, as it is written: every key an author may use, and what it takes.

The refusal of unknown keys, the JSON Schema and the authors' documentation all come from these classes.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from assessment.core.about import About, Audience
from assessment.core.canon import Canon
from assessment.core.cases import Vignette
from assessment.core.directory import Service, Source
from assessment.core.promises import Promise
from assessment.core.terms import Codes, Licence, ReliableChange
from assessment.core.writing import Advises, Amount, Door, Id, Place, Text, Urgency, When, Whole, Whose, Written, YesNo


class Option(Written):
    """One answer that can be chosen. `alone` excludes every other ("None of these")."""

    text: Text
    short: Text | None = None
    hint: Text | None = None
    points: Whole | None = None
    alone: YesNo = False
    loinc: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: Any) -> Any:
        return {"text": value} if isinstance(value, str) else value


class Number(Written):
    """A whole number between two bounds, in a unit."""

    min: Whole
    max: Whole
    unit: Text

    @model_validator(mode="after")
    def _apart(self) -> "Number":
        if self.min >= self.max:
            raise PydanticCustomError("bounds", "a number’s least is less than its most")
        return self


Options = Annotated[dict[Id, Option], Field(min_length=2)]


class Question(Written):
    """One question of the questionnaire's own."""

    id: Id
    ask: Text
    hint: Text | None = None
    short: Text
    why: Text
    options: Options | None = None
    choose: Literal["one", "several"] = "one"
    number: Number | None = None
    not_sure: YesNo | Text = False
    when: When | None = None
    unless: When | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> "Question":
        if (self.options is None) == (self.number is None):
            raise PydanticCustomError("kind", "a question has either options or a number")
        if self.number and self.choose == "several":
            raise PydanticCustomError("kind", "several can be chosen only from options")
        return self


class Placed(Written):
    """The place where an instrument's items are asked."""

    instrument: Id
    when: When | None = None
    unless: When | None = None


def _kind_of_question(value: Any) -> str:
    placed = isinstance(value, Placed) or (isinstance(value, Mapping) and "instrument" in value)
    return "an instrument" if placed else "a question"


Entry = Annotated[
    Annotated[Question, Tag("a question")] | Annotated[Placed, Tag("an instrument")],
    Discriminator(_kind_of_question),
]


class Section(Written):
    """A part of the journey, for some readers.

    Its questions stand `together` on one page, or on one each; `afterwards`, they are asked on the outcome page.
    """

    id: Id
    title: Text
    intro: Text | None = None
    for_: Annotated[tuple[Id, ...], Field(alias="for", min_length=1)]
    together: YesNo = False
    afterwards: YesNo = False
    about: Whose = "reader"
    questions: Annotated[tuple[Entry, ...], Field(min_length=1)]


class Item(Written):
    """One item of an instrument, word for word. Skipped `unless`, it counts as `skipped_points`.

    An item that is `verbatim` stands on the sheet with its answer in full, whatever the total.
    """

    id: Id
    text: Text
    short: Text
    options: Options | None = None
    reversed: YesNo = False
    weight: Annotated[Whole, Field(gt=0)] = 1
    unless: When | None = None
    skipped_points: Whole | None = None
    verbatim: YesNo = False
    loinc: Text | None = None


class Band(Written):
    """Totals from one number to another, and what they mean in plain words.

    What a `calm` band means is not said to anyone with a warning sign.
    """

    id: Id
    from_: Annotated[Amount, Field(alias="from")]
    to: Amount
    title: Text
    means: Text
    calm: YesNo = False


class Prorate(Written):
    """The published rule by which a total is estimated when few items are missing."""

    prorate_from: Annotated[Whole, Field(gt=0)]
    source: Id


def _kind_of_rule(value: Any) -> str:
    return "a rule" if isinstance(value, Prorate | Mapping) else "a word"


Missing = Annotated[
    Annotated[Literal["complete"], Tag("a word")] | Annotated[Prorate, Tag("a rule")],
    Discriminator(_kind_of_rule),
]


class Caution(Written):
    """What is said in place of a band's meaning when an answer matters more than any total."""

    when: When
    text: Text


class Instrument(Written):
    """A validated scale: its words, its scoring, its limits, its licence."""

    id: Id
    title: Text
    short: Text | None = None
    measure: Text
    window: Text
    why: Text
    stem: Text | None = None
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    options: Options | None = None
    score: Literal["sum", "mean", "count", "max"] = "sum"
    missing: Missing = "complete"
    bands: tuple[Band, ...]
    bands_unless: When | None = None
    bands_note: Text | None = None
    caution: Caution | None = None
    reliable_change: ReliableChange | None = None
    limits: Text
    citation: Text
    cited_as: Text | None = None
    licence: Licence
    loinc: Codes | None = None
    checksum: Text


class Flag(Written):
    """A named condition with the words for it; `warning` marks a sign that forbids reassurance."""

    id: Id
    for_: Annotated[tuple[Id, ...], Field(alias="for")] = ()
    words: Text
    when: When
    warning: YesNo = False


class Interrupt(Written):
    """A page that comes right after an answer that calls for it. `pins` keeps its help on every later page."""

    id: Id
    for_: Annotated[tuple[Id, ...], Field(alias="for")] = ()
    after: Id
    when: When
    unless: When | None = None
    urgency: Urgency
    title: Text
    text: Text
    topics: tuple[Id, ...]
    helps: Whose = "reader"
    go_on: Text
    pins: YesNo = False


class Guidance(Written):
    """Something that may be said to a person, when, how urgently, and on which sources."""

    id: Id
    for_: Annotated[tuple[Id, ...], Field(alias="for", min_length=1)]
    when: When
    unless: When | None = None
    urgency: Urgency
    door: Door
    place: Place = "next"
    title: Text
    text: Text
    topics: tuple[Id, ...] = ()
    helps: Whose = "reader"
    sources: tuple[Id, ...] = ()
    tone: Literal["reassuring"] | None = None
    advises: tuple[Advises, ...] = ()


class SheetPart(Written):
    """Questions and instruments that stand together on a sheet, under a title."""

    title: Text
    rows: Annotated[tuple[Id, ...], Field(min_length=1)]


class Sheet(Written):
    """The one page for a doctor: what stands on it, in which order, and which answers say what the person asks for.

    `note` says what kind of account it is, where a doctor could mistake it. It is not offered `unless` that fails.
    """

    id: Id
    for_: Annotated[tuple[Id, ...], Field(alias="for", min_length=1)]
    title: Text
    note: Text | None = None
    unless: When | None = None
    parts: Annotated[tuple[SheetPart, ...], Field(min_length=1)]
    asks: tuple[Id, ...] = ()

    def shows(self) -> set[str]:
        """Return the ids of the questions and instruments that stand on it."""
        return {*self.asks, *(id for part in self.parts for id in part.rows)}


class Questionnaire(Written):
    """A whole questionnaire, its included files merged."""

    service: About
    include: tuple[Text, ...] = ()
    audiences: Annotated[dict[Id, Audience], Field(min_length=1)]
    sections: tuple[Section, ...]
    instruments: tuple[Instrument, ...] = ()
    flags: tuple[Flag, ...] = ()
    interrupts: tuple[Interrupt, ...] = ()
    guidance: tuple[Guidance, ...]
    services: tuple[Service, ...] = ()
    sources: tuple[Source, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    promises: tuple[Promise, ...] = ()
    vignettes: tuple[Vignette, ...] = ()
    canon: tuple[Canon, ...] = ()
