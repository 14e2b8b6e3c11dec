"""Who has a callback: one operator at a time, and nobody for ever."""

from datetime import timedelta

import pytest

from ivr.callbacks import claims
from ivr.callbacks.claims import LEASE
from routing.callback import State
from tests.callbacks.calling import ANN, BEA, UNTIL, Desk

SECOND = timedelta(seconds=1)


def test_only_one_of_two_operators_has_it(either_desk: Desk) -> None:
    desk = either_desk
    callback = desk.book()
    assert desk.claim(callback, ANN)
    assert not desk.claim(callback, BEA)
    row = desk.row(callback)
    assert (row.state, row.claimed_by, row.lease) == (State.CLAIMED, ANN.id, desk.at + LEASE)


def test_a_lease_that_is_over_blocks_nobody_even_when_nothing_sweeps(either_desk: Desk) -> None:
    desk = either_desk
    callback = desk.book()
    desk.claim(callback, ANN)
    desk.at += LEASE - SECOND
    assert not desk.claim(callback, BEA)
    desk.at += SECOND
    assert desk.claim(callback, BEA)
    assert desk.row(callback).claimed_by == BEA.id


@pytest.mark.parametrize("state", [one for one in State if one not in (
    State.WAITING, State.CLAIMED, State.CALLING, State.CLOSED)])  # fmt: skip
def test_what_does_not_wait_cannot_be_taken(desk: Desk, state: State) -> None:
    assert not desk.claim(desk.book(state))


def test_what_is_over_cannot_be_taken(desk: Desk) -> None:
    callback = desk.book()
    desk.at = UNTIL
    assert not desk.claim(callback)


def test_she_gives_it_back_hands_it_over_and_stays_at_it(desk: Desk) -> None:
    callback = desk.book()
    desk.claim(callback, ANN)
    desk.at += LEASE / 2
    with desk.store.writing() as connection:
        assert not claims.extend(connection, callback, BEA.id, desk.at)
        assert claims.extend(connection, callback, ANN.id, desk.at)
        assert not claims.release(connection, callback, BEA.id)
        assert claims.hand_over(connection, callback, ANN.id, BEA.id, desk.at)
        assert not claims.release(connection, callback, ANN.id)
    row = desk.row(callback)
    assert (row.claimed_by, row.lease) == (BEA.id, desk.at + LEASE)
    with desk.store.writing() as connection:
        assert claims.release(connection, callback, BEA.id)
    row = desk.row(callback)
    assert (row.state, row.claimed_by, row.lease) == (State.WAITING, None, None)


def test_the_sweep_frees_what_nobody_is_at_and_no_call_in_progress(desk: Desk) -> None:
    left, calling = desk.book(), desk.calling(number="+3220000003").callback
    desk.claim(left)
    desk.at += LEASE
    with desk.store.writing() as connection:
        assert claims.expire(connection, desk.at) == 1
        assert claims.expire(connection, desk.at) == 0
    assert desk.row(left).state == State.WAITING
    assert desk.row(calling).state == State.CALLING
