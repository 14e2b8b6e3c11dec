"""May she be called now? One pure answer, asked whenever a callback is about to move on.

It is asked when the queue is drawn, when the button is pressed, when the carrier is asked, and
again when the document that rings her telephone is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from routing.callback import State
from routing.guard import Yes
from routing.window import in_utc

__all__ = ["Attempt", "Conditions", "Facts", "No", "Terms", "Why", "Yes", "may_call"]


class Why(StrEnum):
    """Why she may not be called now: a closed list, in the order in which they are told."""

    CLOSED = "closed"
    MISSED = "missed"
    UNKNOWN = "unknown"
    FROZEN = "frozen"
    PAUSED = "paused"
    CARRIER = "carrier"  # another carrier's callback: a rehearsal never rings a real telephone
    HOLD = "hold"  # the kill switch
    CLOCK = "clock"  # ours is wrong against the carrier's, or was never compared
    OVER = "over"  # so little of her window is left that it could ring after it
    EARLY = "early"  # her window has not begun
    USED = "used"  # rung as often in this window as was agreed
    SOON = "soon"  # too soon after the last attempt


STATES = {
    State.CLOSED: Why.CLOSED,
    State.MISSED: Why.MISSED,
    State.UNKNOWN: Why.UNKNOWN,
    State.FROZEN: Why.FROZEN,
    State.PAUSED: Why.PAUSED,
}
"""The states in which nobody calls, with their reasons: in the others she may be called."""


@dataclass(frozen=True, slots=True)
class No:
    """She may not be called now, and why."""

    why: Why


@dataclass(frozen=True, slots=True)
class Facts:
    """What is asked of a callback. Moments are aware; `until` is no part of her window.

    `not_before` is when the next attempt was put off to.
    """

    id: int
    state: State
    carrier: str
    start: datetime
    until: datetime
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One time that a telephone was rung: for which callback, in which window, and when its Dial
    was first written. `dropped` says that the line dropped and that she wished another call then.
    """

    callback: int
    start: datetime
    until: datetime
    dialled: datetime
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Conditions:
    """What holds for every callback now: who would carry the call, whether the kill switch is
    thrown, and by how many seconds our clock differs from the carrier's (None: never measured).
    """

    carrier: str
    hold: bool
    skew: float | None


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed with her, and what keeps a call inside her window."""

    attempts: int = 2
    between: timedelta = timedelta(minutes=30)
    after_drop: timedelta = timedelta(minutes=5)
    ring: timedelta = timedelta(seconds=18)
    guard: timedelta = timedelta(seconds=35)
    skew: timedelta = timedelta(seconds=30)


AGREED = Terms()
Span = tuple[datetime, datetime]


def may_call(
    facts: Facts,
    history: Iterable[Attempt],
    at: datetime,
    conditions: Conditions,
    terms: Terms = AGREED,
) -> Yes | No:
    """Whether her telephone may be rung at a moment (aware).

    `history` holds every attempt of her *number*, of any of its callbacks, whose Dial was written;
    without the one that is being asked about. Raises ValueError for moments without a time zone.
    """
    now, window = in_utc(at), (in_utc(facts.start), in_utc(facts.until))
    why = (
        STATES.get(facts.state)
        or _stopped(facts, conditions, terms)
        or _outside(window, now, conditions, terms)
        or _too_often(window, tuple(history), now, terms)
        or _put_off(facts, now)
    )
    return No(why) if why else Yes()


def _stopped(facts: Facts, conditions: Conditions, terms: Terms) -> Why | None:
    if facts.carrier != conditions.carrier:
        return Why.CARRIER
    if conditions.hold:
        return Why.HOLD
    skew = conditions.skew
    if skew is None or not abs(skew) <= terms.skew.total_seconds():  # "not a number" is no measure
        return Why.CLOCK
    return None


def _outside(window: Span, now: datetime, conditions: Conditions, terms: Terms) -> Why | None:
    """The clock may be ahead: her window has begun when it has begun by either clock."""
    skew = timedelta(seconds=abs(conditions.skew or 0))
    if now + terms.ring + terms.guard > window[1]:
        return Why.OVER
    return Why.EARLY if now - skew < window[0] else None


def _too_often(window: Span, made: tuple[Attempt, ...], now: datetime, terms: Terms) -> Why | None:
    """Every window that holds this moment counts, also another callback's of her number."""
    rung = [(in_utc(one.dialled), one) for one in made]
    for start, until in {window, *((in_utc(one.start), in_utc(one.until)) for one in made)}:
        inside = sum(start <= dialled < until for dialled, _ in rung)
        if start <= now < until and inside >= terms.attempts:
            return Why.USED
    for dialled, one in rung:
        if now < dialled + (terms.after_drop if one.dropped else terms.between):
            return Why.SOON
    return None


def _put_off(facts: Facts, now: datetime) -> Why | None:
    later = facts.not_before
    return Why.SOON if later is not None and now < in_utc(later) else None
