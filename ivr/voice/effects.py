"""The few things that a call changes: done once for a call and its step, with the result kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from sqlalchemy.exc import IntegrityError

from ivr.call.actions import Action, Prove, Turn
from ivr.call.signals import Done
from ivr.store import effects as kept
from ivr.store import proofs
from ivr.store.database import Store

PROVED = "proved"


class Effects(Protocol):
    """Where effects are carried out: in one transaction with the row that keeps the result."""

    def prove(self, call: str, step: int, *, carrier: str, target: str) -> bool:
        """Keep that a test call on this carrier reached a target; a repeat returns the first
        result and changes nothing. May raise whatever a database raises.
        """


class StoredEffects:
    """Effects in the database. `now` is the clock."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        """Open nothing yet."""
        self._store = store
        self._now = now

    def prove(self, call: str, step: int, *, carrier: str, target: str) -> bool:
        """Keep that a target was reached. Raises `Away` where the database is."""
        name = kept.key(f"{call}|prove|{target}", step)
        try:
            with self._store.writing() as connection:
                if kept.find(connection, name) is None:
                    at = self._now()
                    proofs.keep(connection, carrier, target, at)
                    kept.keep(connection, name, PROVED, at)
        except IntegrityError:  # the same webhook reached another worker first: it is kept
            return True
        return True


def effect_of(turn: Turn) -> Prove | None:
    """The effect that a turn asks for."""
    return next((action for action in turn.actions if isinstance(action, Prove)), None)


def speech_of(turn: Turn) -> tuple[Action, ...]:
    """What a turn does on the telephone: everything but its effect."""
    return tuple(action for action in turn.actions if not isinstance(action, Prove))


def carry_out(effects: Effects, effect: Prove, carrier: str, call: str, step: int) -> Done:
    """Carry an effect out, and say whether it is kept. Raises what the store raises."""
    return Done(effects.prove(call, step, carrier=carrier, target=effect.target))
