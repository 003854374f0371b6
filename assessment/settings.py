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
MOST_PROXIES: Final = 9
SECRETS: Final = ("DATABASE_URL", "OLD_SECRET_KEYS", "RATE_LIMIT_STORAGE", "SECRET_KEY")


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

    hosts: tuple[str, ...] = ()
    """The names that the app answers to, besides this machine's own; without any it answers to all."""

    proxies: int = 0
    """How many proxies stand in front, each of which adds to `X-Forwarded-For` where a request came from."""

    limits_kept_in: str = field(repr=False, default="off")  # may hold a password
    """Where it is counted how often an address asks for what costs much; `off` is nowhere."""

    security_contact: str = ""
    """Where somebody tells who has found a weakness."""

    purge_every: float = 60
    """Seconds after which idle visits are looked for and deleted, again and again; 0 is never."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], root: Path) -> Self:
        """Read the variables that the README names; an empty one counts as not set.

        Without DATABASE_URL the app runs on the embedded default: a SQLite file and a secret of its own, both in the
        folder `instance` of `root`, made here if missing. A relative QUESTIONNAIRE starts from `root`.

        What is secret may stand in a file that NAME_FILE names instead.

        Raises `UnsafeSettingsError` on the first setting that is wrong.
        """
        environ = {**environ, **_from_files(environ)}
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
            port=_number(environ, "PORT", DEFAULT_PORT, range(1, HIGHEST_PORT + 1)),
            hosts=tuple(_host(each) for each in environ.get("HOSTS", "").split()),
            proxies=_number(environ, "PROXIES", 0, range(MOST_PROXIES + 1)),
            limits_kept_in=_counting_in(environ.get("RATE_LIMIT_STORAGE") or "memory://"),
            security_contact=_contact(environ.get("SECURITY_CONTACT", "")),
        )


def _from_files(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the secrets that stand in files, as containers are given them."""
    found = {}
    for name in SECRETS:
        file = environ.get(f"{name}_FILE")
        if not file:
            continue
        if environ.get(name):
            raise UnsafeSettingsError(f"{name} and {name}_FILE are both set: set one of them.")
        try:
            found[name] = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            message = f"{name}_FILE names a file that cannot be read: look at its path and owner."
            raise UnsafeSettingsError(message) from None
    return found


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


def _number(environ: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    text = environ.get(name) or str(default)
    if text.isascii() and text.isdigit() and int(text) in allowed:
        return int(text)
    raise UnsafeSettingsError(
        f"{name} is not a number that it can be: set it to one from {allowed[0]} to {allowed[-1]}, such as {default}."
    )


def _host(name: str) -> str:
    if re.fullmatch(r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*", name):
        return name
    raise UnsafeSettingsError(
        "HOSTS has something that is no name of a host: set it to names in small letters with spaces between, "
        "such as takestock.example or .takestock.example for all below it."
    )


def _counting_in(address: str) -> str:
    if re.fullmatch(r"off|memory://|rediss?://\S+", address):
        return address
    raise UnsafeSettingsError(
        "RATE_LIMIT_STORAGE names a store that this app does not know: set it to memory://, redis://host:6379/0 or off."
    )


def _contact(address: str) -> str:
    if re.fullmatch(r"(mailto:[^\s@]+@[^\s@]+|https://[^\s/?#]+\S*)?", address):
        return address
    raise UnsafeSettingsError(
        "SECURITY_CONTACT is not an address: set it to one such as mailto:security@takestock.example."
    )
