"""Errors that others have published, found before they are published here: numbers, codes, words and cut-offs."""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from assessment.core.canon import Canon
from assessment.core.loading import Told, Way
from assessment.core.source import Fault, suggestion

NOT_OURS = ("canon", "sources")  # the errors themselves, and the titles of what others have published
NUMBER = re.compile(r"(?:[ ()+-]*\d){3,}")
BETWEEN = "[ ()-]*"  # the digits of a number


def known_errors(told: Told) -> Iterator[Fault]:
    """Nothing that the canon calls wrong stands anywhere, nor any number that is one slip from a right one."""
    texts = [(path, text) for path, text in told.texts if path[0] not in NOT_OURS]
    numbers = [(path, text) for path, text in texts if NUMBER.search(text)]
    right = {_digits(entry.right) for entry in told.document.canon if entry.right}
    instruments = [each.id for each in told.document.instruments]
    for n, entry in enumerate(told.document.canon):
        where = numbers if all(map(NUMBER.fullmatch, entry.wrong)) else texts
        if entry.instrument is None:
            yield from _said_wrong(told, entry, where, right)
        elif entry.instrument in instruments:
            own = instruments.index(entry.instrument)
            yield from _said_wrong(told, entry, [each for each in where if each[0][:2] == ("instruments", own)], right)
            yield from _cut_elsewhere(told, entry, own)
        else:
            message = f"there is no instrument “{entry.instrument}”"
            yield Fault(told.at("canon", n, "instrument"), message, suggestion(entry.instrument, instruments))


def slips(text: str, right: str) -> Iterator[tuple[str, str]]:
    """Yield each number in a text that is one slip of a finger from a right one, and the slip."""
    digits = _digits(right)
    as_long = rf"(?<!\d)(?=(\d(?:{BETWEEN}\d){{{len(digits) - 1}}})(?!\d))"  # a look ahead: numbers may overlap
    for found in re.finditer(as_long, text):
        if slip := _slip(_digits(found[1]), digits):
            yield found[1], slip


def _slip(number: str, right: str) -> str | None:
    apart = [n for n, (typed, meant) in enumerate(zip(number, right, strict=True)) if typed != meant]
    match apart:
        case [_]:
            return "one digit"
        case [a, b] if b == a + 1 and number[a] == right[b] and number[b] == right[a]:
            return "one swap"
    return None


def _said_wrong(told: Told, entry: Canon, texts: Iterable[tuple[Way, str]], right: set[str]) -> Iterator[Fault]:
    """Find what is known to be wrong, and a right number with a slip in it."""
    known = right | {_digits(wrong) for wrong in entry.wrong}
    number = entry.right if entry.right and NUMBER.fullmatch(entry.right) else None
    for path, text in texts:
        for found in _wrong_in(text, entry.wrong):
            yield Fault(told.at(*path), f"this is a known error: “{found}”", _hint(entry))
        for slipped, slip in slips(text, number) if number else ():
            if _digits(slipped) not in known:
                yield Fault(told.at(*path), f"“{slipped}” is {slip} from {number}", _hint(entry))


@lru_cache(100_000)  # most is said to every reader
def _wrong_in(text: str, wrong: tuple[str, ...]) -> tuple[str, ...]:
    """Return what of this stands in a text, as it stands there."""
    small = text.lower()
    found = (re.search(_pattern(each), text, re.IGNORECASE) for each in wrong if _start(each) in small)
    return tuple(each.group() for each in found if each)


def _cut_elsewhere(told: Told, entry: Canon, own: int) -> Iterator[Fault]:
    """Find that an instrument's bands turn positive at another total than the canon says."""
    bands = told.document.instruments[own].bands
    first = min((n for n, band in enumerate(bands) if not band.calm), key=lambda n: bands[n].from_, default=None)
    if entry.first_positive is None:
        return
    if first is None:
        yield Fault(told.at("instruments", own), f"no band is positive from {entry.first_positive}", _hint(entry))
    elif bands[first].from_ != entry.first_positive:
        message = f"the first band that is not calm starts at {bands[first].from_:g}, not at {entry.first_positive}"
        yield Fault(told.at("instruments", own, "bands", first, "from"), message, _hint(entry))


@cache
def _start(wrong: str) -> str:
    """Return the first word, in small letters; of a number, which may be spaced anyhow, the first digit."""
    return _digits(wrong)[0] if NUMBER.fullmatch(wrong) else wrong.split(maxsplit=1)[0].lower()


@cache
def _pattern(wrong: str) -> str:
    """Return a pattern for a number however it is spaced, or for words."""
    if NUMBER.fullmatch(wrong):
        return rf"(?<!\d){BETWEEN.join(_digits(wrong))}(?!\d)"
    words = r"\s+".join(map(re.escape, wrong.split()))
    return rf"(?<!\w){words}(?!\w)"


def _hint(entry: Canon) -> str:
    return entry.why if entry.right is None else f"it is “{entry.right}”: {entry.why}"


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
