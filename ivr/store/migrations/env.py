"""How Alembic runs a migration: here and now, on the connection of `ivr.store.schema`."""

from alembic import context

from ivr.store import callback_tables, desk_tables, staff_tables  # noqa: F401 (their tables)
from ivr.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
