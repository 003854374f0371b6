"""Faults in what is said to people: claims, labels, doses, numbers, typography, long sentences, evidence.

Instruments' items are shown word for word and are not judged here.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain

from assessment.core.loading import Told, Way
from assessment.core.source import Fault

SPOKEN = frozenset(
    {"ask", "hint", "short", "why", "title", "text", "intro", "start", "go_on", "means", "words", "limits", "purpose"}
    | {
        "answered",
        "not_sure",
        "bands_note",
        "interest",
        "cost",
        "hours",
        "confidentiality",
        "note",
        "name",
        "measure",
        "unit",
    }
)
NOT_OURS = ("sources", "vignettes", "canon", "include")
VERBATIM = ("items", "options", "stem", "citation", "licence", "title")
LONGEST = 20

CONDITION = (
    "depression|anxiety|addictions?|disorder|dependence|dependency|cystitis|uropathy|illness|disease|psychosis|ptsd"
)
DEGREE = "mild|moderate|severe|serious|major|clinical|bad|real|mental|physical"
YOU_HAVE = r"you(?:’ve(?: got)?| (?:\w+ly |may |might |could |must )?have(?: got)?)"
RESULTS = "(?:score|result|answer|total|test|check|question)s?"
HAS = (
    rf"{YOU_HAVE} (?:an? )?(?:(?:{DEGREE}) )*(?:[\w-]+ )?(?:{CONDITION})"
    r"|you(?: are|’re)? (?:\w+ly )?suffer(?:ing)? from|you (?:have )?(?:screen|test)(?:ed)? positive"
    r"|you (?:meet|fit) (?:the )?(?:\w+ )?criteria"
    rf"|(?:this|that|it|(?:your|the|these) {RESULTS}) (?:shows?|says?|suggests?|indicates?) (?:that )?you(?:’ve| have)"
    rf"|(?:your|the|these) {RESULTS} means? (?:that )?you(?:’ve| have)"
)
IS = (
    r"you(?: are|’re) (?:an? |\w+ly )?(?:addict|alcoholic|depressed|dependent|mentally ill|drug user|suicidal)"
    r"|clinically (?:depressed|anxious|dependent|addicted)|your (?:addiction|dependency|disorder)\b"
)
GRADES = "lower|low|medium|moderate|higher|high|severe|raised|increased"
HARM = "suicide|self-harm|(?:killing|hurting|harming) yourself|(?:taking|ending) your (?:own )?life|dying by suicide"
GRADED = (
    rf"(?:{GRADES})[ -]risk (?:of|for) (?:{HARM})|suicide risk|risk of (?:{HARM}) (?:is|:)"
    r"|(?:un)?likely to (?:kill|harm|hurt) (?:your|them)sel(?:f|ves)|(?:not|no longer) at risk of"
)
SAFE = (  # as a promise; not as “is not safe to stop” or “ask if it is safe to stop”
    r"(?<!not )(?<!n’t )(?<!never )(?<!if it is )(?<!if it’s )(?<!whether it is )(?<!whether it’s )"
    r"safe to (?:stop|quit|cut down|come off|use|take|drink|mix|drive)"
    r"|(?<!no )(?<!known )(?<!not a )(?<!n’t a )(?:safe|harmless) (?:amount|level|limit|dose|quantity)"
)
STIGMA = (
    r"addicts?|junk(?:ie|y)s?|druggies?|crackheads?|abusers?|(?:substance|drug|alcohol|solvent) abuse"
    r"|abus(?:e|es|ed|ing) (?:drugs?|alcohol|substances?|medicines?)|(?:drug|substance) (?:mis)?users?"
    r"|alcoholics?(?! (?:drink|anonymous))"
    r"|(?:gets?|got|getting|stay(?:s|ed|ing)?|be|been|being|going|keep(?:ing)?) clean(?! (?:needles|water|equipment))"
    r"|clean (?:for|from|of drugs|and sober)|(?:days?|weeks?|months?|years?) clean|dirty (?:urine|tests?|samples?)"
    r"|commit(?:ted|s|ting)? suicide|(?:failed|successful|unsuccessful|completed) (?:suicide|attempt)"
)
METHODS = (
    r"noose|hang (?:your|my)self|slit|how to (?:end|kill)|overdos(?:e|es|ed|ing) (?:on|with|by(?! accident| mistake))"
)
CLAIMS: tuple[tuple[str, str, str], ...] = (
    (
        rf"\b(?:{HAS})\b",
        "this says what someone has",
        "say what they told us: “You told us …”",
    ),
    (
        rf"\b(?:{IS})",
        "this labels the reader",
        "say what they told us: “You told us …”",
    ),
    (
        rf"\b(?:we|this|it|(?:your|the|these|this|our) {RESULTS}) (?:can )?(?:diagnos\w*|confirms?|proves?|detects?)\b",
        "this claims a diagnosis",
        "this service informs and points to help",
    ),
    (r"\b(?:cures?|guarantees?|guaranteed|miracle)\b", "this promises too much", "say how well it is known"),
    (rf"\b(?:{SAFE})\b", "this calls safe what nobody can", "say what lowers the harm, and who can advise"),
    (
        r"\bnothing to worry about\b|\bno (?:cause|need) (?:for concern|to worry)\b|\bgood news\b",
        "this reassures on a guess",
        "say what was told, and what to watch for",
    ),
    (
        rf"\b(?:{GRADED})",
        "this grades the risk of suicide",
        "never grade it (NICE NG225): show help",
    ),
    (rf"\b(?:{STIGMA})\b", "this is a stigmatising word", "say “a person who uses”, “died by suicide”, “not using”"),
    (
        rf"\b(?:{METHODS})\b",
        "this is a method",
        "leave it out",
    ),
    (r"!", "no exclamation marks", "end with a full stop"),
)
THEY_ARE = (
    r"(?:they|he|she|this person|your (?:\w+ )?(?:son|daughter|child|brother|sister|mother|father|mum|dad|parent"
    r"|partner|husband|wife|friend|relative))"
    r"(?: are|’re| is|’s| must be| has become)"
)
LABELS = (  # of somebody who is not there
    (
        rf"\b{THEY_ARE} (?:an? )?(?:\w+ly )?"
        r"(?:addict\w*|alcoholic|dependent|depressed|mentally ill|drug user|suicidal)\b"
        rf"|\b(?:their|his|her) (?:score|total|addiction|dependence|dependency|disorder|risk level)\b"
    ),
    "this labels somebody who is not there",
    "say what was seen or heard: “You told us that you have seen …”",
)
DOSES = (
    (
        r"\b(?:\d+(?:\.\d+)?|half an?|one|two|three|four|five|six)\s?"
        r"(?:mg|milligrams?|mcg|µg|micrograms?|ml|millilitres?|g|grams?|lines|bumps|pills)\b"
    ),
    "this is a dose",
    "no amounts in advice",
)
TYPOGRAPHY: tuple[tuple[str, str, str], ...] = (
    (r"['\"]", "a straight quote", "use ’ “ ”"),
    (r"\S {2,}\S", "two spaces together", "one is enough"),
    (r" [,.;:?](?: |$)", "a space before a full stop, comma or other mark", "take it out"),
    (r"\t", "a tab", "use spaces"),
    (r"</?[a-z]+[ />]", "HTML, which is shown as it stands", "use **bold** and lines that start with “- ”"),
)
TELEPHONE = re.compile(r"(?:\+\d|\b0\d)[\d ()-]{6,}\d\b")
ADDRESS = re.compile(r"https?://\S*|\bwww\.\S*")
EMERGENCY = 3  # digits of a number that everybody knows and that works everywhere


def spoken(told: Told) -> Iterator[tuple[Way, str]]:
    """Yield every text that is said to people in our own words, and the path to it."""
    return ((path, text) for path, text in told.texts if _is_ours(path))


def _is_ours(path: Way) -> bool:
    if path[0] in NOT_OURS:
        return False
    if path[0] == "instruments" and path[2] in VERBATIM:
        return path[2] == "items" and path[-1] == "short"
    return path[-1] in SPOKEN or path[-2:-1] in (("options",), ("access",))


def claims(told: Told) -> Iterator[Fault]:
    """No text claims, labels, grades, doses or describes what it must not."""
    of_others = (LABELS,) if told.document.audiences[told.reader.audience].someone_else else ()
    for path, text in spoken(told):
        rules = CLAIMS + of_others + ((DOSES,) if path[0] != "sections" else ())  # a question may ask for an amount
        for message, hint in _claimed(text, rules):
            yield Fault(told.at(*path), message, hint)


@lru_cache(20_000)  # most is said to every reader
def _claimed(text: str, rules: tuple[tuple[str, str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return what a text claims by these rules, in small or capital letters, and a hint each."""
    small = text.lower()  # several times as fast as to ignore the difference in every rule
    return tuple(
        (f"{message}: “{text[found.start() : found.end()]}”", hint)
        for pattern, message, hint in rules
        for found in re.finditer(pattern, small)
    )


