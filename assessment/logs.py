"""Log lines, plain or for machines. Of an exception they have the kind and the line of code, never its message."""

import json
import logging
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

FAILED: Final = "Error handling request"  # gunicorn goes on with the address that was asked for


class PlainLines(logging.Formatter):
    """Writes a line as text."""

    def format(self, record: logging.LogRecord) -> str:
        """Return when, how grave, from which part, and what."""
        return "{time} {level} {logger}: {message}".format_map(_told(record))


class JsonLines(logging.Formatter):
    """Writes a line as a JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the same four things by name."""
        return json.dumps(_told(record), ensure_ascii=False)


def configuration(*, as_json: bool) -> dict[str, Any]:
    """Return what logging is set to: warnings and errors of the app, errors of the server, nothing of who asks."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": f"{__name__}.{'JsonLines' if as_json else 'PlainLines'}"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"level": "WARNING", "handlers": ["lines"]},
        "loggers": {"gunicorn.error": {"level": "ERROR", "handlers": [], "propagate": True}},
    }


def mistake(error: BaseException) -> str:
    """Return the kind of a mistake and where in the app it was made. Its message might hold an answer."""
    ours = [frame for frame in extract_tb(error.__traceback__) if "assessment" in Path(frame.filename).parts]
    return f"{type(error).__name__} at {f'{ours[-1].filename}:{ours[-1].lineno}' if ours else 'an unknown place'}"


def _told(record: logging.LogRecord) -> dict[str, str]:
    said = record.getMessage()
    said = FAILED if said.startswith(FAILED) else said
    error = record.exc_info[1] if record.exc_info else None
    return {
        "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": f"{said}: {mistake(error)}" if error else said,
    }
