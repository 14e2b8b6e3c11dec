"""Calls counted by the hour, without identity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ivr.store.tables import counts as table
from ivr.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Bucket:
    """What is counted together: one event at one node in one language within one hour (UTC)."""

    hour: datetime
    language: str
    node: str
    event: str


def add(connection: sa.Connection, counted: Mapping[Bucket, int]) -> None:
    """Add to what is counted already; in one order, so that two writers never wait in a circle."""
    for bucket in sorted(counted, key=lambda one: (one.hour, one.language, one.node, one.event)):
        row = {
            "hour": bucket.hour,
            "language": bucket.language,
            "node": bucket.node,
            "event": bucket.event,
            "n": counted[bucket],
        }
        connection.execute(upsert(connection, table, row, {"n": table.c.n + counted[bucket]}))


def load(connection: sa.Connection, since: datetime, until: datetime) -> dict[Bucket, int]:
    """Everything counted in the hours from `since` up to, not with, `until`."""
    query = sa.select(table).where(table.c.hour >= since, table.c.hour < until)
    return {
        Bucket(row.hour, row.language, row.node, row.event): row.n
        for row in connection.execute(query)
    }
