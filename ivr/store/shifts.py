"""Shifts: until when somebody knows what has happened, and for whom a talk was heavy."""

from datetime import datetime

import sqlalchemy as sa

from ivr.store.desk_tables import heavies, shifts
from ivr.store.staff_tables import staff
from ivr.store.upsert import upsert


def seen_at(connection: sa.Connection, person: int) -> datetime | None:
    """Until when she knows; None who never worked here."""
    return connection.scalar(sa.select(shifts.c.seen_at).where(shifts.c.staff == person))


def see(connection: sa.Connection, person: int, at: datetime) -> None:
    """She knows what has happened until now."""
    now = {"seen_at": at}
    connection.execute(upsert(connection, shifts, {"staff": person, **now}, now))


def was_heavy(connection: sa.Connection, person: int, at: datetime) -> None:
    """A talk was heavy for her. Which one is kept nowhere, and how often neither."""
    connection.execute(upsert(connection, heavies, {"staff": person, "at": at}, {"at": at}))


def heavy(connection: sa.Connection) -> list[tuple[int, str, datetime]]:
    """For whom it was heavy, and when: id, name, moment. For supervisors' eyes alone."""
    joined = heavies.join(staff, staff.c.id == heavies.c.staff)
    query = sa.select(staff.c.id, staff.c.shown, heavies.c.at).select_from(joined)
    return [(one[0], one[1], one[2]) for one in connection.execute(query.order_by(heavies.c.at))]


def talked(connection: sa.Connection, person: int) -> None:
    """Somebody spoke with her: nothing of it stays."""
    connection.execute(sa.delete(heavies).where(heavies.c.staff == person))
