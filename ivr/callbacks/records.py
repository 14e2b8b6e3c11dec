"""What a carrier keeps of our calls is deleted there: numbers stand in it, hers among them.

The legs that a call dialled go first, for their numbers are hers and a centre's; the call itself
afterwards. What the carrier does not delete now is tried again.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.callbacks.means import Means
from ivr.carrier import OVER, Carrier, Deleted, Found, Lost, Refused
from ivr.store import records
from ivr.store.callback_tables import attempts as table
from ivr.store.records import Record

GONE = 20404
"""The carriers' code for a call of which nothing is kept."""
LONGEST = timedelta(hours=1)
"""The longest that a carrier is left alone between two tries."""


def delete(means: Means, at: datetime) -> int:
    """Have what is due deleted; how many calls that were. Again does no harm. Raises `Away`."""
    done = 0
    for name, carrier in means.carriers.items():
        with means.store.reading() as connection:
            due = [one for one in records.due(connection, name) if _is_due(one, at)]
        for one in due:
            gone = _delete(carrier, one.sid)
            with means.store.writing() as connection:
                _note(connection, one, at, gone=gone)
            done += gone
    return done


def _is_due(record: Record, at: datetime) -> bool:
    """Later and later where it was tried before: a call may still go on."""
    wait = timedelta(seconds=30) * 2 ** min(record.tries, 10) if record.tries else timedelta()
    return record.at + min(wait, LONGEST) * max(1, record.tries) <= at


def _delete(carrier: Carrier, sid: str) -> bool:
    """Whether nothing is left: first of the legs that it dialled, then of the call itself."""
    children = carrier.children(sid)
    match children:
        case Found(calls):
            if any(call.stage not in OVER for call in calls):
                return False
            gone = [_is_gone(carrier.delete(call.sid)) for call in calls]
            return all(gone) and _is_gone(carrier.delete(sid))
        case Refused() | Lost():
            return False


def _is_gone(answer: Deleted | Refused | Lost) -> bool:
    return isinstance(answer, Deleted) or (isinstance(answer, Refused) and answer.code == GONE)


def _note(connection: sa.Connection, record: Record, at: datetime, *, gone: bool) -> None:
    if not gone:
        records.tried(connection, record.sid)
        return
    records.remove(connection, record.sid)
    where = (table.c.sid == record.sid, table.c.deleted_at.is_(None))
    connection.execute(sa.update(table).where(*where).values(deleted_at=at))
