from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, func, select, update

from assessment.store.tables import VISITS
from assessment.store.visits import VisitContendedError, Visits

ANSWERS = {"answers": {"phq9": ["nearly_every_day", None, 7], "reasons": ["escape", "Schlaf – ü"]}}

jsonable = st.dictionaries(
    st.text(max_size=10),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=40),
        lambda values: st.lists(values, max_size=5) | st.dictionaries(st.text(max_size=10), values, max_size=5),
        max_leaves=20,
    ),
    max_size=20,
)
many_examples_one_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)

OLD, NEW = b"the key of last year, which is 32", b"the key of this year, which is 32"


def rows(engine):
    with engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(VISITS)).scalar_one()


def answering(question, answer="yes"):
    return lambda content: {**content, question: answer}


@many_examples_one_database
@given(content=jsonable, other=jsonable)
def test_whatever_json_can_say_comes_back_as_it_was(visits, content, other):
    secret = visits.begin(content)
    assert visits.read(secret) == content

    assert visits.keep(secret, lambda _: other).content == other
    assert visits.read(secret) == other


def test_every_visit_has_a_secret_of_its_own_and_sees_only_its_own(visits):
    secrets = [visits.begin({"number": number}) for number in range(20)]

    assert len(set(secrets)) == 20
    assert [visits.read(secret)["number"] for secret in secrets] == list(range(20))


@pytest.mark.parametrize("secret", ["", "x", "A" * 43, "é\0\ud800", "A" * 100_000, "' OR 1=1 --"])
def test_a_secret_that_was_never_given_out_finds_nothing_and_does_no_harm(visits, engine, secret):
    visits.begin(ANSWERS)

    assert visits.read(secret) is None
    assert visits.keep(secret, answering("q")) is None
    visits.forget(secret)
    assert rows(engine) == 1


def test_a_forgotten_visit_is_gone_at_once(visits, engine):
    secret = visits.begin(ANSWERS)
    other = visits.begin(ANSWERS)

    visits.forget(secret)

    assert visits.read(secret) is None
    assert visits.read(other) == ANSWERS
    assert rows(engine) == 1


def test_an_answer_that_arrives_after_leaving_does_not_bring_the_visit_back(visits, engine):
    secret = visits.begin(ANSWERS)

    def leave_meanwhile(content):
        visits.forget(secret)
        return content

    assert visits.keep(secret, leave_meanwhile) is None
    assert rows(engine) == 0


def test_a_failing_change_keeps_what_was_there(visits):
    secret = visits.begin(ANSWERS)

    with pytest.raises(ZeroDivisionError):
        visits.keep(secret, lambda _: {"never": 1 / 0})

    assert visits.read(secret) == ANSWERS


def test_an_answer_given_meanwhile_in_another_tab_is_there_when_the_change_is_applied_again(visits):
    secret = visits.begin({})
    seen = []

    def answer_slowly(content):
        seen.append(content)
        if len(seen) == 1:
            visits.keep(secret, answering("other tab"))
        return {**content, "this tab": "yes"}

    assert visits.keep(secret, answer_slowly).content == {"other tab": "yes", "this tab": "yes"}
    assert seen == [{}, {"other tab": "yes"}]
    assert visits.read(secret) == {"other tab": "yes", "this tab": "yes"}


def test_a_change_that_is_overtaken_every_time_is_refused_by_name_and_loses_nothing(visits):
    secret = visits.begin({"count": 0})

    def always_overtaken(content):
        visits.keep(secret, lambda theirs: {"count": theirs["count"] + 1})
        return {"count": -content["count"]}

    with pytest.raises(VisitContendedError):
        visits.keep(secret, always_overtaken)

    assert visits.read(secret) == {"count": 100}


@pytest.mark.parametrize(("seconds", "there"), [(44 * 60, True), (45 * 60 - 1, True), (45 * 60, False)])
def test_a_visit_is_gone_after_45_idle_minutes(visits, clock, seconds, there):
    secret = visits.begin(ANSWERS)

    clock.wait(seconds=seconds)

    assert (visits.read(secret) is not None) == there


@many_examples_one_database
@given(start=st.integers(0, 59), gap=st.integers(0, 100 * 60))
def test_idle_time_counts_from_the_minute_of_the_last_touch(visits, clock, start, gap):
    clock.wait(seconds=start)
    secret = visits.begin(ANSWERS)

    clock.wait(seconds=gap)

    there = visits.read(secret) is not None
    assert there or gap > 44 * 60
    assert not there or gap < 45 * 60


def test_an_idle_visit_can_be_neither_read_nor_changed_nor_woken(visits, clock):
    secret = visits.begin(ANSWERS)

    clock.wait(minutes=45)

    assert visits.keep(secret, answering("q")) is None
    assert visits.read(secret) is None
    assert visits.read(secret) is None


@pytest.mark.parametrize("touch", [Visits.read, lambda visits, secret: visits.keep(secret, dict).content])
def test_whoever_reads_or_answers_stays(visits, clock, touch):
    secret = visits.begin(ANSWERS)

    for _ in range(5):
        clock.wait(minutes=40)
        assert touch(visits, secret) == ANSWERS


