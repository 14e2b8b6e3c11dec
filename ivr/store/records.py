"""Records of calls that a carrier still has to delete, because a number stands in them."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ivr.store.callback_tables import records as table
from ivr.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Record:
    """One call at a carrier. A `child` leg's record goes before its parent's."""

    sid: str
    carrier: str
    child: bool
    parent: str
    at: datetime
    tries: int = 0


def add(connection: sa.Connection, record: Record) -> None:
    """Note that it has to go; again is the same."""
    values = {
        "sid": record.sid,
        "carrier": record.carrier,
        "child": record.child,
        "parent": record.parent,
        "at": record.at,
        "tries": record.tries,
    }
    connection.execute(upsert(connection, table, values, {"carrier": record.carrier}))


def due(connection: sa.Connection, carrier: str, limit: int = 100) -> tuple[Record, ...]:
    """What has to go at a carrier: child legs first, then the oldest and least tried."""
    order = (table.c.child.desc(), table.c.tries, table.c.at, table.c.sid)
    query = sa.select(table).where(table.c.carrier == carrier).order_by(*order).limit(limit)
    return tuple(
        Record(one.sid, one.carrier, one.child, one.parent, one.at, one.tries)
        for one in connection.execute(query)
    )


def tried(connection: sa.Connection, sid: str) -> None:
    """Note that the carrier did not delete it this time."""
    connection.execute(
        sa.update(table).where(table.c.sid == sid).values(tries=table.c.tries + 1)
    )  # fmt: skip


def remove(connection: sa.Connection, sid: str) -> None:
    """It is gone at the carrier, so here too."""
    connection.execute(sa.delete(table).where(table.c.sid == sid))
