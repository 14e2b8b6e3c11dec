"""Her number, shown: to who has the callback, for a reason that is kept, and not often."""

from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from ivr.callbacks.actor import Actor
from ivr.callbacks.context import Context
from ivr.store import callbacks, caps, hers
from ivr.store.caps import Kind
from ivr.store.sealing import LostError
from routing.callback import State

HELD = (State.CLAIMED, State.CALLING, State.UNKNOWN)
MOST = 5
"""Numbers that one operator may see in an hour of the clock and the one before."""


class Reason(StrEnum):
    """Why somebody has to see a number: a closed list, for the audit."""

    INTERPRETER = "interpreter"
    EMERGENCY = "emergency services"
    FAULT = "the button does not work"
    ASKED = "she asked what we have"


class RevealError(Exception):
    """It is not shown; `why` is `not yours`, `often`, `reason` or `erased`."""

    def __init__(self, why: str) -> None:
        """Keep why."""
        super().__init__(why)
        self.why = why


def reveal(
    connection: sa.Connection,
    context: Context,
    callback: int,
    actor: Actor,
    reason: str,
    at: datetime,
) -> str:
    """Her number, E.164, for an operator who has the callback. Audited before it is given.

    Raises RevealError.
    """
    row = callbacks.load(connection, callback, lock=True)
    if row is None or row.claimed_by != actor.id or row.state not in HELD:
        raise RevealError("not yours")
    if reason not in set(Reason):
        raise RevealError("reason")
    mark = f"staff {actor.id}".encode()
    if caps.total(connection, Kind.SHOWN, (mark,), at - timedelta(hours=2)) >= MOST:
        raise RevealError("often")
    caps.add(connection, Kind.SHOWN, mark, at)
    actor.tell(connection, "number shown", callback, reason)
    try:
        return hers.number_of(connection, context.vault, callback)
    except LostError:
        raise RevealError("erased") from None
