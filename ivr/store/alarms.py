"""Alarms: an operator said that a caller is in danger, until a supervisor has seen it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ivr.store.desk_tables import UNSEEN
from ivr.store.desk_tables import alarms as table
from ivr.store.staff_tables import staff

MOST = 50


@dataclass(frozen=True, slots=True)
class Alarm:
    """One of them; `shown` is the operator as colleagues call her."""

    id: int
    callback: int
    staff: int
    shown: str
    at: datetime
    seen_at: datetime | None


def add(connection: sa.Connection, callback: int, operator: int, at: datetime) -> int:
    """Raise one; its id."""
    row = {"callback": callback, "staff": operator, "at": at}
    made = connection.execute(sa.insert(table).values(**row))
    alarm: int = made.inserted_primary_key[0]  # type: ignore[index]  # an insert of one row has it
    return alarm


def unseen(connection: sa.Connection) -> tuple[Alarm, ...]:
    """Those that no supervisor has seen, the oldest first."""
    return _load(connection, UNSEEN)


def newest(connection: sa.Connection, callback: int, operator: int) -> Alarm | None:
    """The last one that an operator raised for a callback."""
    own = (table.c.callback == callback, table.c.staff == operator)
    return next(iter(reversed(_load(connection, *own))), None)


def see(connection: sa.Connection, alarm: int, supervisor: int, at: datetime) -> bool:
    """A supervisor has seen it; False when another was faster."""
    query = sa.update(table).where(table.c.id == alarm, UNSEEN)
    return connection.execute(query.values(seen_by=supervisor, seen_at=at)).rowcount == 1


def _load(
    connection: sa.Connection, *where: sa.ColumnElement[bool] | sa.TextClause
) -> tuple[Alarm, ...]:
    columns = (table.c.id, table.c.callback, table.c.staff, staff.c.shown, table.c.at)
    joined = table.join(staff, staff.c.id == table.c.staff)
    query = sa.select(*columns, table.c.seen_at).select_from(joined).where(*where)
    rows = connection.execute(query.order_by(table.c.at, table.c.id).limit(MOST))
    return tuple(Alarm(**one._mapping) for one in rows)
