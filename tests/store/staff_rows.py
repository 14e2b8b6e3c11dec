"""A row in every table of staff, for migrations that have to carry them along."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from ivr.store import staff_tables

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
PERSON = {"id": 1, "name": "ann", "shown": "Ann", "role": "operator", "language": "nl"}
MORE = {"speaks": "nl fr", "password": "x", "status": "away", "made_at": NOW}
LINKS = {"before": b"x", "hash": b"y"}
ROWS: dict[str, dict[str, Any]] = {
    "staff": {**PERSON, **MORE},
    "factors": {
        "staff": 1, "kind": "totp", "secret": b"x", "name": "app", "used": 0, "counter": 0,
        "made_at": NOW,
    },
    "sessions": {"key": b"k", "staff": 1, "began": NOW, "invited": False, "csrf": b"c"},
    "throttles": {"key": b"k", "failures": 1, "until": NOW},
    "approvals": {
        "what": "role", "about": 1, "role": "admin", "reason": "x", "asked_by": 1, "asked_at": NOW,
    },
    "audit": {"id": 1, "at": NOW, "who": "x", "what": "x", "about": "x", "detail": "", **LINKS},
    "audit_ends": {"id": 1, "first": 1, "last": 1, **LINKS},
}  # fmt: skip


def fill_0003(connection: sa.Connection) -> None:
    """A row in every table of the third migration."""
    for table, row in ROWS.items():
        connection.execute(sa.insert(staff_tables.metadata.tables[table]).values(**row))
