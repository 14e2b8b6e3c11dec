"""The cover: one key, and whoever listens along hears an ordinary recording of a shop.

It is spoken in the access number's cover language, never in hers. Two hashes within three seconds
lead back to the main menu and nothing else does; after five minutes the line hangs up.
"""

from ivr.call.actions import HangUp, Listen, Spoken, Turn
from ivr.call.legs import Inbound
from ivr.call.screen import START, access_of
from ivr.call.signals import Pressed, Signal
from ivr.call.times import milliseconds
from ivr.call.world import World

LONGEST = 5 * 60 * 1000
TWICE_WITHIN = 3 * 1000
SECONDS = 2


def begin(world: World, call: Inbound) -> Turn:
    """Cover the call, at once."""
    return play(world, call._replace(covered=milliseconds(world.at), hashed=0, draft=()))


def play(world: World, call: Inbound) -> Turn:
    """The ordinary recording, for as long as the call is covered."""
    shop = Spoken("cover.shop", access_of(world, call).cover)
    return Turn(call, (Listen((START, shop), SECONDS),))


def is_over(world: World, call: Inbound, signal: Signal) -> bool:
    """Whether this signal is the second of two quick hashes."""
    if not (isinstance(signal, Pressed) and "#" in signal.keys):
        return False
    quick = call.hashed and milliseconds(world.at) - call.hashed <= TWICE_WITHIN
    return "##" in signal.keys or (bool(quick) and signal.keys.startswith("#"))


def step(world: World, call: Inbound, signal: Signal) -> Turn:
    """Stay covered, whatever is pressed, until the time is over."""
    now = milliseconds(world.at)
    if now - call.covered >= LONGEST:
        return Turn(call, (HangUp(),))
    if isinstance(signal, Pressed):
        call = call._replace(hashed=now if signal.keys.endswith("#") else 0)
    return play(world, call)
