"""Safety promises as they are written: what holds for every possible set of answers, in words and in conditions."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from assessment.core.conditions import Always
from assessment.core.writing import Advises, Id, Text, Urgency, When, Written

Monotone = Literal["urgency", "warnings", "reassurance"]


class Consequences(Written):
    """What an outcome has in it. Of `urgency`, this one or a higher; of `scores` and `bands`, for these instruments."""

    shows: tuple[Id, ...] = ()
    meets: tuple[Id, ...] = ()
    first: Id | None = None
    flags: tuple[Id, ...] = ()
    services: tuple[Id, ...] = ()
    their_services: tuple[Id, ...] = ()
    asks: tuple[Id, ...] = ()
    scores: tuple[Id, ...] = ()
    bands: tuple[Id, ...] = ()
    urgency: Urgency | None = None
    tone: Literal["reassuring"] | None = None
    advises: Advises | None = None


class Promise(Written):
    """A sentence about everyone: `whenever` something holds, `then` something is there, and something `never` is.

    `at_least_one` of a kind is there for everyone. `monotone`: no answer of those named `among`, changed for the worse,
    lowers the urgency, loses a warning sign or gains reassurance.
    """

    id: Id
    says: Text
    for_: Annotated[tuple[Id, ...], Field(alias="for")] = ()
    whenever: When = Always()
    then: Consequences | None = None
    never: Consequences | None = None
    at_least_one: tuple[Literal["guidance", "services"], ...] = ()
    monotone: tuple[Monotone, ...] = ()
    among: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _promises_something(self) -> "Promise":
        if not (self.then or self.never or self.at_least_one or self.monotone):
            raise PydanticCustomError(
                "promise", "this promises nothing: say “then”, “never”, “at_least_one” or “monotone”"
            )
        if bool(self.monotone) != bool(self.among):
            raise PydanticCustomError("promise", "“monotone” says what, and “among” which answers: they stand together")
        return self
