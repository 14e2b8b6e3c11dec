"""Connecting her to a person: the route is tried in its order, and only a bridge was a person."""

from ivr.call.actions import Dial, Piece, Say, Spoken, Turn
from ivr.call.legs import Inbound, Screening
from ivr.call.screen import START, language_of
from ivr.call.world import World
from routing.choice import Stop, choose

MOST_DIALS = 40


def stops(world: World, call: Inbound) -> tuple[Stop, ...]:
    """Who can still be rung for this call: the directory as it is now, less who was tried."""
    if call.dials >= MOST_DIALS:
        return ()
    route = choose(
        world.directory,
        need=call.need,
        region=call.region,
        language=language_of(world, call),
        carrier=world.carrier,
        at=world.at,
    )
    return tuple(stop for stop in route.dial if stop.centre.id not in call.tried)


def ring(world: World, call: Inbound, *first: Piece) -> Turn | None:
    """Ring the next centre of the route, after some words; None when there is none left."""
    left = stops(world, call)
    if not left:
        return None
    centre = left[0].centre
    call = call._replace(tried=(*call.tried, centre.id), dials=call.dials + 1)
    screening = None
    if centre.screening:
        screening = Screening(
            target=centre.dial,
            language=centre.screening,
            caller=language_of(world, call),
            edition=call.edition,
            mute=call.mute,
            young=call.need == "young",
        )
    dial = Dial(centre.dial, world.caller_id, centre.ring, call.dials, screening)
    return Turn(call, (Say(first), dial))


def words(world: World, call: Inbound) -> tuple[Piece, ...]:
    """What is heard before the ringing: each centre is told as somebody."""
    prompt = "person.next" if call.tried else "person.ringing"
    return (START, Spoken(prompt, language_of(world, call)))
