"""What follows from one signal: where an effect is asked for, from each of its results too."""

from collections.abc import Iterator
from typing import assert_never

from ivr.call.actions import (
    Book,
    Cancel,
    Check,
    Effect,
    Erase,
    Find,
    Forget,
    Move,
    Prove,
    Ready,
    Turn,
)
from ivr.call.legs import Call
from ivr.call.machine import step
from ivr.call.managing import TOLD
from ivr.call.proof.examples import CALLERS, example_window
from ivr.call.signals import (
    Checked,
    Done,
    Known,
    Mine,
    NoRing,
    Note,
    Noted,
    Result,
    Ring,
    Signal,
)
from ivr.call.world import World
from routing.calling import Why

OWN = 7
"""An example of a callback's number."""


def played(world: World, call: Call, signal: Signal) -> Iterator[Turn]:
    """The turn that answers a signal; with an effect, one for each result that it can have."""
    turn = step(world, call, signal)
    effect = effect_of(turn)
    if effect is None:
        yield turn
        return
    said = tuple(action for action in turn.actions if action is not effect)
    for result in results(world, effect):
        after = step(world, turn.call, result)
        yield Turn(after.call, (*said, *after.actions))


def effect_of(turn: Turn) -> Effect | None:
    """The effect that a turn asks for."""
    return next((action for action in turn.actions if isinstance(action, Effect)), None)


def results(world: World, effect: Effect) -> tuple[Result, ...]:
    """Every result that an effect can have."""
    match effect:
        case Book() | Move():
            return tuple(Noted(how) for how in Note)
        case Find():
            window = example_window(world)
            code = world.edition.languages[0].code
            told = (Known(Mine(OWN, window, one, code)) for one in ("", *TOLD))
            return (Known(None), *told)
        case Ready():
            language = world.edition.languages[0].code
            rings = (Ring(CALLERS[0], world.caller_id, language, one, 1) for one in (False, True))
            return (*rings, *(NoRing(why) for why in Why))
        case Check():
            return (Checked(right=False), Checked(right=True))
        case Cancel() | Erase() | Forget() | Prove():
            return (Done(ok=True), Done(ok=False))
        case _:
            assert_never(effect)
