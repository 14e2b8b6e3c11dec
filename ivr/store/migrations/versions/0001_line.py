"""The line: editions, directories and their changes, counts, proofs, effects."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the first tables."""
    for name in ("editions", "directories"):
        op.create_table(
            name,
            sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
            sa.Column("digest", sa.String(64), nullable=False),
            sa.Column("document", sa.Text, nullable=False),
            sa.Column("source", sa.String(64), nullable=False),
            sa.Column("note", sa.Text, nullable=False),
            sa.Column("created_at", MOMENT, nullable=False),
            sa.PrimaryKeyConstraint("number", name=f"pk_{name}"),
        )
    _make_changes()
    _make_counts()
    _make_what_calls_leave()


def _make_changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("directory", sa.Integer, nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
    )


def _make_counts() -> None:
    op.create_table(
        "counts",
        sa.Column("hour", MOMENT, nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("node", sa.String(64), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("hour", "language", "node", "event", name="pk_counts"),
    )


def _make_what_calls_leave() -> None:
    op.create_table(
        "proofs",
        sa.Column("carrier", sa.String(32), nullable=False),
        sa.Column("target", sa.String(255), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("carrier", "target", name="pk_proofs"),
    )
    op.create_table(
        "effects",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("result", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_effects"),
    )
    op.create_index("ix_effects_at", "effects", ["at"])


def downgrade() -> None:
    """Take them all away."""
    for name in ("effects", "proofs", "counts", "changes", "directories", "editions"):
        op.drop_table(name)
