"""Through PgBouncer, which may give each statement to another of a few connections."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import make_url

from assessment.store.engine import connect
from assessment.store.migrations import migrate
from assessment.store.visits import Visits
from tests.machines.site import free_port

PGBOUNCER = "/usr/sbin/pgbouncer"
CONFIGURATION = """[databases]
* = host={postgres} user=visits
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
ignore_startup_parameters = options
"""
PATIENCE = 30  # seconds to start
PEOPLE = 8
ANSWERS = 12  # of each: the driver prepares a statement when it comes for the sixth time


@pytest.fixture
def bounced(postgres_server, postgres_url):
    """The address of a new database by way of a PgBouncer."""
    folder, port = Path(tempfile.mkdtemp(prefix="pgbouncer-")), free_port()
    file = folder / "pgbouncer.ini"
    file.write_text(CONFIGURATION.format(postgres=postgres_server.folder, port=port))
    folder.chmod(0o755)
    owner = {"user": postgres_server.folder.owner(), "extra_groups": []} if os.geteuid() == 0 else {}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([PGBOUNCER, file], stdout=log, stderr=log, **owner)  # it refuses to be root
    try:
        wait_for(port, process, folder / "log")
        yield f"postgresql://visits@127.0.0.1:{port}/{make_url(postgres_url).database}?pgbouncer=true"
    finally:
        process.terminate()
        process.wait(PATIENCE)
        shutil.rmtree(folder)


def wait_for(port, process, log):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError):
            return socket.create_connection(("127.0.0.1", port)).close()
        time.sleep(0.05)
    raise AssertionError(f"PgBouncer did not start: {log.read_text()}")


def test_visits_of_many_at_once_are_begun_kept_read_and_forgotten(bounced):
    migrate(bounced)
    engine = connect(bounced)
    visits = Visits(engine, b"the server's own key, 32 or more")

    def visit(_person):
        secret = visits.begin({"answers": 0})
        for number in range(1, ANSWERS + 1):
            visits.keep(secret, lambda _, number=number: {"answers": number})
            assert visits.read(secret) == {"answers": number}
        visits.forget(secret)
        return visits.read(secret)

    with ThreadPoolExecutor(PEOPLE) as pool:
        assert list(pool.map(visit, range(PEOPLE))) == [None] * PEOPLE
    engine.dispose()
