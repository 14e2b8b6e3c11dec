"""Rules about the legs of a callback: the operator's, hers (the gate), and the dead end.

Each is walked through every signal and every result of its effects.
"""

from collections.abc import Iterator
from itertools import product

from ivr.call.actions import Bridge, Listen, Say, Spoken, Turn
from ivr.call.legs import Call, DeadEnd, Gate, Inbound, OperatorLeg
from ivr.call.machine import fail
from ivr.call.proof.examples import CALLERS
from ivr.call.proof.finding import Finding
from ivr.call.proof.played import played
from ivr.call.proof.walk import BRIDGED, FAILED, ended, well_formed
from ivr.call.signals import Answered, Pressed, Signal, Silent
from ivr.call.world import World
from routing.directory import Purpose

KEYED = tuple(Pressed(keys) for keys in ("1", "0", "*", "#", "25", "2580", "2581#"))
SIGNALS: tuple[Signal, ...] = (*KEYED, Silent(), FAILED, BRIDGED)
GATE = "the gate says an ordinary hello and nothing else"
MOST = 8
"""Silences in a row after which a leg has ended."""

Met = tuple[Call, Signal, Turn]


def outbound(world: World) -> Iterator[Finding]:
    """Everything that is wrong with the legs of a callback."""
    for where, leg in _legs(world):
        for call, signal, turn in walk_leg(world, leg):
            yield from _turn(world, where, signal, turn)
            if isinstance(call, Gate):
                yield from _gate(world, where, call, turn)
        yield from _silence(world, where, leg)


def _legs(world: World) -> Iterator[tuple[str, Call]]:
    number, codes = world.edition.number, tuple(world.edition.by_code)
    for language, caller in product(codes, (*codes, "")):
        yield f"operator's leg in {language}", OperatorLeg("", language, caller, number)
    for access in world.directory.access:
        if access.purpose is Purpose.OUTBOUND:
            for voicemail in (False, True):
                yield f"gate in {access.cover}", Gate("", access.cover, number, voicemail)
            where = f"access number {access.number}"
            yield where, DeadEnd(access.number, access.cover, number, caller=CALLERS[0])


def walk_leg(world: World, leg: Call) -> list[Met]:
    """Every turn of a leg from its answer on; one that became a caller's is walked elsewhere."""
    met: list[Met] = [(leg, Answered(), turn) for turn in played(world, leg, Answered())]
    seen, waiting = set[Call](), [turn for _, _, turn in met]
    while waiting:
        turn = waiting.pop()
        state = turn.call._replace(turns=0)
        if ended(turn) or isinstance(state, Inbound) or state in seen:
            continue
        seen.add(state)
        for signal in SIGNALS:
            new = [(state, signal, after) for after in played(world, state, signal)]
            met += new
            waiting += [after for _, _, after in new]
    return [*met, *((state, Silent(), fail(world, state)) for state in seen)]


def _turn(world: World, where: str, signal: Signal, turn: Turn) -> Iterator[Finding]:
    if not well_formed(turn):
        yield Finding(
            "nobody falls through", where, f"{signal} leads into dead air.", "Give it a target."
        )
    for piece in _spoken(turn):
        if not world.edition.speakable(piece.prompt, piece.language, rehearsal=world.rehearsal):
            yield Finding(
                "everything said is speakable",
                where,
                f"{piece.prompt} cannot be spoken in {piece.language}.",
                "Approve and record it.",
            )


def _spoken(turn: Turn) -> tuple[Spoken, ...]:
    said = (action for action in turn.actions if isinstance(action, Say | Listen))
    return tuple(piece for one in said for piece in one.pieces if isinstance(piece, Spoken))


def _gate(world: World, where: str, call: Gate, turn: Turn) -> Iterator[Finding]:
    """Whoever picks up hears an ordinary call, and before the bridge nothing at all."""
    bridges = any(isinstance(action, Bridge) for action in turn.actions)
    last = "gate.message" if call.voicemail else "gate.wrong"
    for piece in _spoken(turn):
        ordinary = piece.prompt in ("gate.hello", last) and piece.language == call.language
        if bridges or not ordinary:
            yield Finding(
                GATE, where, f"{piece.prompt} is heard in {piece.language}.", "Say nothing there."
            )


def _silence(world: World, where: str, leg: Call) -> Iterator[Finding]:
    turns = list(played(world, leg, Answered()))
    for _ in range(MOST):
        turns = [one for turn in turns if not ended(turn) for one in _silent(world, turn)]
    if turns:
        yield Finding(
            "every loop has a bound",
            where,
            "Without a key the call goes round for ever.",
            "Give silence an end.",
        )


def _silent(world: World, turn: Turn) -> Iterator[Turn]:
    if not isinstance(turn.call, Inbound):
        yield from played(world, turn.call, Silent())
