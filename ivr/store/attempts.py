"""Attempts as rows: each time that an operator tried to reach her, with what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ivr.store.callback_tables import UNTOLD
from ivr.store.callback_tables import attempts as table
from routing.callback import Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """One attempt. `start` and `until` are those of the window it was made in; `sid` is the
    operator's leg and `child` hers; it counts from `dialled_at`, when her telephone's Dial was
    first written.
    """

    id: int
    token: str
    callback: int
    carrier: str
    operator: int
    start: datetime
    until: datetime
    number: bytes | None
    state: str
    placed_at: datetime
    sid: str | None
    child: str | None
    ready_at: datetime | None
    dialled_at: datetime | None
    gate_at: datetime | None
    passed_at: datetime | None
    bridged: bool | None
    ended_at: datetime | None
    outcome: Outcome | None
    outcome_at: datetime | None
    deleted_at: datetime | None


COLUMNS = tuple(table.c[one.name] for one in fields(Row))


def row(found: Sequence[Any]) -> Row:
    """A row of `COLUMNS` as a value."""
    values = dict(zip((one.name for one in fields(Row)), found, strict=True))
    outcome = values["outcome"]
    return Row(**{**values, "outcome": Outcome(outcome) if outcome else None})


def insert(
    connection: sa.Connection,
    *,
    token: str,
    callback: int,
    carrier: str,
    operator: int,
    start: datetime,
    until: datetime,
    number: bytes,
    state: str,
    at: datetime,
) -> int:
    """Keep a new attempt; its id. Raises IntegrityError when the callback is another carrier's."""
    made = connection.execute(
        sa.insert(table).values(
            token=token,
            callback=callback,
            carrier=carrier,
            operator=operator,
            start=start,
            until=until,
            number=number,
            state=state,
            placed_at=at,
        )
    )
    attempt: int = made.inserted_primary_key[0]  # type: ignore[index]  # an insert of one row has it
    return attempt


def load(connection: sa.Connection, attempt: int) -> Row | None:
    """An attempt, or None."""
    return _only(connection, table.c.id == attempt)


def by_token(connection: sa.Connection, token: str) -> Row | None:
    """The attempt of a random token, or None."""
    return _only(connection, table.c.token == token)


def by_sid(connection: sa.Connection, sid: str) -> Row | None:
    """The attempt whose operator's leg this is at the carrier, or None."""
    return _only(connection, table.c.sid == sid)


def of_callback(connection: sa.Connection, callback: int) -> tuple[Row, ...]:
    """The attempts of a callback, in their order."""
    return where(connection, table.c.callback == callback)


def of_number(
    connection: sa.Connection, fingerprints: Iterable[bytes], since: datetime
) -> tuple[Row, ...]:
    """Every attempt of a number, over all its callbacks, whose Dial was written since a moment.

    `fingerprints` are its daily hashes (`Vault.dailies`).
    """
    return where(
        connection, table.c.number.in_(list(fingerprints)), table.c.dialled_at >= since
    )  # fmt: skip


def untold(connection: sa.Connection, since: datetime, operator: int = 0) -> tuple[Row, ...]:
    """Those in which her telephone was rung, and of which nobody has said how it went: since a
    moment, of one operator or of all.
    """
    own = (table.c.operator == operator,) if operator else ()
    return where(connection, UNTOLD, table.c.placed_at > since, *own)


def where(
    connection: sa.Connection, *conditions: sa.ColumnElement[bool] | sa.TextClause
) -> tuple[Row, ...]:
    """The attempts for which this holds, in their order."""
    query = sa.select(*COLUMNS).where(*conditions).order_by(table.c.id)
    return tuple(row(found) for found in connection.execute(query))


def change(
    connection: sa.Connection,
    attempt: int,
    *,
    when: Iterable[sa.ColumnElement[bool]] = (),
    **values: Any,
) -> bool:
    """Set columns of an attempt; False when `when` does not hold."""
    query = sa.update(table).where(table.c.id == attempt, *when).values(**values)
    return connection.execute(query).rowcount == 1


def mark(connection: sa.Connection, attempt: int, column: str, at: datetime) -> bool:
    """Write down when something happened, once: what comes late or again changes nothing."""
    return change(connection, attempt, when=(table.c[column].is_(None),), **{column: at})


def give_to(connection: sa.Connection, attempt: int, operator: int, to: int) -> bool:
    """Let somebody else say how an attempt of this operator went; False when it is said already."""
    free = (table.c.operator == operator, table.c.ended_at.is_not(None), table.c.outcome.is_(None))
    return change(connection, attempt, when=free, operator=to)


def forget_numbers(connection: sa.Connection, before: datetime) -> int:
    """Erase the hashes of numbers of older attempts; how many that were."""
    old = (table.c.placed_at < before, table.c.number.is_not(None))
    return connection.execute(sa.update(table).where(*old).values(number=None)).rowcount


def _only(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Row | None:
    return next(iter(where(connection, condition)), None)
