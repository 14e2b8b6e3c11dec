"""A row in every table of the desks, for migrations that have to carry them along."""

import sqlalchemy as sa

from ivr.store import desk_tables
from tests.store.callback_rows import NOW

ROWS = {
    "passes": {"callback": 1, "staff": 1},
    "alarms": {"callback": 1, "staff": 1, "at": NOW},
    "heavies": {"staff": 1, "at": NOW},
    "shifts": {"staff": 1, "seen_at": NOW},
}


def fill_0004(connection: sa.Connection) -> None:
    """A row in every table of the fourth migration."""
    for table, row in ROWS.items():
        connection.execute(sa.insert(desk_tables.metadata.tables[table]).values(**row))
