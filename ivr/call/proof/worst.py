"""How long it takes: the quickest ways through a walk, in presses and in seconds.

Seconds count what is heard before the key can be pressed by somebody who waits for its option,
so they are the worst case of the quickest way.
"""

import heapq
from dataclasses import dataclass
from itertools import count

from ivr.call.actions import Dial, Listen, Say, Spoken, Turn
from ivr.call.legs import Inbound
from ivr.call.proof.sound import seconds
from ivr.call.proof.walk import Edge, Walk, ended
from ivr.call.signals import Pressed, Silent
from ivr.call.world import World

PERSON = "a person"
MOST_SILENCES = 50


@dataclass(frozen=True, slots=True)
class Way:
    """What it takes to get somewhere, in presses and in seconds of listening."""

    presses: int
    seconds: float


def dials(turn: Turn) -> bool:
    """Whether somebody is rung."""
    return any(isinstance(action, Dial) for action in turn.actions)


def starts(found: Walk) -> tuple[Edge, ...]:
    """The answer, and the choice of each language: where a caller's time begins to count."""
    chosen = {found.first.after.language: found.first}
    for edge in found.all():
        before, after = edge.before, edge.after
        chosen_now = before.node == "languages" and after.node == "main"
        if edge.own and chosen_now and before.language != after.language:
            chosen.setdefault(after.language, edge)
    return tuple(chosen.values())


def by_language(world: World, found: Walk) -> dict[str, dict[str, Way]]:
    """The quickest ways in each language on its own, so that the slowest language shows."""
    own = {start.after.language: start for start in starts(found) if start.after.language}
    return {code: quickest(world, Walk(start, _within(found, code))) for code, start in own.items()}


def _within(found: Walk, language: str) -> dict[Inbound, list[Edge]]:
    return {
        state: [edge for edge in edges if edge.after.language == language]
        for state, edges in found.edges.items()
        if state.language == language
    }


def heard(world: World, turn: Turn) -> float:
    """The seconds of a turn until it waits for nothing more: words, then the time-out."""
    total = 0.0
    for action in turn.actions:
        if isinstance(action, Say):
            total += seconds(world, action.pieces, clear=action.clear)
        if isinstance(action, Listen):
            total += seconds(world, action.pieces, clear=action.clear) + action.seconds
    return total


def ringing_after_silence(world: World, found: Walk, start: Edge) -> float | None:
    """How long a caller who never presses a key waits until somebody is rung.

    None where silence leads to nobody; where nobody can be rung now, until that is told.
    """
    total, edge = 0.0, start
    for _ in range(MOST_SILENCES):
        if edge.after.node == "nobody":
            return total
        total += heard(world, edge.turn)
        if dials(edge.turn):
            return total
        silent = [e for e in found.edges.get(edge.after, ()) if e.signal == Silent()]
        if not silent:
            return None
        edge = silent[0]
    return None


def quickest(world: World, found: Walk) -> dict[str, Way]:
    """The quickest way to every node and to a person, in presses and then in seconds."""
    best: dict[str, Way] = {}
    order = count()
    queue = [(0, 0.0, next(order), found.first)]
    seen = set[Inbound]()
    while queue:
        presses, took, _, edge = heapq.heappop(queue)
        if dials(edge.turn):
            best.setdefault(PERSON, Way(presses, took + _words_before(world, edge.turn)))
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
    spoken = {f"key.{key}", f"digit.{key}"}
    for action in turn.actions:
        if isinstance(action, Listen):
            named = [n for n, p in enumerate(action.pieces) if _says(p, spoken)]
            until = action.pieces[: named[0] + 1] if named else action.pieces
            return seconds(world, until, clear=action.clear)
    return 0.0


def _says(piece: object, prompts: set[str]) -> bool:
    return isinstance(piece, Spoken) and piece.prompt in prompts
