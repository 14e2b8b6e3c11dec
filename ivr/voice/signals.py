"""What a webhook says happened, in the line's own words."""

from dataclasses import dataclass
from datetime import datetime

from ivr.call.signals import DialEnded, HungUp, Outcome, Pressed, Signal, Silent
from ivr.voice.form import FINAL, Fields, good_values

OUTCOMES = {
    "completed": Outcome.COMPLETED,
    "answered": Outcome.COMPLETED,
    "busy": Outcome.BUSY,
    "no-answer": Outcome.NO_ANSWER,
    "failed": Outcome.FAILED,
    "canceled": Outcome.CANCELLED,
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One webhook as the call learns it.

    `call` is the leg's own SID, `parent` that of the call which dialled it; empty where absent or
    bad. `dialled` is how a dialled leg ended, also when the caller is gone herself, and `child` is
    the SID of that leg. `pretend` is the moment that a rehearsal plays at.
    """

    signal: Signal
    call: str
    parent: str
    dialled: DialEnded | None
    pretend: datetime | None
    child: str = ""


def read_signal(fields: Fields) -> Heard:
    """Read a webhook whose signature held; anything bad in it is taken for silence."""
    values, good = good_values(fields)
    dialled = _dialled(values) if good else None
    return Heard(
        signal=_signal(values, dialled) if good else Silent(),
        call=values.get("CallSid", ""),
        parent=values.get("ParentCallSid", ""),
        dialled=dialled,
        pretend=_moment(values.get("PretendAt", "")),
        child=values.get("DialCallSid", ""),
    )


def _signal(values: dict[str, str], dialled: DialEnded | None) -> Signal:
    if values.get("CallStatus") in FINAL:
        return HungUp()
    if dialled:
        return dialled
    keys = values.get("Digits")
    return Pressed(keys) if keys else Silent()


def _dialled(values: dict[str, str]) -> DialEnded | None:
    """Only a bridge that was told was a bridge: absent counts as none."""
    status = values.get("DialCallStatus")
    return DialEnded(OUTCOMES[status], values.get("DialBridged") == "true") if status else None


def _moment(source: str) -> datetime | None:
    try:
        return datetime.fromisoformat(source) if source else None
    except ValueError:  # a date that no calendar has
        return None
