"""The promises board: what a supervisor has to look at, and how it is settled, with a reason."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from ivr.callbacks.actor import Actor
from ivr.callbacks.queue import ALERT, AMBER
from ivr.store import alarms, attempts, callbacks, queues
from ivr.store.alarms import Alarm
from ivr.store.alone import alone
from routing.callback import SUPERVISED, Event, State

SHOWS, ALERTS = timedelta(minutes=30), timedelta(hours=2)
"""When an outcome that is missing stands on the board, and when the supervisor is told."""
MOST = 100


class Reason(StrEnum):
    """Why a promise was not kept, or what was decided about a callback: a closed list."""

    NOBODY_FREE = "nobody was free"
    NO_LANGUAGE = "nobody spoke the language"
    OVERLOOKED = "overlooked"
    TECHNICAL = "technical"
    SAME_PERSON = "the same person"
    LOOKED_UP = "looked up what happened"
    OTHER = "other"


class Way(StrEnum):
    """What a supervisor decides."""

    TELL = "tell"  # only say why: she can still hear that we are sorry, and choose another time
    RESTORE = "restore"  # it waits again
    CLOSE = "close"  # and everything of hers is erased


@dataclass(frozen=True, slots=True)
class Board:
    """All of it. `closing` has no operator and ends within 45 minutes; `untold` are attempts whose
    outcome is missing; of `missed` nobody has said why, of `told` somebody has.
    """

    alarms: tuple[Alarm, ...]
    closing: tuple[callbacks.Row, ...]
    missed: tuple[callbacks.Row, ...]
    unknown: tuple[callbacks.Row, ...]
    frozen: tuple[callbacks.Row, ...]
    untold: tuple[attempts.Row, ...]
    paused: tuple[callbacks.Row, ...]
    told: tuple[callbacks.Row, ...]


def board(connection: sa.Connection, carrier: str, at: datetime) -> Board:
    """What there is to look at now."""
    return Board(
        alarms=alarms.unseen(connection),
        closing=queues.closing(connection, carrier, at, AMBER, MOST),
        missed=queues.in_state(connection, carrier, State.MISSED, MOST, reasoned=False),
        unknown=queues.in_state(connection, carrier, State.UNKNOWN, MOST),
        frozen=queues.in_state(connection, carrier, State.FROZEN, MOST),
        untold=late_outcomes(connection, carrier, at, SHOWS),
        paused=queues.in_state(connection, carrier, State.PAUSED, MOST),
        told=queues.in_state(connection, carrier, State.MISSED, MOST, reasoned=True),
    )


def late_outcomes(
    connection: sa.Connection, carrier: str, at: datetime, after: timedelta
) -> tuple[attempts.Row, ...]:
    """The attempts that ended so long ago, and of which nobody has said how they went."""
    found = attempts.untold(connection, at - callbacks.KEPT)
    return tuple(
        one
        for one in found
        if one.carrier == carrier and one.ended_at and at - one.ended_at >= after
    )


def closing(
    connection: sa.Connection, carrier: str, at: datetime, *, alert: bool
) -> tuple[callbacks.Row, ...]:
    """Those that nobody has and that close soon: for all who speak the language, or (sooner still)
    for the supervisor.
    """
    return queues.closing(connection, carrier, at, ALERT if alert else AMBER, MOST)


def ways(row: callbacks.Row, at: datetime) -> tuple[Way, ...]:
    """What can be decided about a callback; nothing waits again whose window is over."""
    if row.state not in SUPERVISED:
        return ()
    if row.state == State.MISSED:
        return (Way.TELL, Way.CLOSE)
    return (Way.RESTORE, Way.CLOSE) if row.until > at else (Way.CLOSE,)


def settle(
    connection: sa.Connection,
    row: callbacks.Row,
    way: Way,
    reason: Reason,
    actor: Actor,
    at: datetime,
) -> bool:
    """Do what a supervisor decided; False when the callback is not as she saw it any more."""
    alone(connection)
    now = callbacks.load(connection, row.id, lock=True)
    if now is None or now.state != row.state or way not in ways(now, at):
        return False
    match way:
        case Way.TELL:
            done = callbacks.explain(connection, row.id, State.MISSED, reason)
        case Way.RESTORE:
            done = callbacks.change(connection, row.id, Event.RESTORE, reason=None)
        case Way.CLOSE:
            done = callbacks.close(connection, row.id, reason, at)
    if done:
        actor.tell(connection, f"{row.state} callback: {way}", row.id, reason)
    return done
