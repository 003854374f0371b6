"""What is known of an instrument beside its words: on what terms it is shown, its codes, what change of it counts."""

from typing import Annotated

from pydantic import Field

from assessment.core.writing import Amount, Id, Text, Written


class Licence(Written):
    """On what terms the words of an instrument are shown."""

    summary: Text
    notice: Text | None = None


class Codes(Written):
    """LOINC codes of the panel and its total, where the wording is the LOINC wording."""

    panel: Text | None = None
    total: Text | None = None


class ReliableChange(Written):
    """The published number of points from which a change of the total is unlikely to be chance alone."""

    points: Annotated[Amount, Field(gt=0)]
    source: Id
