"""How an attempt comes to its end: never rung, lost, found again, or over.

Nothing goes backwards, and only a callback's newest attempt changes what the callback is.
"""

from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from ivr.store import attempts, callbacks, records
from ivr.store.callback_tables import attempts as table
from ivr.store.records import Record
from routing.callback import Event

SETTLED = timedelta(seconds=30)
"""How long after its end a call's record is left, so that whoever looks for it still finds it."""


class Stage(StrEnum):
    """What is known of the request for the operator's leg; an attempt's moments tell the rest."""

    ASKED = "asked"  # written down, and no answer yet
    PLACED = "placed"
    FAILED = "failed"  # her telephone did not ring, and will not by this attempt
    UNKNOWN = "unknown"  # the answer was lost
    OVER = "over"


LIVE = (str(Stage.ASKED), str(Stage.PLACED), str(Stage.UNKNOWN))


def newest(attempt: int, callback: int) -> sa.ColumnElement[bool]:
    """That no later attempt was made for its callback, as a condition."""
    later = table.alias()
    return ~sa.exists().where(later.c.callback == callback, later.c.id > attempt)


def never_rang(connection: sa.Connection, attempt: int, callback: int, lease: datetime) -> None:
    """Her telephone did not ring: the attempt failed, and its operator may press again."""
    unrung = (table.c.dialled_at.is_(None), table.c.state.in_(LIVE))
    if attempts.change(connection, attempt, when=unrung, state=str(Stage.FAILED)):
        last = (newest(attempt, callback),)
        callbacks.change(connection, callback, Event.FOUND, when=last)
        callbacks.change(connection, callback, Event.REFUSED, when=last, lease=lease)


def is_lost(connection: sa.Connection, attempt: int, callback: int) -> bool:
    """The carrier's answer was lost: nobody knows what rings, until it is found."""
    asked = (table.c.state == str(Stage.ASKED), table.c.sid.is_(None))
    if not attempts.change(connection, attempt, when=asked, state=str(Stage.UNKNOWN)):
        return False
    callbacks.change(connection, callback, Event.LOST, when=(newest(attempt, callback),))
    return True


def is_found(connection: sa.Connection, attempt: int, callback: int, sid: str) -> bool:
    """This is the operator's leg; False when another one is, or the attempt was given up."""
    unknown = (table.c.sid.is_(None), table.c.state.in_(LIVE))
    if not attempts.change(connection, attempt, when=unknown, state=str(Stage.PLACED), sid=sid):
        return False
    callbacks.change(connection, callback, Event.FOUND, when=(newest(attempt, callback),))
    return True


def is_over(connection: sa.Connection, row: attempts.Row, at: datetime, lease: datetime) -> None:
    """The operator's leg has ended, and hers with it. What the carrier keeps of them has to go."""
    if not attempts.mark(connection, row.id, "ended_at", at):
        return
    never_rang(connection, row.id, row.callback, lease)
    rung = (table.c.state.in_(LIVE),)
    attempts.change(connection, row.id, when=rung, state=str(Stage.OVER))
    if row.sid:
        records.add(connection, Record(row.sid, row.carrier, False, "", at + SETTLED))
