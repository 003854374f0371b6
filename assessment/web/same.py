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

MOST: Final = 2000  # pieces, the longest unused forgotten: every question in a few languages


def register(app: Flask) -> None:
    """Let templates use such pieces by `same(template, edition, question)`."""
    kept = lru_cache(MOST)(_written)

    def same(template: str, edition: Edition, question: Question | None = None) -> Markup:
        return kept(template, spoken(), request.script_root, edition, question)

    app.jinja_env.globals["same"] = same


def _written(
    template: str, _language: Language, _before_addresses: str, edition: Edition, question: Question | None
) -> Markup:
    label = parts().settings.label
    given = {"about": label.on(edition.about), "label": label, "question": question}
    return current_app.jinja_env.get_template(template).make_module(given).__html__()
