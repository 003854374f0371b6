"""Which exception shows which page."""

import logging
from typing import Final

from flask import Flask, redirect, render_template, request, session
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from werkzeug.exceptions import BadHost, HTTPException, RequestEntityTooLarge, SecurityError
from werkzeug.wrappers import Response

from assessment.core.language import gettext
from assessment.documents.pool import BusyError, NotDoneError
from assessment.logs import mistake
from assessment.store.visits import VisitContendedError
from assessment.web.information import for_everyone
from assessment.web.limits import MINUTES
from assessment.web.metrics import mistaken, refused
from assessment.web.parts import parts
from assessment.web.visit import NotAskedError, NoVisitError, begun, do_without

log = logging.getLogger(__name__)

PIECE: Final = 64 * 1024  # bytes
MOST_TO_TAKE_IN: Final = 32 * 1024 * 1024  # bytes

Page = tuple[str, int]


def register(app: Flask) -> None:
    """Show a page of our own for everything that can go wrong."""
    app.register_error_handler(NoVisitError, no_visit)
    app.register_error_handler(NotAskedError, not_asked)
    app.register_error_handler(CSRFError, out_of_date)
    app.register_error_handler(NotDoneError, not_done)
    app.register_error_handler(BusyError, busy)
    app.register_error_handler(RateLimitExceeded, too_often)
    app.register_error_handler(VisitContendedError, not_kept)
    for kind in (DBAPIError, NoConnectionError):
        app.register_error_handler(kind, away)
    app.register_error_handler(SecurityError, bad_host)
    app.register_error_handler(BadHost, bad_host)
    app.register_error_handler(HTTPException, http)
    app.register_error_handler(Exception, unexpected)


def no_visit(_error: Exception) -> Page:
    """Say that there are no answers to go on with."""
    return _page(
        gettext("There is nothing here now"),
        gettext(
            "Answers are deleted when you ask, when you leave, and after 45 minutes without a click. "
            "You can start again."
        ),
        410,
    )


def not_asked(_error: Exception) -> Page:
    """Say that a new questionnaire has no questions for this reader."""
    return _page(
        gettext("The questions have changed"),
        gettext(
            "Those that you began with are not asked any more. You can start again. "
            "Your answers so far are then deleted."
        ),
        410,
    )


def out_of_date(_error: Exception) -> Page:
    """Say that a form was too old, or not ours."""
    refused("form")
    message = gettext(
        "It was open for too long, or came from another place. Nothing was changed. Please go back and try again."
    )
    return _page(gettext("This page is out of date"), message, 400)


def not_done(_error: Exception) -> tuple[str, int, dict[str, str]]:
    """Say that a document was not made, or an upload not read."""
    message = gettext("Your answers are safe. Please go back and try again in a moment.")
    return *_page(gettext("That could not be done just now"), message, 503), {"Retry-After": "10"}


def busy(_error: Exception) -> tuple[str, int, dict[str, str]]:
    """Say that too many others are waiting."""
    message = gettext(
        "Many people are asking for files just now. Your answers are safe. Please go back and try again in a moment."
    )
    return *_page(gettext("Please try again in a moment"), message, 503), {"Retry-After": "5"}


def too_often(_error: Exception) -> tuple[str, int, dict[str, str]]:
    """Say that too much was asked for from one address."""
    refused("limit")
    message = gettext(
        "A great deal has been asked for from where you are. Please wait {minutes} minutes and try again. "
        "Your answers are safe. You can go on answering."
    ).format(minutes=MINUTES)
    return *_page(gettext("Please wait a little"), message, 429), {"Retry-After": str(MINUTES * 60)}


def not_kept(_error: Exception) -> Page:
    """Say that an answer was not kept."""
    return _page(
        gettext("That answer was not kept"),
        gettext("Please go back and send it again. Your other answers are safe."),
        503,
    )


def bad_host(_error: Exception) -> tuple[str, int, dict[str, str]]:
    """Answer a request that names no address of ours: no page can be made for it, because pages hold addresses."""
    refused("host")
    return "There is nothing at this address.", 400, {"Content-Type": "text/plain"}


def http(error: HTTPException) -> Page:
    """Say what the web server says, in plain words."""
    if isinstance(error, RequestEntityTooLarge):
        refused("size")
        _take_in_the_rest()
    again = gettext("Please go back and try again.")
    known = {
        404: (gettext("Page not found"), gettext("There is no page at this address.")),
        405: (gettext("Page not found"), gettext("This address cannot be opened like that.")),
        413: (
            gettext("That was too much"),
            f"{gettext('It is larger than this site takes. A file from here has less than 2 MB.')} {again}",
        ),
    }
    other = (gettext("That did not work"), again)
    heading, message = known.get(error.code or 500, other)
    return _page(heading, message, error.code or 500)


def _take_in_the_rest() -> None:
    """Read what is still being sent, as far as is reasonable: a browser shows no page before it has sent all."""
    for _ in range(MOST_TO_TAKE_IN // PIECE):
        if not request.environ["wsgi.input"].read(PIECE):
            return


def away(error: Exception) -> Response | tuple[str, int, dict[str, str]]:
    """Say that the database does not answer, or has no room."""
    mistaken("database")
    _log(error)
    message = gettext("Please wait a minute, go back and try again. Your last click may not have been kept.")
    heading = gettext("We can’t reach your answers just now")
    return _left() or (*_page(heading, message, 503), {"Retry-After": "60"})


def unexpected(error: Exception) -> Page | Response:
    """Say that we made a mistake. The log says where, and nothing of what was answered."""
    mistaken("ours")
    _log(error)
    message = gettext("It was nothing that you did. Please go back and try again.")
    return _left() or _page(gettext("Something went wrong on our side"), message, 500)


def _log(error: Exception) -> None:
    """Write down the kind of a mistake and where it was made, and read no visit for the page that tells of it."""
    do_without()
    log.error("%s", mistake(error))


def _left() -> Response | None:
    """Let go whoever leaves: that never fails, as the row cannot be opened without the cookie."""
    if request.endpoint != "pages.leave":
        return None
    session.clear()
    return redirect(parts().settings.leave_to, 303)


def _page(heading: str, message: str, status: int) -> Page:
    page = render_template("error.html", heading=heading, message=message, begun=begun(), services=for_everyone())
    return page, status
