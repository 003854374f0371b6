"""How hard our own words are to read, by the Flesch-Kincaid grade. It is made for English, and for no other language.

Syllables are counted by sight: against a pronouncing dictionary that is right for 98 of 100 words of plain English, and
moves the grade by less than a tenth. Labels are left out, because they are no sentences.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assessment.core.loading import Told
from assessment.core.source import follow
from assessment.core.wording import sentences, spoken

KINDS = ("sections", "interrupts", "instruments", "guidance")
BEFORE_SCHOOL = 5  # years, which a grade does not count
PROSE = re.compile(r"[.?:]\**(?:\s|$)")
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
SILENT = re.compile(
    r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$"  # safe, whole; but not the, table
    r"|(?<=[^aeiouytd])e(?=d$)|(?<=[^aeiouysxzcgh])e(?=s$)"  # asked, takes; but not wanted, changes
)
APART = re.compile(r"(?<=[aeouy])(?=ing$)|(?<=[^cstgx]i)(?=[aou])|(?<=u)(?=al)")  # go-ing, seri-ous, usu-al


@dataclass(frozen=True)
class Reading:
    """The sentences of one part of a questionnaire."""

    where: str
    sentences: tuple[str, ...]

    @property
    def longest(self) -> int:
        """Return the number of words in the longest sentence."""
        return max(len(WORD.findall(sentence)) for sentence in self.sentences)

    @property
    def age(self) -> float:
        """Return the age at which most people read this with ease: the Flesch-Kincaid grade and 5 years."""
        words = [word for sentence in self.sentences for word in WORD.findall(sentence)]
        spoken_in = sum(map(syllables, words))
        return 0.39 * len(words) / len(self.sentences) + 11.8 * spoken_in / len(words) - 15.59 + BEFORE_SCHOOL


def syllables(word: str) -> int:
    """Return how many syllables an English word has, as far as its letters tell."""
    sounded = APART.sub("-", SILENT.sub("", word.lower()))
    sounded = re.sub(r"(?<=[sd])n’t$", "ent", sounded)  # does-n’t; but not don’t
    return max(len(re.findall("[aeiouy]+", sounded)), 1)


def readings(told: Told) -> list[Reading]:
    """Return how each section, page and piece of guidance reads, and our words around each instrument; worst first."""
    said: dict[str, list[str]] = {}
    for path, text in spoken(told):
        if path[0] in KINDS and PROSE.search(text):
            part = follow(told.tree, path[:2])[0]
            said.setdefault(f"{path[0]} {part['id']}", []).extend(sentences(text))
    return sorted((Reading(where, tuple(each)) for where, each in said.items()), key=lambda each: -each.age)


def overall(every: Iterable[Reading]) -> Reading:
    """Return all that was read as one."""
    return Reading("all of it", tuple(sentence for each in every for sentence in each.sentences))
