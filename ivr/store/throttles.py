"""How long somebody has to wait after wrong passwords: a delay that grows, and never a lock.

A try is counted before it is judged, so that many at once are not all judged. Wrong tries on one
account from elsewhere delay only browsers that never signed in to it: an outsider cannot keep an
operator out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.store.staff_tables import throttles as table
from ivr.store.upsert import upsert

FORGOTTEN = timedelta(hours=1)
"""After so long without a wrong try a new one is the first again."""


@dataclass(frozen=True, slots=True)
class Throttle:
    """What is counted together: a keyed hash, wrong tries without a delay, and the longest."""

    key: bytes
    free: int
    longest: timedelta

    def delay(self, failures: int) -> timedelta:
        """How long to wait after so many wrong tries: twice as long each time."""
        beyond = failures - self.free
        if beyond < 0:
            return timedelta()
        return min(timedelta(seconds=2 ** min(beyond, 16)), self.longest)


def count(connection: sa.Connection, throttles: Iterable[Throttle], at: datetime) -> timedelta:
    """Count a try under all of them; how long to wait before one may be made, or nothing.

    A try that has to wait is not counted: who is impatient does not wait longer for it.
    """
    given = list(throttles)
    rows = [(one, *_locked(connection, one, at)) for one in sorted(given, key=lambda x: x.key)]
    wait = max((until - at for _, _, until in rows), default=timedelta())
    if wait > timedelta():
        return wait
    for throttle, failures, _ in rows:
        change = {"failures": failures + 1, "until": at + throttle.delay(failures + 1)}
        connection.execute(sa.update(table).where(table.c.key == throttle.key).values(**change))
    return timedelta()


def forgive(connection: sa.Connection, throttles: Iterable[Throttle], at: datetime) -> None:
    """Forget the tries of who has proved herself, and all that are old."""
    keys = [one.key for one in throttles]
    old = table.c.until < at - FORGOTTEN
    connection.execute(sa.delete(table).where(sa.or_(table.c.key.in_(keys), old)))


def _locked(connection: sa.Connection, throttle: Throttle, at: datetime) -> tuple[int, datetime]:
    """Wrong tries so far and until when to wait; other writers of the row wait for this one."""
    fresh = {"key": throttle.key, "failures": 0, "until": at}
    connection.execute(upsert(connection, table, fresh, {"failures": table.c.failures}))
    query = sa.select(table.c.failures, table.c.until).where(table.c.key == throttle.key)
    row = connection.execute(query.with_for_update()).one()
    return (0, at) if row.until < at - FORGOTTEN else (row.failures, row.until)
