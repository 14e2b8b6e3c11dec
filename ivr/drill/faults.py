"""Faults that are planted on purpose: a drill that does not find them shows nothing."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ivr.callbacks import attempts as button
from ivr.carrier import Lost
from ivr.store import attempts, hers

UNCOUNTED = "her Dial is not written down"
AGAIN = "a lost answer is asked for again"
OPEN = "every code is right"


def plant(fault: str) -> None:
    """Break this process in one way. Raises KeyError for no fault of ours."""
    {UNCOUNTED: _uncount, AGAIN: _ask_again, OPEN: _open}[fault]()


def _uncount() -> None:
    mark = attempts.mark

    def careless(connection: sa.Connection, attempt: int, column: str, at: datetime) -> bool:
        return column != "dialled_at" and mark(connection, attempt, column, at)

    _put(attempts, "mark", careless)


def _ask_again() -> None:
    place = button._place

    def careless(*given: Any) -> Any:
        answer = place(*given)
        return place(*given) if isinstance(answer, Lost) else answer

    _put(button, "_place", careless)


def _open() -> None:
    _put(hers, "code_is", lambda *_: True)


def _put(module: object, name: str, value: object) -> None:
    setattr(module, name, value)
