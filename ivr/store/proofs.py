"""Which targets a test call has reached, on which carrier: only those are dialled for callers."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from ivr.store.tables import proofs as table
from ivr.store.upsert import upsert

Proofs = Mapping[str, frozenset[str]]


def keep(connection: sa.Connection, carrier: str, target: str, at: datetime) -> None:
    """Keep that a target was reached; again is the same, with the newer moment."""
    row = {"carrier": carrier, "target": target, "at": at}
    connection.execute(upsert(connection, table, row, {"at": at}))


def withdraw(connection: sa.Connection, targets: Iterable[str]) -> None:
    """Forget that these were reached: a target that comes back is proved anew."""
    connection.execute(sa.delete(table).where(table.c.target.in_(sorted(targets))))


def load(connection: sa.Connection) -> Proofs:
    """The targets that were reached, by carrier."""
    found: dict[str, set[str]] = {}
    for carrier, target in connection.execute(sa.select(table.c.carrier, table.c.target)):
        found.setdefault(carrier, set()).add(target)
    return {carrier: frozenset(targets) for carrier, targets in found.items()}
