"""What others got wrong in print, as it is written: it must not be copied into this questionnaire."""

from typing import Annotated

from pydantic import BeforeValidator, model_validator
from pydantic_core import PydanticCustomError

from assessment.core.writing import Id, Text, Whole, Written, as_list


class Canon(Written):
    """What is `wrong` and must stand nowhere, or nowhere in an `instrument`; and what is `right`, if anything is.

    A number that is `right` is also looked for one slip away. The bands that are not calm start at `first_positive`.
    """

    id: Id
    wrong: Annotated[tuple[Text, ...], BeforeValidator(as_list)] = ()
    right: Text | None = None
    instrument: Id | None = None
    first_positive: Whole | None = None
    why: Text

    @model_validator(mode="after")
    def _finds_something(self) -> "Canon":
        if not (self.wrong or self.right) and self.first_positive is None:
            raise PydanticCustomError("canon", "this finds nothing: say “wrong”, “right” or “first_positive”")
        if self.first_positive is not None and self.instrument is None:
            raise PydanticCustomError("canon", "“first_positive” is of an instrument: name it")
        return self
