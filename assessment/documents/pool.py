"""Processes of our own for work that may be slow, greedy or fatal: what happens in one never takes the server down."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from threading import BoundedSemaphore, Lock
from typing import Final, TypeVar

PROCESSES: Final = 2
PLACES: Final = 5  # pieces of work at once, being done or waiting: more would keep the server from everything else
TURNS: Final = 200  # of work done by a process before it makes way for a fresh one: memory grows a little with each

Result = TypeVar("Result")


class BusyError(Exception):
    """All places are taken. Nothing is lost: ask again in a few seconds."""


class NotDoneError(Exception):
    """The work took too long, or its process died twice. Nothing is lost: it can be asked for again."""


class Pool:
    """A few processes, each with `prepare(*given)` called once. Safe to share between threads."""

    def __init__(self, prepare: Callable[..., None], *given: object) -> None:
        self._prepare = prepare
        self._given = given
        self._lock = Lock()
        self._places = BoundedSemaphore(PLACES)
        self._processes = self._new_processes()

    def warm(self) -> None:
        """Start the processes now, without waiting for them: the first visitor shall not."""
        for _ in range(PROCESSES):
            self._processes.submit(_nothing)

    def answer(self, seconds: float) -> None:
        """Do nothing in one of the processes; raises what `do` raises."""
        self.do(_nothing, seconds=seconds)

    def do(self, work: Callable[..., Result], *given: object, seconds: float) -> Result:
        """Return what `work(*given)` returns in one of the processes, or raise what it raises.

        `BusyError` if all places are taken; `NotDoneError` if it takes over so many seconds, or if its process dies
        twice: the first time may have been for another's sake.
        """
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            for _ in range(2):
                processes = self._processes
                try:
                    return processes.submit(work, *given).result(timeout=seconds)
                except TimeoutError:
                    self._replace(processes)
                    break
                except (BrokenProcessPool, RuntimeError):  # they broke, or were replaced at this moment
                    self._replace(processes)
            raise NotDoneError
        finally:
            self._places.release()

    def close(self) -> None:
        """End the processes."""
        self._processes.shutdown(cancel_futures=True)

    def _replace(self, processes: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._processes is processes:
                self._processes = self._new_processes()
                for process in list((processes._processes or {}).values()):  # noqa: SLF001 - there is no public way yet
                    process.kill()  # or one that is stuck would go on
                processes.shutdown(wait=False, cancel_futures=True)

    def _new_processes(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            PROCESSES,
            mp_context=get_context("spawn"),
            initializer=self._prepare,
            initargs=self._given,
            max_tasks_per_child=TURNS,
        )


def _nothing() -> None:
    """Do nothing: the process is there, and prepared."""
