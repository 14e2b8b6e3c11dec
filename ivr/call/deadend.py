"""The number that our own calls show: whoever rings it learns nothing.

Four digits that are the code of an open callback of the number that is calling lead to *my
callback*. Anything else changes nothing that is heard.
"""

from ivr.call.actions import Find, HangUp, Listen, Pieces, Say, Spoken, Turn
from ivr.call.keyed import CODE
from ivr.call.legs import DeadEnd, Inbound
from ivr.call.managing import found
from ivr.call.screen import OPTION, START
from ivr.call.signals import Answered, Known, Mine, Pressed, Signal
from ivr.call.steps import Go
from ivr.call.times import milliseconds
from ivr.call.world import World

SECONDS = 4


def step(world: World, call: DeadEnd, signal: Signal) -> Turn | Go:
    """The same few words twice, as of any office, and the end."""
    call = call._replace(turns=call.turns + 1)
    match signal:
        case Answered():
            return Turn(call, (Listen(closed(world, call), SECONDS, digits=CODE),))
        case Pressed(keys) if call.caller and len(keys) == CODE and keys.isdigit():
            return Turn(call, (Find(call.caller, keys),))
        case Pressed() | Known(None):
            return Turn(call, (Say(closed(world, call)), HangUp()))
        case Known(mine) if mine:
            return own(world, call, mine)
        case _:
            return Turn(call, (HangUp(),))


def closed(world: World, call: DeadEnd) -> Pieces:
    """What is heard, whatever is keyed."""
    codes = world.edition.by_code
    language = call.language if call.language in codes else world.edition.languages[0].code
    said = Spoken("deadend.closed", language)
    return (START, said, OPTION, said)


def own(world: World, call: DeadEnd, mine: Mine) -> Go:
    """Her own callback was found: from here on she is a caller in her language."""
    leg = Inbound(
        access=call.access,
        edition=call.edition,
        started=milliseconds(world.at),
        language=mine.language if mine.language in world.edition.by_code else "",
        node="mine",
        turns=call.turns,
        caller=call.caller,
    )
    return found(world, leg, mine)
