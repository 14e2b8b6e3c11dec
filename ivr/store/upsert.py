"""Insert a row, or change the one that is there: the same in both databases, in one statement."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa


def upsert(
    connection: sa.Connection, table: sa.Table, row: Mapping[str, Any], change: Mapping[str, Any]
) -> sa.Insert:
    """The statement that inserts `row`, or applies `change` where its primary key is taken."""
    keys = [column.name for column in table.primary_key]
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        insert = sqlite.insert(table).values(**row)
        return insert.on_conflict_do_update(index_elements=keys, set_=dict(change))
    from sqlalchemy.dialects import postgresql  # slow to import, and most need only one of both

    rows = postgresql.insert(table).values(**row)
    return rows.on_conflict_do_update(index_elements=keys, set_=dict(change))
