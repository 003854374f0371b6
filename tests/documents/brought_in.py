"""Forms in the shapes that others publish, brought in and answered."""

import json
from pathlib import Path

from assessment.core.checks import check
from assessment.core.edition import edition
from assessment.core.journey import Journey
from assessment.core.loading import load
from assessment.documents.fhir.importing.questionnaire import imported, parsed
from tests.core.planting import TODAY

PUBLISHED = Path(__file__).parent / "published"
HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"


def published(name):
    return parsed((PUBLISHED / f"{name}.json").read_bytes())


def form(*items, **more):
    return {"resourceType": "Questionnaire", "status": "draft", "title": "A form", "item": list(items), **more}


def item(link, kind, **more):
    return {"linkId": link, "type": kind, "text": f"About {link}?", **more}


def option(code, weight=None, url="ordinalValue"):
    weighed = {} if weight is None else {"extension": [{"url": HL7 + url, "valueDecimal": weight}]}
    return {**weighed, "valueCoding": {"code": code, "display": code.capitalize()}}


def choice(link, *codes, **more):
    return item(link, "choice", answerOption=[option(code) for code in codes], **more)


def scored(link, *weights, **more):
    words = ("never", "sometimes", "often", "always_so")
    options = [option(code, weight) for code, weight in zip(words, weights or (0, 1, 2), strict=False)]
    return item(link, "choice", answerOption=options, **more)


def number(link, least=0, most=10, **more):
    bounds = [{"url": HL7 + "minValue", "valueInteger": least}, {"url": HL7 + "maxValue", "valueInteger": most}]
    unit = {"url": HL7 + "questionnaire-unit", "valueCoding": {"code": "d", "display": "days"}}
    return item(link, "integer", extension=[*bounds, unit], **more)


def boolean(link, **more):
    return item(link, "boolean", **more)


def group(link, *items, **more):
    return {"linkId": link, "type": "group", "text": f"Part {link}", "item": list(items), **more}


def when(question, operator, **answer):
    return {"question": question, "operator": operator, **answer}


def total(link, expression, *variables, **more):
    told = [{"url": HL7 + "variable", "valueExpression": {"name": n, "expression": text}} for n, text in variables]
    calculated = {"url": SDC + "calculatedExpression", "valueExpression": {"expression": expression}}
    return item(link, "decimal", readOnly=True, extension=[*told, calculated], **more)


def asked_of(found, folder):
    """The edition of a questionnaire that was brought in, and every fault that the check finds in it."""
    file = folder / "brought_in.yaml"
    file.write_text(found.yaml, encoding="utf-8")
    checked = check(file, TODAY)
    return next(iter(checked.editions.values())), checked.faults


def quickly(resource, folder):
    """The edition of a form, without looking for faults in what follows."""
    file = folder / "brought_in.yaml"
    file.write_text(imported(json.loads(json.dumps(resource))).yaml, encoding="utf-8")
    loaded = load(file)
    assert not loaded.faults
    (told,) = loaded.told
    return edition(told.document, told.reader, loaded.version)


def score(edition, answers):
    """The one score of these answers."""
    (found,) = Journey(edition, answers).scores()
    return found


def said(found, where):
    """What is said of an item that could not be carried as it is."""
    return " · ".join(left.why for left in found.not_carried if left.where == where)
