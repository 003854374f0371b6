"""What those who run the app are told: no more than whether it works."""

from dataclasses import replace

import pytest

from assessment.documents.pool import NotDoneError
from assessment.store.engine import connect
from assessment.store.visits import Visits
from tests.web.test_every_route import HEALTH, checked


def test_the_app_is_alive_and_ready_and_sets_no_cookie(app):
    for address in HEALTH:
        response = checked(app.test_client().get(address))
        assert response.status_code == 200
        assert response.mimetype == "text/plain"
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("folder", ["no folder", "."])
def test_without_its_database_or_its_tables_it_lives_and_is_not_ready(app, folder, tmp_path, monkeypatch):
    nowhere = Visits(connect(f"sqlite:///{tmp_path / folder / 'visits.sqlite3'}"), b"k" * 32)
    monkeypatch.setitem(app.extensions, "assessment", replace(app.extensions["assessment"], visits=nowhere))

    assert app.test_client().get("/healthz").status_code == 200
    response = app.test_client().get("/readyz")
    assert response.status_code == 503
    assert response.text == "the database does not answer, or was not migrated\n"


def test_without_processes_for_documents_it_is_not_ready(app, monkeypatch):
    def dead(_seconds):
        raise NotDoneError

    monkeypatch.setattr(app.extensions["assessment"].printer._pool, "answer", dead)  # noqa: SLF001 - as if they died

    assert app.test_client().get("/readyz").status_code == 503


def test_with_all_processes_busy_it_is_ready(app):
    places = app.extensions["assessment"].printer._pool._places  # noqa: SLF001 - as others would take them
    taken = 0
    while places.acquire(blocking=False):
        taken += 1
    response = app.test_client().get("/readyz")
    for _ in range(taken):
        places.release()

    assert response.status_code == 200
    assert "busy" in response.text
