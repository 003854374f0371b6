"""Faults in what is said to people: claims, labels, doses, numbers, typography, long sentences, services.

Instruments' items are shown word for word and are not judged here.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from assessment.core.loading import Told
from assessment.core.source import Fault, Map, Mark, Sequence

SPOKEN = frozenset(
    {"ask", "hint", "short", "why", "title", "text", "intro", "start", "go_on", "means", "words", "limits", "purpose"}
    | {"bands_note", "interest", "cost", "hours", "confidentiality", "note", "name", "measure"}
)
NOT_OURS = ("sources", "vignettes", "include")
VERBATIM = ("items", "options", "stem", "citation", "licence", "title")
LONGEST = 20

CONDITION = "depression|anxiety|addiction|disorder|dependence|cystitis|uropathy|illness|disease|psychosis"
GRADES = "lower|low|medium|moderate|higher|high"
STIGMA = (
    r"addicts?|junk(?:ie|y)s?|druggies?|substance abuse|drug abuse|(?:drug|alcohol) abusers?"
    r"|alcoholics?(?! (?:drink|anonymous))"
    r"|(?:get|stay|be|been|going) clean|commit(?:ted|s)? suicide|(?:failed|successful) (?:suicide|attempt)"
)
CLAIMS: tuple[tuple[str, str, str], ...] = (
    (
        rf"\byou (?:have|suffer from|’ve got) (?:an? )?(?:\w+ )?(?:{CONDITION})\b",
        "this says what someone has",
        "say what they told us: “You told us …”",
    ),
    (
        r"\byou(?: are|’re) (?:an? )?(?:addict|alcoholic|depressed|dependent|mentally ill|drug user)",
        "this labels the reader",
        "say what they told us: “You told us …”",
    ),
    (
        r"\b(?:we|this|it|your score|the score) (?:diagnos\w*|confirms|proves|detects)\b",
        "this claims a diagnosis",
        "this service informs and points to help",
    ),
    (
        rf"\b(?:{GRADES})[ -]risk (?:of|for) (?:suicide|self-harm)\b|\bsuicide risk\b|\brisk of suicide is\b",
        "this grades the risk of suicide",
        "never grade it (NICE NG225): show help",
    ),
    (rf"\b(?:{STIGMA})\b", "this is a stigmatising word", "say “a person who uses”, “died by suicide”, “not using”"),
    (
        r"\bnoose\b|\bhang (?:your|my)self|\bslit\b|\boverdose on\b|\bhow to (?:end|kill)",
        "this is a method",
        "leave it out",
    ),
    (r"!", "no exclamation marks", "end with a full stop"),
)
DOSES = (
    r"\b\d+(?:\.\d+)?\s?(?:mg|milligrams?|mcg|µg|micrograms?|ml|millilitres?|g|grams?|lines|bumps|pills)\b",
    "this is a dose",
    "no amounts in advice",
)
TYPOGRAPHY: tuple[tuple[str, str, str], ...] = (
    (r"['\"]", "a straight quote", "use ’ “ ”"),
    (r"\S {2,}\S", "two spaces together", "one is enough"),
    (r" [,.;:?](?: |$)", "a space before a full stop, comma or other mark", "take it out"),
    (r"\t", "a tab", "use spaces"),
)
TELEPHONE = re.compile(r"\b0\d{2,4}[\d ]{5,}\d\b")


def spoken(told: Told) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield every text that is said to people in our own words, and the path to it."""
    yield from _spoken(told.tree, ())


