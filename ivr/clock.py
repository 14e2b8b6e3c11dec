"""The only reader of the clock: everything else is told the time, so that a test can tell it."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """The time, aware, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that never go backwards, for measuring how long something took."""
    return time.monotonic()
