"""The tables of callbacks and attempts. Their constraints carry what may never be otherwise: a
closed callback holds nothing of hers, and only its own carrier may dial it.
"""

import sqlalchemy as sa

from ivr.store.tables import Moment, metadata
from routing.callback import Outcome, State

SEALED = ("number", "fingerprint", "code", "wishes")
"""What an open callback must hold, and a closed one cannot."""


def _one_of(column: str, words: type[State] | type[Outcome]) -> str:
    return f"{column} IN ({', '.join(repr(str(word)) for word in words)})"


callbacks = sa.Table(
    "callbacks",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("carrier", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("language", sa.String(16), nullable=False),
    sa.Column("need", sa.String(32), nullable=False),
    sa.Column("region", sa.String(32), nullable=False),
    sa.Column("young", sa.Boolean, nullable=False),
    # Her window, as wall time in a zone and as two moments; `expires` is the day (UTC) of the key.
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("wall_start", sa.Integer, nullable=False),
    sa.Column("wall_until", sa.Integer, nullable=False),
    sa.Column("zone", sa.String(64), nullable=False),
    sa.Column("start", Moment, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("expires", sa.Date, nullable=False),
    # What identifies her: sealed under the key of the day on which it expires, or a keyed hash.
    sa.Column("number", sa.LargeBinary),
    sa.Column("fingerprint", sa.LargeBinary),
    sa.Column("code", sa.LargeBinary),
    sa.Column("wishes", sa.LargeBinary),
    sa.Column("note", sa.LargeBinary),
    # Who keeps it. A claim is good until `lease`, so an operator who vanished blocks nobody.
    sa.Column("claimed_by", sa.Integer),
    sa.Column("lease", Moment),
    sa.Column("not_before", Moment),  # the next attempt
    sa.Column("told", sa.String(16), nullable=False, server_default=""),  # see signals.Mine
    sa.Column("reason", sa.String(64)),  # why it is closed, missed, frozen or paused
    sa.Column("booked_at", Moment, nullable=False),
    sa.Column("closed_at", Moment),
    sa.UniqueConstraint("id", "carrier", name="uq_callbacks_carrier"),
    sa.CheckConstraint(_one_of("state", State), name="ck_callbacks_state"),
    sa.CheckConstraint(
        "state <> 'closed' OR ("
        + " AND ".join(f"{column} IS NULL" for column in (*SEALED, "note", "claimed_by", "lease"))
        + " AND closed_at IS NOT NULL AND reason IS NOT NULL)",
        name="ck_callbacks_erased",
    ),
    sa.CheckConstraint(
        "state = 'closed' OR (" + " AND ".join(f"{one} IS NOT NULL" for one in SEALED) + ")",
        name="ck_callbacks_held",
    ),
    sa.CheckConstraint(
        "state NOT IN ('claimed', 'calling') OR (claimed_by IS NOT NULL AND lease IS NOT NULL)",
        name="ck_callbacks_claimed",
    ),
    sa.CheckConstraint("start < until", name="ck_callbacks_window"),
)
# The queue reads open callbacks only; the state stands in the query as a literal, so that both
# databases take these small indexes whatever lies behind.
OPEN_ONLY = sa.text("state <> 'closed'")
sa.Index(
    "ix_callbacks_open", callbacks.c.until, callbacks.c.id,
    sqlite_where=OPEN_ONLY, postgresql_where=OPEN_ONLY,
)  # fmt: skip
sa.Index(
    "ix_callbacks_fingerprint", callbacks.c.fingerprint,
    sqlite_where=OPEN_ONLY, postgresql_where=OPEN_ONLY,
)  # fmt: skip

attempts = sa.Table(
    "attempts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token", sa.String(43), nullable=False),
    sa.Column("callback", sa.Integer, nullable=False, index=True),
    sa.Column("carrier", sa.String(32), nullable=False),
    sa.Column("operator", sa.Integer, nullable=False, index=True),
    sa.Column("start", Moment, nullable=False),  # the window that it was made in
    sa.Column("until", Moment, nullable=False),
    # A daily keyed hash of her number: attempts count over all callbacks of it; erased with caps.
    sa.Column("number", sa.LargeBinary, index=True),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("placed_at", Moment, nullable=False),
    sa.Column("sid", sa.String(64), index=True),  # the operator's leg at the carrier
    sa.Column("child", sa.String(64)),  # her leg
    sa.Column("ready_at", Moment),  # the operator pressed 1
    sa.Column("dialled_at", Moment),  # her telephone's Dial was first written: from here it counts
    sa.Column("gate_at", Moment),  # somebody picked up
    sa.Column("passed_at", Moment),  # the right code
    sa.Column("bridged", sa.Boolean),
    sa.Column("ended_at", Moment),
    sa.Column("outcome", sa.String(32)),
    sa.Column("outcome_at", Moment),
    sa.Column("deleted_at", Moment),  # the carrier keeps no record any more
    sa.UniqueConstraint("token", name="uq_attempts_token"),
    sa.ForeignKeyConstraint(
        ["callback", "carrier"], ["callbacks.id", "callbacks.carrier"], name="fk_attempts_carrier"
    ),
    sa.CheckConstraint(
        f"outcome IS NULL OR {_one_of('outcome', Outcome)}", name="ck_attempts_outcome"
    ),
    sa.CheckConstraint(
        "bridged IS NULL OR NOT bridged OR passed_at IS NOT NULL", name="ck_attempts_passed"
    ),
)

# Who was rung and of whom nobody has said yet how it went: a handful, whatever lies behind.
UNTOLD = sa.text("outcome IS NULL AND dialled_at IS NOT NULL")
sa.Index(
    "ix_attempts_untold", attempts.c.operator, attempts.c.placed_at,
    sqlite_where=UNTOLD, postgresql_where=UNTOLD,
)  # fmt: skip

caps = sa.Table(  # how often in an hour, by daily keyed hashes; gone after a day
    "caps",
    metadata,
    sa.Column("hour", Moment, primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),  # see ivr.store.caps
    sa.Column("fingerprint", sa.LargeBinary, primary_key=True),
    sa.Column("n", sa.Integer, nullable=False),
)

holds = sa.Table(  # the kill switch: the newest row says whether new Dials are stopped
    "holds",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("on", sa.Boolean, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)

records = sa.Table(  # records of calls that the carrier still has to delete, child legs first
    "records",
    metadata,
    sa.Column("sid", sa.String(64), primary_key=True),
    sa.Column("carrier", sa.String(32), nullable=False),
    sa.Column("child", sa.Boolean, nullable=False),
    sa.Column("parent", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("tries", sa.Integer, nullable=False),
)

beats = sa.Table(  # one row, which only grows: a database that is behind comes from a backup
    "beats",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("n", sa.BigInteger, nullable=False),
)
