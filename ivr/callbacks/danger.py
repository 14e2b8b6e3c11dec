"""Danger: one press, and the supervisor knows that something is wrong, and nobody else what."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.callbacks.actor import Actor
from ivr.callbacks.context import Context
from ivr.callbacks.reveal import HELD
from ivr.store import alarms, callbacks, hers
from ivr.store.sealing import LostError

SHOWN = timedelta(hours=2)
"""For so long after the press the operator sees the number, while the callback is hers."""


def alert(connection: sa.Connection, callback: int, actor: Actor, at: datetime) -> bool:
    """Raise the alarm, by an operator who has the callback; again within a minute it is the same
    one. False where it is not hers.
    """
    row = callbacks.load(connection, callback, lock=True)
    if row is None or row.claimed_by != actor.id or row.state not in HELD:
        return False
    last = alarms.newest(connection, callback, actor.id)
    if last is None or at - last.at > timedelta(minutes=1):
        alarms.add(connection, callback, actor.id, at)
        actor.tell(connection, "danger", callback, "number shown")
    return True


def number_for(
    connection: sa.Connection, context: Context, row: callbacks.Row, operator: int, at: datetime
) -> str:
    """Her number after the press; empty for everybody else, and when it is gone."""
    last = alarms.newest(connection, row.id, operator)
    if row.claimed_by != operator or last is None or at - last.at > SHOWN:
        return ""
    try:
        return hers.number_of(connection, context.vault, row.id)
    except LostError:
        return ""
