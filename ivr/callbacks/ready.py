"""The operator pressed 1: the last question before her telephone rings, and what to ring.

Her Dial counts from the moment that this is committed. The same step of the same call may get it
again, as long as it was not carried out; any other gets nothing.
"""

from datetime import datetime

import sqlalchemy as sa

from ivr.call.signals import NoRing, Ring
from ivr.callbacks import finishing, history
from ivr.callbacks.context import Context
from ivr.callbacks.points import reach
from ivr.store import attempts, callbacks, hers
from ivr.store.alone import alone
from ivr.store.callback_tables import attempts as table
from ivr.store.sealing import LostError
from routing.callback import State
from routing.calling import No, Why

PLACE = 1
"""Which dial of the operator's call it is: there is no other."""
NOTHING = NoRing(Why.CLOSED)
RUNG = NoRing(Why.USED)


def ready(
    connection: sa.Connection,
    context: Context,
    token: str,
    *,
    call: str,
    carrier: str,
    at: datetime,
    again: bool = False,
) -> Ring | NoRing:
    """Whether her telephone may be rung now, by the operator's leg `call`. `again` says that this
    step of it was answered before. May raise `Away` and OSError; then nothing rings.
    """
    reach("ready.pressed")
    alone(connection)
    attempt = attempts.by_token(connection, token)
    if attempt is None or attempt.carrier != carrier or attempt.ended_at:
        return NOTHING
    if attempt.sid != call and not _found(connection, attempt, call):
        return NOTHING
    row = callbacks.load(connection, attempt.callback, lock=True)
    if row is None or row.state != State.CALLING or not _newest(connection, attempt):
        return NOTHING
    attempts.mark(connection, attempt.id, "ready_at", at)
    if _was_rung(attempt, again=again):
        return RUNG
    return _ring(connection, context, attempt, row, at)


def _ring(
    connection: sa.Connection,
    context: Context,
    attempt: attempts.Row,
    row: callbacks.Row,
    at: datetime,
) -> Ring | NoRing:
    try:
        number = hers.number_of(connection, context.vault, row.id)
        wishes = hers.wishes_of(connection, context.vault, row.id)
    except LostError:
        return NOTHING
    may = history.ask(
        connection, context, row, number, at, carrier=attempt.carrier, without=attempt.id
    )
    if isinstance(may, No):
        return NoRing(may.why)
    reach("ready.allowed")
    attempts.mark(connection, attempt.id, "dialled_at", at)
    reach("ready.written")
    return Ring(number, context.outbound, _cover(context), wishes.voicemail, PLACE)


def _was_rung(attempt: attempts.Row, *, again: bool) -> bool:
    """Whether a Dial was carried out, or was given to another step."""
    if attempt.dialled_at is None:
        return False
    return not again or attempt.child is not None or attempt.gate_at is not None


def _found(connection: sa.Connection, attempt: attempts.Row, call: str) -> bool:
    """The answer to our request was lost, and here is the call itself."""
    return finishing.is_found(connection, attempt.id, attempt.callback, call)


def _newest(connection: sa.Connection, attempt: attempts.Row) -> bool:
    last = sa.select(sa.func.max(table.c.id)).where(table.c.callback == attempt.callback)
    return bool(connection.scalar(last) == attempt.id)


def _cover(context: Context) -> str:
    """The language in which whoever picks up is spoken to: never hers."""
    access = context.directory.by_number.get(context.outbound)
    return access.cover if access else ""
