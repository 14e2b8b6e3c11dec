"""The reasons that a supervisor chooses from, by the state that a callback is in, in words."""

from typing import Any

from ivr.callbacks import promises
from ivr.callbacks.promises import Reason
from ivr.console.frame import t
from ivr.store.callbacks import Row
from routing.callback import State

NOT_KEPT = (
    Reason.NOBODY_FREE, Reason.NO_LANGUAGE, Reason.OVERLOOKED, Reason.TECHNICAL, Reason.OTHER,
)  # fmt: skip
REASONS = {
    State.MISSED: NOT_KEPT,
    State.FROZEN: (Reason.SAME_PERSON, Reason.LOOKED_UP, Reason.OTHER),
    State.UNKNOWN: (Reason.LOOKED_UP, Reason.TECHNICAL, Reason.OTHER),
}
OTHERS = (Reason.LOOKED_UP, Reason.OTHER)


def reasons(row: Row) -> list[tuple[str, str]]:
    """What can be chosen for a callback: value and word."""
    return [(str(one), reason_word(one)) for one in REASONS.get(row.state, OTHERS)]


def reason_word(reason: str) -> str:
    """A reason in words."""
    return t(f"why-not.{reason.replace(' ', '-')}")


def settling() -> dict[str, Any]:
    """What the form of a decision needs on its page."""
    return {"ways": promises.ways, "reasons": reasons, "reason_word": reason_word}
