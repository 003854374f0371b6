"""Who reads, and the wording each reader is given.

A text key may have a wording of its own for a reader: `ask_family` for an audience, `ask_cy` for a language,
`ask_family_cy` for both. In any language but the first, every text must be there in that language:
nothing falls back silently.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from assessment.core.source import Fault, Map, Sequence

WORDED = frozenset(
    {"ask", "hint", "short", "why", "title", "text", "intro", "start", "stem", "go_on", "means", "words", "measure"}
    | {"unit", "window", "limits", "bands_note", "purpose", "interest", "cost", "hours", "confidentiality", "note"}
    | {"answered", "not_sure"}
    | {"checksum"}  # of an instrument's wording, which each translation has its own of
)
AS_WRITTEN = frozenset({"sources", "vignettes", "canon"})
BY_NAME = frozenset({"options", "audiences"})  # their keys are names, even where a name is one of the words above


@dataclass(frozen=True)
class Reader:
    """An audience and a language."""

    audience: str
    language: str

    def __str__(self) -> str:
        return f"{self.audience} ({self.language})"


@dataclass(frozen=True)
class Readers:
    """Every audience and every language of a questionnaire; the first language is the one it is written in."""

    audiences: tuple[str, ...]
    languages: tuple[str, ...]

    def all(self) -> list[Reader]:
        """Return a reader for each audience in each language."""
        return [Reader(audience, language) for audience in self.audiences for language in self.languages]

    def worded_for(self, tree: Any, reader: Reader, faults: list[Fault], *, by_name: bool = False) -> Any:
        """Return a marked tree with what is for this reader, in this reader's words."""
        if isinstance(tree, Sequence):
            kept = Sequence(tree.at)
            for member, at in zip(tree, tree.values_at, strict=True):
                if _is_for(member, reader):
                    kept.put(self.worded_for(member, reader, faults), at)
            return kept
        if not isinstance(tree, Map):
            return tree
        worded = Map(tree.at)
        for key, value in tree.items():
            base = None if by_name or isinstance(value, bool) else self._bases.get(key)
            if key in AS_WRITTEN:
                worded.put(key, value, tree.keys_at[key], tree.values_at[key])
            elif base is None:
                self._refuse_short_options(tree, key, reader, faults)
                told = self.worded_for(value, reader, faults, by_name=key in BY_NAME)
                worded.put(key, told, tree.keys_at[key], tree.values_at[key])
            elif (owed := self._owed(tree, base, reader)) == key:
                worded.put(base, value, tree.keys_at[key], tree.values_at[key])
            elif owed not in tree and owed == f"{key}_{reader.language}":
                hint = f"add “{owed}” beside it"
                faults.append(Fault(tree.keys_at[key], f"“{key}” has no wording in {reader.language}", hint))
        return worded

    def _refuse_short_options(self, tree: Map, key: str, reader: Reader, faults: list[Fault]) -> None:
        if key != "options" or reader.language == self.languages[0] or not isinstance(tree[key], Map):
            return
        hint = "write it as {text: …, text_" + reader.language + ": …}"
        for option, text in tree[key].items():
            if isinstance(text, str):
                at = tree[key].values_at[option]
                faults.append(Fault(at, f"the option “{option}” has no wording in {reader.language}", hint))

    @cached_property
    def _bases(self) -> dict[str, str]:
        """Return the text key that each key is a wording of, by all that could be written; itself comes first."""
        return {base + suffix: base for suffix in reversed(self._suffixes()) for base in WORDED}

    def _suffixes(self) -> list[str]:
        audiences = [f"_{audience}" for audience in self.audiences]
        languages = [f"_{language}" for language in self.languages[1:]]
        return ["", *audiences, *languages, *(a + lang for a in audiences for lang in languages)]

    def wordings(self, keys: Iterable[str]) -> set[str]:
        """Return every way of writing these keys for the readers there are."""
        return {key + suffix for key in keys for suffix in (self._suffixes() if key in WORDED else [""])}

    def _owed(self, tree: Map, base: str, reader: Reader) -> str:
        """Return the key of the wording that this reader is owed, whether it is there or not; "" if none is meant."""
        language = "" if reader.language == self.languages[0] else f"_{reader.language}"
        for key in (f"{base}_{reader.audience}", base):
            if key in tree or key + language in tree:
                return key + language
        return ""


def _is_for(member: Any, reader: Reader) -> bool:
    audiences = member.get("for") if isinstance(member, Map) else None
    return not isinstance(audiences, Sequence) or reader.audience in audiences
