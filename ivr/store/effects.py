"""What an effect of a call had as its result, so that a repeated webhook hears the same words.

A row holds no personal data: the key is a digest of the call and its step, the result one word.
"""

import hashlib
from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.store.tables import effects as table

KEPT = timedelta(hours=48)


def key(call: str, step: int) -> str:
    """The name of one step of one call, from which neither can be told."""
    return hashlib.sha256(f"{call}|{step}".encode()).hexdigest()


def find(connection: sa.Connection, name: str) -> str | None:
    """The result of an effect that was carried out already."""
    return connection.scalar(sa.select(table.c.result).where(table.c.key == name))


def keep(connection: sa.Connection, name: str, result: str, at: datetime) -> None:
    """Keep a result. Raises IntegrityError when another worker carried it out just now."""
    connection.execute(sa.insert(table).values(key=name, result=result, at=at))


def sweep(connection: sa.Connection, at: datetime) -> int:
    """Erase what is older than 48 hours; how many rows that were."""
    return connection.execute(sa.delete(table).where(table.c.at < at - KEPT)).rowcount
