"""One at a time: what reads first and then writes may need that nobody does the same meanwhile."""

import sqlalchemy as sa

BOOKING = 0x63616C6C
EDITING = 0x65646974


def alone(connection: sa.Connection, doing: int = BOOKING) -> None:
    """Wait until nobody else books or moves, or edits; until this transaction ends others wait.

    In SQLite whoever writes is alone already. Raises `Away` after the writer's patience.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(doing)))
