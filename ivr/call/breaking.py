"""When a turn on a caller's leg broke: plain words, the national line, and at last only numbers."""

from ivr.call import transfer
from ivr.call.actions import HangUp, Piece, Say, Spoken, Turn
from ivr.call.legs import Inbound
from ivr.call.screen import OPTION, SENTENCE, START, announced, language_of
from ivr.call.world import World

NATIONAL = "reporting"


def fail(world: World, call: Inbound) -> Turn:
    """A turn broke: say so in plain words and ring the national line, once; then only numbers.

    Behind the cover nothing may be said: there the call ends.
    """
    if call.covered:
        return Turn(call, (HangUp(),))
    if call.failed:
        return numbers(world, call)
    sorry = (START, Spoken("error.sorry", language_of(world, call)))
    asked = call._replace(
        failed=True, covered=0, need="", region="", tried=(), node="person", draft=()
    )
    return transfer.ring(world, asked, *sorry) or numbers(world, asked)


def numbers(world: World, call: Inbound) -> Turn:
    """The last words of a broken call: a number that she can dial herself, and the end."""
    language = language_of(world, call)
    pieces: list[Piece] = [START, Spoken("error.number", language), SENTENCE]
    centre = world.directory.by_id.get(NATIONAL)
    if centre:
        pieces += announced(centre, language)
    pieces += (OPTION, Spoken("traces.short", language))
    return Turn(call._replace(failed=True), (Say(tuple(pieces)), HangUp()))
