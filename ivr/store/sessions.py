"""Who is signed in: kept here, so that it ends when we say so and not when a browser does.

The table has a hash of what the browser holds. How long a session was idle stands in the browser's
signed cookie (`ivr.console.entry`), so that looking at a page writes nothing here.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.store.staff_tables import sessions as table

LONGEST = timedelta(hours=12)
"""However active somebody is."""
SETTING_UP = timedelta(hours=1)
"""For who was invited, and has no factor yet."""
TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class Session:
    """One browser that somebody signed in with."""

    key: bytes
    staff: int
    began: datetime
    invited: bool
    csrf: bytes


def begin(connection: sa.Connection, staff: int, at: datetime, *, invited: bool = False) -> str:
    """Begin one; what the browser is to hold. Old ones of hers are forgotten."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    sweep(connection, at)
    row = {"key": key(token), "staff": staff, "began": at, "invited": invited}
    connection.execute(sa.insert(table).values(**row, csrf=secrets.token_bytes(TOKEN_BYTES)))
    return token


def find(connection: sa.Connection, token: str, at: datetime) -> Session | None:
    """The session of a browser, unless it is over."""
    row = connection.execute(sa.select(table).where(table.c.key == key(token))).first()
    if row is None:
        return None
    session = Session(**row._mapping)
    longest = SETTING_UP if session.invited else LONGEST
    return session if at < session.began + longest else None


def end(connection: sa.Connection, session: Session) -> None:
    """Sign this browser out."""
    connection.execute(sa.delete(table).where(table.c.key == session.key))


def end_all(connection: sa.Connection, staff: int) -> int:
    """Sign somebody out everywhere; how many browsers that were."""
    return connection.execute(sa.delete(table).where(table.c.staff == staff)).rowcount


def sweep(connection: sa.Connection, at: datetime) -> int:
    """Forget sessions that are over anyway."""
    return connection.execute(sa.delete(table).where(table.c.began < at - LONGEST)).rowcount


def key(token: str) -> bytes:
    """What the table has in place of a browser's token."""
    return hashlib.sha256(token.encode()).digest()