def test_reading_writes_once_a_minute_at_most(visits, engine, clock):
    secret = visits.begin(ANSWERS)
    written = []
    event.listen(engine, "after_cursor_execute", lambda _c, _k, sql, *_: written.append(sql) if "UPDATE" in sql else 0)

    for _ in range(30):  # 5 minutes
        visits.read(secret)
        visits.read(secret)
        clock.wait(seconds=10)

    assert len(written) == 4


def test_purging_deletes_the_idle_and_only_them(visits, engine, clock):
    idle = [visits.begin(ANSWERS) for _ in range(3)]
    clock.wait(minutes=30)
    active = visits.begin(ANSWERS)
    visits.read(idle[0])
    clock.wait(minutes=15)

    assert visits.purge() == 2

    assert rows(engine) == 2
    assert visits.read(idle[0]) == ANSWERS
    assert visits.read(active) == ANSWERS
    assert visits.purge() == 0


def test_the_idle_time_can_be_chosen(engine, clock):
    visits = Visits(engine, b"k" * 32, idle=timedelta(minutes=5), clock=clock)
    secret = visits.begin(ANSWERS)

    clock.wait(minutes=5)

    assert visits.read(secret) is None


def test_an_altered_row_is_not_read_and_the_log_says_so_without_naming_anyone(visits, engine, caplog):
    secret = visits.begin(ANSWERS)
    with engine.begin() as connection:
        sealed = connection.execute(select(VISITS.c.sealed)).scalar_one()
        connection.execute(update(VISITS).values(sealed=sealed[:-1] + bytes([sealed[-1] ^ 1])))

    assert visits.read(secret) is None
    assert visits.keep(secret, answering("q")) is None
    assert set(caplog.messages) == {"A visit does not open: its row was altered in the database."}


def test_an_older_state_cannot_be_passed_off_as_the_newest(visits, engine):
    secret = visits.begin(ANSWERS)
    with engine.begin() as connection:
        older = connection.execute(select(VISITS.c.sealed)).scalar_one()
    visits.keep(secret, answering("q"))
    with engine.begin() as connection:
        connection.execute(update(VISITS).values(sealed=older))

    assert visits.read(secret) is None


def test_an_older_state_that_was_put_back_whole_is_refused_to_who_knows_of_a_newer_one(visits, engine, caplog):
    secret = visits.begin({})
    visits.keep(secret, answering("one"))
    with engine.begin() as connection:
        older = connection.execute(select(VISITS.c.sealed, VISITS.c.revision)).one()
    visits.keep(secret, answering("two"), at_least=1)
    with engine.begin() as connection:
        connection.execute(update(VISITS).values(sealed=older.sealed, revision=older.revision))

    assert visits.read(secret, at_least=2) is None
    assert visits.keep(secret, answering("three"), at_least=2) is None
    assert "an older state of its row was put back" in caplog.text
    assert secret not in caplog.text


def test_rows_that_were_swapped_open_nothing(visits, engine):
    secrets = [visits.begin({"who": "A"}), visits.begin({"who": "B"})]
    with engine.begin() as connection:
        one, other = connection.execute(select(VISITS.c.locator, VISITS.c.sealed)).all()
        connection.execute(update(VISITS).where(VISITS.c.locator == one.locator).values(sealed=other.sealed))
        connection.execute(update(VISITS).where(VISITS.c.locator == other.locator).values(sealed=one.sealed))

    assert [visits.read(secret) for secret in secrets] == [None, None]


def test_a_stolen_cookie_opens_nothing_without_the_key_of_the_server(visits, engine, clock):
    secret = visits.begin(ANSWERS)
    thief = Visits(engine, b"a key that the thief made himself", clock=clock)

    assert thief.read(secret) is None
    assert thief.keep(secret, answering("q")) is None
    thief.forget(secret)
    assert visits.read(secret) == ANSWERS


def test_a_secret_does_not_survive_in_the_object_that_gave_it_out(visits):
    secret = visits.begin(ANSWERS)

    assert secret not in repr(vars(visits))


def test_visits_go_on_while_the_key_of_the_server_is_changed_and_are_sealed_with_the_newest(engine, clock):
    secret = Visits(engine, OLD, clock=clock).begin({"answers": 1})
    changing = Visits(engine, NEW, OLD, clock=clock)

    assert changing.read(secret) == {"answers": 1}
    assert changing.keep(secret, lambda content: {**content, "more": 2}).content == {"answers": 1, "more": 2}
    assert Visits(engine, NEW, clock=clock).read(secret) == {"answers": 1, "more": 2}
    assert Visits(engine, OLD, clock=clock).read(secret) is None


def test_what_an_old_key_sealed_is_gone_once_the_key_is(engine, clock):
    secret = Visits(engine, OLD, clock=clock).begin({"answers": 1})

    assert Visits(engine, NEW, clock=clock).read(secret) is None


def test_a_visit_that_an_old_key_sealed_is_forgotten_like_any_other(engine, clock):
    secret = Visits(engine, OLD, clock=clock).begin({"answers": 1})
    Visits(engine, NEW, OLD, clock=clock).forget(secret)

    assert Visits(engine, OLD, clock=clock).read(secret) is None
