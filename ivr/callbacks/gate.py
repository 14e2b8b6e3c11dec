"""Four digits were keyed at the gate: only hers let the two telephones speak."""

from datetime import UTC, datetime

import sqlalchemy as sa

from ivr.call.signals import Checked
from ivr.callbacks.context import Context
from ivr.callbacks.points import reach
from ivr.store import attempts, callbacks, caps, hers
from ivr.store.caps import Kind
from ivr.store.sealing import LostError, Vault
from routing.callback import State

TRIES = 2
"""Codes that are looked at in one attempt, whatever its webhooks say again."""
WRONG = Checked(right=False)


def check(
    connection: sa.Connection,
    context: Context,
    token: str,
    code: str,
    *,
    carrier: str,
    at: datetime,
) -> Checked:
    """Whether this is her code, and then that the gate was passed. May raise `Away` and OSError;
    then nobody is let through.
    """
    reach("gate.keyed")
    attempt = attempts.by_token(connection, token)
    if attempt is None or not _is_rung(connection, attempt, carrier):
        return WRONG
    if not _within(connection, context.vault, attempt, at):
        return WRONG
    try:
        right = hers.code_is(connection, context.vault, attempt.callback, code)
    except LostError:
        return WRONG
    if right:
        attempts.mark(connection, attempt.id, "passed_at", at)
        reach("gate.passed")
    return Checked(right)


def _is_rung(connection: sa.Connection, attempt: attempts.Row, carrier: str) -> bool:
    """Whether her telephone is rung by this attempt, on this carrier, and she still wants it."""
    if attempt.carrier != carrier or attempt.dialled_at is None or attempt.ended_at:
        return False
    row = callbacks.load(connection, attempt.callback, lock=True)
    return row is not None and row.state == State.CALLING


def _within(connection: sa.Connection, vault: Vault, attempt: attempts.Row, at: datetime) -> bool:
    """Count this try, apart from those at *my callback*."""
    mark = vault.daily(Kind.GATE, attempt.token, at.astimezone(UTC).date())
    caps.add(connection, Kind.GATE, mark, at)
    return caps.total(connection, Kind.GATE, (mark,), at - caps.KEPT) <= TRIES
