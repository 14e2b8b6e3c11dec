"""What tests about callbacks begin with: two operators who work, and what she wants."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from ivr.call.actions import Wanted
from ivr.callbacks.caps import Limits
from ivr.callbacks.context import Context
from ivr.store.hers import Asked, Wishes
from ivr.store.sealing import Vault
from routing.directory import AccessNumber, Directory, Duty, Part, Purpose, Stretch
from routing.window import Window

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)  # a Monday, 11:00 in Brussels
NUMBER = "+3220000001"  # examples: no Belgian number begins so
OTHER = "+3220000002"
OUTBOUND = "+3220000008"
CODE = "4711"
TOMORROW = Window(date(2026, 11, 24), 14 * 60, 16 * 60)
LATER = Window(date(2026, 11, 26), 18 * 60, 20 * 60)
SECRET, NEXT_SECRET = b"s" * 32, b"n" * 32
PLACES = 2 * 3 * 2 * 8 // 10
"""Callbacks that two operators can promise in two hours."""


def directory(operators: int = 2) -> Directory:
    """Operators who speak Dutch and French, every day from eight to midnight."""
    duties = tuple(
        Duty(Stretch(weekday, time(8), time(0)), ("nl", "fr"), operators) for weekday in range(7)
    )
    return Directory(
        number=1,
        centres=(),
        access=(AccessNumber(OUTBOUND, Purpose.OUTBOUND, cover="fr"),),
        parts=tuple(Part(hour * 60, (hour + 2) * 60) for hour in range(8, 24, 2)),
        roster=duties,
    )


def context(folder: Path, *, secrets: tuple[bytes, ...] = (SECRET,), **more: Any) -> Context:
    """What the rules need, with a key ring in a folder. Limits are out of the way unless given."""
    given = {"limits": Limits(100, 100, 1000, 5), "directory": directory(), **more}
    return Context(vault=Vault(folder, secrets), outbound=OUTBOUND, **given)


def wanted(**changes: Any) -> Wanted:
    """She wants to be called tomorrow between two and four."""
    asked = Wanted(number=NUMBER, window=TOMORROW, code=CODE, language="nl", own=True)
    return replace(asked, **changes)


def asked(**changes: Any) -> Asked:
    """The same, as the store keeps it."""
    return replace(
        Asked(NUMBER, CODE, TOMORROW, "nl", "papers", "", False, Wishes(own=True)), **changes
    )
