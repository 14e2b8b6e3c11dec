"""What became of a call that nobody heard of: looked up, several times, and never rung again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.call.signals import Ring
from ivr.callbacks.attempts import Unknown
from ivr.callbacks.finishing import Stage
from ivr.callbacks.reconcile import ANSWER, QUEUED, QUIET, SEARCHED, reconcile
from ivr.carrier import Lost
from ivr.carrier import Stage as Carried
from ivr.store import attempts
from routing.callback import State
from tests.callbacks.booked import OTHER
from tests.callbacks.calling import ANN, IN_TIME, PHONE, Desk

SECOND = timedelta(seconds=1)


def lost(desk: Desk) -> attempts.Row:
    """An attempt whose answer was lost."""
    desk.employ()
    desk.carrier.answer = Lost("cut")
    callback = desk.book()
    desk.claim(callback)
    answer = desk.call(callback)
    assert isinstance(answer, Unknown)
    return desk.attempt(answer.attempt)


def after(desk: Desk, wait: timedelta) -> int:
    """Reconcile so long after everything began."""
    desk.at = IN_TIME + wait
    return reconcile(desk.means, desk.at)


def test_a_call_that_is_found_goes_on(either_desk: Desk) -> None:
    desk = either_desk
    row = lost(desk)
    assert after(desk, ANSWER) == 1
    found = desk.attempt(row.id)
    assert (found.sid, found.state) == (next(iter(desk.carrier.calls)), Stage.PLACED)
    assert desk.row(row.callback).state == State.CALLING
    assert isinstance(desk.ready(found), Ring)


def test_an_empty_list_proves_nothing_and_a_person_decides(desk: Desk) -> None:
    row = lost(desk)
    desk.carrier.hidden = True
    looks = sum(after(desk, ANSWER + step * 10 * SECOND) for step in range(60))
    assert looks == 60
    assert after(desk, SEARCHED + SECOND) == 0
    assert desk.row(row.callback).state == State.UNKNOWN
    assert len(desk.carrier.orders) == 1


def test_it_is_found_at_the_second_look(desk: Desk) -> None:
    row = lost(desk)
    desk.carrier.hidden = True
    after(desk, ANSWER)
    desk.carrier.hidden = False
    after(desk, 2 * ANSWER)
    assert desk.attempt(row.id).state == Stage.PLACED


def test_of_two_that_fit_neither_is_taken(desk: Desk) -> None:
    row = lost(desk)
    sid, call = next(iter(desk.carrier.calls.items()))
    desk.carrier.calls["CA" + "5" * 32] = replace(call, sid="CA" + "5" * 32)
    after(desk, ANSWER)
    assert desk.attempt(row.id).sid is None
    del desk.carrier.calls[sid]
    after(desk, 2 * ANSWER)
    assert desk.attempt(row.id).sid == "CA" + "5" * 32


def test_two_lost_ones_of_one_operator_are_not_mixed_up(desk: Desk) -> None:
    row = lost(desk)
    other = desk.book(number=OTHER)
    desk.claim(other)
    second = desk.call(other)
    del desk.carrier.calls["CA" + "0" * 32]
    after(desk, ANSWER)
    assert desk.attempt(row.id).sid is None
    assert desk.attempt(second.attempt).sid is None


def test_whoever_died_before_the_answer_is_looked_for(desk: Desk) -> None:
    row = lost(desk)
    with desk.store.writing() as connection:
        attempts.change(connection, row.id, state=str(Stage.ASKED))
        connection.execute(attempts.table.update().values(number=row.number))
    with desk.store.writing() as connection:
        from ivr.store import callbacks

        connection.execute(callbacks.table.update().values(state="calling"))
    desk.carrier.hidden = True
    assert after(desk, ANSWER - SECOND) == 0
    assert after(desk, ANSWER) == 1
    assert desk.row(row.callback).state == State.UNKNOWN


def test_without_the_operators_telephone_nobody_can_look(desk: Desk) -> None:
    desk.carrier.answer = Lost("cut")
    callback = desk.book()
    desk.claim(callback)
    desk.call(callback)
    after(desk, ANSWER)
    assert not desk.carrier.asked
    assert desk.row(callback).state == State.UNKNOWN


def test_a_call_that_the_carrier_keeps_queued_is_ended_within_seconds(desk: Desk) -> None:
    row = desk.calling()
    call = desk.carrier.calls[row.sid or ""]
    desk.carrier.calls[call.sid] = replace(call, stage=Carried.QUEUED)
    assert after(desk, QUEUED - SECOND) == 0
    after(desk, QUEUED)
    assert f"cancel {row.sid}" in desk.carrier.asked
    assert desk.attempt(row.id).state == Stage.FAILED
    assert desk.row(row.callback).state == State.CLAIMED
    assert desk.row(row.callback).claimed_by == ANN.id


@pytest.mark.parametrize("stage", [Carried.NO_ANSWER, Carried.BUSY, Carried.COMPLETED])
def test_an_end_that_nobody_told_is_found(desk: Desk, stage: Carried) -> None:
    row = desk.calling()
    desk.carrier.ends(row.sid or "", stage)
    after(desk, QUEUED)
    assert desk.attempt(row.id).state == Stage.FAILED


def test_a_talk_whose_end_nobody_told_is_found_after_a_quiet_minute(desk: Desk) -> None:
    row = desk.rung()
    assert after(desk, QUIET - SECOND) == 0
    assert after(desk, QUIET) == 1
    assert desk.attempt(row.id).ended_at is None
    desk.carrier.ends(row.sid or "")
    after(desk, QUIET + SECOND)
    assert desk.attempt(row.id).state == Stage.OVER
    assert desk.row(row.callback).state == State.CALLING


def test_what_the_carrier_knows_no_more_is_over_and_silence_says_nothing(desk: Desk) -> None:
    row = desk.rung()
    sid = row.sid or ""
    desk.carrier.look_up = lambda _: Lost("cut")  # type: ignore[method-assign]
    after(desk, QUIET)
    assert desk.attempt(row.id).ended_at is None
    del desk.carrier.look_up
    del desk.carrier.calls[sid]
    after(desk, QUIET)
    assert desk.attempt(row.id).state == Stage.OVER
    assert desk.carrier.orders[0].to == PHONE
    assert len(desk.carrier.orders) == 1
