"""Planted faults in the referral directory, and in the dates of the whole."""

import pytest

from tests.core.planting import SHIPPED, Plant, finds

Q, SERVICES, PAGES = "questions.yaml", "content/services.yaml", "content/interrupts.yaml"

DIALLED = [
    Plant(
        "one digit wrong", SERVICES, 'to: "08088088000"', 'to: "08088088001"', "is shown, but", at='to: "08088088001"'
    ),
    Plant("one digit short", SERVICES, 'to: "116123"', 'to: "16123"', "is shown, but"),
    Plant("one digit wrong as shown", SERVICES, "show: 0800 068 4141", "show: 0800 068 4142", "is shown, but"),
    Plant("a text to another number", SERVICES, 'to: "85258"', 'to: "85285"', "is shown, but"),
    Plant("a relay to another number", SERVICES, 'to: "18000"', 'to: "18001"', "is shown, but", at="- by: relay"),
    Plant(
        "nothing to dial",
        SERVICES,
        '{by: phone, show: "999", to: "999"}',
        '{by: phone, show: "999"}',
        "cannot be dialled",
    ),
    Plant("letters to dial", SERVICES, 'show: "999", to: "999"', 'show: "999", to: "999x"', "digits only"),
    Plant(
        "a page without an address",
        SERVICES,
        '{by: web, show: giveusashout.org, to: "https://giveusashout.org/"}',
        "{by: web, show: giveusashout.org}",
        "cannot be opened",
    ),
    Plant(
        "an insecure address", SERVICES, "https://giveusashout.org/", "http://giveusashout.org/", "not a secure address"
    ),
    Plant(
        "another address than is shown",
        SERVICES,
        "https://giveusashout.org/",
        "https://giveusashout.example/",
        "is shown, but",
    ),
    Plant(
        "an email to another address", SERVICES, "to: pat@papyrus-uk.org", "to: pat@papyrus.example", "is shown, but"
    ),
    Plant("a number that is no text", SERVICES, 'to: "999"}', "to: 999}", "should be text", alone=True),
]

HONEST = [
    Plant(
        "fees without an interest",
        SERVICES,
        "    interest: >-",
        "    note: >-",
        "does not say what we have to do with it",
        at="- id: providence_projects",
        alone=True,
    ),
    Plant(
        "fees that are called none",
        SERVICES,
        "    fee_paying: true",
        "    fee_paying: false",
        "takes fees",
        at="cost: Private",
    ),
    Plant(
        "fees before free help",
        SERVICES,
        "    cost: Free\n    fee_paying: false",
        "    cost: Free\n    fee_paying: true\n    interest: None.",
        "free help comes first",
        at="- id: emergency_999",
        alone=True,
    ),
    Plant(
        "fees that are called free",
        SERVICES,
        "    cost: Free\n    fee_paying: false",
        "    cost: Free\n    fee_paying: true\n    interest: None.",
        "says that it is free",
        at="cost: Free",
        alone=True,
    ),
]

DATED = [
    Plant(
        "past its check",
        SERVICES,
        "recheck_by: 2027-02-23",
        "recheck_by: 2026-11-23",
        "to be checked again",
        warning=True,
    ),
    Plant("checked in the future", SERVICES, "on: 2026-10-07", "on: 2027-10-07", "has not come yet"),
    Plant(
        "to be checked before it was",
        SERVICES,
        "recheck_by: 2027-02-23",
        "recheck_by: 2026-10-01",
        "before it was checked",
        alone=True,
    ),
    Plant(
        "the whole past its review",
        Q,
        "next_review: 2027-02-23",
        "next_review: 2026-11-23",
        "to be reviewed",
        warning=True,
    ),
    Plant(
        "the whole reviewed in the future", Q, "  reviewed: 2026-11-23", "  reviewed: 2026-12-23", "has not come yet"
    ),
    Plant("the next review before the last", Q, "next_review: 2027-02-23", "next_review: 2026-10-23", "comes before"),
]

REACHED = [
    Plant(
        "a topic that only unpublished services have",
        SERVICES,
        "    topics: [domestic_abuse]",
        "    topics: [domestic_abuse, lost]",
        "nothing points to the topic “lost”",
    ),
]


@pytest.mark.parametrize("plant", DIALLED, ids=lambda plant: plant.name)
def test_what_is_shown_is_what_is_dialled_and_opened(plant, bed_of):
    finds(bed_of(plant, DIALLED, SHIPPED), plant)


@pytest.mark.parametrize("plant", HONEST, ids=lambda plant: plant.name)
def test_fees_are_said_and_come_last(plant, bed_of):
    finds(bed_of(plant, HONEST, SHIPPED), plant)


@pytest.mark.parametrize("plant", DATED, ids=lambda plant: plant.name)
def test_dates_are_kept_and_make_sense(plant, bed_of):
    finds(bed_of(plant, DATED, SHIPPED), plant)


@pytest.mark.parametrize("plant", REACHED, ids=lambda plant: plant.name)
def test_every_topic_leads_somewhere(plant, bed_of):
    finds(bed_of(plant, REACHED, SHIPPED), plant)
