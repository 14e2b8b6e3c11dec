"""May she be called now? The rule of `routing.calling`, asked about rows of the database.

What counts is her number's history, over all its callbacks: it is found by daily keyed hashes.
"""

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from ivr.callbacks.context import Context
from ivr.store import attempts, callbacks, hers, holds
from ivr.store.sealing import LostError, Vault
from routing.callback import Outcome
from routing.calling import Attempt, Conditions, Facts, No, Yes, may_call

KIND = "attempt"
"""What the daily hashes of attempts are made for."""
DAY = timedelta(days=1)


def fingerprint(vault: Vault, number: str, at: datetime) -> bytes:
    """The hash under which an attempt of now is counted."""
    return vault.daily(KIND, number, _day(at))


def of_number(
    connection: sa.Connection, vault: Vault, number: str, at: datetime, *, without: int = 0
) -> tuple[Attempt, ...]:
    """Every attempt of a number whose Dial was written today or yesterday; `without` is the id of
    the one that is being asked about.
    """
    return of_numbers(connection, vault, [number], at, without=without)[number]


def of_numbers(
    connection: sa.Connection,
    vault: Vault,
    numbers: Collection[str],
    at: datetime,
    *,
    without: int = 0,
) -> dict[str, tuple[Attempt, ...]]:
    """The same for many numbers, in one query."""
    days = (_day(at), _day(at) - DAY)
    marks = {mark: one for one in numbers for mark in vault.dailies(KIND, one, days)}
    found: dict[str, tuple[Attempt, ...]] = dict.fromkeys(numbers, ())
    for row in attempts.of_number(connection, marks, at - DAY):
        if row.number and row.dialled_at and row.id != without:
            dropped = _dropped(connection, vault, row)
            made = Attempt(row.callback, row.start, row.until, row.dialled_at, dropped)
            found[marks[row.number]] += (made,)
    return found


def ask(
    connection: sa.Connection,
    context: Context,
    row: callbacks.Row,
    number: str,
    at: datetime,
    *,
    carrier: str,
    without: int = 0,
) -> Yes | No:
    """Whether her telephone may be rung now, by this carrier."""
    made = of_number(connection, context.vault, number, at, without=without)
    now = conditions(connection, context, carrier)
    return may_call(facts(row), made, at, now, context.terms)


def conditions(connection: sa.Connection, context: Context, carrier: str) -> Conditions:
    """What holds for every callback of a carrier now."""
    hold = holds.newest(connection)
    return Conditions(carrier, bool(hold and hold.on), context.skew(carrier))


def facts(row: callbacks.Row) -> Facts:
    """What the rule asks of a callback."""
    return Facts(row.id, row.state, row.carrier, row.start, row.until, row.not_before)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _dropped(connection: sa.Connection, vault: Vault, row: attempts.Row) -> bool:
    """Whether the line dropped, and she wished to be called again at once then."""
    if row.outcome is not Outcome.DROPPED:
        return False
    try:
        return hers.wishes_of(connection, vault, row.callback).redial
    except LostError:  # it is closed meanwhile: what she wished is forgotten, so the longer wait
        return False
