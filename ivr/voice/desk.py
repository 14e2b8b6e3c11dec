"""What the door needs at every turn: whom to trust, what to say, where things are kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol

from ivr.call.actions import Turn
from ivr.call.edition import Edition
from ivr.call.legs import Call
from ivr.call.signals import Signal
from ivr.call.world import World
from ivr.voice.account import Account
from ivr.voice.document import Document
from ivr.voice.effects import Effects
from ivr.voice.news import Attempts

MOST_DOCUMENTS = 2048


class Line(Protocol):
    """What the line says and where calls can go, at hand without a database."""

    def world(self, carrier: str) -> World:
        """The snapshot of now, for a call on this carrier."""

    def edition(self, number: int) -> Edition | None:
        """An edition in which calls may still be running; None when it is not at hand."""


class Machine(Protocol):
    """The pure call: `ivr.call.machine`."""

    def answer(self, world: World, number: str, caller: str) -> Call:
        """The leg that begins when somebody rings one of our numbers; `caller` is who rings (E.164,
        or empty).
        """

    def step(self, world: World, call: Call, signal: Signal) -> Turn:
        """Answer one signal."""

    def fail(self, world: World, call: Call) -> Turn:
        """What a leg says when a turn on it broke."""


class Tally(Protocol):
    """What is counted about calls; nothing that it is told says whose call it was."""

    def turn(self, world: World, before: Call, signal: Signal, turn: Turn) -> None:
        """One turn was answered. `signal` is the end of a dialled leg also where the caller is
        gone; of pressed keys nothing may be kept.
        """

    def ended(self, carrier: str, status: str) -> None:
        """A caller's call is over, with the carrier's word for how."""


class Documents:
    """Rendered documents by what they say: the oldest goes when there are too many."""

    def __init__(self, most: int = MOST_DOCUMENTS) -> None:
        """Begin with none."""
        self._kept: dict[object, Document] = {}
        self._most = most
        self._lock = Lock()

    def get(self, key: object, render: Callable[[], Document]) -> Document:
        """The document of this key, rendered when it was not kept."""
        kept = self._kept.get(key)
        return kept if kept is not None else self._keep(key, render())

    def _keep(self, key: object, document: Document) -> Document:
        with self._lock:
            while len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = document
        return document


@dataclass(frozen=True)
class Desk:
    """All that one door has. `base` is the public address; `last` the last words by kind of leg;
    `pretends` whether rehearsals may play at another time.
    """

    base: str
    accounts: Mapping[str, Account]
    secrets: tuple[bytes, ...]
    line: Line
    machine: Machine
    effects: Effects
    attempts: Attempts
    tally: Tally
    last: Mapping[str, bytes]
    pretends: bool
    documents: Documents = field(default_factory=Documents)
