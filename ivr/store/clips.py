"""The bytes of recordings, by the digest that names them: in the database, so that every machine,
backup and export has them. A disk only caches them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa

from ivr.store.edition_tables import clips as table

SHORT = 16
"""Hex digits by which a recipe names a recording."""
T = TypeVar("T")
AT_ONCE = 100
"""Rows in one statement: about 2 MB, far from what a statement may take."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording: mono Opus; `level` in LUFS, `origin` a person or synthetic."""

    digest: str
    data: bytes
    seconds: float
    level: float
    origin: str
    who: str
    at: datetime


def keep(connection: sa.Connection, clips: Iterable[Clip]) -> None:
    """Keep them; one that is there already stays as it is, for its name says what it is."""
    new = {one.digest: one for one in clips}
    for digest in known(connection, new):
        del new[digest]
    for some in _batches(list(new.values())):
        connection.execute(sa.insert(table), [_row(one) for one in some])


def load(connection: sa.Connection, name: str) -> bytes | None:
    """The bytes of a digest, or of the first 16 digits of one; None where there are none."""
    query = sa.select(table.c.digest, table.c.data).where(table.c.short == name[:SHORT])
    row = connection.execute(query).first()
    return bytes(row.data) if row and row.digest.startswith(name) else None


def everything(connection: sa.Connection) -> frozenset[str]:
    """The digests of all that is kept."""
    return frozenset(connection.scalars(sa.select(table.c.digest)))


def known(connection: sa.Connection, digests: Iterable[str]) -> frozenset[str]:
    """Those digests whose bytes are kept."""
    found: set[str] = set()
    for some in _batches(list(digests)):
        query = sa.select(table.c.digest).where(table.c.digest.in_(some))
        found.update(connection.scalars(query))
    return frozenset(found)


def _batches(rows: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]


def _row(clip: Clip) -> dict[str, object]:
    names = ("digest", "data", "seconds", "level", "origin", "who", "at")
    return {"short": clip.digest[:SHORT], **{name: getattr(clip, name) for name in names}}
