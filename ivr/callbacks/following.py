"""News of an attempt, kept so that nothing goes backwards: late, repeated and reordered."""

from datetime import datetime

import sqlalchemy as sa

from ivr.callbacks import finishing
from ivr.callbacks.claims import LEASE
from ivr.callbacks.points import reach
from ivr.store import attempts
from ivr.store.alone import alone
from ivr.store.callback_tables import attempts as table
from ivr.store.database import Store
from ivr.voice.news import News


class Following:
    """Keeps the news of all attempts in the database."""

    def __init__(self, store: Store) -> None:
        """Open nothing yet."""
        self._store = store

    def take(self, news: News) -> None:
        """Keep one piece of news. Raises `Away` where the database is."""
        reach("news.heard")
        with self._store.writing() as connection:
            follow(connection, news)


def follow(connection: sa.Connection, news: News) -> None:
    """Write news down; what is about another call than the attempt's own is none."""
    alone(connection)
    attempt = attempts.by_token(connection, news.attempt)
    if attempt is None or attempt.carrier != news.carrier:
        return
    own = news.parent if news.hers else news.call
    if attempt.sid != own and not _found(connection, attempt, own):
        return
    if news.hers:
        _follow_hers(connection, attempt, news)
    else:
        _follow_operator(connection, attempt.id, news)
    reach("news.written")


def _found(connection: sa.Connection, attempt: attempts.Row, sid: str) -> bool:
    """The carrier's answer was lost, and here is the call itself."""
    return bool(sid) and finishing.is_found(connection, attempt.id, attempt.callback, sid)


def _follow_operator(connection: sa.Connection, attempt: int, news: News) -> None:
    row = attempts.load(connection, attempt)
    if news.over and row:
        finishing.is_over(connection, row, news.at, news.at + LEASE)


def _follow_hers(connection: sa.Connection, attempt: attempts.Row, news: News) -> None:
    """A leg of hers is told of only after its Dial was carried out: so it is not given again."""
    if attempt.dialled_at is None or (attempt.child and news.call and attempt.child != news.call):
        return
    if news.call:
        attempts.change(connection, attempt.id, when=(table.c.child.is_(None),), child=news.call)
    if news.answered:
        attempts.mark(connection, attempt.id, "gate_at", news.at)
    if news.bridged is not None:
        _bridged(connection, attempt.id, news.bridged)


def _bridged(connection: sa.Connection, attempt: int, bridged: bool) -> None:
    """She was reached only where the code was right and the carrier says that they spoke."""
    first = (table.c.bridged.is_(None),)
    right = (*first, table.c.passed_at.is_not(None))
    attempts.change(connection, attempt, when=right if bridged else first, bridged=bridged)


def is_reached(attempt: attempts.Row) -> bool:
    """Whether she and the operator spoke."""
    return bool(attempt.passed_at and attempt.bridged)


def since(attempt: attempts.Row) -> datetime:
    """When the last thing of this attempt was heard of."""
    moments = (attempt.placed_at, attempt.ready_at, attempt.dialled_at, attempt.gate_at,
               attempt.passed_at, attempt.ended_at)  # fmt: skip
    return max(one for one in moments if one)
