"""The operator's leg: rung first, told the language, and asked to press 1 when she is ready.

Only then is it asked once more whether the caller may be rung now, and only that answer names her
number. What the operator hears, nobody hears who picks up the caller's telephone.
"""

from ivr.call.actions import Dial, HangUp, Listen, Ready, Say, Spoken, Turn
from ivr.call.legs import Gate, OperatorLeg
from ivr.call.screen import LABEL, SENTENCE, START
from ivr.call.screening import speaks
from ivr.call.signals import Answered, DialEnded, NoRing, Pressed, Ring, Signal, Silent
from ivr.call.world import World
from prompts import Tier
from routing.calling import Why

READY = "1"
SECONDS = 10
MOST_ASKED = 2
RING_SECONDS = 18
REASONS = {
    **dict.fromkeys((Why.OVER, Why.EARLY, Why.MISSED, Why.CLOSED), "operator.window"),
    **dict.fromkeys((Why.USED, Why.SOON), "operator.often"),
    **dict.fromkeys((Why.HOLD, Why.FROZEN, Why.PAUSED, Why.UNKNOWN), "operator.stopped"),
}
"""Why her telephone is not rung, and the sentence that says it; every other is a fault of ours."""
BROKEN = "operator.broken"


def step(world: World, call: OperatorLeg, signal: Signal) -> Turn:
    """Ask whether the operator is ready, ring her, and say how it ended."""
    call = call._replace(turns=call.turns + 1)
    match signal:
        case DialEnded(_, bridged):
            return last(world, call, "operator.ended" if bridged else "operator.unreached")
        case _ if call.dialled:
            return last(world, call, "operator.unreached")
        case Pressed(keys) if keys[0] == READY:
            return Turn(call, (Ready(call.attempt),))
        case Ring():
            return ring(call, signal)
        case NoRing(why):
            return last(world, call, REASONS.get(Why(why), BROKEN) if why in set(Why) else BROKEN)
        case Answered() | Pressed() | Silent():
            return ask(world, call)
        case _:
            return fail(world, call)


def ask(world: World, call: OperatorLeg) -> Turn:
    """Say in which language, and wait for the 1: twice, then the end."""
    if call.asked >= MOST_ASKED:
        return Turn(call, (HangUp(),))
    language = language_of(world, call)
    pieces = (
        START,
        Spoken("operator.call", language),
        LABEL,
        Spoken(speaks(world, call.caller, language), language),
        SENTENCE,
        Spoken("operator.ready", language),
        LABEL,
        Spoken("key.1", language),
    )
    return Turn(call._replace(asked=call.asked + 1), (Listen(pieces, SECONDS),))


def ring(call: OperatorLeg, told: Ring) -> Turn:
    """Ring her telephone: whoever picks up meets the gate, and the operator hears it ring."""
    gate = Gate(call.attempt, told.language, call.edition, told.voicemail)
    dial = Dial(told.target, told.caller_id, RING_SECONDS, told.place, gate)
    return Turn(call._replace(dialled=True), (dial,))


def last(world: World, call: OperatorLeg, prompt: str) -> Turn:
    """One sentence, and the end."""
    return Turn(call, (Say((START, Spoken(prompt, language_of(world, call)))), HangUp()))


def fail(world: World, call: OperatorLeg) -> Turn:
    """A turn broke: say so, and end."""
    return last(world, call, BROKEN)


def language_of(world: World, call: OperatorLeg) -> str:
    """The operator's language; in any case one that says everything, not the short tree alone."""
    full = [one.code for one in world.edition.languages if one.tier is Tier.FULL]
    return call.language if call.language in full else full[0]
