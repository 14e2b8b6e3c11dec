"""The life of a callback: its states, what can happen to it, and how a talk can end.

A table of pairs that refuses by default. What it decides is asked again by the database's own
constraints, and no other place changes a state.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class State(StrEnum):
    """Where a callback stands. All but `closed` are open, and hold her number."""

    WAITING = "waiting"
    CLAIMED = "claimed"
    CALLING = "calling"
    PAUSED = "paused"
    FROZEN = "frozen"
    UNKNOWN = "unknown"
    MISSED = "missed"
    CLOSED = "closed"


class Event(StrEnum):
    """What can happen to a callback."""

    CLAIM = "claim"
    RELEASE = "release"  # by the operator, or because her lease is over
    DIAL = "dial"
    REFUSED = "refused"  # the carrier said a clear no: her phone did not ring
    LOST = "lost"  # the carrier's answer was lost: nobody knows yet
    FOUND = "found"  # the reconciler found what had become of it
    AGAIN = "again"  # not reached, and may be tried again in the same window
    PAUSE = "pause"  # no key or a wrong code: no attempt until she rings, or her wish
    FREEZE = "freeze"  # two codes for one number
    MISS = "miss"  # her window is over, and a promise was not kept
    RESTORE = "restore"  # a supervisor, or she herself, lets it wait again
    MOVE = "move"  # she chose another window
    CLOSE = "close"  # by an outcome, or a supervisor's reason
    WITHDRAW = "withdraw"  # by her


OPEN = frozenset(set(State) - {State.CLOSED})
ALIVE = (State.WAITING, State.CLAIMED, State.PAUSED)  # nothing rings, and it could go on
PROMISED = (State.WAITING, State.CLAIMED, State.FROZEN)  # paused: we rang, nothing was missed
SUPERVISED = (State.PAUSED, State.FROZEN, State.UNKNOWN, State.MISSED)  # a supervisor decides

TRANSITIONS: Mapping[tuple[State, Event], State] = MappingProxyType({
    (State.WAITING, Event.CLAIM): State.CLAIMED,
    (State.CLAIMED, Event.RELEASE): State.WAITING,
    (State.CLAIMED, Event.DIAL): State.CALLING,
    (State.CALLING, Event.REFUSED): State.CLAIMED,
    (State.CALLING, Event.LOST): State.UNKNOWN,
    (State.UNKNOWN, Event.FOUND): State.CALLING,
    (State.CALLING, Event.AGAIN): State.WAITING,
    (State.CALLING, Event.PAUSE): State.PAUSED,
    **{(state, Event.FREEZE): State.FROZEN for state in ALIVE},
    **{(state, Event.MISS): State.MISSED for state in PROMISED},
    **{(state, Event.RESTORE): State.WAITING for state in SUPERVISED},
    **{(state, Event.MOVE): State.WAITING for state in (*ALIVE, State.MISSED)},
    (State.FROZEN, Event.MOVE): State.FROZEN,
    **{(state, Event.CLOSE): State.CLOSED for state in (State.CALLING, *SUPERVISED)},
    **{(state, Event.WITHDRAW): State.CLOSED for state in OPEN},
})  # fmt: skip


class ForbiddenError(Exception):
    """What was asked cannot happen to a callback in this state."""

    def __init__(self, state: State, event: Event) -> None:
        """Say both in words."""
        super().__init__(f"a callback that is {state} cannot {event}")
        self.state, self.event = state, event


def after(state: State, event: Event) -> State:
    """The state after an event. Raises ForbiddenError for every pair not in the table."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise ForbiddenError(state, event) from None


class Outcome(StrEnum):
    """How an attempt ended, chosen by the operator from this closed list; obligatory."""

    SPOKE = "spoke"
    NOT_SAFE = "not safe now"
    SOMEBODY_ELSE = "somebody else"
    NO_KEY = "no key"
    NO_ANSWER = "no answer"
    WRONG_NUMBER = "wrong number"
    DECLINED = "declined"
    REFERRED = "referred"
    ANOTHER_TIME = "another time"
    DANGER = "in danger"
    DROPPED = "line dropped"
    COULD_NOT_SPEAK = "could not speak"
    INTERPRETER = "interpreter failed"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an outcome does next: `event` to the callback, or AGAIN where she wished it (`wish`)."""

    event: Event
    reached: bool  # may be chosen only where a conversation was possible (passed and bridged)
    wish: str = ""


CONSEQUENCES: Mapping[Outcome, Consequence] = MappingProxyType({
    Outcome.SPOKE: Consequence(Event.CLOSE, reached=True),
    Outcome.REFERRED: Consequence(Event.CLOSE, reached=True),
    Outcome.DECLINED: Consequence(Event.CLOSE, reached=True),
    Outcome.DANGER: Consequence(Event.CLOSE, reached=True),
    Outcome.ANOTHER_TIME: Consequence(Event.CLOSE, reached=True),  # after the new one was made
    Outcome.NOT_SAFE: Consequence(Event.PAUSE, reached=True),
    Outcome.SOMEBODY_ELSE: Consequence(Event.PAUSE, reached=False),
    Outcome.NO_KEY: Consequence(Event.PAUSE, reached=False, wish="retry"),
    Outcome.NO_ANSWER: Consequence(Event.AGAIN, reached=False),
    Outcome.WRONG_NUMBER: Consequence(Event.CLOSE, reached=False),
    # Somebody may have come in, and she hung up: without her wish we wait until she rings.
    Outcome.DROPPED: Consequence(Event.PAUSE, reached=True, wish="redial"),
    Outcome.COULD_NOT_SPEAK: Consequence(Event.PAUSE, reached=True),
    Outcome.INTERPRETER: Consequence(Event.AGAIN, reached=False),
    Outcome.TECHNICAL: Consequence(Event.AGAIN, reached=False),
})  # fmt: skip


def follows(outcome: Outcome, wishes: Container[str], *, left: bool) -> Event:
    """What happens to a callback after an outcome, with her wishes (`redial`, `retry`).

    `left` says that fewer attempts were made in this window than agreed; without one left nobody
    rings her until she does. Beside another callback of her number with another code, one that
    waits again is frozen in the same transaction.
    """
    found = CONSEQUENCES[outcome]
    wished = found.wish != "" and found.wish in wishes
    event = Event.AGAIN if wished else found.event
    return Event.PAUSE if event is Event.AGAIN and not left else event
