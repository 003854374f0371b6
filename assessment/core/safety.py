"""A questionnaire's safety pages, said in another language: start, help, what comes at once, and who can help.

They can be translated where the questions are not. What is here is all of them: it is how they are gathered for
translators, and how they are put together from what translators wrote. Names and addresses are in neither, nor is
what a clinician is told.
"""

import re
from collections.abc import Callable
from typing import Final, TypeVar

from assessment.core.definition import Questionnaire
from assessment.core.directory import Contact, Service
from assessment.core.edition import Edition
from assessment.core.writing import Written

Say = Callable[[str], str]
Node = TypeVar("Node", bound=Written)

URGENT: Final = ("crisis", "body")  # places of guidance that come before everything else
WORDS: Final = re.compile(r"(?=.*[a-z]).*\s")  # in what is shown of a way to reach somebody: not a number or an address


def told(edition: Edition, say: Say) -> Questionnaire:
    """Return a questionnaire with its safety pages in the words that `say` returns for ours."""
    document, about = edition.document, edition.about
    groups = tuple(_said(each, say, "title", "text") for each in about.help)
    doors = {id: _said(each, say, "start", "intro") for id, each in document.audiences.items()}
    return document.model_copy(
        update={
            "service": _said(about, say, "purpose", "interest").model_copy(update={"help": groups}),
            "audiences": doors,
            "services": tuple(service_told(each, say) for each in document.services),
            **({} if edition.keyed else _urgent(document, say)),
        }
    )


def _urgent(document: Questionnaire, say: Say) -> dict[str, object]:
    return {
        "interrupts": tuple(_said(each, say, "title", "text", "go_on") for each in document.interrupts),
        "guidance": tuple(
            _said(each, say, "title", "text") if each.place in URGENT else each for each in document.guidance
        ),
    }


def service_told(service: Service, say: Say) -> Service:
    """Return a service in other words; its name, numbers and addresses are the same in every language."""
    said = _said(service, say, "purpose", "cost", "interest", "regulator", "hours", "confidentiality", "note")
    contact = tuple(_contact(each, say) for each in service.contact)
    return said.model_copy(update={"contact": contact, "access": tuple(map(say, service.access))})


def _contact(contact: Contact, say: Say) -> Contact:
    keys = ("show", "note") if WORDS.match(contact.show) else ("note",)
    return _said(contact, say, *keys)


def _said(node: Node, say: Say, *keys: str) -> Node:
    texts = {key: getattr(node, key) for key in keys}
    return node.model_copy(update={key: say(text) for key, text in texts.items() if text})
