"""Desks: who passed a callback on, who is in danger, for whom it was heavy, who knows what."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

MOMENT = sa.DateTime(timezone=True)
UNSEEN = sa.text("seen_at IS NULL")
UNTOLD = sa.text("outcome IS NULL AND dialled_at IS NOT NULL")
TABLES = ("passes", "alarms", "heavies", "shifts")


def _callback() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["callback"], ["callbacks.id"], ondelete="CASCADE")


def _staff(column: str = "staff") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["staff.id"])


def upgrade() -> None:
    """Make the tables of the desks."""
    op.create_table(
        "passes",
        sa.Column("callback", sa.Integer, nullable=False),
        sa.Column("staff", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("callback", "staff", name="pk_passes"),
        _callback(),
        _staff(),
    )
    _make_alarms()
    for name, moment in (("heavies", "at"), ("shifts", "seen_at")):
        op.create_table(
            name,
            sa.Column("staff", sa.Integer, nullable=False),
            sa.Column(moment, MOMENT, nullable=False),
            sa.PrimaryKeyConstraint("staff", name=f"pk_{name}"),
            _staff(),
        )
    op.create_index(
        "ix_attempts_untold", "attempts", ["operator", "placed_at"],
        sqlite_where=UNTOLD, postgresql_where=UNTOLD,
    )  # fmt: skip


def _make_alarms() -> None:
    op.create_table(
        "alarms",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("callback", sa.Integer, nullable=False),
        sa.Column("staff", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seen_by", sa.Integer),
        sa.Column("seen_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_alarms"),
        _callback(),
        _staff(),
        _staff("seen_by"),
        sa.CheckConstraint("(seen_by IS NULL) = (seen_at IS NULL)", name="ck_alarms_seen"),
    )
    op.create_index("ix_alarms_callback", "alarms", ["callback"])
    op.create_index(
        "ix_alarms_unseen", "alarms", ["at"], sqlite_where=UNSEEN, postgresql_where=UNSEEN
    )


def downgrade() -> None:
    """Take them all away."""
    op.drop_index("ix_attempts_untold", "attempts")
    for name in reversed(TABLES):
        op.drop_table(name)
