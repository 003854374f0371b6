"""What is read of a FHIR Questionnaire: R4, R4B, and R5 where it says the same in other words.

What has a known shape and no place in our language is left behind by name: `Left`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class NotImportedError(Exception):
    """A file that cannot be brought in at all: what is wrong, and where."""


class NotCarriedError(Exception):
    """Something that has no place in our language, and why, in a plain sentence."""


@dataclass(frozen=True)
class Left:
    """What stands in the file, or must stand in the questionnaire, and does not: where, and why in a plain sentence."""

    where: str
    why: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}"


class Shape(BaseModel):
    """An element of a resource. Keys that are not read here are kept in `model_extra`."""

    model_config = ConfigDict(frozen=True, extra="allow", strict=True, allow_inf_nan=False, alias_generator=to_camel)

    extension: list["Extension"] = []
    modifier_extension: list["Extension"] = []

    def told(self, *urls: str) -> "Extension | None":
        """Return the first extension with one of these URLs."""
        return next((each for each in (*self.modifier_extension, *self.extension) if each.url in urls), None)


class Property(Shape):
    """What a code system says of a concept, such as its weight."""

    code: str = ""
    value_integer: int | None = None
    value_decimal: float | None = None


class Coding(Shape):
    """A code of a system and the words for it; in a code system or value set also what stands beneath it."""

    system: str = ""
    code: str = ""
    display: str = ""
    property: list[Property] = []
    concept: list["Coding"] = []
    contains: list["Coding"] = []


class Concepts(Shape):
    """A concept in words, with its codings."""

    coding: list[Coding] = []


class Expression(Shape):
    """A formula."""

    name: str = ""
    description: str = ""
    expression: str = ""


class Extension(Shape):
    """Something said beyond the standard: its URL says what."""

    url: str
    value_boolean: bool | None = None
    value_integer: int | None = None
    value_decimal: float | None = None
    value_string: str = ""
    value_coding: Coding | None = None
    value_codeable_concept: Concepts | None = None
    value_expression: Expression | None = None

    @property
    def number(self) -> float | None:
        """Return its value where it is a number."""
        return self.value_decimal if self.value_integer is None else self.value_integer


class Include(Shape):
    """What a value set takes from a system: all of it where no concepts are named."""

    system: str = ""
    concept: list[Coding] = []
    filter: list[Any] = []
    value_set: list[str] = []


class Compose(Shape):
    """What a value set is made of."""

    include: list[Include] = []
    exclude: list[Include] = []


class Expansion(Shape):
    """A value set, written out."""

    contains: list[Coding] = []


class Terms(Shape):
    """A value set or a code system."""

    resource_type: str = ""
    id: str = ""
    url: str = ""
    concept: list[Coding] = []
    compose: Compose = Compose()
    expansion: Expansion = Expansion()


class AnswerOption(Shape):
    """One of the answers that are offered."""

    value_coding: Coding | None = None
    value_string: str = ""
    value_integer: int | None = None
    value_date: str = ""
    value_time: str = ""
    initial_selected: bool = False


class EnableWhen(Shape):
    """A condition on the answer to another question."""

    question: str
    operator: Literal["exists", "=", "!=", ">", "<", ">=", "<="]
    answer_boolean: bool | None = None
    answer_integer: int | None = None
    answer_decimal: float | None = None
    answer_string: str | None = None
    answer_coding: Coding | None = None


class Item(Shape):
    """A group, a text or a question."""

    link_id: str
    type: str
    text: str = ""
    prefix: str = ""
    definition: str = ""
    code: list[Coding] = []
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    max_length: int | None = None
    answer_value_set: str = ""
    answer_constraint: str = ""
    answer_option: list[AnswerOption] = []
    initial: list[Any] = []
    enable_when: list[EnableWhen] = []
    enable_behavior: Literal["all", "any"] | None = None
    item: list["Item"] = []

    @property
    def words(self) -> str:
        """Return its text; the label before a text that is no question, such as “If yes,”, is part of it."""
        return f"{self.prefix} {self.text}".strip() if self.type == "display" else self.text


class Resource(Shape):
    """The questionnaire itself."""

    url: str = ""
    version: str = ""
    name: str = ""
    title: str = ""
    language: str = ""
    publisher: str = ""
    date: str = ""
    copyright: str = ""
    code: list[Coding] = []
    item: list[Item] = []


@dataclass(frozen=True)
class Node:
    """An item, and the items that it stands in, from the outside in."""

    item: Item
    above: tuple[Item, ...]

    def holds(self, other: "Node") -> bool:
        """Say whether its words are about another item: one in this group, or after this text in its group."""
        inside = self.item if self.item.type == "group" else self.above[-1] if self.above else None
        return inside is None or any(each is inside for each in other.above)

    @property
    def group(self) -> Item | None:
        """Return the group that it stands in; None outside all groups."""
        return next((each for each in reversed(self.above) if each.type == "group"), None)


def walk(items: Iterable[Item], above: tuple[Item, ...] = ()) -> Iterator[Node]:
    """Yield every item in the order of the form."""
    for item in items:
        yield Node(item, above)
        yield from walk(item.item, (*above, item))
