"""How gunicorn ends: whoever stands at the door is let in, then the door is closed, then what is under way is ended."""

from select import select

from gunicorn.workers.gthread import ThreadWorker


class Worker(ThreadWorker):
    """Gunicorn's worker with threads, which sends nobody away when it is told to stop.

    The original takes in nobody any more, but leaves the door open until the last document is made: who came meanwhile
    is cut off then. A closed door is noticed at once by a proxy, which goes to another machine.
    """

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - as gunicorn calls it
        """Start or stop taking in connections; when it stops for good, those that were made already come in first."""
        super().set_accept_enabled(enabled)
        if enabled or self.alive:
            return
        for listener in self.sockets:
            while select([listener], [], [], 0)[0]:
                self.accept(listener)
            listener.close()
