"""Counting who begins and who reaches the end, where the operator has turned it on. It keeps nobody from going on."""

import logging
from datetime import date
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from assessment.web.parts import parts, today

Mark = dict[str, Any]  # kept sealed with a visit until it has reached its end: what it was counted under

log = logging.getLogger(__name__)


def begun(audience: str) -> Mark | None:
    """Count a visit that begins, and return its mark; None where nothing is counted."""
    tallies = parts().tallies
    if tallies is None:
        return None
    day = today()
    try:
        tallies.begun(day, audience)
    except SQLAlchemyError as problem:
        _missed(problem)
        return None
    return {"day": day.isoformat(), "audience": audience}


def completed(mark: Mark) -> None:
    """Count that a visit reached its end."""
    tallies = parts().tallies
    if tallies is None:  # it was turned off meanwhile
        return
    try:
        tallies.completed(date.fromisoformat(mark["day"]), mark["audience"])
    except SQLAlchemyError as problem:
        _missed(problem)


def _missed(problem: SQLAlchemyError) -> None:
    log.warning("A visit could not be counted: %s.", type(problem).__name__)
