"""THE machine: one signal in, one turn out. It knows no carrier, no clock and no database."""

from typing import assert_never

from ivr.call import deadend, inbound, screening
from ivr.call.actions import HangUp, Turn
from ivr.call.legs import Call, DeadEnd, Inbound, Screening
from ivr.call.signals import HungUp, Signal
from ivr.call.times import milliseconds
from ivr.call.world import World
from routing.directory import AccessNumber, Purpose


def answer(world: World, number: str) -> Call:
    """The leg that begins when somebody rings one of our numbers (E.164)."""
    access = world.directory.by_number.get(number) or AccessNumber(number)
    if access.purpose is Purpose.OUTBOUND:
        return DeadEnd(number, access.cover, world.edition.number)
    language = access.language if access.bound else ""
    return Inbound(
        access=number,
        edition=world.edition.number,
        started=milliseconds(world.at),
        language=language,
        node="main" if language else "languages",
    )


def step(world: World, call: Call, signal: Signal) -> Turn:
    """Answer one signal on one leg."""
    if isinstance(signal, HungUp):
        return Turn(call, ())
    match call:
        case Inbound():
            return inbound.step(world, call, signal)
        case Screening():
            return screening.step(world, call, signal)
        case DeadEnd():
            return deadend.step(world, call)
        case _:
            assert_never(call)


def fail(world: World, call: Call) -> Turn:
    """What a leg says when a turn on it broke: each kind its own, for a wrong one betrays her."""
    if isinstance(call, Inbound):
        return inbound.fail(world, call)
    return Turn(call, (HangUp(),))
