"""The tables of what passes between the people at the desks: little, and nothing of a caller."""

import sqlalchemy as sa

from ivr.store.tables import Moment, metadata

passes = sa.Table(  # who passed a callback on: it is shown to others alone; gone when it is closed
    "passes",
    metadata,
    sa.Column(
        "callback", sa.Integer, sa.ForeignKey("callbacks.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("staff", sa.Integer, sa.ForeignKey("staff.id"), primary_key=True),
)

alarms = sa.Table(  # an operator said that a caller is in danger, and a supervisor saw it
    "alarms",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column(
        "callback", sa.Integer, sa.ForeignKey("callbacks.id", ondelete="CASCADE"),
        nullable=False, index=True,
    ),
    sa.Column("staff", sa.Integer, sa.ForeignKey("staff.id"), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("seen_by", sa.Integer, sa.ForeignKey("staff.id")),
    sa.Column("seen_at", Moment),
    sa.CheckConstraint("(seen_by IS NULL) = (seen_at IS NULL)", name="ck_alarms_seen"),
)  # fmt: skip
UNSEEN = sa.text("seen_at IS NULL")
sa.Index("ix_alarms_unseen", alarms.c.at, sqlite_where=UNSEEN, postgresql_where=UNSEEN)

heavies = sa.Table(  # for whom a talk was heavy: until a supervisor spoke with her, and no longer
    "heavies",
    metadata,
    sa.Column("staff", sa.Integer, sa.ForeignKey("staff.id"), primary_key=True),
    sa.Column("at", Moment, nullable=False),
)

shifts = sa.Table(  # until when somebody knows what has happened
    "shifts",
    metadata,
    sa.Column("staff", sa.Integer, sa.ForeignKey("staff.id"), primary_key=True),
    sa.Column("seen_at", Moment, nullable=False),
)
