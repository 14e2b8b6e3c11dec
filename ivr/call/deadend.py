"""The number that our own calls show: whoever rings it learns nothing."""

from ivr.call.actions import HangUp, Say, Spoken, Turn
from ivr.call.legs import DeadEnd
from ivr.call.screen import OPTION, START
from ivr.call.world import World


def step(world: World, call: DeadEnd) -> Turn:
    """The same few words twice, as of any office, and the end."""
    codes = world.edition.by_code
    language = call.language if call.language in codes else world.edition.languages[0].code
    closed = Spoken("deadend.closed", language)
    pieces = (START, closed, OPTION, closed)
    return Turn(call._replace(turns=call.turns + 1), (Say(pieces), HangUp()))
