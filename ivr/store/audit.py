"""Who did what to which id: a chain in which each entry holds the hash of the one before it.

An entry is written in the transaction of what it tells, so there is neither without the other. It
holds no number of a caller. What a later hand changes in the table breaks the chain; who could
write the whole of it anew is found by a head that was printed, or kept as a file, before.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ivr.store.staff_tables import audit as table
from ivr.store.staff_tables import audit_ends as ends

KEPT = timedelta(days=365)
START = bytes(32)
"""What the first entry of all follows."""
_LOCK = 0x61756469
"""The number by which writers of PostgreSQL wait for each other; SQLite has one writer anyway."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did."""

    id: int
    at: datetime
    who: str
    what: str
    about: str
    detail: str
    before: bytes
    hash: bytes

    def digest(self) -> bytes:
        """The hash over what stands here and what came before."""
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        told = [self.id, at, self.who, self.what, self.about, self.detail]
        return hashlib.sha256(self.before + json.dumps(told).encode()).digest()


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry: its number and its hash. To be printed, and compared one day."""

    id: int
    hash: bytes

    def __str__(self) -> str:
        """As it is printed."""
        return f"{self.id}:{self.hash.hex()}"

    @classmethod
    def read(cls, source: str) -> "Head":
        """Read what was printed. Raises ValueError."""
        number, _, digest = source.strip().partition(":")
        if len(digest) != len(START) * 2:
            raise ValueError("a head is a number, a colon and 64 hex digits")
        return cls(int(number), bytes.fromhex(digest))


def write(
    connection: sa.Connection, who: str, what: str, about: str, detail: str, at: datetime
) -> Entry:
    """Add an entry to the chain, in the transaction of what it tells. `about` names an id."""
    _wait_for_others(connection)
    last = head(connection)
    new = Entry(last.id + 1, at, who, what, about, detail, last.hash, b"")
    row = {name: getattr(new, name) for name in ("id", "at", "who", "what", "about", "detail")}
    digest = new.digest()
    connection.execute(sa.insert(table).values(**row, before=last.hash, hash=digest))
    moved = connection.execute(sa.update(ends).values(last=new.id, hash=digest))
    if not moved.rowcount:
        first = {"id": 1, "first": new.id, "before": last.hash}
        connection.execute(sa.insert(ends).values(**first, last=new.id, hash=digest))
    return Entry(**row, before=last.hash, hash=digest)


def head(connection: sa.Connection) -> Head:
    """The newest entry; 0 where there is none yet."""
    row = connection.execute(sa.select(ends.c.last, ends.c.hash)).first()
    return Head(row.last, row.hash) if row else Head(0, START)


def entries(connection: sa.Connection, *, before: int = 0, most: int = 50) -> list[Entry]:
    """The newest entries, or those older than a number, newest first."""
    query = sa.select(table).order_by(table.c.id.desc()).limit(most)
    if before:
        query = query.where(table.c.id < before)
    return [_entry(row) for row in connection.execute(query)]


def verify(connection: sa.Connection, *, known: tuple[Head, ...] = ()) -> Iterator[str]:
    """Walk the whole chain; a sentence for everything that is not as it was written."""
    row = connection.execute(sa.select(ends)).first()
    hashes = {one.id: one.hash for one in known}
    expected, follows = (row.first, row.before) if row else (1, START)
    for entry in _all(connection):
        if entry.id != expected:
            yield f"entry {expected} is missing: {entry.id} stands in its place"
        if entry.before != follows:
            yield f"entry {entry.id} does not follow the one before it"
        if entry.digest() != entry.hash:
            yield f"entry {entry.id} is not what was written"
        if hashes.pop(entry.id, entry.hash) != entry.hash:
            yield f"entry {entry.id} is not the one whose hash was kept"
        expected, follows = entry.id + 1, entry.hash
    if row and (row.last, row.hash) != (expected - 1, follows):
        yield f"the chain ends at {expected - 1}, but {row.last} entries were written"
    yield from _beyond(hashes, row.first if row else 1)


def sweep(connection: sa.Connection, at: datetime) -> int:
    """Erase what is older than twelve months, and note where the chain now begins."""
    _wait_for_others(connection)
    query = sa.select(table.c.id, table.c.hash).where(table.c.at < at - KEPT)
    last = connection.execute(query.order_by(table.c.id.desc()).limit(1)).first()
    if last is None:
        return 0
    gone = connection.execute(sa.delete(table).where(table.c.id <= last.id)).rowcount
    connection.execute(sa.update(ends).values(first=last.id + 1, before=last.hash))
    return gone


def _beyond(hashes: dict[int, bytes], first: int) -> Iterator[str]:
    """What was kept of entries that are no longer there; those before the first are just old."""
    for number in sorted(hashes):
        if number >= first:
            yield f"entry {number} was there when its hash was kept, and is gone"


def _all(connection: sa.Connection) -> Iterator[Entry]:
    query = sa.select(table).order_by(table.c.id).execution_options(yield_per=1000)
    return (_entry(row) for row in connection.execute(query))


def _entry(row: sa.Row[Any]) -> Entry:
    return Entry(**row._mapping)


def _wait_for_others(connection: sa.Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
