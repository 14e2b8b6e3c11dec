"""Cut what may not ring any more: the kill switch was thrown, or she does not want it any more.

The operator's leg is ended, and hers ends with it. Who is talking already is left alone.
"""

from collections.abc import Callable
from datetime import datetime
from threading import Thread

import sqlalchemy as sa

from ivr import logs
from ivr.callbacks import finishing, hold
from ivr.callbacks.claims import LEASE
from ivr.callbacks.finishing import LIVE
from ivr.callbacks.means import Means
from ivr.carrier import OVER, Lost, Placed
from ivr.store import attempts
from ivr.store.alone import alone
from ivr.store.callback_tables import attempts as table
from ivr.store.callback_tables import callbacks
from routing.callback import State

ALLOWED = (str(State.CALLING), str(State.UNKNOWN))


def cut(means: Means, at: datetime) -> int:
    """End every leg that may not go on; how many that were. Again does no harm. Raises `Away`.

    What becomes of the attempts is told by the carrier's own news, or looked up.
    """
    with means.store.reading() as connection:
        rows = _forbidden(connection)
    for row in rows:
        if row.sid and row.carrier in means.carriers:
            answer = means.carriers[row.carrier].cancel(row.sid)
            if isinstance(answer, Placed) and answer.stage in OVER:
                with means.store.writing() as connection:
                    alone(connection)
                    finishing.is_over(connection, row, at, at + LEASE)
            elif isinstance(answer, Lost):
                logs.get("callbacks").warning("a leg could not be cut", carrier=row.carrier)
    return len(rows)


def soon(means: Means, now: Callable[[], datetime]) -> Callable[[int], None]:
    """Cut beside whatever else this process does, as soon as a callback is closed: a carrier may
    take seconds to answer, and a caller waits. What is missed the sweeps cut.
    """

    def cut_now() -> None:
        try:
            cut(means, now())
        except Exception as error:  # the sweeps do it again
            logs.get("callbacks").warning("a leg could not be cut", error=type(error).__name__)

    return lambda _: Thread(target=cut_now, name="cut", daemon=True).start()


def _forbidden(connection: sa.Connection) -> tuple[attempts.Row, ...]:
    ringing = (
        table.c.ended_at.is_(None),
        table.c.passed_at.is_(None),
        table.c.sid.is_not(None),
        table.c.state.in_(LIVE),
    )
    if hold.is_on(connection):
        return attempts.where(connection, *ringing)
    wanted = sa.exists().where(callbacks.c.id == table.c.callback, callbacks.c.state.in_(ALLOWED))
    return attempts.where(connection, *ringing, ~wanted)
