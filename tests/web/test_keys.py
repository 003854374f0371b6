"""The key of the server can be changed while people answer: nobody loses anything."""

from tests.web.conftest import SLEEP, make_app
from tests.web.walker import Walker

OLD, NEW = b"the key of last year, which is 32", b"the key of this year, which is 32"


def test_a_visit_goes_on_under_a_new_key_and_needs_the_old_one_no_more_after_the_next_answer(tmp_path):
    url = f"sqlite:///{tmp_path / 'visits.sqlite3'}"
    before = make_app(url, SLEEP, secret_key=OLD)
    changing = make_app(url, SLEEP, secret_key=NEW, old_secret_keys=(OLD,))
    after = make_app(url, SLEEP, secret_key=NEW)
    walker = Walker(before.test_client())
    walker.open("/")
    walker.press("I want to look at my sleep")

    for app in (changing, after):
        cookie = walker.client.get_cookie("visit").value
        walker.client = app.test_client()
        walker.client.set_cookie("visit", cookie)
        asked = walker.open("/check").path
        assert asked.startswith(("/step/", "/part/"))
        walker.choose("I’d rather not say")
        assert walker.page.path != asked
    for app in (before, changing, after):
        app.extensions["assessment"].printer.close()
