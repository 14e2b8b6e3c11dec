"""She said yes: her callback is kept, or she is told that it is not.

Everything here is one transaction, in which nobody else books; it is hers once that is committed.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from ivr.call.actions import Wanted
from ivr.call.signals import Note
from ivr.callbacks.booked import booked
from ivr.callbacks.caps import count_booking, may_book
from ivr.callbacks.context import Context
from ivr.callbacks.points import reach
from ivr.store import callbacks, hers
from ivr.store.alone import alone
from ivr.store.hers import Asked, Wishes
from routing.callback import TRANSITIONS, Event, State
from routing.offer import kept

DOUBLE = "two codes"
"""Why two callbacks for one number are frozen: one of the two codes is not hers."""


def book(
    connection: Connection,
    context: Context,
    wanted: Wanted,
    *,
    calling: str,
    carrier: str,
    at: datetime,
) -> Note:
    """Keep what she asked for. `calling` is the number that rings, empty where there is none.

    The same number with the same code: that callback is changed. With another code: both stand,
    frozen until a supervisor has looked, and she is told the same. May raise `Away` and OSError.
    """
    alone(connection)
    reach("booking.begun")
    if not may_book(connection, context.vault, context.limits, wanted.number, calling, at):
        return Note.CAPPED
    reach("booking.allowed")
    note = _keep(connection, context, wanted, carrier, at)
    if note != Note.FULL:
        count_booking(connection, context.vault, wanted.number, calling, at)
        reach("booking.counted")
    return note


def _keep(
    connection: Connection, context: Context, wanted: Wanted, carrier: str, at: datetime
) -> Note:
    found = hers.of_number(connection, context.vault, wanted.number, carrier)
    same = hers.with_code(context.vault, found, wanted.code)
    reach("booking.searched")
    standing = next((row for row in same if (row.state, Event.MOVE) in TRANSITIONS), None)
    if not _is_kept(connection, context, wanted, standing, at):
        return Note.FULL
    reach("booking.offered")
    if standing:
        _change(connection, context, wanted, standing)
    else:
        others = [row for row, _ in found if row not in same]
        _add(connection, context, wanted, others, carrier, at)
    reach("booking.written")
    return Note.CHANGED if standing else Note.NOTED


def _is_kept(
    connection: Connection,
    context: Context,
    wanted: Wanted,
    standing: callbacks.Row | None,
    at: datetime,
) -> bool:
    """Ask the rule of the offer again, for others may have taken the place meanwhile."""
    taken = booked(connection, at, without=[standing] if standing else [])
    window, language = wanted.window, wanted.language
    if window.empty:
        return False
    return kept(context.directory, window, language=language, booked=taken, at=at)


def _change(
    connection: Connection, context: Context, wanted: Wanted, standing: callbacks.Row
) -> None:
    callbacks.change(connection, standing.id, Event.MOVE, told="", not_before=None)
    hers.write(connection, context.vault, standing.id, _asked(wanted))


def _add(
    connection: Connection,
    context: Context,
    wanted: Wanted,
    others: Sequence[callbacks.Row],
    carrier: str,
    at: datetime,
) -> None:
    """A new callback; beside one with another code both are frozen, where nothing rings yet."""
    for row in others:
        callbacks.change(connection, row.id, Event.FREEZE, reason=DOUBLE)
    hers.insert(
        connection,
        context.vault,
        _asked(wanted),
        carrier=carrier,
        at=at,
        state=State.FROZEN if others else State.WAITING,
        reason=DOUBLE if others else None,
    )


def _asked(wanted: Wanted) -> Asked:
    wishes = Wishes(
        voicemail=wanted.voicemail,
        redial=wanted.redial,
        retry=wanted.retry,
        woman=wanted.woman,
        own=wanted.own,
    )
    return Asked(
        wanted.number,
        wanted.code,
        wanted.window,
        wanted.language,
        wanted.need,
        wanted.region,
        wanted.young,
        wishes,
    )
