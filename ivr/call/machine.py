"""THE machine: one signal in, one turn out. It knows no carrier, no clock and no database."""

from typing import assert_never

from ivr.call import breaking, deadend, gate, inbound, operator, screening
from ivr.call.actions import HangUp, Say, Turn
from ivr.call.legs import Call, DeadEnd, Gate, Inbound, OperatorLeg, Screening
from ivr.call.signals import HungUp, Signal
from ivr.call.steps import Go
from ivr.call.times import milliseconds
from ivr.call.world import World
from routing.directory import AccessNumber, Purpose


def answer(world: World, number: str, caller: str = "") -> Call:
    """The leg that begins when somebody rings one of our numbers.

    Both in E.164; `caller` is empty where no number came along that can be used.
    """
    access = world.directory.by_number.get(number) or AccessNumber(number)
    if access.purpose is Purpose.OUTBOUND:
        return DeadEnd(number, access.cover, world.edition.number, caller=caller)
    language = access.language if access.bound else ""
    return Inbound(
        access=number,
        edition=world.edition.number,
        started=milliseconds(world.at),
        language=language,
        node="main" if language else "languages",
        caller=caller,
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
        case OperatorLeg():
            return operator.step(world, call, signal)
        case Gate():
            return gate.step(world, call, signal)
        case DeadEnd():
            turn = deadend.step(world, call, signal)
            return inbound.go(world, turn) if isinstance(turn, Go) else turn
        case _:
            assert_never(call)


def fail(world: World, call: Call) -> Turn:
    """What a leg says when a turn on it broke: each kind its own, for a wrong one betrays her."""
    match call:
        case Inbound():
            return breaking.fail(world, call)
        case OperatorLeg():
            return operator.fail(world, call)
        case DeadEnd():
            return Turn(call, (Say(deadend.closed(world, call)), HangUp()))
        case Screening() | Gate():
            return Turn(call, (HangUp(),))
        case _:
            assert_never(call)
