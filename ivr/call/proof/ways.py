"""Rules about where every way leads, and how long it takes: found on the walk.

Seconds count what is heard before the key can be pressed by somebody who waits for its option,
so they are the worst case of the quickest way.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from ivr.call.actions import Dial, Listen, Piece, Say, Spoken, Turn
from ivr.call.legs import Inbound
from ivr.call.proof.finding import Finding
from ivr.call.proof.sound import seconds
from ivr.call.proof.walk import BRIDGED, FAILED, Edge, Walk, ended, well_formed
from ivr.call.signals import Pressed, Silent
from ivr.call.world import World
from prompts import NodeKind
from routing.numbers import Yes, may_dial

RINGING_WITHIN = 120.0
NOTHING = 0.0


@dataclass(frozen=True, slots=True)
class Way:
    """What it takes to get somewhere, in presses and in seconds of listening."""

    presses: int
    seconds: float


def ways(world: World, found: Walk) -> Iterator[Finding]:
    """Everything that is wrong with where signals lead."""
    for edge in found.all():
        yield from _turn(world, edge)
    for state, edges in found.edges.items():
        yield from _person(world, state, edges)
    yield from _cycles(found)
    yield from _silence(world, found)


def where(state: Inbound) -> str:
    """Name a state for a finding."""
    return f"{state.language or state.access}, node {state.node}"


def _turn(world: World, edge: Edge) -> Iterator[Finding]:
    if not well_formed(edge.turn):
        yield Finding(
            "nobody falls through",
            where(edge.before),
            f"{edge.signal} leads into dead air.",
            "Give it a target.",
        )
    for action in edge.turn.actions:
        if isinstance(action, Dial):
            yield from _target(world, edge, action)
        if isinstance(action, Say | Listen):
            yield from _spoken(world, edge, action.pieces)


def _target(world: World, edge: Edge, dial: Dial) -> Iterator[Finding]:
    allowed = may_dial(dial.target, world.directory)
    if not isinstance(allowed, Yes):
        yield Finding(
            "every target within the guard",
            where(edge.before),
            f"It would dial {dial.target}: {allowed.reason}",
            "Mend the centre.",
        )


def _spoken(world: World, edge: Edge, pieces: tuple[Piece, ...]) -> Iterator[Finding]:
    if not any(isinstance(piece, Spoken) for piece in pieces):
        yield Finding(
            "nobody falls through",
            where(edge.before),
            f"{edge.signal} is answered by silence.",
            "Say something.",
        )
    for piece in pieces:
        if isinstance(piece, Spoken) and not world.edition.speakable(
            piece.prompt, piece.language, rehearsal=world.rehearsal
        ):
            yield Finding(
                "everything said is speakable",
                where(edge.before),
                f"{piece.prompt} cannot be spoken in {piece.language}.",
                "Approve and record it.",
            )


def _person(world: World, state: Inbound, edges: list[Edge]) -> Iterator[Finding]:
    for edge in edges:
        if edge.signal == Pressed("0") and not (_dials(edge.turn) or edge.after.node == "nobody"):
            yield Finding(
                "a person is one key away",
                where(state),
                "Zero does not ring anybody.",
                "Let it ring.",
            )


def _dials(turn: Turn) -> bool:
    return any(isinstance(action, Dial) for action in turn.actions)


def _cycles(found: Walk) -> Iterator[Finding]:
    """Follow only what happens by itself: it must come to an end."""
    done = set[Inbound]()
    for start in found.edges:
        trail: list[Inbound] = []
        yield from _follow(found, start, trail, done)


def _follow(
    found: Walk, state: Inbound, trail: list[Inbound], done: set[Inbound]
) -> Iterator[Finding]:
    if state in trail:
        yield Finding(
            "every loop has a bound",
            where(state),
            "Without a key the call goes round for ever.",
            "Give silence an end.",
        )
        return
    if state in done:
        return
    trail.append(state)
    for edge in found.edges.get(state, ()):
        if edge.signal in (Silent(), FAILED) and not ended(edge.turn):
            yield from _follow(found, edge.after, trail, done)
    trail.pop()
    done.add(state)


def heard(world: World, turn: Turn) -> float:
    """The seconds of a turn until it waits for nothing more: words, then the time-out."""
    total = NOTHING
    for action in turn.actions:
        if isinstance(action, Say):
            total += seconds(world, action.pieces, clear=action.clear)
        if isinstance(action, Listen):
            total += seconds(world, action.pieces, clear=action.clear) + action.seconds
    return total


def ringing_after_silence(world: World, found: Walk) -> float | None:
    """How long a caller who never presses a key waits until somebody is rung."""
    total, edge = NOTHING, found.first
    for _ in range(50):
        total += heard(world, edge.turn)
        if _dials(edge.turn):
            return total
        silent = [e for e in found.edges.get(edge.after, ()) if e.signal == Silent()]
        if not silent:
            return None
        edge = silent[0]
    return None


def _silence(world: World, found: Walk) -> Iterator[Finding]:
    starts = [found.first, *(e for e in found.edges.get(found.first.after, ()) if e.own)]
    for start in starts:
        if start.after.node not in ("main", "languages") or start.after.covered:
            continue
        took = ringing_after_silence(world, Walk(start, found.edges))
        if took is None or took > RINGING_WITHIN:
            said = "never" if took is None else f"after {took:.0f} s"
            yield Finding(
                "silence reaches ringing within 120 s",
                where(start.after),
                f"Somebody is rung {said}.",
                "Shorten the menu or the time-outs.",
            )


def quickest(world: World, found: Walk) -> dict[str, Way]:
    """The quickest way to every node and to a person, in presses and then in seconds."""
    best: dict[str, Way] = {}
    order = count()
    queue = [(0, NOTHING, next(order), found.first)]
    seen = set[Inbound]()
    while queue:
        presses, took, _, edge = heapq.heappop(queue)
        if _dials(edge.turn):
            best.setdefault("a person", Way(presses, took + _words_before(world, edge.turn)))
        if ended(edge.turn) or edge.after in seen:
            continue
        seen.add(edge.after)
        best.setdefault(edge.after.node, Way(presses, took))
        for following in found.edges.get(edge.after, ()):
            if isinstance(following.signal, Pressed):
                wait = until_key(world, edge.turn, following.signal.keys)
                heapq.heappush(queue, (presses + 1, took + wait, next(order), following))
    return best


def _words_before(world: World, turn: Turn) -> float:
    return sum(seconds(world, a.pieces) for a in turn.actions if isinstance(a, Say))


def until_key(world: World, turn: Turn, key: str) -> float:
    """What is heard until a key has been named; all of it when the key is never named."""
    for action in turn.actions:
        if isinstance(action, Listen):
            named = [
                number
                for number, piece in enumerate(action.pieces)
                if isinstance(piece, Spoken) and piece.prompt in (f"key.{key}", f"digit.{key}")
            ]
            until = action.pieces[: named[0] + 1] if named else action.pieces
            return seconds(world, until, clear=action.clear)
    return NOTHING


def topics(world: World) -> tuple[str, ...]:
    """Every piece of information that the line can tell."""
    nodes = world.edition.menu.nodes.values()
    return tuple(node.name for node in nodes if node.kind is NodeKind.TOPIC)


__all__ = ["BRIDGED", "Way", "quickest", "ringing_after_silence", "topics", "ways"]
