"""Planted faults in what is said to people: claims, labels, doses, telephone numbers, typography, sources."""

import re

import pytest

from tests.core.planting import SHIPPED, Plant, finds, texts_of

Q, FLAGS, PAGES, GUIDANCE = "questions.yaml", "content/flags.yaml", "content/interrupts.yaml", "content/guidance.yaml"
SERVICES, SOURCES, PHQ9 = "content/services.yaml", "content/sources.yaml", "content/instruments/phq9.yaml"

HERE = "    title: Talk to someone now"  # the title of the first guidance


TITLES = iter(re.findall(r"^    title: .*$", texts_of(SHIPPED)[GUIDANCE], re.MULTILINE)[1:])  # each takes one text


def says(text, message):
    return Plant(text, GUIDANCE, next(TITLES), f'    title: "{text}"', message)


CLAIMS = [
    says("You have depression", "what someone has"),
    says("You have severe alcohol dependence", "what someone has"),
    says("You have a serious ketamine addiction", "what someone has"),
    says("You’ve got an anxiety disorder", "what someone has"),
    says("You probably have ketamine-induced cystitis", "what someone has"),
    says("You are suffering from depression", "what someone has"),
    says("Your score means you have depression", "what someone has"),
    says("You are an addict", "labels the reader"),
    says("You’re addicted to ketamine", "labels the reader"),
    says("YOU HAVE Depression", "what someone has: “YOU HAVE Depression”"),
    says("You are clinically depressed", "labels the reader"),
    says("You are an alcoholic", "labels the reader"),
    says("This confirms a problem", "claims a diagnosis"),
    says("Your answers confirm a problem", "claims a diagnosis"),
    says("These scores prove it", "claims a diagnosis"),
    says("We diagnose problems with drugs", "claims a diagnosis"),
    says("This will cure you", "promises"),
    says("This is guaranteed to work", "promises"),
    says("High risk of suicide", "grades the risk"),
    says("Your suicide risk is moderate", "grades the risk"),
    says("You’re at low risk of self-harm", "grades the risk"),
    says("Your risk of suicide is raised", "grades the risk"),
    says("Many addicts feel this", "stigmatising word"),
    says("People who commit suicide", "stigmatising word"),
    says("A failed suicide attempt", "stigmatising word"),
    says("Getting help to stay clean", "stigmatising word"),
    says("For drug abusers", "stigmatising word"),
    says("For junkies", "stigmatising word"),
    says("Some people overdose on tablets", "is a method"),
    says("Start with 50 mg", "is a dose"),
    says("No more than half a gram", "is a dose"),
    says("Two bumps are enough", "is a dose"),
    says("0.2g at a time", "is a dose"),
    says("Well done!", "exclamation mark"),
    Plant(
        "a dose in an instrument",
        PHQ9,
        "    limits: >-\n      This is not",
        "    limits: >-\n      Take 20 mg. This is not",
        "is a dose",
        at="    limits:",
    ),
    Plant(
        "a claim in a band",
        PHQ9,
        "means: Your answers are in the range called minimal",
        "means: You have depression. Your answers are in the range called minimal",
        "what someone has",
    ),
    Plant("a claim in a flag", FLAGS, "words: low mood", "words: you have depression", "what someone has"),
    Plant(
        "a claim in an option",
        Q,
        "            text: Once\n",
        "            text: You are an addict\n",
        "labels the reader",
    ),
    Plant(
        "a claim in a short option",
        Q,
        "          not_given: Not at all",
        "          not_given: You are an addict",
        "labels the reader",
    ),
    Plant(
        "a claim in what a service is for",
        SERVICES,
        "    purpose: Puts you through",
        "    purpose: You have depression. Puts you through",
        "what someone has",
    ),
    Plant(
        "a claim before the start",
        Q,
        "      You can skip any question.",
        "      You are an addict. You can skip any question.",
        "labels the reader",
        at="    intro: |",
    ),
    Plant(
        "a claim in a page that comes at once",
        PAGES,
        "title: Thank you for telling us",
        "title: You are depressed",
        "labels the reader",
    ),
    Plant(
        "a claim in the words for an item",
        PHQ9,
        "short: feeling down or hopeless",
        "short: you have depression",
        "what someone has",
    ),
]

