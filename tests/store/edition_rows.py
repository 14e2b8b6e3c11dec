"""A row in every table of editions in the making, for migrations that carry them along."""

import sqlalchemy as sa

from ivr.store import edition_tables
from tests.store.callback_rows import NOW

PLACE = {"kind": "text", "language": "nl", "key": "main.now"}
ROWS = {
    "clips": {
        "digest": "a" * 64, "short": "a" * 16, "data": b"x", "seconds": 1.0, "level": -24.0,
        "origin": "person", "who": "ann", "at": NOW,
    },
    "versions": {
        **PLACE, "id": 1, "act": "changed", "value": "null", "author": "ann", "who": "ann",
        "at": NOW, "edition": 0,
    },
    "draft": {**PLACE, "version": 1},
    "releases": {
        "number": 1, "digest": "d", "document": "{}", "source": "s", "note": "", "created_at": NOW,
    },
}  # fmt: skip


def fill_0006(connection: sa.Connection) -> None:
    """A row in every table of the sixth migration."""
    for table, row in ROWS.items():
        connection.execute(sa.insert(edition_tables.metadata.tables[table]).values(**row))
