"""The few things that a call changes: done once for a call and its step, with the result kept."""

from datetime import datetime
from typing import Protocol

from ivr.call.actions import Action, Effect, Turn
from ivr.call.legs import Call, DeadEnd, Inbound
from ivr.call.signals import Result


class Effects(Protocol):
    """Where effects are carried out: in one transaction with the row that keeps the result."""

    def carry_out(
        self, effect: Effect, *, call: str, step: int, carrier: str, caller: str, at: datetime
    ) -> Result:
        """Carry an effect out; a repeat for the same call and step gives the first result.

        `caller` is the number that rings, empty where there is none; `at` the moment of the turn.
        What she said yes to either is kept or comes back as not kept; whatever else a database
        raises may be raised.
        """


def effect_of(turn: Turn) -> Effect | None:
    """The effect that a turn asks for."""
    return next((action for action in turn.actions if isinstance(action, Effect)), None)


def speech_of(turn: Turn) -> tuple[Action, ...]:
    """What a turn does on the telephone: everything but its effect."""
    return tuple(action for action in turn.actions if not isinstance(action, Effect))


def caller_of(call: Call) -> str:
    """The number that rings us on this leg, where somebody does; otherwise empty."""
    return call.caller if isinstance(call, Inbound | DeadEnd) else ""
