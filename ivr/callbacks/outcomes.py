"""How it went: the operator's word for an attempt, and what that does next to the callback.

The list is closed, and what each outcome does stands in `routing.callback` as data. Here it meets
what she wished, and what is left of her window.
"""

from dataclasses import asdict, replace
from datetime import datetime

import sqlalchemy as sa

from ivr.callbacks import history
from ivr.callbacks.booking import DOUBLE
from ivr.callbacks.context import Context
from ivr.callbacks.finishing import newest
from ivr.callbacks.following import is_reached
from ivr.callbacks.points import reach
from ivr.store import attempts, callbacks, hers
from ivr.store.alone import alone
from ivr.store.callback_tables import attempts as table
from ivr.store.sealing import LostError
from routing.callback import CONSEQUENCES, Event, Outcome, State, follows
from routing.calling import Attempt, Conditions, Terms, Yes, may_call

NO_CODE = "no code"
"""What she is told at *my callback* when we rang and heard none."""


class OutcomeError(Exception):
    """This outcome cannot be given to this attempt; the message says why, for a page."""


def give(
    connection: sa.Connection,
    context: Context,
    attempt: int,
    outcome: Outcome,
    operator: int,
    at: datetime,
) -> State:
    """Write an outcome down and let it do what it does; the state that the callback is in then.

    Raises OutcomeError where it is not hers to give, was given already, or cannot have been.
    """
    alone(connection)
    row = attempts.load(connection, attempt)
    callback = callbacks.load(connection, row.callback, lock=True) if row else None
    if row is None or callback is None or row.operator != operator:
        raise OutcomeError("it is not your attempt")
    _check(row, outcome)
    reach("outcome.given")
    first = (table.c.outcome.is_(None),)
    if not attempts.change(connection, attempt, when=first, outcome=str(outcome), outcome_at=at):
        raise OutcomeError("its outcome was given already")
    if callback.state == State.CALLING:
        _let(connection, context, replace(row, outcome=outcome), callback, outcome, at)
    reach("outcome.written")
    after = callbacks.load(connection, callback.id)
    return after.state if after else State.CLOSED


def foresee(
    connection: sa.Connection, context: Context, row: attempts.Row, callback: callbacks.Row
) -> dict[Outcome, Event]:
    """The outcomes that can be given to an attempt, and what each would do to its callback."""
    left = _next(connection, context, row, callback) is not None
    wishes = _wishes(connection, context, callback.id)
    return {
        outcome: follows(outcome, wishes, left=left)
        for outcome in Outcome
        if is_reached(row) or not CONSEQUENCES[outcome].reached
    }


def _check(row: attempts.Row, outcome: Outcome) -> None:
    """Only what could have happened may be told: nobody spoke who was not let through."""
    if row.dialled_at is None:
        raise OutcomeError("her telephone did not ring")
    if row.ended_at is None:
        raise OutcomeError("the call is not over yet")
    if CONSEQUENCES[outcome].reached and not is_reached(row):
        raise OutcomeError("nobody keyed the right code")


def _let(
    connection: sa.Connection,
    context: Context,
    row: attempts.Row,
    callback: callbacks.Row,
    outcome: Outcome,
    at: datetime,
) -> None:
    """Do what the outcome does next."""
    last = (newest(row.id, callback.id),)
    next_at = _next(connection, context, row, callback)
    event = follows(outcome, _wishes(connection, context, callback.id), left=next_at is not None)
    told = NO_CODE if outcome is Outcome.NO_KEY else ""
    match event:
        case Event.CLOSE:
            callbacks.close(connection, callback.id, outcome, at, when=last)
        case Event.AGAIN:
            waits = callbacks.change(
                connection, callback.id, event, when=last, told=told, not_before=next_at
            )
            if waits:
                _freeze(connection, context, callback)
        case _:
            callbacks.change(connection, callback.id, event, when=last, told=told, reason=outcome)


def _freeze(connection: sa.Connection, context: Context, callback: callbacks.Row) -> None:
    """It waits again: beside another callback of her number with another code it does not."""
    number = hers.number_of(connection, context.vault, callback.id)
    found = hers.of_number(connection, context.vault, number, callback.carrier)
    if any(other.state == State.FROZEN for other, _ in found):
        callbacks.change(connection, callback.id, Event.FREEZE, reason=DOUBLE)


def _next(
    connection: sa.Connection, context: Context, row: attempts.Row, callback: callbacks.Row
) -> datetime | None:
    """The first moment at which she may be rung again in this window; None when there is none."""
    terms = context.terms
    try:
        number = hers.number_of(connection, context.vault, callback.id)
    except LostError:
        return None
    made = history.of_number(connection, context.vault, number, row.ended_at or row.placed_at)
    waits = [one.dialled + (terms.after_drop if one.dropped else terms.between) for one in made]
    first = max([callback.start, *waits])
    return first if _is_free(callback, made, first, terms) else None


def _is_free(
    callback: callbacks.Row, made: tuple[Attempt, ...], at: datetime, terms: Terms
) -> bool:
    """Whether the rule would say yes then, if nothing else changed."""
    then = replace(history.facts(callback), state=State.WAITING, not_before=None)
    conditions = Conditions(callback.carrier, hold=False, skew=0.0)
    return isinstance(may_call(then, made, at, conditions, terms), Yes)


def _wishes(connection: sa.Connection, context: Context, callback: int) -> frozenset[str]:
    """The names of what she wished."""
    try:
        wishes = asdict(hers.wishes_of(connection, context.vault, callback))
    except LostError:
        return frozenset()
    return frozenset(name for name, wished in wishes.items() if wished)
