"""Marks that Lighthouse gives to pages of the production server, on a phone and on a desk: `make lighthouse`.

Each page is opened by somebody who has answered what comes before it. Words after the command name the states to judge.
"""

import json
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from bench.driver import HOST
from bench.served import ROOT, ours, served
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.states import STATES, State, cookie
from tests.web.conftest import SHIPPED, make_app

JUDGED: Final = ("start", "one choice", "the next item", "outcome, worst", "clinician, a part")
SCREENS: Final = ("phone", "desk")


def wanted(app: Any, port: int, state: State, *, large: bool) -> dict[str, Any]:
    """Return where a state is, the cookies of who sees it, and on which screen."""
    name, value = cookie(app, state) if state.audience else ("", "")
    cookies = [{"name": name, "value": value, "domain": HOST}] if name else []
    return {"address": f"http://{HOST}:{port}{state.path}", "cookies": cookies, "large": large}


def judged(pages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the marks of pages, and what took from them."""
    told = json.dumps({"chromium": CHROMIUM, "flags": ARGUMENTS, "pages": pages})
    command = [ROOT / ".venv" / "bin" / "node", ROOT / ".venv" / "lighthouse" / "judge.mjs"]
    done = subprocess.run(command, input=told, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def main(names: list[str]) -> None:
    """Judge the pages and print a table."""
    rows = [(state, screen) for state in STATES if state.name in (names or JUDGED) for screen in SCREENS]
    with tempfile.TemporaryDirectory() as made:
        url, key = f"sqlite:///{made}/visits.sqlite3", secrets.token_hex(32)
        app = make_app(url, SHIPPED, secret_key=key.encode())
        command, port, environment = ours(Path(made), url, SECRET_KEY=key)
        with served(command, port, Path(made), environment):
            pages = [wanted(app, port, state, large=screen == "desk") for state, screen in rows]
            marks = judged(pages)
        app.extensions["assessment"].printer.close()
    print("| page | screen | performance | accessibility | best practices | below its best |")
    print("|---|---|---|---|---|---|")
    for (state, screen), page, found in zip(rows, pages, marks, strict=True):
        if found["shown"] != page["address"]:
            sys.exit(f"{page['address']} showed {found['shown']}")
        print(f"| {state.name} | {screen} | {' | '.join(map(str, found['marks']))} | {'; '.join(found['below'])} |")


if __name__ == "__main__":
    main(sys.argv[1:])
