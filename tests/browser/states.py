"""Every state of every page that somebody can meet, each opened by itself: looked at in pictures, and held by tests."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from flask import session
from flask_limiter import RateLimitExceeded
from sqlalchemy.exc import OperationalError

from assessment.core.answers import DECLINED, read_all
from assessment.core.journey import Journey
from assessment.core.readers import Reader
from assessment.documents.pool import BusyError, NotDoneError
from assessment.documents.record import Record
from assessment.store.visits import VisitContendedError
from assessment.web import visit
from tests.web.conftest import ROOT
from tests.web.person import vignette

CRISIS = "dark_thoughts_and_an_emergency"
FEW = {"age": "25_34", "nation": "wales", "urgent_signs": ["none"]}
OLD = {"nation": "elsewhere", "smoking": "daily"}
TOO_LARGE = b"%PDF" + bytes(3_000_000)


@dataclass(frozen=True)
class State:
    """A page as somebody meets it: who they are, what they answered, where they are, what they did there."""

    name: str
    path: str
    audience: str = ""
    person: str = ""
    changed: dict[str, Any] | None = None
    """Answers given otherwise than this person of the vignettes does; without a person, all there are."""

    kept: dict[str, Any] | None = None
    """Answers that were kept before the questions changed, and that they no longer have."""

    earlier: dict[str, Any] | None = None
    """Answers that were brought back in a file."""

    did: Callable[[Any], None] | None = None
    within: Callable[[Any], Any] | None = None
    """What is the matter with the app meanwhile."""


def press(name):
    """Return what presses a button of the page that is open."""
    return lambda page: page.locator("main").get_by_role("button", name=name, exact=True).click()


def typed(words):
    def type_it(page):
        page.locator("main input[inputmode]").fill(words)
        page.locator("main form .go").click()

    return type_it


def too_many(page):
    """Tick what cannot be true together."""
    page.locator("main .choice input").first.check(force=True)
    page.get_by_label("None of these").check(force=True)
    press("Continue")(page)


def two_where_one_is_asked(page):
    """Send two answers to the first question of several, as no browser would by itself."""
    row = page.locator("fieldset.row").first
    row.locator("input[type=radio]").evaluate_all("all => all.forEach(each => { each.type = 'checkbox' })")
    for box in row.locator("input[type=checkbox]").all()[:2]:
        box.check(force=True)
    press("Continue")(page)


def without_a_token(page):
    page.locator("main [name=csrf_token]").first.evaluate("each => each.remove()")
    press("Continue")(page)


def brought(content):
    def bring_it(page):
        file = {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": content}
        page.get_by_label("The PDF that you saved").set_input_files(file)
        press("Read the file")(page)

    return bring_it


def wait(page):
    press("Make a PDF")(page)
    page.wait_for_url("**/waiting")
    page.evaluate("stop()")  # or it asks again while it is looked at


def while_away(page):
    """Open what the proxy shows when the app is away: it stands in a file, outside of the app."""
    page.goto("about:blank")
    page.set_content((ROOT / "deploy" / "away.html").read_text(encoding="utf-8"))


@contextmanager
def all_busy(app):
    places = app.extensions["assessment"].printer._pool._places  # noqa: SLF001 - as five others would
    taken = 0
    while places.acquire(blocking=False):
        taken += 1
    yield
    for _ in range(taken):
        places.release()


def broken(error):
    """Return what makes the page of privacy fail."""

    def fail():
        raise error

    @contextmanager
    def failing(app):
        whole = app.view_functions["information.privacy"]
        app.view_functions["information.privacy"] = fail
        yield
        app.view_functions["information.privacy"] = whole

    return failing


def question(name, path, person="c3", **more):
    return State(name, f"/step/{path}", "self", person, **more)


STATES = (
    State("start", "/"),
    State("start, begun", "/", "self", "c3", {"phq9_9": None}),
    question("one choice", "age", changed={"age": None}),
    question("one choice, chosen", "nation"),
    question("one choice, nothing chosen", "age", changed={"age": None}, did=press("Continue")),
    question("long answers", "ketamine_use", changed={"ketamine_use": None}),
    question("several", "urgent_signs", changed={"urgent_signs": None}),
    question("several, chosen", "bladder"),
    question("several, none and one", "bladder", changed={"bladder": None}, did=too_many),
    question("a number", "days_used", changed={"days_used": None}),
    question("a number, out of range", "days_used", did=typed("31")),
    question("an item of the SDS", "sds_1", changed={"sds_1": None}),
    question("an item of the AUDIT-C", "audit_c_2", "c1", changed={"audit_c_2": None}),
    question("an item", "phq9_1", changed={"phq9_1": None}),
    question("the next item", "phq9_2"),
    question("the last item", "phq9_9", changed={"phq9_9": None}),
    question("help on top", "phq9_difficulty", CRISIS),
    question("what is wanted", "help_wanted", changed={"help_wanted": None}),
    question("changed questions, on the way", "bladder", kept=OLD),
    State("changed questions, check", "/check", "self", "c3", kept={"smoking": "daily"}),
    State("a pause, emergency", "/pause", "self", "c4"),
    State("a pause, crisis", "/pause", "self", "crisis_in_wales"),
    State("a pause, both", "/pause", "self", CRISIS),
    State("check", "/check", "self", "c3", {"sds_2": "declined"}),
    State("outcome, calm", "/outcome", "self", "c16"),
    State("outcome, in between", "/outcome", "self", "c3"),
    State("outcome, worst", "/outcome", "self", CRISIS),
    State("outcome, hardly anything answered", "/outcome", "self", "last_item_on_an_unfinished_form"),
    State("outcome, some left out", "/outcome", "self", "c11"),
    State("outcome, young", "/outcome", "self", "young_and_unsafe"),
    State("a copy as a page", "/outcome", "self", "c3", did=press("Read it as a page")),
    State("a sheet as a page", "/outcome", "self", "c3", did=press("Read it here first")),
    State("finish later", "/later", "self", "", FEW),
    State("come back", "/come-back"),
    State("come back, no PDF", "/come-back", did=brought(b"no PDF")),
    State("come back, unfinished", "/come-back", "self", "", {}, earlier=FEW),
    State("come back, urgent", "/come-back", "self", "", FEW, earlier={**FEW, "urgent_signs": ["chest_pain"]}),
    State("compare", "/compare", "self", "c3", earlier={"phq9_1": 3, "phq9_2": 2, "sds_1": 3, "bladder": ["blood"]}),
    State("several on a page", "/part/their_body", "family", "c9", {"their_blood": None}),
    State("several on a page, two for one", "/part/their_body", "family", "c9", did=two_where_one_is_asked),
    State("family, a pause", "/pause", "family", "told_of_dying"),
    State("family, outcome", "/outcome", "family", "c9"),
    State("family, outcome, worst", "/outcome", "family", "c10"),
    State("clinician, a part", "/part/mood", "clinician", "c2", {"phq9_3": None}),
    State("clinician, a number out of range", "/part/ketamine", "clinician", "c3", did=typed("31")),
    State("clinician, check", "/check", "clinician", "c3", {"phq9_3": None}),
    State("clinician, results", "/outcome", "clinician", CRISIS, {"gad7_3": None}),
    State("help, everywhere", "/help"),
    State("help, Northern Ireland", "/help", "self", "c13"),
    State("privacy", "/privacy"),
    State("accessibility", "/accessibility"),
    State("sources", "/sources"),
    State("deleted", "/deleted"),
    State("nothing here", "/check"),
    State("not found", "/nothing"),
    State("out of date", "/step/age", "self", "c3", did=without_a_token),
    State("waiting", "/outcome", "self", "c16", did=wait, within=all_busy),
    State("away", "/deleted", did=while_away),
    State("too large", "/come-back", did=brought(TOO_LARGE)),
    State("too often", "/privacy", within=broken(RateLimitExceeded(SimpleNamespace(error_message="", limit="")))),
    State("busy", "/privacy", within=broken(BusyError())),
    State("not made", "/privacy", "self", "c3", within=broken(NotDoneError())),
    State("not kept", "/privacy", within=broken(VisitContendedError())),
    State("database away", "/privacy", "self", "c3", within=broken(OperationalError("", {}, Exception()))),
    State("our mistake", "/privacy", within=broken(ZeroDivisionError())),
)


@contextmanager
def nothing_the_matter(_app):
    yield


@contextmanager
def met(page, app, state):
    """Open a state, with what is the matter meanwhile."""
    with (state.within or nothing_the_matter)(app):
        opened(page, app, state)
        if state.did:
            state.did(page)
        page.wait_for_load_state()
        yield page


def opened(page, app, state):
    """Open the page of a state, in a browser that has no visit or another one."""
    page.context.clear_cookies()
    if state.audience:
        name, value = cookie(app, state)
        page.context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])
    page.goto(state.path)


def cookie(app, state):
    """Return the cookie of a visit with the answers of a state, as its name and its value."""
    reader = Reader(state.audience, "en")
    edition = app.extensions["assessment"].editions[reader]
    answers = answered(edition, state)
    with app.test_request_context():
        visit.begin(reader)
        visit.current().keep({**answers, **(state.kept or {})})
        if state.earlier is not None:
            raw = {id: list(each) if isinstance(each, tuple) else each for id, each in answers.items()}
            made = Record(edition.about.name, edition.version, reader, date(2026, 9, 3), {**raw, **state.earlier})
            visit.current().bring(made)
        response = app.make_response("")
        app.session_interface.save_session(app, session, response)
    return response.headers["Set-Cookie"].partition(";")[0].split("=", 1)


def answered(edition, state):
    """Return the answers of a state. A person declines what the vignette does not say, up to what is left open."""
    changed = state.changed or {}
    if not state.person:
        return read_all(edition, changed)[0]
    answers = vignette(edition, state.person, **changed)
    while not edition.keyed and (question := Journey(edition, answers).first_open):
        if question.id in changed:
            break
        answers[question.id] = (DECLINED,)
    return answers
