"""How many callbacks are promised already: what a new promise is weighed against."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from ivr.store import callbacks
from routing.offer import Booked


def booked(
    connection: Connection, at: datetime, *, without: Iterable[callbacks.Row] = ()
) -> Booked:
    """The open callbacks whose window is not over, by window and language. `without` are those
    that would give up their places for the new one.
    """
    counted = callbacks.promised(connection, at)
    for one in without:
        key = (one.start, one.until, one.language)
        if counted.get(key):
            counted[key] -= 1
    return counted
