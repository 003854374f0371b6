"""Two apps to attack: they meet only through their databases, and nobody is held back for asking too often."""

from itertools import cycle

import pikepdf
import pytest

from assessment.documents.pool import BusyError, NotDoneError
from assessment.documents.uploads import LIMITS, attached_to
from tests.web.conftest import SHIPPED, SLEEP, make_app


class Press:
    """Stands where the printer would: in turn it prints next to nothing, is busy and fails. Uploads are truly read."""

    def __init__(self, _style_sheet):
        pikepdf.settings.set_qpdf_limits(**LIMITS)
        self.turns = cycle([b"%PDF-1.7", BusyError, b"%PDF-1.7", NotDoneError])

    def warm(self):
        """Nothing needs to be started."""

    def pdf(self, *_versions, **_wanted):
        turn = next(self.turns)
        if isinstance(turn, bytes):
            return turn
        raise turn

    def answer(self):
        """It is always there."""

    def record_in(self, upload):
        return attached_to(upload)


def attacked(questionnaire, folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assessment.app.Printer", Press)
        app = make_app(f"sqlite:///{folder / 'visits.sqlite3'}", questionnaire, limits_kept_in="off")
    app.config["PROPAGATE_EXCEPTIONS"] = False  # whoever attacks is given 500
    return app


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    return attacked(SHIPPED, tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def sleep_app(tmp_path_factory):
    return attacked(SLEEP, tmp_path_factory.mktemp("sleep"))