def _spoken(tree: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if path[:1] and path[0] in NOT_OURS:
        return
    if path[:1] == ("instruments",) and len(path) > 2 and path[2] in VERBATIM:  # noqa: PLR2004 - instruments, n, key
        return
    if isinstance(tree, str):
        if path[-1] in SPOKEN or (len(path) > 1 and path[-2] == "options"):
            yield path, tree
        return
    members = tree.items() if isinstance(tree, Map) else enumerate(tree) if isinstance(tree, Sequence) else ()
    for step, member in members:
        yield from _spoken(member, (*path, step))


def claims(told: Told) -> Iterator[Fault]:
    """No text claims, labels, grades, doses or describes what it must not."""
    for path, text in spoken(told):
        rules = [*CLAIMS, *([DOSES] if path[0] in ("guidance", "interrupts", "services") else [])]
        for pattern, message, hint in rules:
            for found in re.finditer(pattern, text, re.IGNORECASE):
                yield Fault(told.at(*path), f"{message}: “{found.group()}”", hint)


def typography(told: Told) -> Iterator[Fault]:
    """No dumb quotes and no stray spaces."""
    for path, text in spoken(told):
        for pattern, message, hint in TYPOGRAPHY:
            found = re.search(pattern, text)
            if found:
                yield Fault(told.at(*path), f"{message}: “{text[max(found.start() - 12, 0) : found.end() + 12]}”", hint)


def long_sentences(told: Told) -> Iterator[Fault]:
    """Report sentences that are hard to read."""
    for path, text in spoken(told):
        for sentence in re.split(r"(?<=[.?:])\**\s+|\n+", text):
            words = sentence.split()
            if len(words) > LONGEST:
                message = f"a sentence of {len(words)} words: “{' '.join(words[:6])} …”"
                yield Fault(told.at(*path), message, f"{LONGEST} words are enough", warning=True)


def numbers_in_texts(told: Told) -> Iterator[Fault]:
    """Telephone numbers stand in the directory, where they are checked, and none is given outside its nations."""
    nations = {nation for service in told.document.services for nation in service.nations}
    local = {
        (contact.to or "", contact.show): service
        for service in told.document.services
        for contact in service.contact
        if contact.by in ("phone", "text") and set(service.nations) != nations
    }
    everywhere = {
        contact.to
        for service in told.document.services
        for contact in service.contact
        if set(service.nations) == nations
    }
    for path, text in spoken(told):
        if path[0] not in ("guidance", "interrupts", "audiences", "sections"):
            continue
        for found in TELEPHONE.finditer(text):
            hint = "put it in the directory of services, and name a topic"
            yield Fault(told.at(*path), f"a telephone number in a text: “{found.group()}”", hint)
        for (number, shown), service in local.items():
            named = next(
                (each for each in (number, shown) if each and re.search(rf"\b{re.escape(each)}\b", text)), None
            )
            if named and number not in everywhere:
                left_out = ", ".join(sorted(nations - set(service.nations)))
                yield Fault(told.at(*path), f"this names {named}, which is not for {left_out}", "name a topic instead")


def directory(told: Told, today: date) -> Iterator[Fault]:
    """Every service is fresh, dialled as shown, honest about money and on a secure address."""
    free_after = {
        topic: n
        for n, service in enumerate(told.document.services)
        if not service.fee_paying
        for topic in service.topics
    }
    for n, service in enumerate(told.document.services):
        at = told.at("services", n)
        if service.recheck_by < today:
            message = f"the details of {service.name} were to be checked again by {service.recheck_by}"
            yield Fault(
                told.at("services", n, "recheck_by"),
                message,
                "check them, or put “publish: false”",
                warning=True,
                expired=True,
            )
        if service.checked.on > today:
            yield Fault(told.at("services", n, "checked", "on"), "this date has not come yet")
        if service.fee_paying:
            if service.interest is None:
                yield Fault(
                    at, f"{service.name} takes fees and does not say what we have to do with it", "add “interest:”"
                )
            if any(free_after.get(topic, -1) > n for topic in service.topics):
                yield Fault(at, f"{service.name} takes fees and stands before a free service", "free help comes first")
        for c, contact in enumerate(service.contact):
            yield from _contact(told.at("services", n, "contact", c), contact)


def _contact(at: Mark, contact: Any) -> Iterator[Fault]:
    digits = re.sub(r"\D", "", contact.show)
    to = contact.to or ""
    if contact.by in ("phone", "relay") and to and re.sub(r"\D", "", to) not in digits:
        yield Fault(at, f"“{contact.show}” is shown, but {to} is dialled")
    if contact.by == "phone" and not to:
        yield Fault(at, f"“{contact.show}” cannot be dialled", "add “to:” with the digits")
    if contact.by == "text" and to and to not in digits:
        yield Fault(at, f"“{contact.show}” is shown, but the text goes to {to}")
    if contact.by in ("web", "chat") and to and not to.startswith("https://"):
        yield Fault(at, f"“{to}” is not a secure address", "an address starts with https://")


def reviews(told: Told, today: date) -> Iterator[Fault]:
    """Say when the whole is due for review."""
    if told.document.service.next_review < today:
        message = f"the questionnaire was to be reviewed by {told.document.service.next_review}"
        yield Fault(told.at("service", "next_review"), message, warning=True, expired=True)


def evidence(told: Told) -> Iterator[Fault]:
    """Every guidance rests on a source, and every source is cited."""
    cited = {source for guidance in told.document.guidance for source in guidance.sources}
    for instrument in told.document.instruments:
        cited |= set() if isinstance(instrument.missing, str) else {instrument.missing.source}
    for n, guidance in enumerate(told.document.guidance):
        if not guidance.sources:
            yield Fault(told.at("guidance", n), f"the guidance “{guidance.id}” rests on no source", "add “sources:”")
    for n, source in enumerate(told.document.sources):
        if source.id not in cited and told.document.sections:
            message = f"nobody cites the source “{source.id}”"
            yield Fault(told.at("sources", n), message, "cite it where it carries a claim, or take it out")
