"""What the person who runs the app decides, read from the environment once and refused if unsafe.

`docs/settings.md` says what each variable means.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self
from zoneinfo import ZoneInfo

from assessment.environment import Environment, UnsafeSettingsError, shaped
from assessment.label import ADDRESS, Label

HERE: Final = ZoneInfo("Europe/London")  # the day of a document or a count
SHORTEST_SECRET: Final = 32  # characters
DEFAULT_LEAVE_TO: Final = "https://www.bbc.co.uk/weather"
DEFAULT_PORT: Final = 8000
PORTS: Final = range(1, 65536)
MOST_PROXIES: Final = 9
SECRETS: Final = ("DATABASE_URL", "OLD_SECRET_KEYS", "RATE_LIMIT_STORAGE", "SECRET_KEY")  # may stand in files

DATABASE: Final = (
    r"(sqlite:///|postgresql://)[\s\S]*",
    (
        "names a database that this app does not know: set it to sqlite:////full/path/to/file or "
        "postgresql://user:password@host/name."
    ),
)
SITE: Final = (
    r"https://[^\s/?#]+\S*",
    f"is not the address of a secure site: set it to one such as {DEFAULT_LEAVE_TO}.",
)
LANGUAGE: Final = (r"[a-z]{2,3}", "is not a list of languages: set it to one such as en,cy.")
HOST: Final = (
    r"\.?[a-z0-9-]+(\.[a-z0-9-]+)*",
    (
        "has something that is no name of a host: set it to names in small letters with spaces between, "
        "such as takestock.example or .takestock.example for all below it."
    ),
)
INTERFACE: Final = (
    r"[\w.:-]+",
    "is not an address of this machine: set it to 127.0.0.1, or to 0.0.0.0 inside a container.",
)
COUNTS: Final = (
    r"off|memory://|rediss?://\S+",
    "names a store that this app does not know: set it to memory://, redis://host:6379/0 or off.",
)


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

    languages: tuple[str, ...] = ("en",)
    """Those that the pages speak; the first is spoken where nobody has chosen one."""

    hosts: tuple[str, ...] = ()
    """The names that the app answers to, besides this machine's own; without any it answers to all."""

    proxies: int = 0
    """How many proxies stand in front, each of which adds to `X-Forwarded-For` where a request came from."""

    limits_kept_in: str = field(repr=False, default="off")  # may hold a password
    """Where it is counted how often an address asks for what costs much; `off` is nowhere."""

    security_contact: str = ""
    """Where somebody tells who has found a weakness."""

    label: Label = field(default_factory=Label)
    """Under whose name and in whose colours the pages stand."""

    metrics_port: int = 0
    """Where metrics are read, apart from the pages; 0 is nowhere."""

    metrics_host: str = "127.0.0.1"

    tallies: bool = False
    """Whether it is counted how many begin and reach the end on a day."""

    json_logs: bool = False
    """Whether log lines are JSON."""

    purge_every: float = 60
    """Seconds after which idle visits are looked for and deleted, again and again; 0 is never."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str], root: Path) -> Self:
        """Read the variables of `docs/settings.md`; an empty one counts as not set.

        Without DATABASE_URL the app runs on the embedded default: a SQLite file and a secret of its own, both in the
        folder `instance` of `root`, made here if missing. A relative QUESTIONNAIRE starts from `root`.

        Raises `UnsafeSettingsError` on the first setting that is wrong.
        """
        given = Environment.of(environ, *SECRETS)
        secret = given.text("SECRET_KEY")
        languages = given.text("LANGUAGES", "en").replace(",", " ").split()
        embedded = not given.text("DATABASE_URL")
        instance = _private_folder(root / "instance") if embedded else root
        if embedded and not secret:
            secret = _kept_secret(instance / "secret")
        return cls(
            database_url=given.shaped("DATABASE_URL", *DATABASE, default=f"sqlite:///{instance / 'visits.sqlite3'}"),
            secret_key=_strong(secret, "SECRET_KEY"),
            old_secret_keys=tuple(_strong(each, "OLD_SECRET_KEYS") for each in given.text("OLD_SECRET_KEYS").split()),
            questionnaire=root / given.text("QUESTIONNAIRE", "questions.yaml"),
            leave_to=given.shaped("LEAVE_TO", *SITE, default=DEFAULT_LEAVE_TO),
            languages=tuple(dict.fromkeys(shaped(each, "LANGUAGES", *LANGUAGE) for each in languages)),
            port=given.number("PORT", DEFAULT_PORT, PORTS),
            hosts=tuple(shaped(each, "HOSTS", *HOST) for each in given.text("HOSTS").split()),
            proxies=given.number("PROXIES", 0, range(MOST_PROXIES + 1)),
            limits_kept_in=given.shaped("RATE_LIMIT_STORAGE", *COUNTS, default="memory://"),
            metrics_port=given.number("METRICS_PORT", 0, range(PORTS.stop)),
            metrics_host=given.shaped("METRICS_HOST", *INTERFACE, default="127.0.0.1"),
            tallies=given.one_of("TALLIES", "off", "on") == "on",
            json_logs=given.one_of("LOG_FORMAT", "plain", "json") == "json",
            security_contact=given.shaped("SECURITY_CONTACT", *ADDRESS),
            label=Label.from_environment(given),
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


def _strong(secret: str, name: str) -> bytes:
    if len(secret) >= SHORTEST_SECRET:
        return secret.encode()
    raise UnsafeSettingsError(
        f"{name} is {'too short' if secret else 'missing'}: set it to {SHORTEST_SECRET} or more random characters, "
        "such as those printed by python3 -c 'import secrets; print(secrets.token_hex(32))', and never change it."
    )
