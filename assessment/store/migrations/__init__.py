"""The database brought to the shape that `tables` describes, one numbered step after another."""

from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from assessment.store.engine import connect

LOCK: Final = 7_041_946_302_155_318  # any number that no other program locks in the same PostgreSQL database


def migrate(database_url: str) -> None:
    """Bring the database to the newest revision, in one transaction. Nothing happens if it is there already.

    Several processes may do so at once: each waits for the one before it.
    """
    engine = connect(database_url, patient=True)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's transactions exclude each other anyway
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        command.upgrade(configuration(connection), "head")
    engine.dispose()


def configuration(connection: Connection) -> Config:
    """Return what Alembic's commands need to work in the connection's transaction."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "assessment.store:migrations")
    config.set_main_option("file_template", "step_%%(rev)s_%%(slug)s")
    return config
