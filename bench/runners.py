"""A whole journey over HTTP, beside django-formtools and oTree with as many radio questions, one on a page.

All are driven in turn by the same people, 1 and 8 at once, each in one process on SQLite: ours and django-formtools
on gunicorn with 8 threads, oTree on the server that it brings. They are installed by `make .venv/runners`.
"""

import secrets
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.driver import HOST, Load, Page, drive
from bench.journey import HEADINGS, recorded, shown
from bench.served import ROOT, free_port, ours, served

PYTHON: Final = ROOT / ".venv" / "runners" / "bin" / "python"
PEERS: Final = ROOT / "bench" / "peers"
TIMES: Final = {1: 2, 8: 1}
"""How many journeys each of so many people makes in a round."""
ROUNDS: Final = 2


@dataclass(frozen=True)
class Site:
    """A server of questions: how it is started, in which folder, and the walk through it."""

    command: Sequence[str | Path]
    port: int
    environment: Mapping[str, str]
    within: Path
    pages: Sequence[Page]


def formtools(folder: Path, questions: int) -> Site:
    """Return a session wizard: a form is answered by the next page at once, without a redirect."""
    port = free_port()
    within = Path(shutil.copytree(PEERS / "formtools", folder / "formtools"))
    gunicorn: list[str | Path] = [PYTHON, "-m", "gunicorn", "--bind", f"{HOST}:{port}", "--no-control-socket"]
    as_ours = ["--worker-class", "gthread", "--threads", "8", "--keep-alive", "2", "wizard:application"]
    forms = [Page("", f"wizard-current_step={number}&{number}-answer=often") for number in range(questions)]
    return Site([*gunicorn, *as_ours], port, {"QUESTIONS": str(questions)}, within, [Page("/"), *forms])


def otree(folder: Path, questions: int) -> Site:
    """Return an oTree session, with room for everybody who will come."""
    port = free_port()
    within = Path(shutil.copytree(PEERS / "otree", folder / "otree"))
    (within / "_static").mkdir()
    environment = {
        "PORT": str(port),
        "QUESTIONS": str(questions),
        "PEOPLE": str(1 + ROUNDS * sum(people * times for people, times in TIMES.items())),
        "OTREE_PRODUCTION": "1",
        "OTREE_AUTH_LEVEL": "STUDY",
        "OTREE_ADMIN_PASSWORD": secrets.token_hex(16),
    }
    forms = [Page("", f"answer_{number}=often") for number in range(questions)]
    return Site([PYTHON, "serve.py"], port, environment, within, [Page("/join/everybody"), *forms])


def main() -> None:
    """Drive all in turn and print a table."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pages = recorded(folder).pages
        forms = sum(1 for page in pages if page.filled)
        print(f"One journey of ours, and of theirs: {forms} forms.\n")
        command, port, environment = ours(folder)
        sites = {
            "Take stock": Site(command, port, environment, ROOT, pages),
            "django-formtools": formtools(folder, forms),
            "oTree": otree(folder, forms),
        }
        for each in sites.values():
            stack.enter_context(served(each.command, each.port, folder, each.environment, each.within))
            drive(each.port, each.pages, 1, 1)  # whoever comes first waits until templates are compiled
        print(f"| {' | '.join(HEADINGS)} |\n{'|---' * len(HEADINGS)}|")
        for people, times in TIMES.items():
            loads = {name: Load() for name in sites}
            for _ in range(ROUNDS):
                for name, each in sites.items():
                    loads[name].add(drive(each.port, each.pages, people, times))
            for name, load in loads.items():
                print(shown(name, people, load))
            mine, *others = loads.items()
            for name, load in others:
                journeys = mine[1].journeys / mine[1].seconds / (load.journeys / load.seconds)
                requests = mine[1].each_second / load.each_second
                print(f"| ratio to {name} | {people} | {journeys:.2f} | {requests:.2f} | | | | | |", flush=True)


if __name__ == "__main__":
    main()
