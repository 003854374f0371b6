"""Run by Alembic for each command, in the transaction that `migrations.configuration` was given."""

from alembic import context

from assessment.store.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,  # SQLite alters a table only by copying it
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
