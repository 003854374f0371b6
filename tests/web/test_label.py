"""The service under an operator's own name: on every page and paper, and in no record."""

import pytest

from assessment.label import Label
from tests.web.conftest import SHIPPED, make_app
from tests.web.keeper import RECORD, arrived, bring, copy_of
from tests.web.walker import Walker

WORN = Label(
    name="Here for you",
    operator="Example NHS Trust",
    contact="mailto:help@clinic.example",
    accent="#0b5394",
    accent_dark="#9fc5e8",
)


@pytest.fixture(scope="module")
def labelled(tmp_path_factory):
    made = make_app(f"sqlite:///{tmp_path_factory.mktemp('label') / 'visits.sqlite3'}", SHIPPED, label=WORN)
    yield made
    made.extensions["assessment"].printer.close()


@pytest.fixture
def walker(labelled):
    return Walker(labelled.test_client())


@pytest.mark.parametrize("address", ["/", "/help", "/privacy", "/accessibility", "/nothing"])
def test_every_page_stands_under_the_operators_name_and_says_where_to_write(walker, address):
    walker.open(address)
    page = walker.response.text

    assert "Here for you</title>" in page
    assert "From Example NHS Trust." in page
    assert 'href="mailto:help@clinic.example"' in page
    assert "Nobody there can help in a crisis" in page
    assert "Take stock" not in page


def test_its_colours_are_a_style_sheet_of_our_own_that_a_browser_may_keep(walker):
    walker.open("/")
    assert '<link rel="stylesheet" href="/label.css">' in walker.response.text

    sheet = walker.client.get("/label.css")
    assert sheet.mimetype == "text/css"
    assert sheet.headers["Cache-Control"] == "public, max-age=3600"
    assert "--sea:#0b5394;" in sheet.text
    assert "--sea:#9fc5e8;" in sheet.text.partition("prefers-color-scheme:dark")[2]


def test_without_colours_of_its_own_there_is_no_such_sheet(app):
    assert app.test_client().get("/label.css").status_code == 404
    assert "label.css" not in app.test_client().get("/").text


def test_what_was_kept_before_the_name_changed_is_still_read(walker, edition, app):
    before = Walker(app.test_client())
    arrived(before, edition, "c3")
    upload = copy_of(before, RECORD)

    walker.open("/come-back")
    bring(walker, upload)

    assert walker.page.heading != "Bring a file back"
    assert walker.page.status == 200
