"""A count that only grows, by which a database that was put back from a backup is known."""

import sqlalchemy as sa

from ivr.store.callback_tables import beats as table
from ivr.store.upsert import upsert

ONLY = 1


def load(connection: sa.Connection) -> int:
    """How far it has come; 0 in a new database."""
    return connection.scalar(sa.select(table.c.n).where(table.c.id == ONLY)) or 0


def keep(connection: sa.Connection, n: int) -> None:
    """Keep how far it has come."""
    connection.execute(upsert(connection, table, {"id": ONLY, "n": n}, {"n": n}))
