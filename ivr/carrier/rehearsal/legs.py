"""What the exchange remembers while a call lives: legs, the timer of each, and their family."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from ivr.carrier.rehearsal.answers import Answer
from ivr.carrier.rehearsal.document import Dial, Document, Gather, Sound, Verb

Entry = dict[str, Any]


class Status(StrEnum):
    """How far a leg has come, in the words of the REST shape."""

    QUEUED = "queued"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


LIVE = frozenset({Status.QUEUED, Status.RINGING, Status.IN_PROGRESS})


class Direction(StrEnum):
    """Where a leg comes from: a caller, a Dial, or a request to place a call."""

    INBOUND = "inbound"
    DIAL = "outbound-dial"
    API = "outbound-api"


class Kind(StrEnum):
    """What a leg waits for until its timer is over."""

    CLIP = "clip"
    SAY = "say"
    PAUSE = "pause"
    SILENCE = "silence"
    RING = "ring"
    PICK_UP = "pick-up"
    GIVE_UP = "give-up"
    PRESS = "press"
    TALK = "talk"
    QUEUE = "queue"


@dataclass(frozen=True, slots=True)
class Timer:
    """One wait of one leg: over at `due`, in the call's own seconds. `what` is a URL or words."""

    id: int
    kind: Kind
    seconds: float
    due: float
    what: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Notices:
    """Where the progress of a placed call is told, and which steps of it."""

    url: str = ""
    method: str = "POST"
    events: frozenset[str] = frozenset({"completed"})


@dataclass(slots=True)
class Leg:
    """One telephone's part of a call, as the carrier holds it."""

    sid: str
    family: "Family"
    direction: Direction
    from_: str
    to: str
    created: datetime
    status: Status = Status.QUEUED
    parent: str = ""
    url: str = ""
    method: str = "POST"
    twiml: str = ""
    fallback: str = ""
    fallback_method: str = "GET"
    notices: Notices = field(default_factory=Notices)
    answer: Answer | None = None
    ring: int = 60
    limit: int = 0
    asked: str = ""
    document: Document | None = None
    wanted: set[str] = field(default_factory=set)
    verbs: deque[Verb] = field(default_factory=deque)
    sounds: deque[Sound] = field(default_factory=deque)
    gather: Gather | None = None
    digits: str = ""
    timer: Timer | None = None
    dial: Dial | None = None
    child: str = ""
    peer: str = ""
    bridged: bool = False
    failing: bool = False
    started: datetime | None = None
    ended: datetime | None = None
    notes: int = 0

    @property
    def live(self) -> bool:
        """Whether anything can still happen on it."""
        return self.status in LIVE

    @property
    def duration(self) -> int:
        """Whole seconds from the answer to the end; 0 where nobody answered or it goes on."""
        if self.started is None or self.ended is None:
            return 0
        return round((self.ended - self.started).total_seconds())


@dataclass(slots=True)
class Family:
    """A first leg and the legs that it dialled, with the one clock that they share.

    `start` is the (perhaps pretended) moment it began, `now` the seconds since. Where `paced` is
    true a telephone says when time passes, for it owns the sound; otherwise the wall clock does,
    counted from `began`.
    """

    root: str
    start: datetime
    paced: bool
    answers: tuple[Answer, ...]
    tones: bool = True
    began: datetime | None = None
    talk: float | None = None
    now: float = 0.0
    dials: int = 0
    timers: int = 0
    seen: datetime | None = None
    legs: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def moment(self) -> datetime:
        """What time it is in this call."""
        return self.start + timedelta(seconds=self.now)

    def next_answer(self) -> Answer:
        """How the next dial is met: in order, the last for all that follow."""
        answer = self.answers[min(self.dials, len(self.answers) - 1)]
        self.dials += 1
        return answer
