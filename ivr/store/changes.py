"""Who changed the directory, when, and what: sentences that anybody can read, kept for ever."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ivr.store.tables import changes as table


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence about what somebody changed; `directory` is the number that it led to."""

    at: datetime
    who: str
    directory: int
    sentence: str


def keep(connection: sa.Connection, changes: Iterable[Change]) -> None:
    """Add to the history."""
    rows = [
        {"at": one.at, "who": one.who, "directory": one.directory, "sentence": one.sentence}
        for one in changes
    ]
    if rows:
        connection.execute(sa.insert(table), rows)


def load(connection: sa.Connection, limit: int = 1000) -> tuple[Change, ...]:
    """The newest changes, the last one first."""
    rows = connection.execute(sa.select(table).order_by(table.c.id.desc()).limit(limit))
    return tuple(Change(row.at, row.who, row.directory, row.sentence) for row in rows)
