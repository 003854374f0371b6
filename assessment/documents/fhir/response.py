"""One person's answers and scores as FHIR R4: a QuestionnaireResponse, and an Observation for each score.

Only answers on the way are in it. What is missing is never zero: a score without a total has no value, but a reason
for that, and between which numbers it lies.
"""

import json
from datetime import date

from assessment.core import definition as written
from assessment.core.answers import DECLINED, Answer, Answers
from assessment.core.edition import Edition, Question
from assessment.core.journey import Journey
from assessment.core.outcome import Outcome
from assessment.core.scoring import Score
from assessment.documents.fhir.codings import (
    UCUM,
    Resource,
    address,
    coding,
    instead_link,
    loinc,
    section_link,
    total_link,
    urn,
    version,
)
from assessment.documents.fhir.questionnaire import layout

TERMS = "http://terminology.hl7.org/CodeSystem"


def bundle(journey: Journey, outcome: Outcome, authored: date, reference: str = "") -> Resource:
    """Return a person's answers and scores as a Bundle: a QuestionnaireResponse, and an Observation for each score.

    `authored` is the day, without a time. `reference` is what the person is known as to whoever asked, if they are.
    The same answers on the same day give the same Bundle, ids and all.
    """
    known = {id: answer for id, answer in journey.known.answers.items() if answer is not None}
    seed = urn(address(journey.edition), json.dumps(known, sort_keys=True), authored.isoformat(), reference)
    subject = {"subject": {"identifier": {"value": reference}}} if reference else {}
    items = response_items(journey.edition, known, outcome.scores)
    response = {
        "resourceType": "QuestionnaireResponse",
        "id": _id(urn(seed, "answers")),
        "questionnaire": f"{address(journey.edition)}|{version(journey.edition)}",
        "status": "in-progress" if journey.first_open else "completed",
        **subject,
        "authored": authored.isoformat(),
        **({"item": items} if items else {}),
    }
    told = {**subject, "effectiveDateTime": authored.isoformat()}
    observations = [
        {
            "resourceType": "Observation",
            "id": _id(urn(seed, score.instrument.id)),
            **_observed(score, outcome, journey),
            **told,
            "derivedFrom": [{"reference": urn(seed, "answers")}],
        }
        for score in outcome.scores
    ]
    resources = [response, *observations]
    return {
        "resourceType": "Bundle",
        "id": _id(seed),
        "type": "collection",
        "entry": [{"fullUrl": f"urn:uuid:{each['id']}", "resource": each} for each in resources],
    }


def response_items(edition: Edition, answers: Answers, scores: tuple[Score, ...] = ()) -> list[Resource]:
    """Return answers and totals as the items of a QuestionnaireResponse, in the groups of the Questionnaire."""
    totals = {score.instrument.id: score.total for score in scores if score.total is not None}
    sections = []
    for section, asked in layout(edition):
        items: list[Resource] = []
        for instrument, questions in asked:
            rows = [_answered(edition, each, answers[each.id]) for each in questions if each.id in answers]
            if instrument and instrument.id in totals:
                rows.append(_total(instrument, totals[instrument.id]))
            items += _group(instrument.id, rows) if instrument else rows
        sections += _group(section_link(section), items)
    return sections


def _group(link: str, items: list[Resource]) -> list[Resource]:
    """Return a group in a list; an empty list if nothing stands in it."""
    return [{"linkId": link, "item": items}] if items else []


def _answered(edition: Edition, question: Question, answer: Answer) -> Resource:
    if isinstance(answer, int):
        return {"linkId": question.id, "answer": [{"valueInteger": answer}]}
    link = instead_link(question) if question.number else question.id
    return {"linkId": link, "answer": [{"valueCoding": coding(edition, question, id)} for id in answer]}


def _total(instrument: written.Instrument, total: float) -> Resource:
    value = {"valueDecimal": total} if instrument.score == "mean" else {"valueInteger": int(total)}
    return {"linkId": total_link(instrument.id), "answer": [value]}


def _observed(score: Score, outcome: Outcome, journey: Journey) -> Resource:
    """Return what an Observation says of a score: its total, or why there is none and what it lies between."""
    instrument, band = score.instrument, outcome.named(score)
    observed: Resource = {
        "status": "preliminary" if score.total is None else "final",
        "category": [{"coding": [{"system": f"{TERMS}/observation-category", "code": "survey"}]}],
        "code": {**_coded(loinc(instrument.loinc.total if instrument.loinc else None)), "text": instrument.title},
    }
    if score.total is None:
        reason = {"system": f"{TERMS}/data-absent-reason", "code": _why(score, journey)}
        observed["dataAbsentReason"] = {"coding": [reason]}
    else:
        observed["valueQuantity"] = _quantity(score.total)
    if band:
        observed["interpretation"] = [{"text": band.title}]
    if score.missing:
        how = "" if score.total is None else ", estimated by the instrument’s published rule"
        note = f"{len(score.missing)} not answered{how}. It lies between {score.low:g} and {score.high:g}."
        observed["note"] = [{"text": note}]
        ends = (("the least it can be", score.low), ("the most it can be", score.high))
        observed["component"] = [{"code": {"text": text}, "valueQuantity": _quantity(end)} for text, end in ends]
    return observed


def _why(score: Score, journey: Journey) -> str:
    """Return why there is no total, in the code of HL7: declined by the person, not answered, or never asked."""
    answers = journey.known.answers
    if any(answers.get(id) == (DECLINED,) for id in score.missing):
        return "asked-declined"
    return "asked-unknown" if any(id in answers for id in score.missing) else "not-asked"


def _quantity(number: float) -> Resource:
    value = int(number) if number == int(number) else number
    return {"value": value, "unit": "{score}", "system": UCUM, "code": "{score}"}


def _coded(codings: list[Resource]) -> Resource:
    return {"coding": codings} if codings else {}


def _id(address: str) -> str:
    return address.removeprefix("urn:uuid:")
