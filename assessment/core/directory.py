"""The referral directory and the citations, as they are written."""

from typing import Annotated, Literal

from pydantic import Field

from assessment.core.writing import Day, Id, Text, Whole, Written, YesNo


class Contact(Written):
    """One way of reaching a service: what to show, and what to dial or open."""

    by: Literal["phone", "text", "relay", "bsl", "chat", "web", "email", "visit"]
    show: Text
    to: Text | None = None
    note: Text | None = None


class Checked(Written):
    """When a service's details were last checked, and how."""

    on: Day
    how: Text


class Service(Written):
    """A place that can help."""

    id: Id
    name: Text
    purpose: Text
    owner: Text
    cost: Text
    fee_paying: YesNo
    interest: Text | None = None
    regulator: Text | None = None
    nations: Annotated[tuple[Id, ...], Field(min_length=1)]
    ages: tuple[Id, ...] = ()
    for_: Annotated[tuple[Id, ...], Field(alias="for", min_length=1)]
    topics: Annotated[tuple[Id, ...], Field(min_length=1)]
    contact: tuple[Contact, ...]
    hours: Text | None = None
    confidentiality: Text | None = None
    access: tuple[Text, ...] = ()
    note: Text | None = None
    to_recheck: tuple[Text, ...] = ()
    checked: Checked
    recheck_by: Day
    publish: YesNo


class Source(Written):
    """A citation."""

    id: Id
    authors: Text
    title: Text
    publisher: Text
    year: Whole | None = None
    url: Text | None = None
    cited_as: Text | None = None
