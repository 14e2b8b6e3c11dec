"""How Alembic runs a migration: here and now, on the connection of `ivr.store.schema`."""

from alembic import context

from ivr.store import (  # noqa: F401 (their tables)
    callback_tables,
    desk_tables,
    edition_tables,
    staff_tables,
)
from ivr.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
