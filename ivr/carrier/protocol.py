"""What the line asks of whoever carries calls, and every answer that it can get.

There is no idempotency key on placing a call: where the answer was lost nobody knows whether a
telephone rings, so a lost answer is a result of its own, and nothing here ever tries again.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Stage(StrEnum):
    """How far a call has come, in the words of the carriers' REST shape."""

    QUEUED = "queued"
    RINGING = "ringing"
    TALKING = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELLED = "canceled"


OVER = frozenset(set(Stage) - {Stage.QUEUED, Stage.RINGING, Stage.TALKING})


@dataclass(frozen=True, slots=True)
class Order:
    """A call to place: `to` rings for `ring` seconds and sees `from_` (both E.164); `url` is asked
    how it goes on, and `fallback_url` where that has no answer; `status_url` is told of `events`
    (empty: nobody). `longest` bounds the call.
    """

    to: str
    from_: str
    url: str
    status_url: str = ""
    ring: int = 25
    longest: int = 600
    fallback_url: str = ""
    events: tuple[str, ...] = ("completed",)


@dataclass(frozen=True, slots=True)
class Placed:
    """A call as the carrier knows it. `started` is when somebody picked up, or it was made."""

    sid: str
    to: str
    from_: str
    stage: Stage
    started: datetime
    seconds: int


@dataclass(frozen=True, slots=True)
class Found:
    """The calls that fit a search, newest first. None found proves nothing for some seconds."""

    calls: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class Deleted:
    """The carrier keeps no record of the call any more."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A clear no, also where the carrier could not be reached at all: nothing was done."""

    code: int
    reason: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The request may have been carried out or not: a person or a search has to find out."""

    reason: str


class Carrier(Protocol):
    """Somebody who carries calls."""

    @property
    def name(self) -> str:
        """What the directory's proofs and the database call it."""

    def place(self, order: Order) -> Placed | Refused | Lost:
        """Let a telephone ring. Asked once, whatever comes back."""

    def look_up(self, sid: str) -> Placed | Refused | Lost:
        """See how a call is."""

    def find(self, *, to: str, from_: str, since: datetime) -> Found | Refused | Lost:
        """Find calls between two numbers since a moment: for whom an answer was lost."""

    def children(self, sid: str) -> Found | Refused | Lost:
        """Find the calls that a call has dialled: their records hold numbers too."""

    def cancel(self, sid: str) -> Placed | Refused | Lost:
        """End a call, whether it rings or is talked on."""

    def delete(self, sid: str) -> Deleted | Refused | Lost:
        """Have the record of a call that is over deleted."""
