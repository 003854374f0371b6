"""For those who run the app: does it live, and can it do its work. Nothing of anybody is in the answers."""

from typing import Final

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from assessment.documents.pool import BusyError, NotDoneError
from assessment.web.parts import parts

health = Blueprint("health", __name__)

UNAVAILABLE: Final = 503


@health.get("/healthz")
def alive() -> Response:
    """Say that the app answers."""
    return _said("alive")


@health.get("/readyz")
def ready() -> Response:
    """Say if the database answers and documents can be made. A busy printer is a working one."""
    try:
        parts().visits.answer()
    except SQLAlchemyError:
        return _said("the database does not answer, or was not migrated", UNAVAILABLE)
    try:
        parts().printer.answer()
    except BusyError:
        return _said("ready, and busy with documents")
    except NotDoneError:
        return _said("no documents can be made", UNAVAILABLE)
    return _said("ready")


def _said(words: str, status: int = 200) -> Response:
    return Response(f"{words}\n", status, mimetype="text/plain")