def typography(told: Told) -> Iterator[Fault]:
    """No dumb quotes, no stray spaces, no HTML, no bold without an end."""
    for path, text in spoken(told):
        for message, hint in _mistyped(text):
            yield Fault(told.at(*path), message, hint)


@lru_cache(20_000)
def _mistyped(text: str) -> tuple[tuple[str, str], ...]:
    """Return what is wrong with how a text is typed, and a hint each."""
    wrong = [(re.search(pattern, text), message, hint) for pattern, message, hint in TYPOGRAPHY]
    faults = [
        (f"{message}: “{text[max(found.start() - 12, 0) : found.end() + 12]}”", hint)
        for found, message, hint in wrong
        if found
    ]
    if any(paragraph.count("**") % 2 for paragraph in re.split(r"\n\s*\n", text)):
        faults.append(("bold that does not end", "close it with ** in the same paragraph"))
    return tuple(faults)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; each line of a list is one."""
    return [each for each in re.split(r"(?<=[.?:])\**\s+|\n+", text) if re.search(r"\w", each)]


def long_sentences(told: Told) -> Iterator[Fault]:
    """Report sentences that are hard to read."""
    for path, text in spoken(told):
        for words in _long(text):
            message = f"a sentence of {len(words)} words: “{' '.join(words[:6])} …”"
            yield Fault(told.at(*path), message, f"{LONGEST} words are enough", warning=True)


@lru_cache(20_000)
def _long(text: str) -> tuple[list[str], ...]:
    """Return the words of each sentence of a text that has too many."""
    return tuple(words for words in map(str.split, sentences(text)) if len(words) > LONGEST)


def numbers_in_texts(told: Told) -> Iterator[Fault]:
    """Numbers and addresses stand in the directory, where they are checked; none is named outside its nations."""
    services = told.document.services
    nations = {nation for service in services for nation in service.nations}
    works: dict[str, set[str]] = {}
    for service in services:
        for contact in service.contact:
            if contact.by in ("phone", "text", "relay") and contact.to:
                works.setdefault(contact.to, set()).update(service.nations)
    for path, text in spoken(told):
        ours = path[0] != "services"
        there = nations if ours else set(services[int(path[1])].nations)
        for message in chain(_typed(text) if ours else (), _named(text, works, there, ours=ours)):
            yield Fault(told.at(*path), message, "put it in the directory of services, and name a topic")


def _typed(text: str) -> Iterator[str]:
    for pattern, kind in ((TELEPHONE, "a telephone number"), (ADDRESS, "an address")):
        if found := pattern.search(text):
            yield f"{kind} in a text: “{found.group()}”"


def _named(text: str, works: dict[str, set[str]], there: set[str], *, ours: bool) -> Iterator[str]:
    """Yield what is wrong with the directory's numbers in a text that is read in some nations."""
    if not re.search(r"\d", text):
        return
    without_spaces = text.replace(" ", "")
    for number, where in works.items():
        if number in without_spaces and re.search(r"(?<!\d)" + " ?".join(number) + r"(?!\d)", text):
            if there - where:
                yield f"this names {number}, which is not for {', '.join(sorted(there - where))}"
            elif ours and len(number) > EMERGENCY:
                yield f"a telephone number in a text: “{number}”"


