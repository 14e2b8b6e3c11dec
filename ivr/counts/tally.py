"""What of a call is counted: that it came to a node, how it went on, how it ended. Never a key."""

from collections.abc import Callable
from datetime import datetime

from ivr.call.actions import Turn
from ivr.call.legs import Call, Inbound
from ivr.call.signals import Answered, DialEnded, HungUp, Signal, Silent
from ivr.call.world import World
from ivr.counts.counter import Counter


class Tally:
    """Counts the turns of calls. With `rehearsals` those of nobody real are counted too."""

    def __init__(
        self, counter: Counter, now: Callable[[], datetime], *, rehearsals: bool = False
    ) -> None:
        """`now` is the clock: a call that pretends another time is counted in the real one."""
        self._counter = counter
        self._now = now
        self._rehearsals = rehearsals

    def turn(self, world: World, before: Call, signal: Signal, turn: Turn) -> None:
        """One turn of a caller's own leg; the other legs are told of by how their dials end."""
        after = turn.call
        if not isinstance(before, Inbound) or not isinstance(after, Inbound):
            return
        if world.rehearsal and not self._rehearsals:
            return
        event = _event(signal)
        if event:
            self._count(after.language or before.language, before.node, event)
        if isinstance(signal, Answered) or after.node != before.node:
            self._count(after.language, after.node, "entered")

    def ended(self, carrier: str, status: str) -> None:
        """A caller's call is over, with the carrier's word for how."""
        if carrier != "rehearsal" or self._rehearsals:
            self._count("", "", f"ended.{status}")

    def _count(self, language: str, node: str, event: str) -> None:
        self._counter.count(self._now(), language=language, node=node, event=event)


def _event(signal: Signal) -> str:
    match signal:
        case DialEnded(outcome, bridged):
            return "bridged" if bridged else f"dial.{outcome.name.lower()}"
        case Silent():
            return "silent"
        case HungUp():
            return "left"
        case Answered():
            return "answered"
        case _:
            return ""
