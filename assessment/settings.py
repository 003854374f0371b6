"""What the person who runs the app decides, read from the environment once and refused if unsafe."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

SHORTEST_SECRET: Final = 32  # characters
DEFAULT_LEAVE_TO: Final = "https://www.bbc.co.uk/weather"
DEFAULT_PORT: Final = 8000
HIGHEST_PORT: Final = 65535


class UnsafeSettingsError(Exception):
    """The app must not start like this. The one sentence says what is wrong and what to type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that differs between one installation and another."""

    database_url: str = field(repr=False)  # may hold a password
    secret_key: bytes = field(repr=False)
    """The server's half of every key: what it sealed, nothing else opens."""

    old_secret_keys: tuple[bytes, ...] = field(repr=False, default=())
    """Those it had before: what they sealed is still opened, for as long as a visit lasts."""

    questionnaire: Path
    leave_to: str
    """The ordinary site that somebody who leaves quickly lands on."""

    port: int

    purge_every: float = 60
    """Seconds after which idle visits are looked for and deleted, again and again; 0 is never."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], root: Path) -> Self:
        """Read the variables that the README names; an empty one counts as not set.

        Without DATABASE_URL the app runs on the embedded default: a SQLite file and a secret of its own, both in the
        folder `instance` of `root`, made here if missing. A relative QUESTIONNAIRE starts from `root`.

        Raises `UnsafeSettingsError` on the first setting that is wrong.
        """
        database_url = environ.get("DATABASE_URL", "")
        secret = environ.get("SECRET_KEY", "")
        embedded = not database_url
        if embedded:
            instance = _private_folder(root / "instance")
            database_url = f"sqlite:///{instance / 'visits.sqlite3'}"
            secret = secret or _kept_secret(instance / "secret")
        return cls(
            database_url=_supported(database_url),
            secret_key=_strong(secret),
            old_secret_keys=tuple(
                _strong(each, "OLD_SECRET_KEYS") for each in environ.get("OLD_SECRET_KEYS", "").split()
            ),
            questionnaire=root / (environ.get("QUESTIONNAIRE") or "questions.yaml"),
            leave_to=_ordinary_site(environ.get("LEAVE_TO") or DEFAULT_LEAVE_TO),
            port=_port(environ.get("PORT") or str(DEFAULT_PORT)),
        )


def _private_folder(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # it may have been there, open to others
    return folder


def _kept_secret(path: Path) -> str:
    """Return the secret in the file; make it first if there is none, once even if several processes start together."""
    if not path.exists():
        # Written whole under another name, then linked: nobody can read half a secret, and only one link can win.
        draft = path.with_name(f"secret-{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(SHORTEST_SECRET))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was first: its secret counts
        finally:
            draft.unlink()
    return path.read_text().strip()


def _supported(database_url: str) -> str:
    if database_url.startswith(("sqlite:///", "postgresql://")):
        return database_url
    raise UnsafeSettingsError(
        "DATABASE_URL names a database that this app does not know: "
        "set it to sqlite:////full/path/to/file or postgresql://user:password@host/name."
    )


def _strong(secret: str, name: str = "SECRET_KEY") -> bytes:
    if len(secret) >= SHORTEST_SECRET:
        return secret.encode()
    raise UnsafeSettingsError(
        f"{name} is {'too short' if secret else 'missing'}: set it to {SHORTEST_SECRET} or more random characters, "
        "such as those printed by python3 -c 'import secrets; print(secrets.token_hex(32))', and never change it."
    )


def _ordinary_site(address: str) -> str:
    if re.fullmatch(r"https://[^\s/?#]+\S*", address):
        return address
    raise UnsafeSettingsError(
        f"LEAVE_TO is not the address of a secure site: set it to one such as {DEFAULT_LEAVE_TO}."
    )


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) <= HIGHEST_PORT:
        return int(text)
    raise UnsafeSettingsError(
        f"PORT is not a port number: set it to a number from 1 to {HIGHEST_PORT}, such as {DEFAULT_PORT}."
    )
