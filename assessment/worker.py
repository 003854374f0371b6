"""How gunicorn serves and ends: requests in turn, and at the end whoever stands at the door is still let in."""

import os
import time
from functools import partial
from select import select
from selectors import EVENT_READ
from typing import Final

from gunicorn.workers.gthread import DEFAULT_WORKER_DATA_TIMEOUT, TConn, ThreadWorker

from assessment.environment import Environment
from assessment.turns import PATIENCE, Turns

# One at a time, or three where some may wait for another machine meanwhile. It is looked up once, before any worker is
# forked: one that is started anew must not need a file that may be gone by then.
AT_ONCE: Final = 3 if Environment.of(os.environ, "DATABASE_URL").text("DATABASE_URL").startswith("postgresql:") else 1


class Worker(ThreadWorker):
    """Gunicorn's worker with threads, which answers in turn, and sends nobody away when it is told to stop.

    At its end the original takes in nobody any more, but leaves the door open until the last document is made: who
    came meanwhile is cut off then. A closed door is noticed at once by a proxy, which goes to another machine.
    """

    def get_thread_pool(self) -> Turns:
        """Return what answers requests."""
        return Turns(self.cfg.threads, AT_ONCE)

    def enqueue_req(self, conn: TConn) -> None:
        """Give a connection its turn once there is something to read: browsers open some and leave them idle.

        The original gives each to a thread at once, which then waits as long as this, and so took others’ turns.
        """
        if conn.initialized or conn.data_ready:
            super().enqueue_req(conn)
            return
        conn.timeout = time.monotonic() + DEFAULT_WORKER_DATA_TIMEOUT
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Wait for something to happen; while a request waits for its turn, no longer than a turn lasts."""
        super().wait_for_and_dispatch_events(min(timeout, PATIENCE) if self.tpool.behind else timeout)
        self.tpool.pass_on()

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - as gunicorn calls it
        """Start or stop taking in connections; when it stops for good, those that were made already come in first."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            while select([listener], [], [], 0)[0]:
                self.accept(listener)
            listener.close()
