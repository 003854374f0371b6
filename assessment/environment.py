"""The variables of the environment, each read or refused in one sentence that does not repeat what was set."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self


class UnsafeSettingsError(Exception):
    """The app must not start like this. The one sentence says what is wrong and what to type."""


@dataclass(frozen=True)
class Environment:
    """What was set. An empty variable counts as not set. Every method raises `UnsafeSettingsError`."""

    variables: Mapping[str, str] = field(repr=False)  # some are secret

    @classmethod
    def of(cls, variables: Mapping[str, str], *secrets: str) -> Self:
        """Return the environment; a secret may stand in a file that NAME_FILE names, as containers are given it."""
        files = {name: variables.get(f"{name}_FILE") for name in secrets}
        for name, file in files.items():
            if file and variables.get(name):
                raise UnsafeSettingsError(f"{name} and {name}_FILE are both set: set one of them.")
        found = {name: _content(name, Path(file)) for name, file in files.items() if file}
        return cls({**variables, **found})

    def text(self, name: str, default: str = "") -> str:
        """Return whatever was set."""
        return self.variables.get(name) or default

    def shaped(self, name: str, pattern: str, refusal: str, default: str = "") -> str:
        """Return what was set if all of it has a shape; the refusal says what else it is and what to type."""
        return shaped(self.text(name, default), name, pattern, refusal)

    def number(self, name: str, default: int, allowed: range) -> int:
        """Return a whole number."""
        text = self.text(name, str(default))
        if text.isascii() and text.isdigit() and int(text) in allowed:
            return int(text)
        raise UnsafeSettingsError(
            f"{name} is not a number that it can be: set it to one from {allowed[0]} to {allowed[-1]}, such as "
            f"{default or allowed[1]}."
        )

    def one_of(self, name: str, *known: str) -> str:
        """Return one of a few words, the first where nothing was set."""
        chosen = self.text(name, known[0])
        if chosen in known:
            return chosen
        raise UnsafeSettingsError(f"{name} is not one of the words that it can be: set it to {' or '.join(known)}.")


def shaped(text: str, name: str, pattern: str, refusal: str) -> str:
    """Return a text, or a part of one, if all of it has a shape."""
    if re.fullmatch(pattern, text):
        return text
    raise UnsafeSettingsError(f"{name} {refusal}")


def _content(name: str, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        message = f"{name}_FILE names a file that cannot be read: look at its path and owner."
        raise UnsafeSettingsError(message) from None
