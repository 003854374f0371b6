"""Whatever anybody does, in any order: no mistake of ours, nothing of theirs out of place, and nothing left."""

import io
import json
import logging
from datetime import UTC, datetime

import pikepdf
import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from assessment.core.answers import read_all
from assessment.core.journey import Journey
from assessment.documents.record import NAME, written
from assessment.documents.uploads import attached_to
from tests.fuzzing.intruder import HEADERS, METHODS, PLANTED, TYPES, Seen, Told, bodies, judged, words
from tests.fuzzing.patience import tried
from tests.fuzzing.spoiling import spoiled_bytes, spoiled_trees
from tests.web.keeper import multipart, signed
from tests.web.test_every_route import DATA, DOWNLOADS, HEALTH, PAGES, POSTS, STATIC, VISIT_PAGES

ADDRESSES = [*PAGES, *VISIT_PAGES, *POSTS, *DOWNLOADS, *DATA, *HEALTH, *STATIC, "/nothing", "/static/site.css"]
TICKED = ("checkbox", "radio")


def record_of(edition):
    """Return the record of somebody who answered nothing, as a tree."""
    return json.loads(written(Journey(edition, {}), datetime.now(UTC).date()))


def pdf_with(text):
    """Return a small PDF with something attached where the record would be."""
    saved = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments[NAME] = text
        pdf.save(saved)
    return saved.getvalue()


