"""The walk: every state that a caller can reach in the real machine, and what follows from each.

States are told apart by what the machine decides on, not by counters of the journey, so that the
walk ends; the time is held still, for hours are the concern of routing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from ivr.call.actions import Bridge, Dial, HangUp, Listen, Say, Turn
from ivr.call.legs import Inbound
from ivr.call.machine import answer, step
from ivr.call.place import LOOSE_ENDS, digits_of, node_of
from ivr.call.proof.entries import common, useless, what_to_key
from ivr.call.proof.played import played
from ivr.call.signals import Answered, DialEnded, Outcome, Pressed, Signal, Silent
from ivr.call.world import World
from prompts import NodeKind

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
    call = common(call._replace(**counted, page=call.page if call.node == "languages" else 1))
    if call.covered:
        return call._replace(**forgotten, node="cover", covered=1, told=())
    if call.node == "person":
        return call
    if call.node in LOOSE_ENDS:
        return call._replace(tried=call.tried[:1], mute=False)
    return call._replace(**forgotten)


def walk(world: World, number: str) -> Walk:
    """Walk everything that can follow a ring on one access number."""
    call = answer(world, number)
    if not isinstance(call, Inbound):
        raise ValueError(f"{number} is not a line")
    return walk_from(world, Edge(canonical(call), Answered(), step(world, call, Answered())))


def walk_from(world: World, first: Edge, inside: Callable[[Inbound], bool] = bool) -> Walk:
    """Walk everything that can follow a first turn, as long as it is `inside`."""
    found = Walk(first)
    waiting = [first.after]
    while waiting:
        state = waiting.pop()
        if state in found.edges:
            continue
        found.edges[state] = list(_edges(world, state)) if _goes_on(state, inside) else []
        waiting += [edge.after for edge in found.edges[state] if not ended(edge.turn)]
    return found


def _goes_on(state: Inbound, inside: Callable[[Inbound], bool]) -> bool:
    return not state.covered and inside(state)


def _edges(world: World, state: Inbound) -> Iterator[Edge]:
    for signal in signals(world, state):
        for turn in played(world, state, signal):
            yield Edge(state, signal, turn)


def signals(world: World, state: Inbound) -> tuple[Signal, ...]:
    """What can happen in a state: keys and silence where it listens, an end where it dials."""
    node = node_of(world, state)
    if node.kind is NodeKind.PERSON:
        return (FAILED, BRIDGED)
    # silence turns a page: other keys, other languages
    if (state.silences or state.wrong) and node.kind is not NodeKind.LANGUAGES:
        return (Pressed("0"), Pressed(useless(world, state, node)), Silent())
    keyed = what_to_key(state, node.name) if digits_of(node) > 1 else ()
    return (*(Pressed(keys) for keys in keyed or KEYS), Silent())


def ended(turn: Turn) -> bool:
    """Whether the call is over after a turn."""
    return not turn.actions or isinstance(turn.actions[-1], HangUp)


def well_formed(turn: Turn) -> bool:
    """Whether a turn ends in a wait, a dial or a hang-up, with only words before it."""
    if not turn.actions:
        return False
    *before, last = turn.actions
    return isinstance(last, ENDS) and all(isinstance(action, Say) for action in before)
