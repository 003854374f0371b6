"""Processes of our own for work that may be slow, greedy or fatal: what happens in one never takes the server down."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from multiprocessing import get_context, parent_process
from threading import BoundedSemaphore, Lock, Thread
from typing import Final, TypeVar

WAITING: Final = 3  # that wait for a process to be free: more would keep the server from everything else
PATIENCE: Final = 2  # seconds that each of them waits
TO_BEGIN: Final = 30  # seconds that a fresh process may take until it is prepared
TURNS: Final = 200  # of a process before it makes way for a fresh one: memory grows a little with each

Result = TypeVar("Result")


class BusyError(Exception):
    """All places are taken. Nothing is lost: ask again in a few seconds."""


class NotDoneError(Exception):
    """The work took too long, or its process died twice. Nothing is lost: it can be asked for again."""


class Pool:
    """So many processes, each with `prepare(*given)` called once. Safe to share between threads."""

    def __init__(self, count: int, prepare: Callable[..., None], *given: object) -> None:
        self._count = count
        self._prepare = prepare
        self._given = given
        self._lock = Lock()
        self._places = BoundedSemaphore(count + WAITING)
        self._free = BoundedSemaphore(count)
        self._processes = self._new_processes(count)
        self._turns = 0
        self._fresh: ProcessPoolExecutor | None = None  # on their way, to take over
        self._there: Future[None]  # done when they are

    def warm(self) -> None:
        """Start the processes now, without waiting for them: the first visitor shall not."""
        self._warmed(self._processes)

    def answer(self, seconds: float) -> None:
        """Do nothing in one of the processes; raises what `do` raises."""
        self.do(_nothing, seconds=seconds)

    def do(self, work: Callable[..., Result], *given: object, seconds: float) -> Result:
        """Return what `work(*given)` returns in one of the processes, or raise what it raises.

        `BusyError` if no process is free soon; `NotDoneError` if the work takes over so many seconds, or if its process
        dies twice. The first time may have been for another's sake, so the second is in a process by itself.
        """
        with self._place():
            processes = self._in_turn()
            try:
                return processes.submit(work, *given).result(timeout=seconds)
            except TimeoutError:
                self._replace(processes)
                raise NotDoneError from None
            except (BrokenProcessPool, CancelledError, RuntimeError):  # they broke, or were replaced at this moment
                self._replace(processes)
            return self._alone(work, *given, seconds=seconds)

    def close(self) -> None:
        """End the processes."""
        for each in filter(None, (self._processes, self._fresh)):
            each.shutdown(cancel_futures=True)

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Wait for a process to be free, so that the time of no work runs before it begins."""
        if not self._places.acquire(blocking=False):
            raise BusyError
        try:
            if not self._free.acquire(timeout=PATIENCE):
                raise BusyError
            try:
                yield
            finally:
                self._free.release()
        finally:
            self._places.release()

    def _in_turn(self) -> ProcessPoolExecutor:
        """Return the processes. After many turns fresh ones begin, and take over when they are there.

        Nobody waits for them, and the old ones end what they do, or go on if the fresh ones broke. ProcessPoolExecutor
        can replace processes itself (max_tasks_per_child), but in Python 3.11 it loses some so.
        """
        with self._lock:
            self._turns += 1
            if self._turns > TURNS * self._count and not self._fresh:
                self._fresh = self._new_processes(self._count)
                self._there = self._warmed(self._fresh)
            if self._fresh and self._there.done():
                if not self._there.exception():
                    self._processes.shutdown(wait=False)
                    self._processes = self._fresh
                self._fresh, self._turns = None, 1
            return self._processes

    def _warmed(self, processes: ProcessPoolExecutor) -> Future[None]:
        """Start so many of them; what is returned is done when they are there."""
        return [processes.submit(_nothing) for _ in range(self._count)][-1]

    def _alone(self, work: Callable[..., Result], *given: object, seconds: float) -> Result:
        """Do work in a process of its own, where nobody's crash can cost it anything, nor its crash anybody."""
        process = self._new_processes(1)
        try:
            process.submit(_nothing).result(timeout=TO_BEGIN)
            return process.submit(work, *given).result(timeout=seconds)
        except (TimeoutError, BrokenProcessPool):
            raise NotDoneError from None
        finally:
            _end(process)

    def _replace(self, processes: ProcessPoolExecutor) -> None:
        with self._lock:
            if self._processes is processes:
                self._processes = self._new_processes(self._count)
                self._warmed(self._processes)
                self._turns = 0
                _end(processes)

    def _new_processes(self, count: int) -> ProcessPoolExecutor:
        begin = partial(_begin, self._prepare, *self._given)
        return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=begin)


def _end(processes: ProcessPoolExecutor) -> None:
    for process in list((processes._processes or {}).values()):  # noqa: SLF001 - there is no public way yet
        process.kill()  # or one that is stuck would go on
    processes.shutdown(wait=False, cancel_futures=True)


def _begin(prepare: Callable[..., None], *given: object) -> None:
    Thread(target=_end_with_the_server, daemon=True).start()
    prepare(*given)


def _end_with_the_server() -> None:
    """Wait for the server's end: one that was killed has told nobody, and its processes would wait for ever."""
    server = parent_process()
    if server:
        server.join()
        os._exit(1)


def _nothing() -> None:
    """Do nothing: the process is there, and prepared."""
