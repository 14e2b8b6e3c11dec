"""What can happen on a leg, as a closed union: the only things that a call ever learns."""

from dataclasses import dataclass
from enum import StrEnum

from routing.window import Window


class Outcome(StrEnum):
    """How a dialled leg ended, in the carrier-neutral words that every telephone network has."""

    COMPLETED = "completed"
    BUSY = "busy"
    NO_ANSWER = "no answer"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Answered:
    """The leg has just been answered: nothing was said yet."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """Keys came in: `0`-`9`, `*` and `#`, in order, at least one."""

    keys: str


@dataclass(frozen=True, slots=True)
class Silent:
    """The time-out passed without a key."""


@dataclass(frozen=True, slots=True)
class DialEnded:
    """A leg that we dialled has ended. Only `bridged` was a conversation."""

    outcome: Outcome
    bridged: bool


@dataclass(frozen=True, slots=True)
class Done:
    """An effect was carried out, or could not be."""

    ok: bool


class Note(StrEnum):
    """What became of the wish to be called back."""

    NOTED = "noted"
    CHANGED = "changed"  # number and code were those of an open one: it stands now as she said
    FULL = "full"  # others took that time meanwhile
    CAPPED = "capped"  # too many for this number, this telephone or this hour
    AWAY = "away"  # it could not be kept


@dataclass(frozen=True, slots=True)
class Noted:
    """She said yes: it is kept durably, or it is not."""

    how: Note


@dataclass(frozen=True, slots=True)
class Mine:
    """Her own callback as she may hear it. `told` is "" or what she should know first: "no code"
    (we rang and heard none), "missed" (we did not ring in her time). `language` is the one that
    she booked in.
    """

    id: int
    window: Window
    told: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Number and code were right, or not: None says nothing about which."""

    mine: Mine | None


@dataclass(frozen=True, slots=True)
class Ring:
    """Her telephone may be rung now. `target` goes into the document that rings it alone."""

    target: str
    caller_id: str
    language: str  # of the gate's cover
    voicemail: bool
    place: int


@dataclass(frozen=True, slots=True)
class NoRing:
    """Her telephone may not be rung; `why` is a word of `routing.calling`'s list."""

    why: str


@dataclass(frozen=True, slots=True)
class Checked:
    """Four digits at the gate were hers, or not."""

    right: bool


@dataclass(frozen=True, slots=True)
class HungUp:
    """The leg is gone: nothing can be said any more."""


Result = Done | Noted | Known | Ring | NoRing | Checked
Signal = Answered | Pressed | Silent | DialEnded | Result | HungUp
