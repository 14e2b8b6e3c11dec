"""How often something was done within a day, by keyed hashes that live no longer than that."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from ivr.store.callback_tables import caps as table
from ivr.store.upsert import upsert

KEPT = timedelta(hours=24)


class Kind(StrEnum):
    """What is counted."""

    BOOKED = "booked"  # for this number
    CALLING = "calling"  # from this telephone
    ALL = "all"  # whoever it was
    CODE = "code"  # wrong codes for this number, at *my callback*
    GATE = "gate"  # wrong codes for this number, at the gate
    SHOWN = "shown"  # numbers that this operator asked to see


def add(
    connection: sa.Connection, kind: Kind, fingerprint: bytes, at: datetime, n: int = 1
) -> None:
    """Count one more, or take it back; whoever counts the same waits for this transaction."""
    row = {"hour": hour_of(at), "kind": str(kind), "fingerprint": fingerprint, "n": n}
    connection.execute(upsert(connection, table, row, {"n": table.c.n + n}))


def total(
    connection: sa.Connection, kind: Kind, fingerprints: Iterable[bytes], since: datetime
) -> int:
    """How many were counted in the hours that began after `since`."""
    query = sa.select(sa.func.coalesce(sa.func.sum(table.c.n), 0)).where(
        table.c.kind == str(kind),
        table.c.fingerprint.in_(list(fingerprints)),
        table.c.hour > since,
    )
    return int(connection.scalar(query) or 0)


def sweep(connection: sa.Connection, at: datetime) -> int:
    """Erase what is older than 24 hours; how many rows that were."""
    return connection.execute(sa.delete(table).where(table.c.hour <= at - KEPT)).rowcount


def hour_of(at: datetime) -> datetime:
    """The beginning of a moment's hour (UTC)."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
