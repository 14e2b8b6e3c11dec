"""The gate: whoever picks up her telephone hears an ordinary hello, and is asked for nothing.

Her four digits are taken at any moment of it, at once or one by one, twice at most. Only the right
ones join the two telephones; every other way sounds like a wrong number, and ends in a hang-up,
for a document that runs off its end would bridge.
"""

from ivr.call.actions import Bridge, Check, HangUp, Listen, Pieces, Say, Spoken, Turn
from ivr.call.keyed import CODE
from ivr.call.legs import Gate
from ivr.call.screen import START
from ivr.call.signals import Answered, Checked, Pressed, Signal, Silent
from ivr.call.world import World

WAITS = (5, 10)
"""Seconds after each hello: 15 for the first digit."""
BETWEEN = 5
"""Seconds for the next digit, when they come one by one."""
MOST_WRONG = 2
MOST_TURNS = 24


def step(world: World, call: Gate, signal: Signal) -> Turn:
    """Say hello twice, take her code at any moment, and end as a wrong number."""
    call = call._replace(turns=call.turns + 1)
    if call.turns > MOST_TURNS:
        return sorry(world, call)
    match signal:
        case Answered():
            return hello(world, call)
        case Pressed(keys):
            return pressed(world, call, keys)
        case Silent():
            return hello(world, call)
        case Checked(right):
            return Turn(call, (Bridge(),)) if right else wrong(world, call)
        case _:
            return Turn(call, (HangUp(),))


def hello(world: World, call: Gate) -> Turn:
    """Hello, or the last words when it was said often enough."""
    if call.said >= len(WAITS):
        return sorry(world, call)
    seconds = WAITS[call.said]
    return listen(world, call._replace(said=call.said + 1), "gate.hello", seconds)


def listen(world: World, call: Gate, prompt: str, seconds: int) -> Turn:
    """Speak, or say nothing, and take what is left of the four digits."""
    said: Pieces = (START, *((Spoken(prompt, language_of(world, call)),) if prompt else ()))
    return Turn(call, (Listen(said, seconds, digits=CODE - len(call.keyed)),))


def pressed(world: World, call: Gate, keys: str) -> Turn:
    """Collect digits; a star begins them again, a hash says nothing. The fourth is checked."""
    _, star, rest = keys.rpartition("*")
    before = "" if star else call.keyed
    digits = (before + "".join(one for one in rest if one.isdigit()))[:CODE]
    if len(digits) == CODE:
        return Turn(call._replace(keyed=""), (Check(call.attempt, digits),))
    return listen(world, call._replace(keyed=digits), "", BETWEEN)


def wrong(world: World, call: Gate) -> Turn:
    """Other digits than hers: once more is heard, which tells nobody that there was anything."""
    call = call._replace(wrong=call.wrong + 1, keyed="")
    if call.wrong >= MOST_WRONG:
        return sorry(world, call)
    return hello(world, call._replace(said=min(call.said, len(WAITS) - 1)))


def sorry(world: World, call: Gate) -> Turn:
    """As somebody who dialled wrong; where she allowed it, the agreed ordinary message."""
    prompt = "gate.message" if call.voicemail else "gate.wrong"
    return Turn(call, (Say((START, Spoken(prompt, language_of(world, call)))), HangUp()))


def language_of(world: World, call: Gate) -> str:
    """The cover's language; one of ours in any case."""
    codes = world.edition.by_code
    return call.language if call.language in codes else world.edition.languages[0].code
