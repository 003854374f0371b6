"""The app as the image runs it: as nobody in particular, without a right, on a file system that cannot be written."""

import http.client
import os
import secrets
from pathlib import Path

import pytest

from assessment.core.checks import check
from assessment.core.readers import Reader
from assessment.store.migrations import migrate
from tests.core.planting import SHIPPED, TODAY
from tests.machines.site import replica
from tests.machines.visitor import Visitor
from tests.web.person import vignette, walk
from tests.web.walker import Walker

NOBODY = 10001  # as in deploy/Dockerfile
MOUNT = 'mount --bind "$0" "$0" && mount -o remount,bind,ro / && exec "$@"'  # one folder can still be written
LOOK = "dac_read_search"  # so that it can read a Python in the folder of whoever runs the tests; it writes nothing


def confined(folder):
    """Return the command that confines another; who is not root runs as nobody in particular anyway."""
    if os.geteuid():
        return ()
    as_nobody = (f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs")
    looking = (f"--bounding-set=-all,+{LOOK}", f"--inh-caps=-all,+{LOOK}", f"--ambient-caps=-all,+{LOOK}")
    return ("unshare", "--mount", "sh", "-c", MOUNT, folder, "setpriv", *as_nobody, *looking)


@pytest.fixture(scope="module")
def machine(place):
    database = f"sqlite:///{place / 'visits.sqlite3'}"
    migrate(database)
    settings = {"DATABASE_URL": database, "SECRET_KEY": secrets.token_hex(32), "XDG_CACHE_HOME": str(place)}
    if not os.geteuid():
        for each in (place, *place.iterdir()):
            os.chown(each, NOBODY, NOBODY)
    with replica(place, *confined(place), **settings, PYTHONDONTWRITEBYTECODE="1") as started:
        if not os.geteuid():
            os.chown(place / f"replica-{started.port}", NOBODY, NOBODY)
        started.wait_until_ready()
        yield started


def test_it_has_few_rights_and_somebody_walks_to_a_document_and_deletes_all(machine):
    edition = check(SHIPPED, TODAY).editions[Reader("self", "en")]
    connection = http.client.HTTPConnection("127.0.0.1", machine.port, timeout=60)
    walker = Walker(Visitor(connection))
    walk(walker, edition, vignette(edition, "c3"))
    walker.open("/outcome")

    assert walker.download("Make a PDF").data.startswith(b"%PDF-")
    walker.open("/outcome")
    assert walker.press("Delete everything").status == 200
    connection.close()
    assert machine.said() == ""


def test_it_can_write_nowhere_but_where_it_keeps_its_files(machine, place):
    process = Path(f"/proc/{machine.process.pid}")
    status = dict(line.split(":\t", 1) for line in (process / "status").read_text().splitlines())
    mounted = {line.split()[4]: line.split()[5] for line in (process / "mountinfo").read_text().splitlines()}

    assert "0" not in status["Uid"].split()
    if not os.geteuid():
        assert set(status["Uid"].split()) == set(status["Gid"].split()) == {str(NOBODY)}
        assert status["NoNewPrivs"] == "1"
        assert mounted["/"].split(",")[0] == "ro"
        assert mounted[str(place)].split(",")[0] == "rw"
