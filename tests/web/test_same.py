"""Pieces of pages that are written once, for everybody: nothing of one person is in them."""

import pytest
from jinja2.meta import find_referenced_templates
from jinja2.nodes import Name

from assessment.core.readers import Reader
from tests.web.conftest import ROOT, SLEEP, make_app
from tests.web.walker import Walker

KNOWS_NOBODY = {"_", "gettext", "ngettext", "lang", "spoken", "url_for"}
PIECES = sorted(f"same/{each.name}" for each in (ROOT / "templates" / "same").iterdir())


def asked_for(app, template):
    """Return every name that stands in a template, and in all that it takes in."""
    source, _, _ = app.jinja_env.loader.get_source(app.jinja_env, template)
    tree = app.jinja_env.parse(source)
    within = (asked_for(app, each) for each in find_referenced_templates(tree))
    return {each.name for each in tree.find_all(Name)}.union(*within)


def begun(app):
    walker = Walker(app.test_client())
    walker.open("/")
    walker.press("I want to look at my sleep")
    return walker


@pytest.mark.parametrize("piece", PIECES)
def test_a_piece_for_everybody_asks_for_nothing_of_a_person(app, piece):
    assert asked_for(app, piece) & app.jinja_env.globals.keys() <= KNOWS_NOBODY


def test_what_one_person_chose_is_not_shown_to_the_next(sleep_app):
    first, second = begun(sleep_app), begun(sleep_app)
    first.choose("There")
    first.follow("Back")

    assert first.page.labelled("There").get("checked") is not None
    assert second.open(second.page.path).labelled("There").get("checked") is None


def test_what_was_typed_wrongly_is_not_shown_to_the_next(sleep_app):
    first, second = begun(sleep_app), begun(sleep_app)
    for walker in (first, second):
        walker.choose("Here")
        walker.choose("18 or over")
    first.enter("eight")

    assert "There is a problem" in first.page.text
    assert "There is a problem" not in second.open(second.page.path).text


def test_every_page_has_a_token_of_its_own(sleep_app):
    pages = [begun(sleep_app).page for _ in range(2)]
    tokens = {each.get("value") for page in pages for each in page.all("input") if each.get("name") == "csrf_token"}

    assert len(tokens) == 2


SUBJECTS = [
    ("card", "question", lambda edition: edition.questions),
    ("why", "question", lambda edition: edition.questions),
    ("advice", "guidance", lambda edition: edition.document.guidance),
    ("service", "service", lambda edition: edition.document.services),
]


@pytest.mark.parametrize(("piece", "name", "every"), SUBJECTS, ids=[each[0] for each in SUBJECTS])
def test_who_met_what_cannot_be_told_from_the_pieces_that_are_there(tmp_path, piece, name, every):
    app = make_app(f"sqlite:///{tmp_path / 'visits.sqlite3'}", SLEEP)
    edition = app.extensions["assessment"].editions[Reader("sleeper", "en")]
    written = []
    template = app.jinja_env.get_template(f"same/{piece}.html")
    template.make_module, make = lambda given: written.append(given[name].id) or make(given), template.make_module
    for subject in reversed(every(edition)):
        with app.test_request_context():
            app.jinja_env.globals["same"](f"same/{piece}.html", edition, subject)

    assert written == [each.id for each in every(edition)]


def test_which_questions_were_asked_cannot_be_told_from_the_pieces_that_are_there(tmp_path):
    app = make_app(f"sqlite:///{tmp_path / 'visits.sqlite3'}", SLEEP)
    written = []
    whole = app.jinja_env.get_template("same/card.html")
    whole.make_module, make = lambda given: written.append(given["question"].id) or make(given), whole.make_module
    walker = begun(app)
    asked_at_once = list(written)
    walker.choose("Here")

    edition = app.extensions["assessment"].editions[Reader("sleeper", "en")]
    assert asked_at_once == [each.id for each in edition.questions]
    assert written == asked_at_once


def test_every_piece_of_a_subject_is_among_those_held_to_it():
    alone = {"foot", "head", "top", "written"}

    assert {each.removeprefix("same/").removesuffix(".html") for each in PIECES} == alone | {
        each[0] for each in SUBJECTS
    }


def test_a_fee_is_told_one_level_deeper_on_the_outcome_page(app):
    edition = app.extensions["assessment"].editions[Reader("self", "en")]
    told = {}
    for service in edition.document.services:
        with app.test_request_context():
            piece = app.jinja_env.globals["same"]("same/service.html", edition, service)
        told.setdefault(service.fee_paying, set()).add("<h4" in piece)

    assert told == {True: {True}, False: {False}}
