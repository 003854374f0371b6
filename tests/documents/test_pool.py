"""What happens in a process of the pool never takes the server down, and costs others nothing."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from assessment.documents.pool import WAITING, BusyError, NotDoneError, Pool


def prepared(*_given):
    """Prepare nothing."""


def prepared_unless(file):
    """Prepare nothing, and die if there is a file."""
    if file.exists():
        die()


def die():
    os._exit(1)


def twice(number):
    return 2 * number


def refuse():
    raise ValueError("as work may")


def own_number(_turn):
    return os.getpid()


@pytest.fixture
def pool():
    pool = Pool(2, prepared)
    yield pool
    pool.close()


def test_work_is_done_in_another_process(pool):
    assert pool.do(twice, 21, seconds=30) == 42
    assert pool.do(own_number, 0, seconds=30) != os.getpid()


def test_its_processes_end_with_a_server_that_is_killed():
    program = (
        "from assessment.documents.pool import Pool; from tests.documents.test_pool import prepared, twice\n"
        "if __name__ == '__main__':\n"
        "    pool = Pool(2, prepared); pool.warm(); pool.do(twice, 1, seconds=30)\n"
        "    print(*(each.pid for each in pool._processes._processes.values()), flush=True); input()"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        alive = [Path(f"/proc/{int(pid)}/cmdline") for pid in server.stdout.readline().split()]
        assert len(alive) == 2
        assert all(each.exists() for each in alive)
        server.kill()
    for _ in range(300):
        if not any(each.exists() for each in alive):
            break
        time.sleep(0.1)

    assert not [each for each in alive if each.exists()]


def test_what_work_raises_is_raised_here(pool):
    with pytest.raises(ValueError, match="as work may"):
        pool.do(refuse, seconds=30)


def test_work_that_kills_its_process_is_tried_twice_and_given_up_and_the_next_is_done(pool):
    with pytest.raises(NotDoneError):
        pool.do(die, seconds=30)

    assert pool.do(twice, 4, seconds=30) == 8


def test_work_that_takes_too_long_is_given_up_and_ended_and_the_next_is_done(pool):
    pool.do(twice, 1, seconds=30)
    stuck = list(pool._processes._processes.values())  # noqa: SLF001 - to see them end
    with pytest.raises(NotDoneError):
        pool.do(time.sleep, 600, seconds=1)

    assert pool.do(twice, 4, seconds=30) == 8
    for process in stuck:
        process.join(10)
        assert process.exitcode is not None


def test_a_crash_costs_nobody_else_their_work(pool, monkeypatch):
    monkeypatch.setattr("assessment.documents.pool.PATIENCE", 30)  # seconds: a fresh process may be slow to begin
    with ThreadPoolExecutor(5) as threads:
        others = [threads.submit(pool.do, twice, number, seconds=60) for number in range(4)]
        with pytest.raises(NotDoneError):
            pool.do(die, seconds=60)

    assert sorted(each.result() for each in others) == [0, 2, 4, 6]


def test_when_all_places_are_taken_the_next_is_told_at_once(pool):
    taken = [pool._places.acquire(blocking=False) for _ in range(2 + WAITING)]  # noqa: SLF001 - as others would
    assert all(taken)

    with pytest.raises(BusyError):
        pool.do(twice, 1, seconds=30)
    for _ in taken:
        pool._places.release()  # noqa: SLF001 - they are done
    assert pool.do(twice, 1, seconds=30) == 2


def test_processes_are_there_before_anyone_asks_once_warmed(pool):
    pool.warm()

    assert len(pool._processes._processes) == 2  # noqa: SLF001 - nothing else tells
    assert pool.do(twice, 1, seconds=30) == 2


def test_work_that_waits_behind_work_that_takes_too_long_is_done(pool):
    """Its own time begins when it does, and a process that is ended beside it costs it nothing."""
    pool.do(twice, 1, seconds=30)
    with ThreadPoolExecutor(3) as threads:
        stuck = threads.submit(pool.do, time.sleep, 600, seconds=1)
        time.sleep(0.1)
        others = [threads.submit(pool.do, twice, number, seconds=30) for number in range(2)]

        assert [each.result() for each in others] == [0, 2]
        with pytest.raises(NotDoneError):
            stuck.result()


def test_processes_make_way_for_fresh_ones_and_no_work_is_lost_by_it(pool, monkeypatch):
    monkeypatch.setattr("assessment.documents.pool.TURNS", 3)
    monkeypatch.setattr("assessment.documents.pool.PATIENCE", 30)  # seconds: a fresh process may be slow to begin
    seen, until = set(), time.monotonic() + 60
    with ThreadPoolExecutor(4) as threads:
        while len(seen) < 6 and time.monotonic() < until:
            seen.update(threads.map(lambda turn: pool.do(own_number, turn, seconds=30), range(8)))

    assert len(seen) >= 6


def test_nobody_waits_for_fresh_processes_to_begin(monkeypatch):
    monkeypatch.setattr("assessment.documents.pool.TURNS", 1)
    to_begin, until = 3, time.monotonic() + 60
    pool = Pool(1, time.sleep, to_begin)
    seen, waited = {pool.do(own_number, 0, seconds=30)}, []
    while len(seen) < 3 and time.monotonic() < until:
        began = time.monotonic()
        seen.add(pool.do(own_number, 0, seconds=30))
        waited.append(time.monotonic() - began)
        time.sleep(0.05)
    pool.close()

    assert len(seen) == 3
    assert max(waited) < to_begin


def test_processes_go_on_where_the_fresh_ones_break(tmp_path, monkeypatch):
    monkeypatch.setattr("assessment.documents.pool.TURNS", 1)
    pool = Pool(1, prepared_unless, tmp_path / "broken")
    seen = {pool.do(own_number, 0, seconds=30)}
    (tmp_path / "broken").touch()
    seen.add(pool.do(own_number, 1, seconds=30))
    wait([pool._there])  # noqa: SLF001 - nothing else tells
    seen |= {pool.do(own_number, turn, seconds=30) for turn in range(2)}
    pool.close()

    assert len(seen) == 1


def test_processes_that_replace_broken_ones_begin_before_anyone_asks(pool):
    with pytest.raises(NotDoneError):
        pool.do(die, seconds=30)

    assert len(pool._processes._processes) == 2  # noqa: SLF001 - nothing else tells


def test_fresh_processes_that_have_not_taken_over_end_with_the_pool(monkeypatch):
    monkeypatch.setattr("assessment.documents.pool.TURNS", 1)
    pool = Pool(1, prepared)
    for turn in range(2):
        pool.do(own_number, turn, seconds=30)
    fresh = list(pool._fresh._processes.values())  # noqa: SLF001 - nothing else tells
    pool.close()

    assert fresh
    assert not [each for each in fresh if each.is_alive()]
