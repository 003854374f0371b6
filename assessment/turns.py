"""Requests in turn: Python runs one thread at a time, and many at once only keep each other from it."""

import math
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Final, ParamSpec, TypeVar

PATIENCE: Final = 0.02  # seconds that somebody may be over one thing while others wait

P = ParamSpec("P")
T = TypeVar("T")


class Turn:
    """One thread's turn: it does what waits, job after job, until it is too long over one of them."""

    began: float = math.inf
    """When it began what it does now, in seconds of the monotonic clock; never, while it does nothing."""


class Turns(Executor):
    """Does what it is given in the order in which it comes, so much `at_once` (docs/performance/turns.md).

    Whoever is too long over something, because a document is made, a database is away or a client is slow, is not
    waited for: another thread gets the turn, as long as there are no more than so many threads. Who was so long goes on
    with what waits by then, and ends after the first that is short: where each waits for a database, all threads do.

    One thread gives the jobs and calls `pass_on` in between; it is the only one that may.
    """

    def __init__(self, threads: int, at_once: int) -> None:
        self._most = threads
        self._at_once = at_once
        self._threads: list[Thread] = []
        self._turns: list[Turn] = []
        self._waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()

    @property
    def behind(self) -> bool:
        """Say whether something waits that nobody has begun."""
        return not self._waiting.empty()

    def submit(self, do: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> Future[T]:
        """Let something be done when its turn comes."""
        done: Future[T] = Future()

        def job() -> None:
            try:
                done.set_result(do(*given, **named))
            except BaseException as problem:  # noqa: BLE001 - whatever it is, it is for who looks at the result
                done.set_exception(problem)

        self._waiting.put(job)
        self.pass_on()
        return done

    def pass_on(self) -> None:
        """Give the turns of those that are too long over something to others, if something waits."""
        if not self.behind:
            return
        too_early = time.monotonic() - PATIENCE
        self._turns = [turn for turn in self._turns if turn.began > too_early]
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        if len(self._turns) < self._at_once and len(self._threads) < self._most:
            turn = Turn()
            thread = Thread(target=self._work, args=(turn,), daemon=True)  # nobody waits for it at the very end
            self._turns.append(turn)
            self._threads.append(thread)
            thread.start()

    def _work(self, turn: Turn) -> None:
        long = False
        while (has_turn := turn in self._turns) or long:
            try:
                job = self._waiting.get(block=has_turn)
            except Empty:
                return
            began = turn.began = time.monotonic()
            job()
            del job  # or it would hold what somebody sent until the next comes
            turn.began = math.inf
            long = time.monotonic() - began > PATIENCE
