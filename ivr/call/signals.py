"""What can happen on a leg, as a closed union: the only things that a call ever learns."""

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class HungUp:
    """The leg is gone: nothing can be said any more."""


Signal = Answered | Pressed | Silent | DialEnded | Done | HungUp