NUMBERS = [
    says("Call 0808 808 8000", "a telephone number in a text"),
    says("Call +44 20 7946 0000", "a telephone number in a text"),
    says("Call Samaritans on 116 123", "a telephone number in a text"),
    says("Text 85258", "a telephone number in a text"),
    says("Call 111", "not for northern_ireland"),
    Plant(
        "111 in a page that comes at once",
        PAGES,
        "title: Thank you for telling us",
        "title: Call NHS 111",
        "not for northern_ireland",
    ),
    Plant(
        "111 on the help page",
        Q,
        "      text: For signs that can’t wait",
        "      text: Call 111 for signs that can’t wait",
        "not for northern_ireland",
    ),
    Plant(
        "111 in a band",
        PHQ9,
        "means: Your answers are in the range called minimal",
        "means: Call 111. Your answers are in the range called minimal",
        "not for northern_ireland",
    ),
    Plant(
        "111 in the words of a flag", FLAGS, "words: low mood", "words: low mood, call 111", "not for northern_ireland"
    ),
    Plant(
        "111 in a question",
        Q,
        "        hint: Tick all that apply. These are signs",
        "        hint: Call 111. These are signs",
        "not for northern_ireland",
    ),
    Plant(
        "111 in a service that is for all",
        SERVICES,
        "    confidentiality: Ambulance staff",
        "    confidentiality: Or call 111. Ambulance staff",
        "not for northern_ireland",
    ),
    says("See www.example.invalid", "an address in a text"),
    says("See https://example.invalid/x", "an address in a text"),
]

TYPOGRAPHY = [
    Plant("a straight apostrophe", GUIDANCE, HERE, "    title: Don't wait", "a straight quote"),
    Plant("straight quotation marks", GUIDANCE, HERE, '    title: Say "help" now', "a straight quote"),
    says("Two  spaces", "two spaces together"),
    says("A stop .", "a space before"),
    Plant(
        "bold that stays open",
        GUIDANCE,
        "call 999 or go to A&E now.**",
        "call 999 or go to A&E now.",
        "bold that does not end",
        at="    text: |",
    ),
    says("<b>Now</b>", "HTML"),
    Plant(
        "a long sentence",
        GUIDANCE,
        HERE,
        "    title: " + "a word and " * 8 + "more",
        "a sentence of 25 words",
        warning=True,
    ),
    Plant(
        "a straight quote in an access note",
        SERVICES,
        "    to_recheck: [help in other languages]",
        "    access: [It's by text]\n    to_recheck: [help in other languages]",
        "a straight quote",
        at="access: [It's",
    ),
]

SOURCED = [
    Plant(
        "guidance without sources",
        GUIDANCE,
        "    sources: [nice_ng225, samaritans_contact, zsa_safety]\n",
        "",
        "rests on no source",
        at="- id: crisis_help",
    ),
    Plant(
        "guidance with an empty list",
        GUIDANCE,
        "    sources: [nice_ng225, samaritans_contact, zsa_safety]\n",
        "    sources: []\n",
        "rests on no source",
        at="- id: crisis_help",
        alone=True,
    ),
    Plant(
        "a source that nobody cites",
        SOURCES,
        "\nsources:\n",
        "\nsources:\n  - {id: lonely, authors: A, title: T, publisher: P}\n",
        "nobody cites the source “lonely”",
        at="lonely",
    ),
    Plant(
        "a source whose address is none",
        SOURCES,
        "url: https://www.gov.uk/government",
        "url: gov.uk/government",
        "is not an address",
    ),
    Plant("a source of next century", SOURCES, "    year: 2026", "    year: 2126", "has not come yet"),
]


@pytest.mark.parametrize("plant", CLAIMS, ids=lambda plant: plant.name)
def test_what_must_not_be_said_is_refused_where_it_is_said(plant, bed_of):
    finds(bed_of(plant, CLAIMS, SHIPPED), plant)


@pytest.mark.parametrize("plant", NUMBERS, ids=lambda plant: plant.name)
def test_numbers_and_addresses_stand_in_the_directory_only(plant, bed_of):
    finds(bed_of(plant, NUMBERS, SHIPPED), plant)


@pytest.mark.parametrize("plant", TYPOGRAPHY, ids=lambda plant: plant.name)
def test_careless_typography_is_found(plant, bed_of):
    finds(bed_of(plant, TYPOGRAPHY, SHIPPED), plant)


@pytest.mark.parametrize("plant", SOURCED, ids=lambda plant: plant.name)
def test_what_is_said_rests_on_sources_that_exist(plant, bed_of):
    finds(bed_of(plant, SOURCED, SHIPPED), plant)
