"""The queue as an operator sees it: whose time has come, and whether she may be called now.

Of her number the last two digits are shown and no more: whoever presses the button needs no number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from ivr.callbacks import history
from ivr.callbacks.context import Context
from ivr.store import attempts, callbacks, hers, queues
from ivr.store.hers import Wishes
from ivr.store.queues import Sealed, Which
from ivr.store.sealing import LostError, Place, Vault
from routing.calling import No, Why, may_call

PAGE = 50
"""Callbacks of which the window is open, and as many of the later ones, on one page."""
AMBER = timedelta(minutes=45)
"""So long before the end of a window everybody who speaks the language sees it in amber."""
ALERT = timedelta(minutes=25)
"""So long before it the supervisor is told."""
LAST_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """One callback in the queue. `attempts` are those of her number today and yesterday; `why` is
    the reason for which nobody may ring her now.
    """

    row: callbacks.Row
    wishes: Wishes
    attempts: int
    why: Why | None

    @property
    def id(self) -> int:
        """Its id."""
        return self.row.id

    def holder(self, at: datetime) -> int | None:
        """Who has it; nobody once the lease of a claim is over."""
        over = self.row.state == "claimed" and self.row.lease and self.row.lease <= at
        return None if over else self.row.claimed_by

    def is_late(self, at: datetime) -> bool:
        """Whether nobody has it although its window ends soon."""
        inside = self.row.start <= at < self.row.until
        free = self.row.state in ("waiting", "claimed") and self.holder(at) is None
        return inside and free and self.row.until - at <= AMBER


@dataclass(frozen=True, slots=True)
class Queue:
    """What an operator has, what is open now, what comes later; `more` is the key of the last one
    when there are still others.
    """

    own: tuple[Waiting, ...]
    now: tuple[Waiting, ...]
    later: tuple[Waiting, ...]
    more: tuple[datetime, int] | None


def draw(
    connection: sa.Connection,
    context: Context,
    which: Which,
    at: datetime,
    after: tuple[datetime, int] | None = None,
) -> Queue:
    """The queue of one operator at a moment; `after` goes on after the key of a page before."""
    own = queues.of_operator(connection, which.carrier, which.staff)
    mine = {one.row.id for one in own}
    now = () if after else queues.open_now(connection, which, at, PAGE)
    found = queues.later(connection, which, at, PAGE + 1, after or (at, 0))
    last = found[PAGE - 1].row if len(found) > PAGE else None
    told = _tell(connection, context, which.carrier, (*own, *now, *found[:PAGE]), at)

    def others(some: Iterable[Sealed]) -> tuple[Waiting, ...]:
        return tuple(told[one.row.id] for one in some if one.row.id not in mine)

    return Queue(
        own=tuple(told[one.row.id] for one in own),
        now=others(now),
        later=others(found[:PAGE]),
        more=(last.until, last.id) if last else None,
    )


def look(
    connection: sa.Connection, context: Context, row: callbacks.Row, at: datetime
) -> tuple[Waiting, str]:
    """One callback, and the last digits of her number."""
    try:
        number = hers.number_of(connection, context.vault, row.id)
        wishes = hers.wishes_of(connection, context.vault, row.id)
    except LostError:
        return Waiting(row, Wishes(), 0, Why.CLOSED), ""
    past = history.of_number(connection, context.vault, number, at)
    may = may_call(
        history.facts(row), past, at, history.conditions(connection, context, row.carrier),
        context.terms,
    )  # fmt: skip
    why = may.why if isinstance(may, No) else None
    return Waiting(row, wishes, len(past), why), number[-LAST_DIGITS:]


def untold(connection: sa.Connection, operator: int, at: datetime) -> tuple[attempts.Row, ...]:
    """Her attempts in which a caller was rung and of which nobody has said how it went."""
    return attempts.untold(connection, at - callbacks.KEPT, operator)


def _tell(
    connection: sa.Connection,
    context: Context,
    carrier: str,
    some: Iterable[Sealed],
    at: datetime,
) -> dict[int, Waiting]:
    """What each of them is about; what cannot be read any more is not shown as callable."""
    found = {one.row.id: one for one in some}
    plain = {number: _open(context.vault, one) for number, one in found.items()}
    numbers = {one[0] for one in plain.values() if one}
    past = history.of_numbers(connection, context.vault, numbers, at)
    conditions = history.conditions(connection, context, carrier)
    told = {}
    for number, one in found.items():
        opened = plain[number]
        rung = past[opened[0]] if opened else ()
        may = may_call(history.facts(one.row), rung, at, conditions, context.terms)
        why = may.why if isinstance(may, No) else None
        wishes = opened[1] if opened else Wishes()
        told[number] = Waiting(one.row, wishes, len(rung), why if opened else Why.CLOSED)
    return told


def _open(vault: Vault, one: Sealed) -> tuple[str, Wishes] | None:
    try:
        number = vault.unseal(Place("callbacks", one.row.id, "number"), one.number).decode()
        wishes = vault.unseal(Place("callbacks", one.row.id, "wishes"), one.wishes)
    except LostError:
        return None
    return number, hers.read_wishes(wishes)
