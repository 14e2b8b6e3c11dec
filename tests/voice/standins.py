"""What stands around the door in tests: a line, a shelf, effects and counts to look at."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ivr.call.actions import Effect, Prove
from ivr.call.edition import Edition
from ivr.call.legs import Call
from ivr.call.signals import Done, Result, Signal
from ivr.call.world import World
from ivr.voice.news import News
from tests.worlds import MONDAY_MORNING, shipped_directory, shipped_edition, world


@dataclass
class StandInLine:
    """A line whose moment can be set, and whose editions are at hand or not."""

    at: datetime = MONDAY_MORNING
    current: Edition = field(default_factory=shipped_edition)
    editions: dict[int, Edition] = field(default_factory=dict)

    def world(self, carrier: str) -> World:
        """The world of now."""
        return world(self.at, edition=self.current, directory=shipped_directory(), carrier=carrier)

    def edition(self, number: int) -> Edition | None:
        """An older edition."""
        return self.editions.get(number)


class StandInShelf:
    """A shelf on which every recipe is a short beep."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    def clip(self, packed: bytes) -> bytes:
        """A WAV's head and some bytes."""
        self.asked.append(packed)
        return b"RIFF" + packed * 8


@dataclass
class StandInEffects:
    """Effects in memory, as the store keeps them."""

    proved: list[tuple[str, str]] = field(default_factory=list)
    done: list[Effect] = field(default_factory=list)
    results: dict[type[Effect], Result] = field(default_factory=dict)
    kept: dict[tuple[str, int], bool] = field(default_factory=dict)
    away: bool = False

    def carry_out(
        self, effect: Effect, *, call: str, step: int, carrier: str, caller: str, at: datetime
    ) -> Result:
        """Once for a call and its step."""
        if self.away:
            raise OSError("the database is away")
        if (call, step) not in self.kept:
            self.kept[call, step] = True
            self.done.append(effect)
            if isinstance(effect, Prove):
                self.proved.append((carrier, effect.target))
        return self.results.get(type(effect), Done(self.kept[call, step]))


@dataclass
class StandInAttempts:
    """News of attempts that can be looked at."""

    news: list[News] = field(default_factory=list)
    away: bool = False

    def take(self, news: News) -> None:
        """One piece of news."""
        if self.away:
            raise OSError("the database is away")
        self.news.append(news)


@dataclass
class StandInTally:
    """Counts that can be looked at."""

    turns: list[tuple[str, Call, Signal]] = field(default_factory=list)
    ends: list[tuple[str, str]] = field(default_factory=list)
    broken: bool = False

    def turn(self, world: World, before: Call, signal: Signal, turn: Any) -> None:
        """One turn."""
        if self.broken:
            raise OSError("no counting today")
        self.turns.append((world.carrier, before, signal))

    def ended(self, carrier: str, status: str) -> None:
        """One end."""
        if self.broken:
            raise OSError("no counting today")
        self.ends.append((carrier, status))
