"""The kill switch's history: the newest row says whether new Dials are stopped."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ivr.store.callback_tables import holds as table


@dataclass(frozen=True, slots=True)
class Hold:
    """Somebody stopped outbound calls, or let them go on."""

    at: datetime
    on: bool
    who: str
    reason: str


def newest(connection: sa.Connection) -> Hold | None:
    """What was done last; None when nothing ever was."""
    query = sa.select(table).order_by(table.c.id.desc()).limit(1)
    found = connection.execute(query).first()
    return Hold(found.at, found.on, found.who, found.reason) if found else None


def add(connection: sa.Connection, hold: Hold) -> None:
    """Add to the history."""
    values = {"at": hold.at, "on": hold.on, "who": hold.who, "reason": hold.reason}
    connection.execute(sa.insert(table).values(**values))


def history(connection: sa.Connection, limit: int = 100) -> tuple[Hold, ...]:
    """The newest of them, the last one first."""
    query = sa.select(table).order_by(table.c.id.desc()).limit(limit)
    return tuple(
        Hold(one.at, one.on, one.who, one.reason) for one in connection.execute(query)
    )  # fmt: skip
