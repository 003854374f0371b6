import subprocess
import sys
import time

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from assessment.store.engine import connect
from assessment.store.migrations import configuration, migrate

REVISIONS = [step.revision for step in ScriptDirectory.from_config(configuration(None)).walk_revisions()][::-1]


@pytest.fixture
def empty(database_url):
    engine = connect(database_url, patient=True)
    yield engine
    engine.dispose()


def tables(engine):
    return {name for name in inspect(engine).get_table_names() if name != "alembic_version"}


def alembic(act, engine, *arguments):
    with engine.begin() as connection:
        act(configuration(connection), *arguments)


def test_an_empty_database_gets_the_tables(empty, database_url):
    assert tables(empty) == set()

    migrate(database_url)

    assert tables(empty) == {"visits", "tallies"}


def test_the_migrated_database_is_what_the_tables_describe(engine):
    alembic(command.check, engine)  # raises where they differ


def test_migrating_again_keeps_the_visits(visits, database_url):
    secret = visits.begin({"q": "yes"})

    migrate(database_url)

    assert visits.read(secret) == {"q": "yes"}


def test_a_migration_that_fails_leaves_nothing_behind(empty, monkeypatch):
    def fail(*_arguments, **_named):
        raise ZeroDivisionError

    monkeypatch.setattr("alembic.op.create_index", fail)

    with pytest.raises(ZeroDivisionError):
        alembic(command.upgrade, empty, "head")

    assert inspect(empty).get_table_names() == []


@pytest.mark.parametrize("revision", ["base", *REVISIONS[:-1]])
def test_every_step_can_be_taken_back_and_again_with_visits_there(visits, empty, revision):
    visits.begin({"q": "yes"})

    alembic(command.downgrade, empty, revision)
    alembic(command.upgrade, empty, "head")

    assert tables(empty) == {"visits", "tallies"}
    assert visits.read(visits.begin({"q": "no"})) == {"q": "no"}


def test_steps_follow_each_other_in_one_line():
    assert [int(revision) for revision in REVISIONS] == list(range(1, len(REVISIONS) + 1))


def test_processes_that_start_during_a_migration_wait_for_it_and_find_it_done(database_url, monkeypatch):
    program = "import sys; from assessment.store.migrations import migrate; print(flush=True); migrate(sys.argv[1])"
    processes = []
    upgrade = command.upgrade

    def upgrade_slowly(config, revision):
        upgrade(config, revision)
        for _ in range(3):
            arguments = [sys.executable, "-c", program, database_url]
            processes.append(subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        for process in processes:
            process.stdout.readline()  # it is about to migrate
        time.sleep(0.5)

    monkeypatch.setattr(command, "upgrade", upgrade_slowly)
    migrate(database_url)

    assert [process.communicate(timeout=60)[1] for process in processes] == [b""] * 3
    assert [process.returncode for process in processes] == [0] * 3