def reviews(told: Told, today: date) -> Iterator[Fault]:
    """Say when the whole is due for review; no date of review or publication is impossible."""
    service = told.document.service
    if service.next_review < today:
        message = f"the questionnaire was to be reviewed by {service.next_review}"
        yield Fault(told.at("service", "next_review"), message, warning=True, expired=True)
    if service.reviewed > today:
        yield Fault(told.at("service", "reviewed"), "this date has not come yet")
    if service.next_review < service.reviewed:
        yield Fault(told.at("service", "next_review"), "this comes before the last review")
    for n, source in enumerate(told.document.sources):
        if source.year is not None and source.year > today.year:
            yield Fault(told.at("sources", n, "year"), "this year has not come yet")


def evidence(told: Told) -> Iterator[Fault]:
    """Every guidance rests on a source, and every source can be found."""
    for n, guidance in enumerate(told.document.guidance):
        if not guidance.sources:
            yield Fault(told.at("guidance", n), f"the guidance “{guidance.id}” rests on no source", "add “sources:”")
    for n, source in enumerate(told.document.sources):
        if source.url is not None and not re.match(r"https?://[\w-]+(\.[\w-]+)+", source.url):
            yield Fault(told.at("sources", n, "url"), f"“{source.url}” is not an address", "it starts with https://")


def uncited(every: Iterable[Told]) -> Iterator[Fault]:
    """Every source is cited, for some reader."""
    every = list(every)
    cited = {source for told in every for guidance in told.document.guidance for source in guidance.sources}
    instruments = [instrument for told in every for instrument in told.document.instruments]
    cited |= {each.missing.source for each in instruments if not isinstance(each.missing, str)}
    cited |= {each.reliable_change.source for each in instruments if each.reliable_change}
    for told in every:
        for n, source in enumerate(told.document.sources):
            if source.id not in cited:
                message = f"nobody cites the source “{source.id}”"
                yield Fault(told.at("sources", n), message, "cite it where it carries a claim, or take it out")
