"""Rules about where every way leads: found on the walk of the real machine."""

from collections.abc import Iterator
from functools import cache

from ivr.call.actions import Dial, Listen, Piece, Say, Spoken
from ivr.call.legs import Inbound
from ivr.call.proof.finding import Finding
from ivr.call.proof.handset import overheard
from ivr.call.proof.walk import Edge, Walk, ended, well_formed
from ivr.call.proof.worst import dials, ringing_after_silence, starts
from ivr.call.screen import access_of
from ivr.call.signals import Pressed
from ivr.call.world import World
from routing.numbers import Yes, may_dial

RINGING_WITHIN = 120.0


def ways(world: World, found: Walk) -> Iterator[Finding]:
    """Everything that is wrong with where signals lead."""
    yield from edges(world, found)
    yield from _silence(world, found)


def edges(world: World, found: Walk) -> Iterator[Finding]:
    """The same of a walk through a part of the tree."""
    for edge in found.all():
        yield from _turn(world, edge)
        yield from _reserved(world, edge)
    yield from _overheard(world, found)
    yield from _cycles(found)


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
            edge.before.language,
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
            f"It would dial {dial.target}: {allowed.reason}.",
            "Mend the centre.",
            edge.before.language,
        )


def _spoken(world: World, edge: Edge, pieces: tuple[Piece, ...]) -> Iterator[Finding]:
    if not any(isinstance(piece, Spoken) for piece in pieces):
        yield Finding(
            "nobody falls through",
            where(edge.before),
            f"{edge.signal} is answered by silence.",
            "Say something.",
            edge.before.language,
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
                edge.before.language,
            )


def _reserved(world: World, edge: Edge) -> Iterator[Finding]:
    """Zero rings somebody, and hash covers, wherever a key can be pressed."""
    if edge.signal == Pressed("0") and not (dials(edge.turn) or edge.after.node == "nobody"):
        yield Finding(
            "a person is one key away",
            where(edge.before),
            "Zero does not ring anybody.",
            "Let it ring.",
            edge.before.language,
        )
    if edge.signal == Pressed("#") and not _is_cover(world, edge):
        yield Finding(
            "the cover is one key away",
            where(edge.before),
            "After a hash more is heard than the ordinary recording.",
            "Let it cover.",
            edge.before.language,
        )


def _is_cover(world: World, edge: Edge) -> bool:
    pieces = [p for a in edge.turn.actions if isinstance(a, Listen) for p in a.pieces]
    said = {piece for piece in pieces if isinstance(piece, Spoken)}
    cover = Spoken("cover.shop", access_of(world, edge.before).cover)
    return bool(edge.after.covered) and said == {cover}


def _overheard(world: World, found: Walk) -> Iterator[Finding]:
    """The handset test of all that is really said at a neutral node, whoever composed it."""
    test = cache(lambda prompt, language: tuple(overheard(world, language, prompt)))
    for edge in found.all():
        node = world.edition.menu.nodes.get(edge.after.node)
        for action in edge.turn.actions if node and node.neutral else ():
            for piece in action.pieces if isinstance(action, Say | Listen) else ():
                if isinstance(piece, Spoken) and node and piece.prompt not in node.plain:
                    yield from test(piece.prompt, piece.language)


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
            state.language,
        )
        return
    if state in done:
        return
    trail.append(state)
    for edge in found.edges.get(state, ()):
        if not edge.own and not ended(edge.turn):
            yield from _follow(found, edge.after, trail, done)
    trail.pop()
    done.add(state)


def _silence(world: World, found: Walk) -> Iterator[Finding]:
    for start in starts(found):
        took = ringing_after_silence(world, found, start)
        if took is None or took > RINGING_WITHIN:
            said = "never" if took is None else f"after {took:.0f} s"
            yield Finding(
                "silence reaches ringing within 120 s",
                where(start.after),
                f"Somebody is rung {said}.",
                "Shorten the menu or the time-outs.",
                start.after.language,
            )
