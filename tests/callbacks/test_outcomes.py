"""How it went, in the operator's word, and what that does next to her callback."""

from datetime import timedelta

import pytest

from ivr.callbacks import gate
from ivr.callbacks.booking import DOUBLE
from ivr.callbacks.outcomes import NO_CODE, OutcomeError
from ivr.store import attempts
from ivr.store.hers import Wishes
from routing.callback import CONSEQUENCES, Event, Outcome, State
from tests.callbacks.booked import CODE
from tests.callbacks.calling import ANN, BEA, UNTIL, Desk

HALF_HOUR = timedelta(minutes=30)
FIVE = timedelta(minutes=5)
REACHED = [one for one in Outcome if CONSEQUENCES[one].reached]


def talked(desk: Desk, **changes: object) -> attempts.Row:
    """She was reached, and it is over."""
    row = desk.rung(**changes)
    with desk.store.writing() as connection:
        gate.check(connection, desk.rules, row.token, CODE, carrier=row.carrier, at=desk.at)
    return desk.over(row, bridged=True)


def missed(desk: Desk, **changes: object) -> attempts.Row:
    """Her telephone rang, and it is over."""
    return desk.over(desk.rung(**changes))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_does_what_stands_in_the_table(desk: Desk, outcome: Outcome) -> None:
    row = talked(desk)
    state = desk.give(row, outcome)
    expected = {Event.CLOSE: State.CLOSED, Event.PAUSE: State.PAUSED, Event.AGAIN: State.WAITING}
    assert state == expected[CONSEQUENCES[outcome].event]
    after = desk.attempt(row.id)
    assert (after.outcome, after.outcome_at) == (outcome, desk.at)
    with pytest.raises(OutcomeError, match="given already"):
        desk.give(row, outcome)


@pytest.mark.parametrize("outcome", REACHED)
def test_nobody_spoke_who_was_not_let_through(desk: Desk, outcome: Outcome) -> None:
    with pytest.raises(OutcomeError, match="right code"):
        desk.give(missed(desk), outcome)


def test_it_is_told_after_the_call_by_who_made_it_and_only_where_it_rang(desk: Desk) -> None:
    row = desk.rung()
    with pytest.raises(OutcomeError, match="not over"):
        desk.give(row, Outcome.NO_ANSWER)
    desk.over(row)
    with pytest.raises(OutcomeError, match="not your"):
        desk.give(row, Outcome.NO_ANSWER, BEA)
    never = desk.calling(number="+3220000005")
    desk.tell(never, over=True)
    with pytest.raises(OutcomeError, match="did not ring"):
        desk.give(never, Outcome.NO_ANSWER)


def test_no_answer_waits_half_an_hour_then_once_more_then_until_she_rings(desk: Desk) -> None:
    row = missed(desk)
    rung = desk.at
    desk.at += FIVE
    assert desk.give(row, Outcome.NO_ANSWER) == State.WAITING
    assert desk.row(row.callback).not_before == rung + HALF_HOUR
    desk.at = rung + HALF_HOUR
    desk.claim(row.callback, ANN)
    second = desk.attempt(desk.call(row.callback).attempt)
    desk.ready(second)
    assert desk.give(desk.over(second), Outcome.NO_ANSWER) == State.PAUSED
    assert desk.row(row.callback).reason == Outcome.NO_ANSWER


def test_where_no_time_is_left_nobody_tries_again(desk: Desk) -> None:
    desk.at = UNTIL - HALF_HOUR
    assert desk.give(missed(desk), Outcome.NO_ANSWER) == State.PAUSED


def test_beside_another_code_for_her_number_it_does_not_wait_again(desk: Desk) -> None:
    row = missed(desk)
    desk.book(State.FROZEN, code="8246")
    assert desk.give(row, Outcome.NO_ANSWER) == State.FROZEN
    assert desk.row(row.callback).reason == DOUBLE


def test_a_dropped_line_is_called_again_soon_only_where_she_wished_it(desk: Desk) -> None:
    row = talked(desk)
    rung = desk.at
    assert desk.give(row, Outcome.DROPPED) == State.PAUSED
    wished = talked(desk, number="+3220000005", wishes=Wishes(redial=True))
    desk.give(wished, Outcome.DROPPED)
    assert desk.row(wished.callback).not_before == rung + FIVE
    desk.at = rung + FIVE
    assert desk.claim(wished.callback)
    assert hasattr(desk.call(wished.callback), "attempt")


def test_without_a_code_she_is_left_alone_unless_she_wished_one_more_try(desk: Desk) -> None:
    row = missed(desk)
    assert desk.give(row, Outcome.NO_KEY) == State.PAUSED
    assert desk.row(row.callback).told == NO_CODE
    wished = missed(desk, number="+3220000005", wishes=Wishes(retry=True))
    assert desk.give(wished, Outcome.NO_KEY) == State.WAITING
    assert desk.row(wished.callback).not_before == desk.at + HALF_HOUR


def test_an_outcome_that_comes_after_she_withdrew_is_kept_and_changes_nothing(desk: Desk) -> None:
    from ivr.store import callbacks

    row = missed(desk)
    with desk.store.writing() as connection:
        callbacks.close(connection, row.callback, "withdrawn", desk.at, Event.WITHDRAW)
    assert desk.give(row, Outcome.NO_ANSWER) == State.CLOSED
    assert desk.row(row.callback).reason == "withdrawn"
    assert desk.attempt(row.id).outcome == Outcome.NO_ANSWER
