"""Callbacks as rows: what is known of each without her number, and how its state changes.

What identifies her stands in sealed columns (`ivr.store.hers`). No statement here changes a state
but by the table of `routing.callback`, and the row count of that one statement decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ivr.store.callback_tables import OPEN_ONLY, SEALED
from ivr.store.callback_tables import callbacks as table
from ivr.store.desk_tables import passes
from routing.callback import TRANSITIONS, Event, State
from routing.window import Window

KEPT = timedelta(hours=72)
"""How long after the end of its window a callback may still hold her number."""
_CLAIMED = (State.CLAIMED, State.CALLING, State.UNKNOWN)  # somebody's, for now


@dataclass(frozen=True, slots=True)
class Row:
    """A callback without its sealed columns. `start` and `until` are its window as moments (UTC);
    after the day `expires` nothing can be read of it that identifies her.
    """

    id: int
    carrier: str
    state: State
    language: str
    need: str
    region: str
    young: bool
    day: date
    wall_start: int
    wall_until: int
    zone: str
    start: datetime
    until: datetime
    expires: date
    claimed_by: int | None
    lease: datetime | None
    not_before: datetime | None
    told: str
    reason: str | None
    booked_at: datetime
    closed_at: datetime | None

    @property
    def window(self) -> Window:
        """Her window, as she chose it."""
        return Window(self.day, self.wall_start, self.wall_until, self.zone)


COLUMNS = tuple(table.c[one.name] for one in fields(Row))


def row(found: Sequence[Any]) -> Row:
    """A row of `COLUMNS` as a value."""
    values = dict(zip((one.name for one in fields(Row)), found, strict=True))
    return Row(**{**values, "state": State(values["state"])})


def load(connection: sa.Connection, callback: int, *, lock: bool = False) -> Row | None:
    """A callback, or None; with `lock` nobody else changes it until this transaction ends."""
    query = sa.select(*COLUMNS).where(table.c.id == callback)
    found = connection.execute(query.with_for_update() if lock else query).first()
    return row(found) if found else None


def open_ones(connection: sa.Connection, *, limit: int = 1000) -> tuple[Row, ...]:
    """Open callbacks, those whose window ends first at the beginning."""
    query = sa.select(*COLUMNS).where(OPEN_ONLY).order_by(table.c.until, table.c.id).limit(limit)
    return tuple(row(found) for found in connection.execute(query))


def in_window(window: Window) -> dict[str, Any]:
    """The columns of a window, with the day on which the callback expires."""
    start, until = window.span()
    return {
        "day": window.day,
        "wall_start": window.start,
        "wall_until": window.until,
        "zone": window.zone,
        "start": start,
        "until": until,
        "expires": (until + KEPT).astimezone(UTC).date(),
    }


def change(
    connection: sa.Connection,
    callback: int,
    event: Event,
    *,
    when: Iterable[sa.ColumnElement[bool]] = (),
    **values: Any,
) -> bool:
    """Let an event happen, and set columns; False when the table of states or `when` refuses.

    Whoever had claimed it has it no longer where the new state is nobody's. Closing is `close`.
    """
    if event in (Event.CLOSE, Event.WITHDRAW):
        raise ValueError("a callback is closed by `close`, which erases")
    moves = {before: after for (before, what), after in TRANSITIONS.items() if what == event}
    after = sa.case({str(one): str(moves[one]) for one in moves}, value=table.c.state)
    if not set(moves.values()) & set(_CLAIMED):
        values = {"claimed_by": None, "lease": None, **values}
    done = connection.execute(
        sa.update(table)
        .where(table.c.id == callback, table.c.state.in_([str(one) for one in moves]), *when)
        .values(state=after, **values)
    )
    return done.rowcount == 1


def close(
    connection: sa.Connection,
    callback: int,
    reason: str,
    at: datetime,
    event: Event = Event.CLOSE,
    *,
    when: Iterable[sa.ColumnElement[bool]] = (),
) -> bool:
    """Close it and erase everything of hers in it; False when its state or `when` refuses."""
    states = [str(before) for (before, what) in TRANSITIONS if what == event]
    if event not in (Event.CLOSE, Event.WITHDRAW):
        raise ValueError(f"{event} closes nothing")
    gone = dict.fromkeys((*SEALED, "note", "claimed_by", "lease", "not_before"))
    done = connection.execute(
        sa.update(table)
        .where(table.c.id == callback, table.c.state.in_(states), *when)
        .values(state=str(State.CLOSED), reason=reason, closed_at=at, told="", **gone)
    )
    if done.rowcount:  # who knows her is nobody's business any more
        connection.execute(sa.delete(passes).where(passes.c.callback == callback))
    return done.rowcount == 1


def explain(connection: sa.Connection, callback: int, state: State, reason: str) -> bool:
    """Say why a callback is in the state that it is in; False when it no longer is."""
    query = sa.update(table).where(table.c.id == callback, table.c.state == str(state))
    return connection.execute(query.values(reason=reason)).rowcount == 1


def promised(connection: sa.Connection, at: datetime) -> dict[tuple[datetime, datetime, str], int]:
    """How many open callbacks are promised, by window (UTC) and language, from now on."""
    key = (table.c.start, table.c.until, table.c.language)
    query = sa.select(*key, sa.func.count()).where(OPEN_ONLY, table.c.until > at).group_by(*key)
    return {(one[0], one[1], one[2]): one[3] for one in connection.execute(query)}
