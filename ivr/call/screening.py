"""The leg of whoever picks up at a centre: only a pressed 1 lets the two telephones speak.

An answering machine presses nothing, so it is never taken for a person. Every way through this
leg but the accepted one ends in a hang-up, for a document that runs off its end would bridge.
"""

from ivr.call.actions import Bridge, HangUp, Listen, Piece, Prove, Say, Spoken, Turn
from ivr.call.legs import Screening
from ivr.call.screen import LABEL, START
from ivr.call.signals import Answered, Done, Pressed, Signal, Silent
from ivr.call.world import World

ACCEPT = "1"
MOST_TRIES = 2
SECONDS = 5


def step(world: World, call: Screening, signal: Signal) -> Turn:
    """Ask, take a 1, and end in every other case."""
    call = call._replace(turns=call.turns + 1)
    match signal:
        case Answered():
            return ask(world, call)
        case Pressed(keys) if keys[0] == ACCEPT:
            return accepted(world, call)
        case Pressed() | Silent():
            return ask(world, call) if call.tries < MOST_TRIES else Turn(call, (HangUp(),))
        case Done(ok) if ok and call.proof:
            thanks = Spoken("screen.thanks", language_of(world, call))
            return Turn(call, (Say((START, thanks)), HangUp()))
        case _:
            return Turn(call, (HangUp(),))


def accepted(world: World, call: Screening) -> Turn:
    """Somebody pressed 1: join the telephones; for a silent caller, first say how to speak."""
    if call.proof:
        return Turn(call, (Prove(call.target),))
    if not call.mute:
        return Turn(call, (Bridge(),))
    neutral = Spoken("screen.neutral", language_of(world, call))
    return Turn(call, (Say((START, neutral)), Bridge()))


def ask(world: World, call: Screening) -> Turn:
    """Say in six seconds who is there and which key takes the call."""
    language = language_of(world, call)
    pieces = (START, *_who(world, call, language), LABEL, Spoken("key.1", language))
    return Turn(call._replace(tries=call.tries + 1), (Listen(pieces, SECONDS),))


def _who(world: World, call: Screening, language: str) -> tuple[Piece, ...]:
    if call.proof:
        return (Spoken("screen.proof", language),)
    who = "screen.silent" if call.mute else "screen.young" if call.young else "screen.caller"
    return (Spoken(who, language), LABEL, Spoken(speaks(world, call.caller, language), language))


def speaks(world: World, caller: str, language: str) -> str:
    """The prompt that names a caller's language in another one."""
    prompt = f"speaks.{caller}"
    known = world.edition.speakable(prompt, language, rehearsal=world.rehearsal)
    return prompt if known else "speaks.other"


def language_of(world: World, call: Screening) -> str:
    """The language that this centre is asked in; one of ours in any case."""
    codes = world.edition.by_code
    return call.language if call.language in codes else world.edition.languages[0].code
