"""Sweeps: what is due is done, by any worker on any machine, again without harm.

Nothing of hers outlives its time, whatever became of the callback; and nothing is forgotten by
staff without somebody seeing it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from ivr import logs
from ivr.callbacks import claims, cutting, reconcile, records, restored
from ivr.callbacks.means import Means
from ivr.callbacks.mine import MISSED
from ivr.store import attempts, audit, callbacks, caps, effects
from ivr.store.alone import alone
from ivr.store.callback_tables import attempts as made
from ivr.store.callback_tables import callbacks as table
from ivr.store.callbacks import KEPT
from routing.callback import TRANSITIONS, Event, State

SKELETON = timedelta(days=730)
"""How long it is kept that there was a callback, for statistics: 24 months."""
EXPIRED = "kept no longer"
"""Why a callback is closed that nobody had closed when its time was over."""
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sweep:
    """One thing that is done again and again, every so many seconds."""

    name: str
    every: float
    do: Callable[[Means, datetime], int]


def leases(means: Means, at: datetime) -> int:
    """Let callbacks wait again whose operator is gone."""
    with means.store.writing() as connection:
        return claims.expire(connection, at)


def missed(means: Means, at: datetime) -> int:
    """Callbacks whose window is over: a supervisor has to say why, and she is told."""
    states = [str(before) for before, event in TRANSITIONS if event is Event.MISS]
    with means.store.writing() as connection:
        alone(connection)
        over = _some(connection, table.c.until <= at, table.c.state.in_(states))
        return sum(_miss(connection, callback) for callback in over)


def _miss(connection: sa.Connection, callback: int) -> bool:
    """She hears "we did not ring in your time" only where that is so."""
    rung = (made.c.callback == callback, made.c.dialled_at.is_not(None))
    row = callbacks.load(connection, callback)
    was_rung = bool(attempts.where(connection, *rung))
    told = row.told if row else ""
    told = told if was_rung or told else MISSED
    return callbacks.change(connection, callback, Event.MISS, told=told, reason=None)


def expire(means: Means, at: datetime) -> int:
    """Erase what is hers 72 hours after her window, whatever state it is in; then destroy the keys
    of days that are over.
    """
    open_ = table.c.state != str(State.CLOSED)
    with means.store.writing() as connection:
        alone(connection)
        old = _some(connection, table.c.until <= at - KEPT, open_)
        for callback in old:
            callbacks.change(connection, callback, Event.MISS)
            callbacks.close(connection, callback, EXPIRED, at)
    means.context().vault.destroy(at.astimezone(UTC).date())
    means.store.scrub()
    return len(old)


def forget(means: Means, at: datetime) -> int:
    """Erase what was kept for a while: results, hashes, skeletons, the old end of the audit."""
    with means.store.writing() as connection:
        gone = effects.sweep(connection, at) + caps.sweep(connection, at)
        gone += attempts.forget_numbers(connection, at - caps.KEPT)
        gone += audit.sweep(connection, at)
        old = _some(connection, table.c.closed_at < at - SKELETON)
        connection.execute(sa.delete(made).where(made.c.callback.in_(old)))
        connection.execute(sa.delete(table).where(table.c.id.in_(old)))
    means.store.scrub()
    return gone + len(old)


ALL = (
    Sweep("beat", 10.0, restored.beat),
    Sweep("cut", 1.0, cutting.cut),
    Sweep("reconcile", 2.0, reconcile.reconcile),
    Sweep("leases", 5.0, leases),
    Sweep("missed", 5.0, missed),
    Sweep("records", 10.0, records.delete),
    Sweep("expire", 60.0, expire),
    Sweep("forget", 600.0, forget),
)
"""All of them, the most urgent first."""


def sweep(means: Means, at: datetime, which: tuple[Sweep, ...] = ALL) -> dict[str, int]:
    """Do all of them now; how much each did, and -1 for one that could not. Never raises."""
    return {name: done for one in which for name, done in _done(one, means, at)}


def _done(one: Sweep, means: Means, at: datetime) -> Iterator[tuple[str, int]]:
    try:
        yield one.name, one.do(means, at)
    except Exception as error:  # one that is broken must not keep the others from being done
        logs.get("callbacks").error("a sweep broke", verb=one.name, error=type(error).__name__)
        yield one.name, -1


def _some(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[int]:
    """The ids of callbacks, a handful of hundreds at a time."""
    query = sa.select(table.c.id).where(*conditions).order_by(table.c.id).limit(AT_ONCE)
    return list(connection.scalars(query))
