"""Real threads on real databases: no answer is lost, nothing fails for being busy."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from assessment.store.engine import connect
from assessment.store.tables import VISITS
from assessment.store.visits import Visits
from tests.store.conftest import SERVER_KEY

THREADS = 8
ANSWERS_EACH = 25


def at_once(act, count=THREADS):
    """Call `act` with 0, 1, … in as many threads that start together; return what they returned."""
    barrier = Barrier(count)

    def started_together(number):
        barrier.wait()
        return act(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(started_together, range(count)))


def answering(*names):
    return lambda content: content | dict.fromkeys(names, "yes")


@pytest.mark.parametrize("_again", range(10))
def test_two_tabs_answering_at_once_both_keep_their_answer(visits, _again):
    secret = visits.begin({})

    at_once(lambda tab: visits.keep(secret, answering(f"tab {tab}")), count=2)

    assert visits.read(secret) == {"tab 0": "yes", "tab 1": "yes"}


def test_none_of_200_answers_given_in_8_threads_is_lost(visits):
    secret = visits.begin({})

    def answer_all(tab):
        for question in range(ANSWERS_EACH):
            visits.keep(secret, answering(f"{tab}.{question}"))

    at_once(answer_all)

    expected = {f"{tab}.{question}" for tab in range(THREADS) for question in range(ANSWERS_EACH)}
    assert set(visits.read(secret)) == expected


def test_two_servers_on_one_database_share_its_visits(visits, database_url, clock):
    engine = connect(database_url)
    elsewhere = Visits(engine, SERVER_KEY, clock=clock)
    secret = visits.begin({})

    at_once(lambda tab: [visits, elsewhere][tab].keep(secret, answering(f"tab {tab}")), count=2)

    assert visits.read(secret) == elsewhere.read(secret) == {"tab 0": "yes", "tab 1": "yes"}
    engine.dispose()


def test_visitors_who_come_answer_and_leave_at_once_never_meet_a_busy_database(visits, clock):
    def come_answer_and_leave(visitor):
        for _ in range(10):
            secret = visits.begin({"visitor": visitor})
            visits.keep(secret, answering("q"))
            clock.wait(minutes=1)  # 40 in all, so that nobody is idle for too long
            assert visits.read(secret) == {"visitor": visitor, "q": "yes"}
            visits.purge()
            visits.forget(secret)
            assert visits.read(secret) is None

    at_once(come_answer_and_leave, count=4)


def test_transactions_that_read_before_they_write_wait_for_each_other(engine):
    patient = connect(engine.url, patient=True)
    with patient.begin() as connection:
        connection.execute(VISITS.insert().values(locator=b"l" * 32, sealed=b"", revision=0, touched=0))

    def count_up(_thread):
        for _ in range(ANSWERS_EACH):
            with patient.begin() as connection:
                revision = connection.execute(VISITS.select().with_for_update()).one().revision
                connection.execute(VISITS.update().values(revision=revision + 1))

    at_once(count_up)

    with engine.connect() as connection:
        assert connection.execute(VISITS.select()).one().revision == THREADS * ANSWERS_EACH
    patient.dispose()
