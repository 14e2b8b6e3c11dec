"""Staff: who may sign in, with what, their sessions, what two agree on, and the audit."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)
TABLES = ("staff", "factors", "sessions", "throttles", "approvals", "audit", "audit_ends")


def upgrade() -> None:
    """Make the tables of staff."""
    _make_staff()
    _make_factors()
    _make_sessions()
    _make_approvals()
    _make_audit()


def _make_staff() -> None:
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("shown", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("speaks", sa.String(128), nullable=False),
        sa.Column("password", sa.String(256), nullable=False),
        sa.Column("invited_until", MOMENT),
        sa.Column("phone", sa.LargeBinary),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
        sa.CheckConstraint(
            "role IN ('operator', 'supervisor', 'admin', 'auditor')", name="ck_staff_role"
        ),
        sa.CheckConstraint(
            "status IN ('here', 'pause', 'wrap-up', 'away')", name="ck_staff_status"
        ),
    )


def _make_factors() -> None:
    op.create_table(
        "factors",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("staff", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("used", sa.BigInteger, nullable=False),
        sa.Column("counter", sa.BigInteger, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_factors"),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_factors_staff"),
        sa.CheckConstraint("kind IN ('totp', 'passkey', 'recovery')", name="ck_factors_kind"),
    )
    op.create_index("ix_factors_staff", "factors", ["staff"])


def _make_sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("staff", sa.Integer, nullable=False),
        sa.Column("began", MOMENT, nullable=False),
        sa.Column("invited", sa.Boolean, nullable=False),
        sa.Column("csrf", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_sessions"),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_sessions_staff"),
    )
    op.create_index("ix_sessions_staff", "sessions", ["staff"])
    op.create_table(
        "throttles",
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_throttles"),
    )


def _make_approvals() -> None:
    op.create_table(
        "approvals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("what", sa.String(16), nullable=False),
        sa.Column("about", sa.Integer, nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("asked_by", sa.Integer, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_by", sa.Integer),
        sa.Column("answered_at", MOMENT),
        sa.Column("agreed", sa.Boolean),
        sa.PrimaryKeyConstraint("id", name="pk_approvals"),
        *(
            sa.ForeignKeyConstraint([column], ["staff.id"], name=f"fk_approvals_{column}")
            for column in ("about", "asked_by", "answered_by")
        ),
        sa.CheckConstraint(
            "agreed IS NULL OR NOT agreed OR answered_by <> asked_by", name="ck_approvals_two"
        ),
    )
    op.create_index("ix_approvals_about", "approvals", ["about"])


def _make_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("who", sa.String(64), nullable=False),
        sa.Column("what", sa.String(64), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("before", sa.LargeBinary, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_table(
        "audit_ends",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("before", sa.LargeBinary, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_ends"),
        sa.CheckConstraint("id = 1", name="ck_audit_ends_one"),
    )


def downgrade() -> None:
    """Take them all away."""
    for name in reversed(TABLES):
        op.drop_table(name)
