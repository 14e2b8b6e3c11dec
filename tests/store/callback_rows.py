"""A row in every table of callbacks, for migrations that have to carry them along."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ivr.store import callback_tables

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
WHO: dict[str, Any] = {
    "carrier": "rehearsal", "language": "nl", "need": "", "region": "", "young": False,
}  # fmt: skip
WINDOW: dict[str, Any] = {
    "day": date(2026, 11, 23), "wall_start": 840, "wall_until": 960, "zone": "Europe/Brussels",
    "start": NOW + timedelta(hours=3), "until": NOW + timedelta(hours=5),
    "expires": date(2026, 11, 26), "booked_at": NOW,
}  # fmt: skip
HERS: dict[str, Any] = dict.fromkeys(("number", "fingerprint", "code", "wishes"), b"x")
WAITING: dict[str, Any] = {"id": 1, "state": "waiting", **WHO, **WINDOW, **HERS}
ATTEMPT: dict[str, Any] = {
    "id": 1, "token": "t", "callback": 1, "carrier": "rehearsal", "operator": 1, "start": NOW,
    "until": NOW, "number": b"x", "state": "placed", "placed_at": NOW,
}  # fmt: skip
ROWS: dict[str, dict[str, Any]] = {
    "callbacks": WAITING,
    "attempts": ATTEMPT,
    "caps": {"hour": NOW, "kind": "all", "fingerprint": b"", "n": 1},
    "holds": {"at": NOW, "on": True, "who": "x", "reason": "x"},
    "records": {
        "sid": "x", "carrier": "rehearsal", "child": False, "parent": "", "at": NOW, "tries": 0,
    },
}  # fmt: skip


def fill_0002(connection: sa.Connection) -> None:
    """A row in every table of the second migration."""
    for table, row in ROWS.items():
        connection.execute(sa.insert(callback_tables.metadata.tables[table]).values(**row))
