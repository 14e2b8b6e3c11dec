"""The queue as SELECTs over the open callbacks, which stay small whatever lies behind them.

Every state stands in them as a literal, so that both databases take the partial index of what is
open (`callback_tables.OPEN_ONLY`); each has a limit, and goes on after a key and no offset.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ivr.store.callback_tables import OPEN_ONLY
from ivr.store.callback_tables import callbacks as table
from ivr.store.callbacks import COLUMNS, Row, row
from ivr.store.desk_tables import passes

SHOWN = sa.text("state IN ('waiting', 'claimed', 'calling', 'frozen', 'unknown')")
WAITING = sa.text("state = 'waiting'")
HELD = sa.text("state IN ('claimed', 'calling', 'unknown')")
LONGEST = timedelta(hours=25)
"""A window stays within one day, which may have an hour more."""
MOST = 1000
Condition = sa.ColumnElement[bool] | sa.TextClause


@dataclass(frozen=True, slots=True)
class Sealed:
    """A callback as the queue reads it, with what of hers is still sealed."""

    row: Row
    number: bytes
    wishes: bytes


@dataclass(frozen=True, slots=True)
class Which:
    """Whose queue: of one carrier, without what `staff` passed on; languages empty for all."""

    carrier: str
    staff: int
    languages: tuple[str, ...] = ()
    region: str = ""

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """As conditions."""
        passed = sa.exists().where(passes.c.callback == table.c.id, passes.c.staff == self.staff)
        found = [table.c.carrier == self.carrier, ~passed]
        if self.languages:
            found.append(table.c.language.in_(self.languages))
        if self.region:
            found.append(table.c.region == self.region)
        return found


def open_now(
    connection: sa.Connection, which: Which, at: datetime, limit: int
) -> tuple[Sealed, ...]:
    """Those whose window is open, the one that closes first at the beginning."""
    inside = (table.c.until > at, table.c.until <= at + LONGEST, table.c.start <= at)
    return _sealed(connection, (SHOWN, *inside, *which.conditions()), limit)


def later(
    connection: sa.Connection, which: Which, at: datetime, limit: int, after: tuple[datetime, int]
) -> tuple[Sealed, ...]:
    """Those whose window is still to come, after the key (end of the window and id) of another."""
    until, number = after
    beyond = sa.or_(table.c.until > until, sa.and_(table.c.until == until, table.c.id > number))
    to_come = (table.c.until >= until, beyond, table.c.until > at, table.c.start > at)
    return _sealed(connection, (SHOWN, *to_come, *which.conditions()), limit)


def of_operator(connection: sa.Connection, carrier: str, staff: int) -> tuple[Sealed, ...]:
    """Those that an operator has."""
    own = (table.c.carrier == carrier, table.c.claimed_by == staff)
    return _sealed(connection, (HELD, *own), MOST)


def closing(
    connection: sa.Connection, carrier: str, at: datetime, within: timedelta, limit: int
) -> tuple[Row, ...]:
    """Those that nobody has, and whose window ends within a time, the first one first. A claim
    whose lease is over is nobody's.
    """
    over = sa.and_(table.c.state == sa.literal_column("'claimed'"), table.c.lease <= at)
    nobody = sa.or_(WAITING, over)
    soon = (table.c.until > at, table.c.until <= at + within, table.c.start <= at)
    return _rows(connection, (nobody, *soon, table.c.carrier == carrier), limit)


def in_state(
    connection: sa.Connection, carrier: str, state: str, limit: int, *, reasoned: bool | None = None
) -> tuple[Row, ...]:
    """Those in one state, the first window first; `reasoned`: with a reason, or without."""
    said = sa.text(f"state = '{_plain(state)}'")
    conditions: list[Condition] = [said, table.c.carrier == carrier]
    if reasoned is not None:
        conditions.append(table.c.reason.is_not(None) if reasoned else table.c.reason.is_(None))
    return _rows(connection, conditions, limit)


def languages(connection: sa.Connection, carrier: str) -> tuple[str, ...]:
    """The languages in which somebody waits, of the first thousand."""
    query = (
        sa.select(table.c.language)
        .where(OPEN_ONLY, SHOWN, table.c.carrier == carrier)
        .order_by(table.c.until, table.c.id)
        .limit(MOST)
        .subquery()
    )
    return tuple(connection.scalars(sa.select(query.c.language).distinct().order_by("language")))


def booked_since(connection: sa.Connection, carrier: str, since: datetime) -> int:
    """How many open ones were booked since; no more than a thousand are counted."""
    query = sa.select(table.c.booked_at).where(OPEN_ONLY, table.c.carrier == carrier)
    last = query.order_by(table.c.until, table.c.id).limit(MOST).subquery()
    counted = sa.select(sa.func.count()).select_from(last).where(last.c.booked_at > since)
    return connection.scalar(counted) or 0


def pass_on(connection: sa.Connection, callback: int, staff: int) -> None:
    """Show a callback to this person no more. Raises IntegrityError when it is so already."""
    connection.execute(sa.insert(passes).values(callback=callback, staff=staff))


def has_passed(connection: sa.Connection, callback: int, staff: int) -> bool:
    """Whether this person passed it on."""
    where = (passes.c.callback == callback, passes.c.staff == staff)
    return bool(connection.scalar(sa.select(sa.exists().where(*where))))


def _sealed(
    connection: sa.Connection, conditions: Iterable[Condition], limit: int
) -> tuple[Sealed, ...]:
    query = _ordered(sa.select(*COLUMNS, table.c.number, table.c.wishes), conditions, limit)
    return tuple(Sealed(row(one[:-2]), one[-2], one[-1]) for one in connection.execute(query))


def _rows(
    connection: sa.Connection, conditions: Iterable[Condition], limit: int
) -> tuple[Row, ...]:
    query = _ordered(sa.select(*COLUMNS), conditions, limit)
    return tuple(row(found) for found in connection.execute(query))


def _ordered(query: sa.Select[Any], conditions: Iterable[Condition], limit: int) -> sa.Select[Any]:
    found = query.where(OPEN_ONLY, *conditions)
    return found.order_by(table.c.until, table.c.id).limit(limit)


def _plain(state: str) -> str:
    if not state.isalpha():
        raise ValueError(f"{state!r} is no state")
    return state
