"""The tables, as the newest migration leaves them. What identifies a caller is in none of them."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

metadata = sa.MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(column_0_label)s"},
)


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment, aware on both sides; SQLite, which has no zones, keeps it in UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write in UTC. Raises ValueError for a naive moment, which could mean any."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Read in UTC."""
        if value is None:
            return None
        read: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return read.astimezone(UTC)


def documents(name: str) -> sa.Table:
    """A numbered row of immutable JSON; `source` says what it was made from."""
    return sa.Table(
        name,
        metadata,
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
    )


editions = documents("editions")
directories = documents("directories")

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("directory", sa.Integer, nullable=False),
    sa.Column("sentence", sa.Text, nullable=False),
)

counts = sa.Table(
    "counts",
    metadata,
    sa.Column("hour", Moment, primary_key=True),
    sa.Column("language", sa.String(16), primary_key=True),
    sa.Column("node", sa.String(64), primary_key=True),
    sa.Column("event", sa.String(32), primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
)

proofs = sa.Table(
    "proofs",
    metadata,
    sa.Column("carrier", sa.String(32), primary_key=True),
    sa.Column("target", sa.String(255), primary_key=True),
    sa.Column("at", Moment, nullable=False),
)

effects = sa.Table(
    "effects",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("result", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
)
