"""The kill switch: no new Dial from the moment it is thrown, and what rings is cut.

It stands in the database, so every process on every machine obeys it at its next question, and it
outlives them all. Whoever may lift it, and why, is asked by the staff's door.
"""

from datetime import datetime

import sqlalchemy as sa

from ivr.store import audit, holds
from ivr.store.holds import Hold


def is_on(connection: sa.Connection) -> bool:
    """Whether outbound calls are stopped."""
    hold = holds.newest(connection)
    return bool(hold and hold.on)


def throw(connection: sa.Connection, who: str, reason: str, at: datetime) -> None:
    """Stop outbound calls; once more does no harm. `who` is a name of staff, or of a command."""
    _add(connection, who, reason, at, on=True)


def lift(connection: sa.Connection, who: str, reason: str, at: datetime) -> None:
    """Let them go on. Raises ValueError without a reason."""
    if not reason.strip():
        raise ValueError("lifting the hold needs a reason")
    _add(connection, who, reason, at, on=False)


def _add(connection: sa.Connection, who: str, reason: str, at: datetime, *, on: bool) -> None:
    holds.add(connection, Hold(at, on, who, reason))
    audit.write(connection, who, "hold", "callbacks", "thrown" if on else "lifted", at)
