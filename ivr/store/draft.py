"""The draft, and every version of what was ever drafted or published: versions are only added.

A place is (kind, language, key); its version is the number of the newest row that tells of it, by
which whoever changes it next shows what she has seen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ivr.store.edition_tables import draft as table
from ivr.store.edition_tables import versions
from ivr.store.upsert import upsert

Spot = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Version:
    """What stood at a place from then on. `act`: changed, reverted, published, released, offered.

    `value` is JSON, `author` whose words they are, `edition` the one it was published in, or 0.
    """

    place: Spot
    act: str
    value: str
    author: str
    who: str
    at: datetime
    edition: int = 0
    id: int = 0


def add(connection: sa.Connection, version: Version) -> int:
    """Add a version; its number."""
    done = connection.execute(sa.insert(versions).values(**_row(version)))
    return int(done.inserted_primary_key[0])  # type: ignore[index]  # an insert of one row has it


def add_all(connection: sa.Connection, rows: Iterable[Version]) -> None:
    """Add many versions."""
    new = [_row(one) for one in rows]
    if new:
        connection.execute(sa.insert(versions), new)


def latest(connection: sa.Connection, place: Spot) -> Version | None:
    """The newest version of a place."""
    return next(iter(history(connection, place, most=1)), None)


def history(connection: sa.Connection, place: Spot, *, most: int = 200) -> list[Version]:
    """The versions of a place, the newest first."""
    query = sa.select(versions).where(*_at(versions, place)).order_by(versions.c.id.desc())
    return [_version(row) for row in connection.execute(query.limit(most))]


def recent(connection: sa.Connection, *, most: int = 200) -> list[Version]:
    """The newest versions of all places, the newest first."""
    query = sa.select(versions).order_by(versions.c.id.desc()).limit(most)
    return [_version(row) for row in connection.execute(query)]


def rows(connection: sa.Connection) -> list[Version]:
    """The whole draft, in the order of its places."""
    joined = table.join(versions, versions.c.id == table.c.version)
    query = sa.select(versions).select_from(joined).order_by(*_place(table))
    return [_version(row) for row in connection.execute(query)]


def seen(connection: sa.Connection) -> dict[Spot, int]:
    """The version of every place that ever had one."""
    last = sa.func.max(versions.c.id)
    query = sa.select(*_place(versions), last).group_by(*_place(versions))
    return {(row[0], row[1], row[2]): int(row[3]) for row in connection.execute(query).all()}


def put(connection: sa.Connection, place: Spot, version: int) -> None:
    """Have the draft say what this version does."""
    row = dict(zip(("kind", "language", "key"), map(str, place), strict=True))
    connection.execute(upsert(connection, table, {**row, "version": version}, {"version": version}))


def drop(connection: sa.Connection, places: Iterable[Spot]) -> None:
    """Take places out of the draft."""
    for place in places:
        connection.execute(sa.delete(table).where(*_at(table, place)))


def _place(of: sa.Table) -> tuple[sa.ColumnElement[str], ...]:
    return (of.c.kind, of.c.language, of.c.key)


def _at(of: sa.Table, place: Spot) -> tuple[sa.ColumnElement[bool], ...]:
    return tuple(one == str(name) for one, name in zip(_place(of), place, strict=True))


def _row(version: Version) -> dict[str, Any]:
    kind, language, key = map(str, version.place)
    names = ("act", "value", "author", "who", "at", "edition")
    named = {name: getattr(version, name) for name in names}
    return {"kind": kind, "language": language, "key": key, **named}


def _version(row: sa.Row[Any]) -> Version:
    found = dict(row._mapping)
    place = (found.pop("kind"), found.pop("language"), found.pop("key"))
    return Version(place=place, **found)
