"""The board: everything that the exchange knows at one moment, and what it wants done outside.

It holds no clock and no randomness: `at` is told with every event, names are made by `name`.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ivr.carrier.rehearsal.legs import Direction, Entry, Family, Kind, Leg, Timer
from ivr.carrier.rehearsal.owners import Owner
from ivr.carrier.rehearsal.wire import Request

MOST_FAMILIES = 500
"""Finished calls beyond these are known from the journal alone."""


@dataclass(frozen=True, slots=True)
class Account:
    """Whose calls these are: `token` signs webhooks. `owned` are the numbers a Dial may show;
    empty: any.
    """

    sid: str
    token: str
    owned: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Numbers:
    """What our access numbers are set to: the addresses that answer, are told, and stand in."""

    voice: str
    status: str = ""
    fallback: str = ""


@dataclass(slots=True)
class Faults:
    """What shall go wrong on purpose: webhooks to repeat, replies to lose, answers to withhold,
    placed calls to keep queued.
    """

    repeat: int = 0
    drop: int = 0
    withhold: int = 0
    queue: int = 0


@dataclass(slots=True)
class Board:
    """The exchange's whole state. `name` makes an id from a prefix, unique for ever."""

    account: Account
    numbers: Numbers
    name: Callable[[str], str]
    at: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    families: dict[str, Family] = field(default_factory=dict)
    legs: dict[str, Leg] = field(default_factory=dict)
    sounds: dict[str, float] = field(default_factory=dict)
    asked: dict[str, Request] = field(default_factory=dict)
    first: dict[str, bytes] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    owners: dict[str, Owner] = field(default_factory=dict)
    outbox: deque[Request] = field(default_factory=deque)
    entries: list[Entry] = field(default_factory=list)
    ready: deque[Leg] = field(default_factory=deque)
    noted: int = 0

    def note(self, leg: Leg, what: str, **facts: Any) -> None:
        """Write down what happened on a leg; the journal has it before anything is sent."""
        self.noted += 1
        entry: Entry = {
            "n": self.noted,
            "at": self.at.isoformat(),
            "moment": leg.family.moment.isoformat(),
            "family": leg.family.root,
            "call": leg.sid,
            "what": what,
            **facts,
        }
        leg.family.entries.append(entry)
        self.entries.append(entry)

    def open(self, family: Family, direction: Direction, from_: str, to: str) -> Leg:
        """Begin a leg of a family."""
        sid = family.root if not family.legs else self.name("CA")
        leg = Leg(sid, family, direction, from_, to, created=family.moment)
        self.legs[sid] = leg
        family.legs.append(sid)
        return leg

    def begin(self, family: Family) -> None:
        """Take in a new call, and let go of the oldest finished one when there are many."""
        self.families[family.root] = family
        if len(self.families) <= MOST_FAMILIES:
            return
        for old in list(self.families.values()):
            if not any(self.legs[sid].live for sid in old.legs):
                for sid in old.legs:
                    del self.legs[sid]
                del self.families[old.root]
                return

    def wait(
        self, leg: Leg, kind: Kind, seconds: float, what: str = "", language: str = ""
    ) -> None:
        """Let a leg wait; when the time is over the exchange is told which wait it was."""
        family = leg.family
        family.timers += 1
        leg.timer = Timer(family.timers, kind, seconds, family.now + seconds, what, language)
