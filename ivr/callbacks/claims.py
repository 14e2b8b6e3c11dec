"""Claims: which operator has a callback. One conditional UPDATE, whose row count decides.

The end of the lease stands in the claim's own condition, so an operator who is gone blocks nobody,
whether or not anything sweeps.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.store import callbacks
from ivr.store.callback_tables import callbacks as table
from routing.callback import Event, State

LEASE = timedelta(minutes=15)
_HELD = (State.CLAIMED, State.CALLING, State.UNKNOWN)


def claim(connection: sa.Connection, callback: int, operator: int, at: datetime) -> bool:
    """Take a callback that waits, or whose operator let the lease run out; whether that worked."""
    free = sa.or_(
        table.c.state == str(State.WAITING),
        sa.and_(table.c.state == str(State.CLAIMED), table.c.lease <= at),
    )
    taken = {"state": str(State.CLAIMED), "claimed_by": operator, "lease": at + LEASE}
    done = connection.execute(
        sa.update(table).where(table.c.id == callback, free, table.c.until > at).values(**taken)
    )
    return done.rowcount == 1


def release(connection: sa.Connection, callback: int, operator: int) -> bool:
    """Give it back; False when it is not hers to give."""
    return callbacks.change(
        connection, callback, Event.RELEASE, when=(table.c.claimed_by == operator,)
    )


def extend(connection: sa.Connection, callback: int, operator: int, at: datetime) -> bool:
    """She is still at it: the lease begins anew. False when it is not hers any more."""
    return _keep(connection, callback, operator, lease=at + LEASE)


def hand_over(
    connection: sa.Connection, callback: int, operator: int, to: int, at: datetime
) -> bool:
    """Let another operator have it, with a lease of her own."""
    return _keep(connection, callback, operator, claimed_by=to, lease=at + LEASE)


def expire(connection: sa.Connection, at: datetime) -> int:
    """Let what nobody is at wait again; how many that were. A call in progress is activity."""
    over = (table.c.state == str(State.CLAIMED), table.c.lease <= at)
    free = {"state": str(State.WAITING), "claimed_by": None, "lease": None}
    return connection.execute(sa.update(table).where(*over).values(**free)).rowcount


def _keep(connection: sa.Connection, callback: int, operator: int, **values: object) -> bool:
    hers = (
        table.c.id == callback,
        table.c.claimed_by == operator,
        table.c.state.in_([str(one) for one in _HELD]),
    )
    return connection.execute(sa.update(table).where(*hers).values(**values)).rowcount == 1
