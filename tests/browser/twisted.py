"""The questionnaire about sleep with another scoring, and with questions that hang on every kind of condition."""

from assessment.core.conditions import parse
from assessment.core.definition import Prorate, Question, Section
from assessment.core.edition import edition as laid_out

CONDITIONS = (
    "rest >= 4",
    "rest > 2 and rest <= 6",
    "rest = 4",
    "not (rest = 4)",
    "not (rest >= 3)",
    "rest >= 0",
    "rest_2 >= 1",
    "not (rest_2 >= 1)",
    "rest_3 <= 2",
    "hours >= 8",
    "not (hours > 3)",
    "hours = 5",
    "hours >= 0",
    "hours is not_sure",
    "not (hours is not_sure)",
    "hours answered",
    "not (hours answered)",
    "woken_by has all of noise, worry",
    "not (woken_by has all of noise, worry)",
    "not (woken_by has any of noise, breath)",
    "country is here and years is grown",
    "country is here or not (years is young)",
    "nap is not_sure or always",
    "nap is one of short, not_sure",
    "not (nap is short)",
    "nap answered and not (country answered)",
)
WORDS = {"short": "nap", "why": "To see."}
NAP = Question(
    id="nap", ask="Did you nap?", options={"short": "Shortly", "long": "Long"}, not_sure=True, **WORDS,
    unless="hours >= 9",
)  # fmt: skip


def twisted(sleep, score, missing="complete"):
    """Return the edition with the scale scored so, an item that may be skipped, and a question for every condition.

    Each condition stands as `when` and as `unless`; the last questions read one of them.
    """
    document = sleep.document
    scale = document.instruments[0]
    first, second, third = scale.items
    skipped = third.model_copy(update={"unless": parse("rest_1 is never"), "skipped_points": 1})
    rule = Prorate(prorate_from=missing, source="made_up") if isinstance(missing, int) else missing
    scale = scale.model_copy(update={"score": score, "missing": rule, "items": (first, second, skipped)})
    asked = [NAP]
    for place, condition in enumerate(CONDITIONS):
        for gate in ("when", "unless"):
            yes_or_no = {"yes": "Yes", "no": "No"}
            asked.append(Question(id=f"{gate}_{place}", ask=condition, options=yes_or_no, **WORDS, **{gate: condition}))
    asked.append(
        Question(id="last", ask="The last", number={"min": 1, "max": 3, "unit": "x"}, **WORDS, when="when_0 is yes")
    )
    asked.append(
        Question(id="very_last", ask="The very last", options={"a": "A", "b": "B"}, **WORDS, unless="last >= 2")
    )
    gates = Section(id="gates", title="Gates", **{"for": (sleep.reader.audience,)}, questions=tuple(asked))
    sections = [section for section in document.sections if not section.afterwards]
    update = {"instruments": (scale,), "sections": (*sections, gates)}
    return laid_out(document.model_copy(update=update), sleep.reader, "twisted")
