"""Faults in the referral directory: stale or wrong details, hidden fees, people whom nobody could help."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import urlsplit

from assessment.core.definition import Question
from assessment.core.directory import Contact, Service
from assessment.core.loading import Told
from assessment.core.source import Fault, Mark, suggestion

FEES = re.compile(r"£|\bfees?\b|\bprivate\b", re.IGNORECASE)
DIGITS = re.compile(r"\+?\d[\d ]*")
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def freshness(told: Told, today: date) -> Iterator[Fault]:
    """Every service was checked, and is not past its next check."""
    for n, service in enumerate(told.document.services):
        due = told.at("services", n, "recheck_by")
        if service.recheck_by < today:
            message = f"the details of {service.name} were to be checked again by {service.recheck_by}"
            yield Fault(due, message, "check them, or put “publish: false”", warning=True, expired=True)
        if service.recheck_by < service.checked.on:
            yield Fault(due, "this is before it was checked")
        if service.checked.on > today:
            yield Fault(told.at("services", n, "checked", "on"), "this date has not come yet")


def fees(told: Told) -> Iterator[Fault]:
    """Whoever takes fees says so, declares what we have to do with it, and stands after what is free."""
    free = {topic: n for n, each in enumerate(told.document.services) if not each.fee_paying for topic in each.topics}
    for n, service in enumerate(told.document.services):
        at, cost = told.at("services", n), told.at("services", n, "cost")
        if not service.fee_paying:
            if FEES.search(service.cost):
                yield Fault(cost, "this says that it takes fees, and “fee_paying” that it does not")
            continue
        if service.cost.lower().startswith("free"):
            yield Fault(cost, "this says that it is free, and “fee_paying” that it is not")
        if service.interest is None:
            yield Fault(at, f"{service.name} takes fees and does not say what we have to do with it", "add “interest:”")
        if any(free.get(topic, -1) > n for topic in service.topics):
            yield Fault(at, f"{service.name} takes fees and stands before a free service", "free help comes first")


def contacts(told: Told) -> Iterator[Fault]:
    """See that what is dialled or opened is what is shown, and that every page is on a secure address."""
    for n, service in enumerate(told.document.services):
        for c, contact in enumerate(service.contact):
            at = told.at("services", n, "contact", c)
            if contact.by in ("phone", "text", "relay"):
                yield from _dialled(at, contact)
            elif contact.by in ("web", "chat", "bsl"):
                yield from _opened(at, contact)
            elif contact.by == "email" and contact.to != contact.show:
                yield Fault(at, f"“{contact.show}” is shown, but the email goes to {contact.to}")


def _dialled(at: Mark, contact: Contact) -> Iterator[Fault]:
    shown = {re.sub(r"\D", "", number) for number in DIGITS.findall(contact.show)}
    if contact.to is None:
        yield Fault(at, f"“{contact.show}” cannot be dialled", "add “to:” with the digits")
    elif not contact.to.isdecimal():
        yield Fault(at, f"“{contact.to}” cannot be dialled", "“to:” is digits only")
    elif contact.to not in shown:
        yield Fault(at, f"“{contact.show}” is shown, but {contact.to} is dialled")


def _opened(at: Mark, contact: Contact) -> Iterator[Fault]:
    shown = DOMAIN.search(contact.show)
    if contact.to is None:
        yield Fault(at, f"“{contact.show}” cannot be opened", "add “to:” with the address")
    elif not contact.to.startswith("https://"):
        yield Fault(at, f"“{contact.to}” is not a secure address", "an address starts with https://")
    elif shown and not f".{urlsplit(contact.to).hostname}".endswith(f".{shown.group().lower()}"):
        yield Fault(at, f"“{contact.show}” is shown, but {contact.to} is opened")


def everyone_is_helped(told: Told) -> Iterator[Fault]:
    """Whoever meets a page that comes at once is shown somebody who can help them, where they are and at their age."""
    options = {
        entry.id: list(entry.options or {})
        for section in told.document.sections
        for entry in section.questions
        if isinstance(entry, Question)
    }
    directory = told.document.service.directory
    people = [(n, a) for n in options.get(directory.nation, []) for a in options.get(directory.age, [])]
    for i, interrupt in enumerate(told.document.interrupts):
        fitting = [each for each in told.document.services if each.publish and set(interrupt.topics) & set(each.topics)]
        for nation, age in people if interrupt.topics else ():
            if not any(_helps(service, nation, age) for service in fitting):
                message = f"nobody is shown who could help in “{nation}” at “{age}”"
                yield Fault(told.at("interrupts", i, "topics"), message, "publish a service with one of these topics")
                break


def _helps(service: Service, nation: str, age: str) -> bool:
    return nation in service.nations and (not service.ages or age in service.ages)


def pointed_to(every: Iterable[Told]) -> Iterator[Fault]:
    """Every topic of a service is named by advice, by a page or by the page of help: else nobody is sent there."""
    every = list(every)
    named = {
        topic
        for told in every
        for group in (told.document.guidance, told.document.interrupts, told.document.service.help)
        for each in group
        for topic in each.topics
    }
    for told in every:
        for n, service in enumerate(told.document.services):
            for m, topic in enumerate(service.topics):
                if topic not in named:
                    message = f"nothing points to the topic “{topic}”"
                    yield Fault(told.at("services", n, "topics", m), message, suggestion(topic, named))
