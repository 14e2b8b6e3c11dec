"""The tables of staff: who may sign in, with what, what they did, and what two must agree on."""

import sqlalchemy as sa

from ivr.store.tables import Moment, metadata

ROLES = ("operator", "supervisor", "admin", "auditor")
STATUSES = ("here", "pause", "wrap-up", "away")
KINDS = ("totp", "passkey", "recovery")

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False),  # to sign in, in lower case
    sa.Column("shown", sa.String(64), nullable=False),  # as colleagues read it
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("language", sa.String(16), nullable=False),  # of her pages
    sa.Column("speaks", sa.String(128), nullable=False),  # codes, separated by spaces
    sa.Column("password", sa.String(256), nullable=False),  # Argon2id
    # Until then her password is an invitation: good for setting up her own, and for nothing else.
    sa.Column("invited_until", Moment),
    sa.Column("phone", sa.LargeBinary),  # her own number or sip: address, sealed; operators alone
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("made_at", Moment, nullable=False),
    sa.Column("disabled_at", Moment),
    sa.UniqueConstraint("name", name="uq_staff_name"),
    sa.CheckConstraint(f"role IN {ROLES}", name="ck_staff_role"),
    sa.CheckConstraint(f"status IN {STATUSES}", name="ck_staff_status"),
)

factors = sa.Table(
    "factors",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("staff", sa.Integer, sa.ForeignKey("staff.id"), nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("secret", sa.LargeBinary, nullable=False),  # sealed, or a hash, or a public key
    sa.Column("name", sa.String(64), nullable=False),  # as she calls it
    sa.Column("used", sa.BigInteger, nullable=False),  # the last TOTP step, or challenge's moment
    sa.Column("counter", sa.BigInteger, nullable=False),  # a passkey's own count of its uses
    sa.Column("made_at", Moment, nullable=False),
    sa.CheckConstraint(f"kind IN {KINDS}", name="ck_factors_kind"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("key", sa.LargeBinary, primary_key=True),  # a hash of what the browser holds
    sa.Column("staff", sa.Integer, sa.ForeignKey("staff.id"), nullable=False, index=True),
    sa.Column("began", Moment, nullable=False),
    sa.Column("invited", sa.Boolean, nullable=False),  # for setting up alone
    sa.Column("csrf", sa.LargeBinary, nullable=False),
)

throttles = sa.Table(  # delays after failures, by a keyed hash of account, address or browser
    "throttles",
    metadata,
    sa.Column("key", sa.LargeBinary, primary_key=True),
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("until", Moment, nullable=False),
)

approvals = sa.Table(  # what one admin asked for and another has to agree to
    "approvals",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("what", sa.String(16), nullable=False),  # add, role, reset
    sa.Column("about", sa.Integer, sa.ForeignKey("staff.id"), nullable=False, index=True),
    sa.Column("role", sa.String(16), nullable=False),  # the one asked for, or empty
    sa.Column("reason", sa.String(200), nullable=False),
    sa.Column("asked_by", sa.Integer, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("asked_at", Moment, nullable=False),
    sa.Column("answered_by", sa.Integer, sa.ForeignKey("staff.id")),
    sa.Column("answered_at", Moment),
    sa.Column("agreed", sa.Boolean),
    sa.CheckConstraint(
        "agreed IS NULL OR NOT agreed OR answered_by <> asked_by", name="ck_approvals_two"
    ),
)

audit = sa.Table(  # who did what to which id; each row holds the hash of the one before it
    "audit",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("who", sa.String(64), nullable=False),
    sa.Column("what", sa.String(64), nullable=False),
    sa.Column("about", sa.String(64), nullable=False),
    sa.Column("detail", sa.Text, nullable=False),
    sa.Column("before", sa.LargeBinary, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
)

audit_ends = sa.Table(  # both ends of the chain, so that a cut is seen; one row
    "audit_ends",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("first", sa.Integer, nullable=False),  # the oldest entry that is kept
    sa.Column("before", sa.LargeBinary, nullable=False),  # the hash that it follows
    sa.Column("last", sa.Integer, nullable=False),
    sa.Column("hash", sa.LargeBinary, nullable=False),
    sa.CheckConstraint("id = 1", name="ck_audit_ends_one"),
)
