"""Beats: a count that only grows, by which a database from a backup is known."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "beats",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_beats"),
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("beats")
