"""The walk: every state that a caller can reach in the real machine, and what follows from each.

States are told apart by what the machine decides on, not by counters of the journey, so that the
walk ends; the time is held still, for hours are the concern of routing.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from ivr.call.actions import Bridge, Dial, HangUp, Listen, Say, Turn
from ivr.call.inbound import LOOSE_ENDS
from ivr.call.legs import Inbound
from ivr.call.machine import answer, step
from ivr.call.screen import options
from ivr.call.signals import Answered, DialEnded, Outcome, Pressed, Signal, Silent
from ivr.call.world import World

KEYS = "1234567890*#"
ENDS = (Listen, Dial, HangUp, Bridge)
FAILED = DialEnded(Outcome.NO_ANSWER, bridged=False)
BRIDGED = DialEnded(Outcome.COMPLETED, bridged=True)


@dataclass(frozen=True)
class Edge:
    """One signal in one state, and the turn that answered it."""

    before: Inbound
    signal: Signal
    turn: Turn

    @cached_property
    def after(self) -> Inbound:
        """The state that the turn leads to."""
        return canonical(cast(Inbound, self.turn.call))

    @property
    def own(self) -> bool:
        """Whether the caller did it with a key."""
        return isinstance(self.signal, Pressed)


@dataclass
class Walk:
    """Everything that was met: the first turn, and each state's edges."""

    first: Edge
    edges: dict[Inbound, list[Edge]] = field(default_factory=dict)

    def all(self) -> Iterator[Edge]:
        """Every edge, the first turn included."""
        yield self.first
        for edges in self.edges.values():
            yield from edges


def canonical(call: Inbound) -> Inbound:
    """The state without what only counts, and without what the next turn will not look at."""
    counted: dict[str, Any] = {"turns": 0, "dials": 0, "started": 0, "hashed": 0}
    forgotten: dict[str, Any] = {"region": "", "need": "", "mute": False, "tried": ()}
    page = call.page if call.node == "languages" else 1
    if call.covered:
        return call._replace(**counted, **forgotten, node="cover", covered=1, told=())
    if call.node == "person":
        return call._replace(**counted, page=page)
    if call.node in LOOSE_ENDS:
        return call._replace(**counted, page=page, tried=call.tried[:1], mute=False)
    return call._replace(**counted, **forgotten, page=page)


def walk(world: World, number: str) -> Walk:
    """Walk everything that can follow a ring on one access number."""
    call = answer(world, number)
    if not isinstance(call, Inbound):
        raise ValueError(f"{number} is not a line")
    first = Edge(canonical(call), Answered(), step(world, call, Answered()))
    found = Walk(first)
    waiting = [first.after]
    while waiting:
        state = waiting.pop()
        if state in found.edges:
            continue
        found.edges[state] = [] if state.covered else list(_edges(world, state))
        waiting += [edge.after for edge in found.edges[state] if not ended(edge.turn)]
    return found


def _edges(world: World, state: Inbound) -> Iterator[Edge]:
    for signal in signals(world, state):
        yield Edge(state, signal, step(world, state, signal))


def signals(world: World, state: Inbound) -> tuple[Signal, ...]:
    """What can happen in a state: keys and silence where it listens, an end where it dials."""
    node = world.edition.menu.nodes.get(state.node)
    if node and node.kind == "person":
        return (FAILED, BRIDGED)
    on_a_page = node and node.kind == "languages"  # silence turns it: other keys, other languages
    if (state.silences or state.wrong) and not on_a_page:
        return (Pressed("0"), Pressed(_useless(world, state)), Silent())
    return (*(Pressed(key) for key in KEYS), Silent())


def _useless(world: World, state: Inbound) -> str:
    """A key that does nothing here; the others do what they do before any silence."""
    node = world.edition.menu.nodes.get(state.node) or world.edition.menu.nodes["main"]
    known = {option.key for option in options(world, state, node)}
    return next((key for key in "87654321" if key not in known), "9")


def ended(turn: Turn) -> bool:
    """Whether the call is over after a turn."""
    return not turn.actions or isinstance(turn.actions[-1], HangUp)


def well_formed(turn: Turn) -> bool:
    """Whether a turn ends in a wait, a dial or a hang-up, with only words before it."""
    if not turn.actions:
        return False
    *before, last = turn.actions
    return isinstance(last, ENDS) and all(isinstance(action, Say) for action in before)
