"""What webhooks tell about an attempt to ring her: who picked up, who spoke, what is over.

It comes from the turns of both legs and from status events, late, twice and out of order. Whoever
keeps it lets nothing go backwards.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ivr.call.legs import Call, Gate, OperatorLeg
from ivr.call.signals import HungUp
from ivr.voice.form import FINAL, Fields, good_values
from ivr.voice.signals import Heard

EVENTS = ("initiated", "ringing", "answered", "completed")
"""What carriers are asked to tell of the operator's leg and of hers."""


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news about the attempt with this token, on this carrier.

    `hers` says which leg it is about, `call` is that leg's SID and `parent` that of the operator's
    where it is hers. `answered` somebody is there, `over` the leg has ended; `bridged` is told once
    her leg is over, and None before.
    """

    attempt: str
    carrier: str
    at: datetime
    hers: bool
    call: str
    parent: str = ""
    answered: bool = False
    over: bool = False
    bridged: bool | None = None


class Attempts(Protocol):
    """Whoever keeps the news."""

    def take(self, news: News) -> None:
        """Keep one piece of news. May raise whatever a database raises."""


def of_turn(call: Call, heard: Heard, carrier: str, at: datetime) -> list[News]:
    """What a turn of the operator's leg or of hers says; of any other leg nothing."""
    over = isinstance(heard.signal, HungUp)
    if isinstance(call, Gate):
        return [News(call.attempt, carrier, at, True, heard.call, heard.parent, not over, over)]
    if not isinstance(call, OperatorLeg):
        return []
    own = News(call.attempt, carrier, at, False, heard.call, "", not over, over)
    if heard.dialled is None:
        return [own]
    hers = News(
        call.attempt, carrier, at, True, heard.child, heard.call,
        over=True, bridged=heard.dialled.bridged,
    )  # fmt: skip
    return [own, hers]


def of_status(attempt: str, fields: Fields, carrier: str, at: datetime) -> News | None:
    """What a status event says; None where there is anything bad in it."""
    values, good = good_values(fields)
    status, call = values.get("CallStatus"), values.get("CallSid")
    if not (good and status and call):
        return None
    parent = values.get("ParentCallSid", "")
    return News(
        attempt, carrier, at, bool(parent), call, parent,
        answered=status == "in-progress", over=status in FINAL,
    )  # fmt: skip
