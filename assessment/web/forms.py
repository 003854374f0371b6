"""A question as a form: WTForms reads the shape of what was posted; whether it is an answer is the core's verdict."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from flask import request
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField

from assessment.core.answers import DECLINED, Answer, Answers, Refusal, read
from assessment.core.conditions import NOT_SURE
from assessment.core.edition import Question


class Posted(FlaskForm):
    """What was posted, without a token of its own: `CSRFProtect` has looked at that of the request."""

    class Meta:  # noqa: D106 - as WTForms calls it
        csrf = False


class ChoiceForm(Posted):
    """One answer, or several: whatever was ticked. `shown` is what a page of several questions showed as given."""

    shown = HiddenField()
    answer = SelectMultipleField(choices=[], validate_choice=False)

    def raw(self, question: Question) -> str | list[str]:
        """Return what was posted as a raw answer."""
        ticked: list[str] = self.answer.data or []
        return ticked if question.several or len(ticked) != 1 else ticked[0]


class NumberForm(Posted):
    """A number, or a tick instead of one. `shown` as above."""

    shown = HiddenField()
    answer = StringField()
    declined = BooleanField()
    not_sure = BooleanField()

    def raw(self, _question: Question) -> int | str | list[str]:
        """Return what was posted as a raw answer."""
        typed = (self.answer.data or "").strip()
        given = [typed] if typed else []
        given += [DECLINED] if self.declined.data else []
        given += [NOT_SURE] if self.not_sure.data else []
        if len(given) != 1 or not typed:
            return given[0] if len(given) == 1 else given
        return int(typed) if re.fullmatch("[0-9]{1,9}", typed) else typed


Form = ChoiceForm | NumberForm


def posted(question: Question, prefix: str = "") -> Form:
    """Return the form of a question, filled with what the browser sent; `prefix` tells several on a page apart."""
    kind = NumberForm if question.number else ChoiceForm
    return kind(request.form, prefix=prefix)  # not what Flask-WTF would look for: JSON, and files among the fields


def verdict(question: Question, form: Form) -> Answer | Refusal:
    """Return the answer that was posted, or why it is not one."""
    return read(question, form.raw(question))


@dataclass(frozen=True)
class Judged:
    """What was posted for several questions on a page, by their ids: answers, refusals, and what was typed."""

    answers: dict[str, Answer | None]
    refusals: dict[str, Refusal]
    typed: dict[str, object]


def judged(questions: Iterable[Question], kept: Answers, blank: Answer | None) -> Judged:
    """Return the verdict on every question of a page. What was left blank counts as `blank`.

    What stands as the page showed it says nothing, if another tab has kept an answer meanwhile. Nor does a blank that
    the page did not show: it may be older than the question.
    """
    found = Judged({}, {}, {})
    for question in questions:
        form = posted(question, f"{question.id}-")
        raw = form.raw(question)
        left_blank = raw in ([], [""], "")
        if left_blank and not form.shown.raw_data:
            continue
        found.typed[question.id] = raw
        if form.shown.data == as_shown(raw) and question.id in kept:
            continue
        given = blank if left_blank else read(question, raw)
        if isinstance(given, Refusal):
            found.refusals[question.id] = given
        else:
            found.answers[question.id] = given
    return found


def as_shown(given: object) -> str:
    """Return an answer, or what was posted in place of one, in one line, to be compared."""
    return " ".join(map(str, given)) if isinstance(given, list | tuple) else "" if given is None else str(given)
