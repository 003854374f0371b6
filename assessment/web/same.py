"""Pieces of pages that are the same for everybody, written once: nothing of a person can be in them.

All that a piece is given is the edition, and perhaps one of its questions. Templates that stand in `same/` may ask for
nothing else, neither the visit nor the cookie nor the form's token (docs/performance/journey.md).
"""

from functools import lru_cache
from typing import Final

from flask import Flask, current_app, request
from markupsafe import Markup

from assessment.core.edition import Edition, Question
from assessment.core.language import Language, spoken
from assessment.web.parts import parts

MOST: Final = 200  # of each template in each edition and language; the longest unused are written anew

Pieces = dict[Question | None, Markup]


def register(app: Flask) -> None:
    """Let templates use such pieces by `same(template, edition, question)`."""
    kept = lru_cache(MOST)(_written)

    def same(template: str, edition: Edition, question: Question | None = None) -> Markup:
        every = (None,) if question is None else edition.questions
        return kept(template, spoken(), request.script_root, edition, every)[question]

    app.jinja_env.globals["same"] = same


def _written(
    template: str, _language: Language, _before_addresses: str, edition: Edition, every: tuple[Question | None, ...]
) -> Pieces:
    """Write the pieces of all questions together: so which of them are there tells nothing of who was asked what."""
    label = parts().settings.label
    given = {"about": label.on(edition.about), "label": label}
    piece = current_app.jinja_env.get_template(template)
    return {each: piece.make_module({**given, "question": each}).__html__() for each in every}
