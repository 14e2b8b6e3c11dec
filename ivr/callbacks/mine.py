"""*My callback*: she hears, moves or cancels what she asked for, by number and code."""

from datetime import datetime

from sqlalchemy import Connection

from ivr.call.signals import Known, Mine, Note
from ivr.callbacks.booked import booked
from ivr.callbacks.caps import take_back, try_code
from ivr.callbacks.context import Context
from ivr.store import callbacks, hers
from ivr.store.alone import alone
from routing.callback import Event, State
from routing.offer import kept
from routing.window import Window

MISSED = "missed"
WITHDRAWN = "withdrawn"
ERASED = "erased"
FORGOTTEN = "code forgotten"


def find(
    connection: Connection, context: Context, number: str, code: str, *, carrier: str, at: datetime
) -> Known:
    """Look for her open callback. A wrong number and a wrong code are the same work, and the same
    answer; so is a right code after five wrong ones for that number within a day.
    """
    vault = context.vault
    within = try_code(connection, vault, context.limits, number, at)
    found = hers.of_number(connection, vault, number, carrier)
    right = hers.with_code(vault, found, code)
    if not right or not within:
        return Known(None)
    take_back(connection, vault, number, at)
    return Known(as_mine(right[0]))


def as_mine(row: callbacks.Row) -> Mine:
    """A callback as she may hear it."""
    told = row.told or (MISSED if row.state == State.MISSED else "")
    return Mine(row.id, row.window, told, row.language)


def again(connection: Connection, callback: int | None) -> Known:
    """What was found before, for a webhook that is repeated."""
    row = callbacks.load(connection, callback) if callback else None
    return Known(as_mine(row) if row and row.state != State.CLOSED else None)


def cancel(
    connection: Connection, callback: int, *, carrier: str, at: datetime, reason: str = WITHDRAWN
) -> tuple[int, ...]:
    """Close it, whatever its state, with everything of hers erased; again is the same.

    Given back are those of which a leg may be ringing: it is cut after the commit.
    """
    row = callbacks.load(connection, callback, lock=True)
    if row is None or row.carrier != carrier:
        return ()
    callbacks.close(connection, callback, reason, at, Event.WITHDRAW)
    return (callback,) if row.state in (State.CALLING, State.UNKNOWN) else ()


def erase(connection: Connection, callback: int, *, carrier: str, at: datetime) -> tuple[int, ...]:
    """Cancel it because she wants nothing of it left: what stays says no more than any other."""
    return cancel(connection, callback, carrier=carrier, at=at, reason=ERASED)


def forget(
    connection: Connection, context: Context, number: str, *, carrier: str, at: datetime
) -> tuple[int, ...]:
    """Close whatever there is for a number, because stopping needs less proof than learning."""
    ringing: tuple[int, ...] = ()
    for row, _ in hers.of_number(connection, context.vault, number, carrier):
        ringing += cancel(connection, row.id, carrier=carrier, at=at, reason=FORGOTTEN)
    return ringing


def move(
    connection: Connection,
    context: Context,
    callback: int,
    window: Window,
    *,
    carrier: str,
    at: datetime,
) -> Note:
    """Give it another window, which is asked for again here: others may have taken the place.

    AWAY when it cannot be moved any more, because it is closed or just being called. May raise
    `Away`, OSError and LostError.
    """
    alone(connection)
    row = callbacks.load(connection, callback, lock=True)
    if row is None or row.carrier != carrier:
        return Note.AWAY
    taken = booked(connection, at, without=[row])
    directory, language = context.directory, row.language
    if window.empty or not kept(directory, window, language=language, booked=taken, at=at):
        return Note.FULL
    if not callbacks.change(connection, callback, Event.MOVE, told="", not_before=None):
        return Note.AWAY
    hers.reseal(connection, context.vault, callback, window)
    return Note.CHANGED
