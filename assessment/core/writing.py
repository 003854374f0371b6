"""What every node of a questionnaire is made of: ids, texts, conditions, and the refusal of unknown keys."""

import re
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, InstanceOf, Strict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from assessment.core import conditions

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]*[a-z_][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Whole = Annotated[int, Strict()]
Amount = Annotated[float, Strict()]
YesNo = Annotated[bool, Strict()]
Urgency = Literal["now", "today", "this_week", "soon", "any_time"]
Door = Literal["get_help", "talk", "do_myself", "learn"]
Place = Literal["crisis", "body", "consider", "next", "safer", "doors"]
Whose = Literal["reader", "someone_else"]
Advises = Literal["stop_now", "cut_down", "medical_advice_first"]

URGENCIES: tuple[Urgency, ...] = ("now", "today", "this_week", "soon", "any_time")
PLACES: tuple[Place, ...] = ("crisis", "body", "consider", "next", "safer", "doors")
DOORS: tuple[Door, ...] = ("learn", "do_myself", "talk", "get_help")


def as_list(value: object) -> object:
    """Return a text as a list of one: where several may stand, one may stand alone."""
    return (value,) if isinstance(value, str) else value


_condition = lru_cache(2_000)(conditions.parse)  # most is written once and read for every reader


def _parsed(text: object) -> object:
    if not isinstance(text, str):
        raise PydanticCustomError("condition", "a condition is a line of text")
    try:
        return _condition(text)
    except conditions.ConditionError as stop:
        raise PydanticCustomError("condition", "{message}", {"message": str(stop), "column": stop.column}) from None


def _dated(text: object) -> object:
    if isinstance(text, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise PydanticCustomError("day", "this should be a date like 2026-11-23")


Day = Annotated[date, BeforeValidator(_dated)]

When = Annotated[
    InstanceOf[conditions.Condition],
    BeforeValidator(_parsed),
    WithJsonSchema({"type": "string", "description": conditions.HINT}),
]


class Written(BaseModel):
    """A node of the questionnaire: unknown keys are refused, values never change."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)