class Anybody(RuleBasedStateMachine):
    """A browser, a program, or both in turns."""

    def __init__(self, app):
        super().__init__()
        self.app = app
        self.parts = app.extensions["assessment"]
        self.browser = app.test_client()
        self.cookies = []
        self.page = Seen("")
        self.token = ""
        self.said = Told()
        logging.getLogger().addHandler(self.said)

    def teardown(self):
        logging.getLogger().removeHandler(self.said)

    def ask(self, method, address, **more):
        """Ask, judge what comes, and go where it leads; what it shows is the page that is open then."""
        response = judged(lambda: self.browser.open(address, method=method, **more), self.said)
        for _ in range(4):
            if not response.headers.get("Location", "").startswith("/"):
                break
            address = response.location
            response = judged(lambda to=address: self.browser.get(to), self.said)
        if response.mimetype == "text/html" and method != "HEAD":
            self.page = Seen(response.text)
            tokens = [value for _, fields, _ in self.page.forms for _, name, value in fields if name == "csrf_token"]
            self.token = tokens[0] if tokens else self.token
        return response

    @property
    def signing(self):
        return self.app.session_interface.get_signing_serializer(self.app)

    def with_token(self):
        """Return a good token, as any page with a form has one."""
        self.ask("GET", "/")
        return self.token

    @initialize(data=st.data())
    def arrive(self, data):
        """Begin at a door, or be there already with most of what one of the vignettes answers."""
        self.ask("GET", "/")
        reader = data.draw(st.sampled_from(sorted(self.parts.editions, key=str)), label="as")
        edition = self.parts.editions[reader]
        person = data.draw(st.sampled_from([None, *edition.document.vignettes]), label="with the answers of")
        if person is None:
            self.ask("POST", "/begin", data={"csrf_token": self.token, "audience": reader.audience})
            return
        answers, _ = read_all(edition, person.answers)
        for left_out in data.draw(st.lists(st.sampled_from(sorted(answers) or [""]), max_size=1)):
            answers.pop(left_out, None)
        secret = self.parts.visits.begin({"audience": reader.audience, "language": reader.language, "answers": answers})
        self.browser.set_cookie("visit", self.signing.dumps({"visit": secret}))
        self.ask("GET", "/outcome")

    @rule(data=st.data(), pages=st.integers(2, 9))
    def walk(self, data, pages):
        """Answer several pages as a person would."""
        for _ in range(pages):
            if len(self.page.forms) > 1:
                self.answer(data, rightly=True)

    @precondition(lambda self: self.page.forms)
    @rule(data=st.data(), rightly=st.booleans())
    def answer(self, data, rightly):
        """Fill a form as a person would, or with something odd in every field, and press one of its buttons."""
        action, fields, buttons = data.draw(st.sampled_from(self.page.forms[1:] or self.page.forms), label="form")
        sent = {name: [value] for kind, name, value in fields if kind == "hidden" and name}
        ticked = {
            name: [value for _, other, value in fields if other == name] for kind, name, _ in fields if kind in TICKED
        }
        typed = [name for kind, name, _ in fields if kind == "text"]
        if rightly and typed:
            ticked = {}
        sent |= {name: [data.draw(st.sampled_from(every) if rightly else words)] for name, every in ticked.items()}
        sent |= {name: [data.draw(st.sampled_from(["8", "20", "declined"]) if rightly else words)] for name in typed}
        pressed = data.draw(st.sampled_from(buttons), label="button") if buttons else (None, None, "")
        sent |= {pressed[1]: [pressed[2]]} if pressed[1] else {}
        self.ask("POST", pressed[0] or action or "/", data=sent)

    @precondition(lambda self: self.page.links)
    @rule(data=st.data())
    def follow(self, data):
        address = data.draw(st.sampled_from(self.page.links), label="link")
        if address.startswith("/"):
            self.ask("GET", address)

    @rule(
        method=st.sampled_from(METHODS),
        address=st.sampled_from(ADDRESSES),
        inside=words,
        asked=st.dictionaries(words | st.just("return"), words, max_size=2),
        headers=st.lists(st.sampled_from(HEADERS), max_size=2),
    )
    def open_anything(self, method, address, inside, asked, headers):
        """Ask for any address, with anything in its path, its query and its headers."""
        path = address.replace("<path:filename>", inside)
        path = path.replace("<question_id>", inside).replace("<section_id>", inside)
        self.ask(method, path, query_string=asked, headers=headers)

    @rule(
        address=st.sampled_from(POSTS + DOWNLOADS + DATA),
        fields=st.dictionaries(
            st.sampled_from(
                ["answer", "declined", "audience", "include", "as_page", "reference", "setting", "file", "é"]
            ),
            st.lists(words, max_size=3),
        ),
        inside=st.sampled_from(["country", "hours", "their_night", "age", "about", "nothing"]),
    )
    def post_fields(self, address, fields, inside):
        """Post any fields with a good token."""
        path = address.replace("<question_id>", inside).replace("<section_id>", inside)
        self.ask("POST", path, data={**fields, "csrf_token": self.with_token()})

    @rule(data=st.data(), kind=st.sampled_from(TYPES), body=bodies)
    def post_anything(self, data, kind, body):
        """Post anything as anything, with a good token: to the form that is open, or elsewhere."""
        here = [action for action, _, _ in self.page.forms[1:] if action]
        address = data.draw(st.sampled_from(here * 9 + POSTS + DOWNLOADS + DATA), label="to")
        self.ask("POST", address, data=body, content_type=kind, headers={"X-CSRFToken": self.with_token()})

    @rule(data=st.data(), how=st.sampled_from(["changed", "signed", "broken", "anything"]))
    def bring(self, data, how):
        """Bring a file: a record with something else in it, with or without its sum; a broken one; no PDF at all."""
        reader = data.draw(st.sampled_from(sorted(self.parts.editions, key=str)), label="whose")
        record = record_of(self.parts.editions[reader])
        record["answers"] = data.draw(st.dictionaries(words | st.just("country"), words | st.lists(words, max_size=2)))
        match how:
            case "signed":
                upload = pdf_with(json.dumps(signed(record)).encode())
            case "changed":
                upload = pdf_with(json.dumps(data.draw(spoiled_trees(record))).encode(errors="replace"))
            case "broken":
                upload = data.draw(spoiled_bytes(pdf_with(json.dumps(record).encode())))
            case _:
                upload = data.draw(st.binary(max_size=200))
        self.ask("POST", "/come-back", **multipart(self.with_token(), upload, PLANTED))

    @rule(changed=st.sampled_from(["begun", "shorter", "longer", "none"]), data=st.data())
    def change_cookie(self, changed, data):
        """Take a cookie of before, a broken one, or none."""
        held = self.browser.get_cookie("visit")
        self.cookies += [held.value] if held else []
        earlier = data.draw(st.sampled_from(self.cookies), label="cookie") if self.cookies else ""
        longer = (earlier * 20)[:4000]  # browsers keep no larger one
        value = {"begun": earlier, "shorter": earlier[:-1], "longer": longer, "none": ""}[changed]
        self.browser.set_cookie("visit", value)

    @rule(data=st.data(), way=st.sampled_from(["/leave", "/delete"]))
    def go(self, data, way):
        """Leave, find that nothing is left, and come back as somebody else."""
        token = self.with_token()
        secret = self.signing.loads(self.browser.get_cookie("visit").value).get("visit", "")
        self.ask("POST", way, data={"csrf_token": token})

        assert not secret or self.parts.visits.read(secret) is None
        assert self.ask("GET", "/outcome").status_code == 410
        self.arrive(data)


def attack(app, times, steps):
    run_state_machine_as_test(lambda: Anybody(app), settings=tried(times, stateful_step_count=steps))


def test_nobody_can_break_a_small_questionnaire(sleep_app):
    attack(sleep_app, 20, 30)


def test_nobody_can_break_the_shipped_one(app):
    attack(app, 4, 25)


@pytest.mark.parametrize("text", [b"", b"{}", b"[" * 60_000, b"\xff", b"x" * 70_000], ids=range(5))
def test_what_is_attached_comes_out_as_it_is(text):
    assert attached_to(pdf_with(text[:60_000])) == text[:60_000]
