"""Callbacks: what callers asked for, the attempts to reach them, caps, holds, records to delete."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)
STATES = "'waiting', 'claimed', 'calling', 'paused', 'frozen', 'unknown', 'missed', 'closed'"
OUTCOMES = (
    "'spoke', 'not safe now', 'somebody else', 'no key', 'no answer', 'wrong number', 'declined',"
    " 'referred', 'another time', 'in danger', 'line dropped', 'could not speak',"
    " 'interpreter failed', 'technical'"
)
ERASED = ("number", "fingerprint", "code", "wishes", "note", "claimed_by", "lease")
HELD = ERASED[:4]
OPEN = "state <> 'closed'"


def upgrade() -> None:
    """Make the tables of callbacks."""
    op.create_table("callbacks", *_callback_columns(), *_callback_constraints())
    op.create_index(
        "ix_callbacks_open", "callbacks", ["until", "id"],
        sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN),
    )  # fmt: skip
    op.create_index(
        "ix_callbacks_fingerprint", "callbacks", ["fingerprint"],
        sqlite_where=sa.text(OPEN), postgresql_where=sa.text(OPEN),
    )  # fmt: skip
    op.create_table("attempts", *_attempt_columns(), *_attempt_constraints())
    for column in ("callback", "operator", "number", "sid"):
        op.create_index(f"ix_attempts_{column}", "attempts", [column])
    _make_caps()
    _make_holds()
    _make_records()


def _callback_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("carrier", sa.String(32), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("need", sa.String(32), nullable=False),
        sa.Column("region", sa.String(32), nullable=False),
        sa.Column("young", sa.Boolean, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("wall_start", sa.Integer, nullable=False),
        sa.Column("wall_until", sa.Integer, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("expires", sa.Date, nullable=False),
        sa.Column("number", sa.LargeBinary),
        sa.Column("fingerprint", sa.LargeBinary),
        sa.Column("code", sa.LargeBinary),
        sa.Column("wishes", sa.LargeBinary),
        sa.Column("note", sa.LargeBinary),
        sa.Column("claimed_by", sa.Integer),
        sa.Column("lease", MOMENT),
        sa.Column("not_before", MOMENT),
        sa.Column("told", sa.String(16), nullable=False, server_default=""),
        sa.Column("reason", sa.String(64)),
        sa.Column("booked_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
    ]


def _callback_constraints() -> list[sa.Constraint]:
    erased = " AND ".join(f"{column} IS NULL" for column in ERASED)
    held = " AND ".join(f"{column} IS NOT NULL" for column in HELD)
    return [
        sa.PrimaryKeyConstraint("id", name="pk_callbacks"),
        sa.UniqueConstraint("id", "carrier", name="uq_callbacks_carrier"),
        sa.CheckConstraint(f"state IN ({STATES})", name="ck_callbacks_state"),
        sa.CheckConstraint(
            f"{OPEN} OR ({erased} AND closed_at IS NOT NULL AND reason IS NOT NULL)",
            name="ck_callbacks_erased",
        ),
        sa.CheckConstraint(f"state = 'closed' OR ({held})", name="ck_callbacks_held"),
        sa.CheckConstraint(
            "state NOT IN ('claimed', 'calling') OR (claimed_by IS NOT NULL AND lease IS NOT NULL)",
            name="ck_callbacks_claimed",
        ),
        sa.CheckConstraint("start < until", name="ck_callbacks_window"),
    ]


def _attempt_columns() -> list[sa.Column[Any]]:
    return [
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("token", sa.String(43), nullable=False),
        sa.Column("callback", sa.Integer, nullable=False),
        sa.Column("carrier", sa.String(32), nullable=False),
        sa.Column("operator", sa.Integer, nullable=False),
        sa.Column("start", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("number", sa.LargeBinary),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("placed_at", MOMENT, nullable=False),
        sa.Column("sid", sa.String(64)),
        sa.Column("child", sa.String(64)),
        sa.Column("ready_at", MOMENT),
        sa.Column("dialled_at", MOMENT),
        sa.Column("gate_at", MOMENT),
        sa.Column("passed_at", MOMENT),
        sa.Column("bridged", sa.Boolean),
        sa.Column("ended_at", MOMENT),
        sa.Column("outcome", sa.String(32)),
        sa.Column("outcome_at", MOMENT),
        sa.Column("deleted_at", MOMENT),
    ]


def _attempt_constraints() -> list[sa.Constraint]:
    return [
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.UniqueConstraint("token", name="uq_attempts_token"),
        sa.ForeignKeyConstraint(
            ["callback", "carrier"],
            ["callbacks.id", "callbacks.carrier"],
            name="fk_attempts_carrier",
        ),
        sa.CheckConstraint(
            f"outcome IS NULL OR outcome IN ({OUTCOMES})", name="ck_attempts_outcome"
        ),
        sa.CheckConstraint(
            "bridged IS NULL OR NOT bridged OR passed_at IS NOT NULL", name="ck_attempts_passed"
        ),
    ]


def _make_caps() -> None:
    op.create_table(
        "caps",
        sa.Column("hour", MOMENT, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("hour", "kind", "fingerprint", name="pk_caps"),
    )


def _make_holds() -> None:
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("on", sa.Boolean, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
    )


def _make_records() -> None:
    op.create_table(
        "records",
        sa.Column("sid", sa.String(64), nullable=False),
        sa.Column("carrier", sa.String(32), nullable=False),
        sa.Column("child", sa.Boolean, nullable=False),
        sa.Column("parent", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("sid", name="pk_records"),
    )


def downgrade() -> None:
    """Take them all away, and with them every callback."""
    for name in ("records", "holds", "caps", "attempts", "callbacks"):
        op.drop_table(name)
