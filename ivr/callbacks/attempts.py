"""The button: her callback goes from claimed to calling, and the operator's own telephone is rung.

What is to happen is written down before the carrier is asked, and the carrier is asked once. What
comes of it may be a clear no, which is offered again, or silence, which is never tried again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_urlsafe

import sqlalchemy as sa

from ivr.call.legs import OperatorLeg
from ivr.callbacks import finishing, history
from ivr.callbacks.claims import LEASE
from ivr.callbacks.finishing import Stage
from ivr.callbacks.means import Means
from ivr.callbacks.points import reach
from ivr.carrier import Lost, Order, Placed
from ivr.carrier import Refused as CarrierRefused
from ivr.store import attempts, callbacks, hers
from ivr.store.alone import alone
from ivr.store.callback_tables import attempts as made
from ivr.store.sealing import LostError
from ivr.voice.address import address_of_attempt, address_of_fallback, address_of_operator
from ivr.voice.news import EVENTS
from routing.callback import Event, State
from routing.calling import Why, Yes

RING = 25
"""Seconds for which an operator's telephone rings."""
LONGEST = 2 * 60 * 60
"""Seconds after which the operator's call is cut, and with it hers."""
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Operator:
    """Who presses the button: her telephone (E.164 or `sip:`), her language, and the edition that
    the line speaks.
    """

    id: int
    phone: str
    language: str
    edition: int


@dataclass(frozen=True, slots=True)
class Started:
    """The operator's telephone is being rung."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody is rung. `why` is a word of `routing.calling`, or one of those below."""

    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The carrier's answer was lost: it may be ringing, and somebody has to find out."""

    attempt: int


NOT_HERS = "not yours"
GONE = "erased"
CARRIER_SAID_NO = "the carrier refused"
Answer = Started | Refused | Unknown


@dataclass(frozen=True, slots=True)
class _Begun:
    """What was written down before anybody is asked."""

    id: int
    token: str
    row: callbacks.Row


def call(means: Means, callback: int, operator: Operator, now: Callable[[], datetime]) -> Answer:
    """Call her back: ring the operator first. May raise `Away` and OSError, before anything rings
    or after: the sweeps find what became of it.
    """
    reach("call.pressed")
    with means.store.writing() as connection:
        begun = _begin(connection, means, callback, operator, now())
    if isinstance(begun, Refused):
        return begun
    reach("call.committed")
    stopped = _stopped(means, begun, now())
    if stopped:
        return stopped
    reach("call.asking")
    answer = _place(means, begun, operator)
    reach("call.asked")
    with means.store.writing() as connection:
        _note(connection, begun, answer, now())
    reach("call.done")
    match answer:
        case Placed():
            return Started(begun.id)
        case CarrierRefused():
            return Refused(CARRIER_SAID_NO)
        case Lost():
            return Unknown(begun.id)


def _begin(
    connection: sa.Connection, means: Means, callback: int, operator: Operator, at: datetime
) -> _Begun | Refused:
    """Ask the rule, and write down what is to happen."""
    alone(connection)
    row = callbacks.load(connection, callback, lock=True)
    if row is None or row.state != State.CLAIMED or row.claimed_by != operator.id:
        return Refused(NOT_HERS)
    if row.carrier not in means.carriers or not operator.phone:
        return Refused(Why.CARRIER)
    number = _ask(connection, means, row, at)
    if isinstance(number, Refused):
        return number
    reach("call.allowed")
    callbacks.change(connection, callback, Event.DIAL, lease=at + LEASE)
    reach("call.changed")
    begun = _insert(connection, means, row, operator, number, at)
    reach("call.noted")
    return begun


def _insert(
    connection: sa.Connection,
    means: Means,
    row: callbacks.Row,
    operator: Operator,
    number: str,
    at: datetime,
) -> _Begun:
    token = token_urlsafe(TOKEN_BYTES)
    attempt = attempts.insert(
        connection,
        token=token,
        callback=row.id,
        carrier=row.carrier,
        operator=operator.id,
        start=row.start,
        until=row.until,
        number=history.fingerprint(means.context().vault, number, at),
        state=Stage.ASKED,
        at=at,
    )
    return _Begun(attempt, token, row)


def _stopped(means: Means, begun: _Begun, at: datetime) -> Refused | None:
    """Ask the rule once more, now that the carrier would be asked."""
    with means.store.reading() as connection:
        still = _ask(connection, means, begun.row, at)
    if not isinstance(still, Refused):
        return None
    with means.store.writing() as connection:
        alone(connection)
        finishing.never_rang(connection, begun.id, begun.row.id, at + LEASE)
    return still


def _ask(
    connection: sa.Connection, means: Means, row: callbacks.Row, at: datetime
) -> str | Refused:
    """Her number when she may be called now."""
    context = means.context()
    try:
        number = hers.number_of(connection, context.vault, row.id)
    except LostError:
        return Refused(GONE)
    may = history.ask(connection, context, row, number, at, carrier=row.carrier)
    return number if isinstance(may, Yes) else Refused(may.why)


def _place(means: Means, begun: _Begun, operator: Operator) -> Placed | CarrierRefused | Lost:
    carrier = means.carriers[begun.row.carrier]
    leg = OperatorLeg(begun.token, operator.language, begun.row.language, operator.edition)
    account, today = means.accounts[carrier.name], means.real().astimezone(UTC).date()
    order = Order(
        to=operator.phone,
        from_=means.context().outbound,
        url=address_of_operator(means.base, means.secrets, account, leg, today),
        status_url=address_of_attempt(means.base, begun.token),
        ring=RING,
        longest=LONGEST,
        fallback_url=address_of_fallback(means.base),
        events=EVENTS,
    )
    return carrier.place(order)


def _note(
    connection: sa.Connection,
    begun: _Begun,
    answer: Placed | CarrierRefused | Lost,
    at: datetime,
) -> None:
    """Write down what the carrier said, unless a webhook of that very call was faster."""
    alone(connection)
    asked = (made.c.state == str(Stage.ASKED),)
    match answer:
        case Placed(sid=sid):
            attempts.change(connection, begun.id, when=asked, state=Stage.PLACED, sid=sid)
        case CarrierRefused():
            finishing.never_rang(connection, begun.id, begun.row.id, at + LEASE)
        case Lost():
            finishing.is_lost(connection, begun.id, begun.row.id)
    reach("call.answered")
