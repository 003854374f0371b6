"""Every state and every document as pictures, in docs/gallery/, to be looked at: `make gallery`.

Words after the command name the states to take, by how their names begin; without any, all are taken.
"""

import logging
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import jinja2
from playwright.sync_api import sync_playwright

from assessment.cli import main as assessment
from tests.browser.conftest import ARGUMENTS, CHROMIUM, served
from tests.browser.looks import reading
from tests.browser.states import STATES, State, cookie, met
from tests.web.conftest import ROOT, SHIPPED, make_app

GALLERY = ROOT / "docs" / "gallery"
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
PLAIN = {"media": "screen", "color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}
LOOKS = {
    "390": (PHONE, {}),
    "1280": (DESK, {}),
    "dark": (PHONE, {"color_scheme": "dark"}),
    "forced": (PHONE, {"forced_colors": "active", "color_scheme": "dark"}),
    "320": ({"width": 320, "height": 256}, {}),  # what is left of 1280 by 1024 at 400 %
    "print": ({"width": 794, "height": 1123}, {"media": "print"}),
}
PRINTED = {
    "the copy": ("c3", "self", "/copy", {"include": ["picture", "next", "safer", "people", "answers"]}),
    "the copy, worst": ("dark_thoughts_and_an_emergency", "self", "/copy", {"include": ["picture", "next", "people"]}),
    "the page for a doctor": ("c3", "self", "/sheet", {}),
    "the GP sheet": ("dark_thoughts_and_an_emergency", "clinician", "/sheet", {"setting": "paper"}),
    "the clinician’s summary": ("dark_thoughts_and_an_emergency", "clinician", "/summary", {}),
    "the file to go on with": ("c3", "self", "/later", {}),
}
FORMS = {
    "the form": (),
    "the form, large": ("--large-print",),
    "the form, family": ("--audience", "family"),
    "the key": ("--key",),
}


def file_name(*words):
    return re.sub(r"[^a-z0-9]+", "-", " ".join(words).lower()).strip("-") + ".png"


def pictured(page, app, state):
    """Take a state in every look, and return how hard it is to read."""
    page.emulate_media(**PLAIN)  # what is not printed could not be pressed
    with met(page, app, state):
        read = reading(page, state.name)
        page.evaluate("document.querySelectorAll('main > section details').forEach(each => { each.open = false })")
        for look, (size, media) in LOOKS.items():
            page.set_viewport_size(size)
            page.emulate_media(**{**PLAIN, **media})
            page.screenshot(path=GALLERY / file_name(state.name, look), full_page=True)
    return read


def printed(name, pdf):
    """Take every page of a document, and return the names of the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", "80", "-png", "-", f"{folder}/page"], input=pdf, check=True)
        files = {file_name("pdf", name, page.stem): page.read_bytes() for page in sorted(Path(folder).iterdir())}
    for file, picture in files.items():
        (GALLERY / file).write_bytes(picture)
    return list(files)


def documents(app):
    """Yield every document: its name and its bytes."""
    for name, (person, audience, path, chosen) in PRINTED.items():
        client = app.test_client()
        client.set_cookie(*cookie(app, State(name, "", audience, person)))
        token = re.search('name="csrf_token" value="([^"]+)"', client.get("/come-back").text)[1]
        yield name, client.post(path, data={**chosen, "csrf_token": token}).data
    with tempfile.TemporaryDirectory() as folder:
        for name, options in FORMS.items():
            file = Path(folder) / "form.pdf"
            assessment(["form", *options, "--output", str(file)], standalone_mode=False)
            yield name, file.read_bytes()


def main(wanted):
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    GALLERY.mkdir(exist_ok=True)
    states = [each for each in STATES if not wanted or each.name.startswith(tuple(wanted))]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        app = make_app(f"sqlite:///{folder}/visits.sqlite3", SHIPPED)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with served(app) as address:
            page = browser.new_page(base_url=address)
            read = [pictured(page, app, state) for state in states]
        pages = {} if wanted else {name: printed(name, pdf) for name, pdf in documents(app)}
        browser.close()
        app.extensions["assessment"].printer.close()
    if not wanted:
        index = jinja2.Template((Path(__file__).parent / "gallery.html").read_text(encoding="utf-8"), autoescape=True)
        shown = {state.name: {look: file_name(state.name, look) for look in LOOKS} for state in STATES}
        (GALLERY / "index.html").write_text(index.render(states=shown, read=read, documents=pages), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
