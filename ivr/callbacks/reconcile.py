"""What became of a call whose answer was lost, or of which nothing more was heard.

The carrier is asked several times, and an empty list proves nothing: what is not found stays
unknown, and a person decides. Nothing here ever lets a telephone ring.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.callbacks import finishing
from ivr.callbacks.attempts import RING
from ivr.callbacks.claims import LEASE
from ivr.callbacks.finishing import LIVE, Stage
from ivr.callbacks.following import since
from ivr.callbacks.means import Means
from ivr.callbacks.points import reach
from ivr.carrier import OVER, Carrier, Found, Lost, Placed, Refused
from ivr.carrier import Stage as Carried
from ivr.store import attempts, phones
from ivr.store.alone import alone
from ivr.store.callback_tables import attempts as table
from ivr.store.sealing import LostError

ANSWER = timedelta(seconds=20)
"""After so long without an answer to our request it counts as lost: requests end sooner."""
QUEUED = timedelta(seconds=5)
"""A call that the carrier has not begun by then is ended: queued, it could ring at any time."""
RUNG = timedelta(seconds=RING + 10)
QUIET = timedelta(seconds=60)
"""After so long without news of a leg the carrier is asked."""
SEARCHED = timedelta(minutes=15)
"""For so long a lost call is looked for; then it is left to a person."""
BEFORE = timedelta(seconds=5)
GONE = 20404


def reconcile(means: Means, at: datetime) -> int:
    """Ask about every attempt of which too little is known; how many those were. Raises `Away`.

    Carriers are asked outside of transactions, and what they said is written under conditions: any
    number of machines may do this at once.
    """
    with means.store.reading() as connection:
        live = attempts.where(connection, table.c.ended_at.is_(None), table.c.state.in_(LIVE))
    asked = [row for row in live if row.carrier in means.carriers and _is_due(row, at)]
    for row in asked:
        _settle(means, row, at)
    return len(asked)


def _is_due(row: attempts.Row, at: datetime) -> bool:
    age = at - row.placed_at
    if row.sid is None:
        return ANSWER <= age <= SEARCHED or (age >= ANSWER and row.state == Stage.ASKED)
    if row.ready_at is None:
        return age >= QUEUED
    return at - since(row) >= QUIET


def _settle(means: Means, row: attempts.Row, at: datetime) -> None:
    carrier = means.carriers[row.carrier]
    if row.sid is None:
        _search(means, carrier, row)
        return
    seen = carrier.look_up(row.sid)
    if isinstance(seen, Placed) and seen.stage is Carried.QUEUED:
        seen = carrier.cancel(row.sid)  # it has not begun: whatever it would be, it is too late
    reach("lookup.asked")
    if _is_over(seen, row, at):
        with means.store.writing() as connection:
            alone(connection)
            finishing.is_over(connection, row, at, at + LEASE)
            reach("lookup.written")


def _is_over(seen: Placed | Refused | Lost, row: attempts.Row, at: datetime) -> bool:
    """What the carrier no longer knows is over too, once it cannot be too new for it."""
    match seen:
        case Placed():
            return seen.stage in OVER
        case Refused():
            return seen.code == GONE and at - row.placed_at >= RUNG
        case Lost():
            return False


def _search(means: Means, carrier: Carrier, row: attempts.Row) -> None:
    """Look for a call of which we have no name: to this operator, from our number, since then."""
    with means.store.writing() as connection:
        alone(connection)
        finishing.is_lost(connection, row.id, row.callback)
        phone = _phone(connection, means, row.operator)
    if not phone:
        return
    found = carrier.find(to=phone, from_=means.context().outbound, since=row.placed_at - BEFORE)
    reach("lookup.asked")
    if isinstance(found, Found):
        with means.store.writing() as connection:
            alone(connection)
            _take(connection, row, found.calls)
            reach("lookup.written")


def _take(connection: sa.Connection, row: attempts.Row, calls: tuple[Placed, ...]) -> None:
    """It is ours when it is the only one that no attempt has: with two, nobody can know."""
    free = [call for call in calls if attempts.by_sid(connection, call.sid) is None]
    nameless = (
        table.c.operator == row.operator,
        table.c.sid.is_(None),
        table.c.state.in_(LIVE),
        table.c.id != row.id,
    )
    if len(free) == 1 and not attempts.where(connection, *nameless):
        finishing.is_found(connection, row.id, row.callback, free[0].sid)


def _phone(connection: sa.Connection, means: Means, operator: int) -> str:
    try:
        return phones.phone_of(connection, means.secrets, operator)
    except LostError:
        return ""
