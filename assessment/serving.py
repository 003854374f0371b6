"""How gunicorn serves the app: what it says in its log, and where the numbers of all its workers are read."""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final, Protocol

from gunicorn.glogging import Logger

from assessment.environment import Environment
from assessment.logs import configuration
from assessment.settings import Settings

ROOT: Final = Path(__file__).parents[1]
MOST_WORKERS: Final = 99
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"  # where each worker writes its numbers


def _forget(folder: str, master: int) -> None:
    """Remove the numbers when the process ends that made room for them; not when one that it forked does."""
    if os.getpid() == master:
        shutil.rmtree(folder, ignore_errors=True)


workers = Environment.of(os.environ).number("WEB_CONCURRENCY", 1, range(1, MOST_WORKERS + 1))
os.environ["WEB_CONCURRENCY"] = str(workers)  # gunicorn looks once, when it is imported, and knows no empty variable

if os.environ.get("METRICS_PORT", "0") not in ("", "0"):
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="metrics-")
    atexit.register(_forget, os.environ[FOLDER], os.getpid())

# These look once, when they are imported, whether there is such a folder. So does all that counts.
from prometheus_client import CollectorRegistry, start_http_server  # noqa: E402
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead  # noqa: E402

worker_class = "assessment.worker.Worker"
threads = 8  # of which one or three answer: the others are for who waits for a document, or is slow
timeout = 120  # seconds that a worker may take to start, on a busy machine
keepalive = 2  # seconds that an idle connection stays open: longer than the proxy keeps it
graceful_timeout = 40  # seconds that a stop waits for what is under way: a document may take 30
control_socket_disable = True
forwarder_headers = ""  # or whoever asks could say where the app's addresses begin, which pieces are kept for
loglevel = "error"  # no log of who asked for what, nor of broken requests
logconfig_dict = configuration(as_json=os.environ.get("LOG_FORMAT") == "json")


def post_worker_init(_worker: object) -> None:
    """Look for garbage, but not in what stays (`docs/performance/garbage.md`)."""
    gc.freeze()
    gc.enable()


def when_ready(_server: object) -> None:
    """Answer with the numbers of all workers, on a port of their own."""
    settings = Settings.from_environment(os.environ, ROOT)
    if settings.metrics_port:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        start_http_server(settings.metrics_port, settings.metrics_host, registry)


class Discreet(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's log, without the line on who asked for what: it would be put together even where nobody keeps it."""

    def access(self, *_request: object) -> None:
        """Say nothing of a request."""


logger_class = Discreet


class Ended(Protocol):
    """A worker that has ended, as gunicorn tells of it."""

    pid: int


def child_exit(_server: object, worker: Ended) -> None:
    """Forget what a worker that ended had in hand. What it counted still counts."""
    if FOLDER in os.environ:
        mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]
