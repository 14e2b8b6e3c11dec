"""The few things that a call changes: done once for a call and its step, with the result kept."""

from typing import Protocol

from ivr.call.actions import Action, Prove, Turn
from ivr.call.signals import Done


class Effects(Protocol):
    """Where effects are carried out: in one transaction with the row that keeps the result."""

    def prove(self, call: str, step: int, *, carrier: str, target: str) -> bool:
        """Keep that a test call on this carrier reached a target; a repeat returns the first
        result and changes nothing. May raise whatever a database raises.
        """


def effect_of(turn: Turn) -> Prove | None:
    """The effect that a turn asks for."""
    return next((action for action in turn.actions if isinstance(action, Prove)), None)


def speech_of(turn: Turn) -> tuple[Action, ...]:
    """What a turn does on the telephone: everything but its effect."""
    return tuple(action for action in turn.actions if not isinstance(action, Prove))


def carry_out(effects: Effects, effect: Prove, carrier: str, call: str, step: int) -> Done:
    """Carry an effect out, and say whether it is kept. Raises what the store raises."""
    return Done(effects.prove(call, step, carrier=carrier, target=effect.target))
