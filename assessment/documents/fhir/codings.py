"""What things are called in FHIR: links, addresses that are nobody's web page, and codes of LOINC's or our own."""

from typing import Any
from uuid import UUID, uuid5

from assessment.core.answers import DECLINED, DECLINED_WORDS
from assessment.core.conditions import NOT_SURE
from assessment.core.definition import Section
from assessment.core.edition import Edition, Question

Resource = dict[str, Any]

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
HL7 = "http://hl7.org/fhir/StructureDefinition"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition"

OURS = UUID("6a1d7b2e-9a53-5c0e-8f0b-4b7c9d2e1f36")  # made once: every address below grows from it


def urn(*names: str) -> str:
    """Return the address of what these names name, the same each time: a UUID by RFC 4122, version 5."""
    return f"urn:uuid:{uuid5(OURS, '/'.join(names))}"


def address(edition: Edition) -> str:
    """Return the address of an edition. Its wording may change under it: `version` says which it is."""
    return urn("questionnaire", edition.about.name, edition.reader.audience, edition.reader.language)


def version(edition: Edition) -> str:
    """Return the version of an edition as it may stand in an address, without spaces."""
    return edition.version.replace(" ", "-")


def section_link(section: Section) -> str:
    """Return the linkId of a section's group. No id has a full stop, so that it is no question's."""
    return f"section.{section.id}"


def instead_link(question: Question) -> str:
    """Return the linkId of the question that takes “I’d rather not say” in place of a number."""
    return f"{question.id}.instead"


def total_link(instrument: str) -> str:
    """Return the linkId of an instrument's total."""
    return f"{instrument}.total"


def system(edition: Edition, question: Question) -> str:
    """Return the code system of a question's answers: one each, since “none” means something else in every question.

    Whoever keys in what others answer uses the same codes as they do.
    """
    whose = edition.audience.keys_in or edition.reader.audience
    return urn("answers", edition.about.name, whose, question.id)


def coding(edition: Edition, question: Question, id: str) -> Resource:
    """Return an answer as a Coding: LOINC's where the questionnaire has its code, else ours."""
    choice = question.choices.get(id)
    if choice and choice.loinc:
        return {"system": LOINC, "code": choice.loinc, "display": choice.text}
    words = choice.text if choice else {DECLINED: DECLINED_WORDS, NOT_SURE: question.not_sure}[id]
    return {"system": system(edition, question), "code": id, "display": words}


def code(question: Question, id: str) -> str:
    """Return the code of an answer."""
    choice = question.choices.get(id)
    return (choice.loinc if choice else None) or id


def unscored(question: Question) -> tuple[str, ...]:
    """Return the answers that every question takes beside its own options, or in place of a number."""
    return (NOT_SURE, DECLINED) if question.not_sure else (DECLINED,)


def loinc(value: str | None) -> list[Resource]:
    """Return a LOINC code as a list of codings; an empty one where there is none."""
    return [{"system": LOINC, "code": value}] if value else []


def extension(url: str, **value: object) -> Resource:
    """Return an extension with its one value."""
    return {"url": url, **value}


def expression(text: str, **name: str) -> Resource:
    """Return a FHIRPath expression, perhaps with a name for others to use it by."""
    return {**name, "language": "text/fhirpath", "expression": text}
