"""While they talk: another callback, made with her by the operator, through the same booking.

Number and code are keyed by staff. With her present number the code stays the same, so that nobody
can make a second promise for it with a code that is not hers.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from ivr.call.actions import Wanted
from ivr.call.keyed import CODE, refused
from ivr.call.signals import Note
from ivr.callbacks import booking
from ivr.callbacks.caps import take_back, try_code
from ivr.callbacks.context import Context
from ivr.store import attempts, callbacks, hers
from ivr.store.hers import Wishes
from ivr.store.sealing import LostError
from routing.callback import State
from routing.callers import WhyNot, read_number
from routing.window import Window


class Trouble(StrEnum):
    """Why nothing was promised, besides what is wrong with a number."""

    CONSENT = "consent"
    NUMBER = "number"
    CODE = "code"
    WEAK = "weak"  # four digits that anybody would guess
    GONE = "gone"  # there is no talk any more
    FULL = "full"
    CAPPED = "capped"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Asked:
    """What she says and the operator keys. `number` empty: the telephone that they talk on."""

    number: str
    code: str
    window: Window
    wishes: Wishes
    consent: bool


def may_make(row: callbacks.Row, attempt: attempts.Row | None, operator: int) -> bool:
    """Whether this operator is, or was just now, in a talk with her."""
    if attempt is None or attempt.operator != operator or attempt.outcome:
        return False
    return bool(attempt.passed_at) and row.state == State.CALLING


def make(
    connection: sa.Connection, context: Context, row: callbacks.Row, asked: Asked, at: datetime
) -> Trouble | None:
    """Promise it; None when it is kept. May raise `Away` and OSError."""
    if not asked.consent:
        return Trouble.CONSENT
    if len(asked.code) != CODE or not asked.code.isascii() or not asked.code.isdigit():
        return Trouble.CODE
    try:
        present = hers.number_of(connection, context.vault, row.id)
        right = hers.code_is(connection, context.vault, row.id, asked.code)
    except LostError:
        return Trouble.GONE
    number = read_number(_keyed(asked.number), context.directory) if asked.number else present
    if isinstance(number, WhyNot):
        return Trouble.NUMBER
    if number == present and not _is_hers(connection, context, present, at, right=right):
        return Trouble.CODE
    if refused(asked.code):
        return Trouble.WEAK
    wanted = _wanted(row, asked, number, own=asked.wishes.own and number == present)
    note = booking.book(connection, context, wanted, calling="", carrier=row.carrier, at=at)
    troubles = {Note.FULL: Trouble.FULL, Note.CAPPED: Trouble.CAPPED, Note.AWAY: Trouble.AWAY}
    return troubles.get(note)


def _is_hers(
    connection: sa.Connection, context: Context, number: str, at: datetime, *, right: bool
) -> bool:
    """Whether the code is hers; wrong ones are counted, so that nobody finds it by trying."""
    within = try_code(connection, context.vault, context.limits, number, at)
    if right and within:
        take_back(connection, context.vault, number, at)
    return right and within


def _keyed(typed: str) -> str:
    """A number as a telephone would key it."""
    digits = "".join(one for one in typed if one.isascii() and one.isdigit())
    return f"00{digits}" if typed.strip().startswith("+") else digits


def _wanted(row: callbacks.Row, asked: Asked, number: str, *, own: bool) -> Wanted:
    wishes = asked.wishes
    return Wanted(
        number=number,
        window=asked.window,
        code=asked.code,
        language=row.language,
        own=own,
        need=row.need,
        region=row.region,
        young=row.young,
        voicemail=wishes.voicemail,
        redial=wishes.redial,
        retry=wishes.retry,
        woman=wishes.woman,
    )
