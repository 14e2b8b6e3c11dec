"""What an operator left behind, taken over: a claim, or an outcome that nobody else can give."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from ivr.callbacks import claims
from ivr.store import attempts, callbacks
from ivr.store.alone import alone
from routing.callback import State


def left_by(
    row: callbacks.Row, made: Sequence[attempts.Row], at: datetime
) -> int | None:  # fmt: skip
    """Whose it is: who owes the outcome of its last call, else who has claimed it; None where
    nobody has it, or while a call goes on.
    """
    owed = _owed(made)
    if owed:
        return owed.operator
    held = row.state == State.CLAIMED and row.lease is not None and row.lease > at
    return row.claimed_by if held else None


def take_over(connection: sa.Connection, callback: int, to: int, at: datetime) -> int | None:
    """Let somebody else go on with it; whose it was, None where nothing can be taken over."""
    alone(connection)
    row = callbacks.load(connection, callback, lock=True)
    made = attempts.of_callback(connection, callback)
    before = left_by(row, made, at) if row else None
    if before is None or before == to:
        return None
    owed = _owed(made)
    if owed and not attempts.give_to(connection, owed.id, before, to):
        return None
    held = claims.hand_over(connection, callback, before, to, at)
    return before if owed or held else None


def _owed(made: Sequence[attempts.Row]) -> attempts.Row | None:
    """The last attempt that is over, and rang her, and of which nobody has said how it went."""
    owed = [one for one in made if one.dialled_at and one.ended_at and not one.outcome]
    return owed[-1] if owed else None
