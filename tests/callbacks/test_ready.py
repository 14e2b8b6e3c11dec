"""The operator pressed 1: her telephone rings once for it, inside her window, or not at all."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest

from ivr.call.signals import NoRing, Ring
from ivr.callbacks import hold
from ivr.callbacks.claims import LEASE
from ivr.callbacks.finishing import Stage
from ivr.carrier import Lost
from ivr.store import callbacks
from ivr.store.hers import Wishes
from routing.callback import Event, State
from routing.calling import Why
from tests.callbacks.booked import LATER, NUMBER, OUTBOUND
from tests.callbacks.calling import ANN, BEA, HER_LEG, UNTIL, Desk

SECOND = timedelta(seconds=1)
NO = (NoRing(Why.CLOSED), NoRing(Why.USED))


def test_her_telephone_may_be_rung_and_counts_from_here(either_desk: Desk) -> None:
    desk = either_desk
    row = desk.calling(wishes=Wishes(voicemail=True))
    ring = desk.ready(row)
    assert ring == Ring(NUMBER, OUTBOUND, "fr", True, 1)
    after = desk.attempt(row.id)
    assert (after.ready_at, after.dialled_at) == (desk.at, desk.at)


def test_the_same_step_gets_it_again_and_any_other_gets_nothing(desk: Desk) -> None:
    row = desk.calling()
    first = desk.ready(row)
    assert desk.ready(row, again=True) == first
    assert desk.ready(row) == NoRing(Why.USED)
    assert desk.ready(row, call="CA" + "9" * 32, again=True) in NO


@pytest.mark.parametrize("news", [{"answered": True}, {}])
def test_not_even_the_same_step_once_it_was_carried_out(desk: Desk, news: dict[str, bool]) -> None:
    row = desk.rung()
    desk.tell(row, hers=True, **news)
    assert desk.ready(row, again=True) == NoRing(Why.USED)


def test_the_window_is_asked_again(desk: Desk) -> None:
    row = desk.calling()
    desk.at = UNTIL - timedelta(seconds=52)
    assert desk.ready(row) == NoRing(Why.OVER)
    assert desk.attempt(row.id).dialled_at is None
    desk.at -= SECOND
    assert isinstance(desk.ready(row), Ring)


def test_the_hold_stops_what_was_begun(desk: Desk) -> None:
    row = desk.calling()
    with desk.store.writing() as connection:
        hold.throw(connection, "ann", "", desk.at)
    assert desk.ready(row) == NoRing(Why.HOLD)


@pytest.mark.parametrize("again", [False, True])
def test_the_hold_stops_the_same_dial_too(desk: Desk, again: bool) -> None:
    row = desk.rung()
    with desk.store.writing() as connection:
        hold.throw(connection, "ann", "", desk.at)
    assert isinstance(desk.ready(row, again=again), NoRing)


def test_what_she_withdrew_meanwhile_is_not_rung(desk: Desk) -> None:
    row = desk.calling()
    with desk.store.writing() as connection:
        callbacks.close(connection, row.callback, "withdrawn", desk.at, Event.WITHDRAW)
    assert desk.ready(row) in NO


def test_another_carriers_leg_rings_nobody(desk: Desk) -> None:
    row = desk.calling()
    assert desk.ready(replace(row, carrier="twilio")) in NO
    assert desk.ready(replace(row, token="none")) in NO


def test_a_leg_that_is_over_rings_nobody(desk: Desk) -> None:
    row = desk.calling()
    desk.tell(row, over=True)
    assert desk.ready(row) in NO


def test_a_call_whose_answer_was_lost_is_found_by_its_own_webhook(either_desk: Desk) -> None:
    desk = either_desk
    desk.carrier.answer = Lost("cut")
    callback = desk.book()
    desk.claim(callback)
    row = desk.attempt(desk.call(callback).attempt)
    assert (row.sid, row.state) == (None, Stage.UNKNOWN)
    assert isinstance(desk.ready(row, call="CA" + "7" * 32), Ring)
    after = desk.attempt(row.id)
    assert (after.sid, after.state) == ("CA" + "7" * 32, Stage.PLACED)
    assert desk.row(callback).state == State.CALLING


def test_an_attempt_that_a_person_gave_up_rings_nobody_beside_the_next(desk: Desk) -> None:
    desk.carrier.answer = Lost("cut")
    callback = desk.book()
    desk.claim(callback)
    lost = desk.attempt(desk.call(callback).attempt)
    with desk.store.writing() as connection:
        assert callbacks.change(connection, callback, Event.RESTORE)
    desk.carrier.answer = None
    assert desk.claim(callback, BEA)
    next_one = desk.attempt(desk.call(callback, BEA).attempt)
    assert desk.ready(lost, call="CA" + "7" * 32) in NO
    assert desk.row(callback).claimed_by == BEA.id
    desk.tell(lost, call="CA" + "7" * 32, over=True)
    assert desk.row(callback).state == State.CALLING
    assert isinstance(desk.ready(next_one), Ring)


def test_two_callbacks_of_one_number_are_not_rung_at_once(desk: Desk) -> None:
    first, other = desk.calling(), desk.book(code="8246")
    assert desk.claim(other, BEA)
    second = desk.attempt(desk.call(other, BEA).attempt)
    assert isinstance(desk.ready(first), Ring)
    assert desk.ready(second) == NoRing(Why.SOON)


def test_not_even_by_two_operators_in_the_same_instant(either_desk: Desk) -> None:
    desk = either_desk
    first, other = desk.calling(), desk.book(code="8246", window=LATER)
    assert desk.row(other).window == LATER
    with desk.store.writing() as connection:
        connection.execute(callbacks.table.update().values(start=first.start, until=first.until))
    assert desk.claim(other, BEA)
    second = desk.attempt(desk.call(other, BEA).attempt)
    answers: list[Ring | NoRing] = []
    threads = [
        Thread(target=lambda one=one: answers.append(desk.ready(one)))  # type: ignore[misc]
        for one in (first, second)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sum(isinstance(one, Ring) for one in answers) == 1


def test_never_more_often_than_agreed_in_one_window(desk: Desk) -> None:
    row = desk.rung()
    for _ in range(3):
        desk.over(row)
        desk.at += timedelta(minutes=30)
        with desk.store.writing() as connection:
            connection.execute(
                callbacks.table.update().values(
                    state="claimed", claimed_by=ANN.id, lease=desk.at + LEASE
                )
            )
        answer = desk.call(row.callback)
        if not hasattr(answer, "attempt"):
            break
        row = desk.attempt(answer.attempt)
        assert isinstance(desk.ready(row), Ring)
    assert (answer.why, row.id) == (Why.USED, 2)


def test_what_is_erased_rings_nobody(desk: Desk) -> None:
    row = desk.calling()
    desk.rules.vault.destroy(UNTIL.date() + timedelta(days=9))
    assert desk.ready(row) in NO
    assert desk.attempt(row.id).child != HER_LEG
