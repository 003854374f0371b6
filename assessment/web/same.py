"""Pieces of pages that are the same for everybody, written once: nothing of a person can be in them.

All that a piece is given is the edition, and perhaps one of its questions, of its advice or of its services. Templates
that stand in `same/` may ask for nothing else, neither the visit nor the cookie nor the form's token
(docs/performance/journey.md).
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from flask import Flask, current_app, request
from markupsafe import Markup

from assessment.core.definition import Guidance
from assessment.core.directory import Service
from assessment.core.edition import Edition, Question
from assessment.core.language import Language, spoken
from assessment.web.parts import parts

MOST: Final = 400  # of each template in each edition and language; the longest unused are written anew

Subject = Question | Guidance | Service

EVERY: Final[Mapping[str, Callable[[Edition], Sequence[Subject]]]] = {
    "Question": lambda edition: edition.questions,
    "Guidance": lambda edition: edition.document.guidance,
    "Service": lambda edition: edition.document.services,
}


def register(app: Flask) -> None:
    """Let templates use such pieces by `same(template, edition, subject)`; `subject` has its own name in the piece."""
    kept = lru_cache(MOST)(_written)

    def same(template: str, edition: Edition, subject: Subject | None = None) -> Markup:
        kind, id = (type(subject).__name__, subject.id) if subject else ("", "")
        return kept(template, spoken(), request.script_root, edition, kind)[id]

    app.jinja_env.globals["same"] = same


def _written(
    template: str, _language: Language, _before_addresses: str, edition: Edition, kind: str
) -> dict[str, Markup]:
    """Write the pieces of all subjects of a kind together: so which of them are there tells nothing of who met what."""
    label = parts().settings.label
    given = {"about": label.on(edition.about), "label": label}
    subjects = {each.id: {kind.lower(): each} for each in EVERY[kind](edition)} if kind else {"": {}}
    piece = current_app.jinja_env.get_template(template)
    return {id: piece.make_module({**given, **subject}).__html__() for id, subject in subjects.items()}
