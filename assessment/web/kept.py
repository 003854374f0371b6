"""What a visit keeps and its cookie holds, as this version writes it. What another version wrote may look otherwise."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, StrictBool, StrictInt, StrictStr, ValidationError

KEPT_AS: Final = "visit"
TALLY: Final = "tally"
TIMES_KEPT: Final = "times"  # that this browser knows of: two tabs at once may have kept more


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


class _Cookie(BaseModel):
    visit: StrictStr = ""
    times: StrictInt = 0
    csrf_token: StrictStr = ""


class _Copy(BaseModel):
    kind: Literal["copy"]
    include: list[StrictStr]
    record: StrictBool


class _ForADoctor(BaseModel):
    kind: Literal["sheet", "summary"]
    reference: StrictStr
    setting: StrictStr


class _Later(BaseModel):
    kind: Literal["later"]


class _Earlier(BaseModel):
    audience: StrictStr
    language: StrictStr
    made: Annotated[StrictStr, AfterValidator(_day)]
    version: StrictStr
    answers: dict[str, Any]
    gone: StrictInt


class _Tally(BaseModel):
    day: Annotated[StrictStr, AfterValidator(_day)]
    audience: StrictStr


class _Visit(BaseModel):
    audience: StrictStr
    language: StrictStr
    answers: dict[str, Any]
    earlier: _Earlier | None = None
    order: _Copy | _ForADoctor | _Later | None = None
    tally: _Tally | None = None


def is_cookie(found: Mapping[str, Any]) -> bool:
    """Say whether a cookie holds what it may."""
    return _fits(_Cookie, found)


def is_visit(content: object) -> bool:
    """Say whether a visit's content has the shape in which it is kept; what its answers mean is judged elsewhere."""
    return _fits(_Visit, content)


def _fits(shape: type[BaseModel], found: object) -> bool:
    try:
        shape.model_validate(found)
    except ValidationError:
        return False
    return True
