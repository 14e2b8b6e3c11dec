"""The button: one request to the carrier, to the operator's telephone, and what comes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from ivr.callbacks import attempts as button
from ivr.callbacks import claims, hold
from ivr.callbacks.attempts import CARRIER_SAID_NO, GONE, NOT_HERS, Refused, Started, Unknown
from ivr.callbacks.finishing import Stage
from ivr.carrier import Lost
from ivr.carrier import Refused as CarrierRefused
from ivr.store import attempts
from routing.callback import State
from routing.calling import Why
from tests.callbacks.calling import ANN, BASE, BEA, PHONE, START, UNTIL, Desk

MINUTE = timedelta(minutes=1)


def pressed(desk: Desk) -> tuple[int, button.Answer]:
    """A claimed callback, and what the button said."""
    callback = desk.book()
    desk.claim(callback)
    return callback, desk.call(callback)


def test_the_operators_own_telephone_is_rung_once(either_desk: Desk) -> None:
    desk = either_desk
    callback, answer = pressed(desk)
    assert isinstance(answer, Started)
    (order,) = desk.carrier.orders
    assert (order.to, order.from_) == (PHONE, desk.rules.outbound)
    row = desk.attempt(answer.attempt)
    assert order.url.startswith(f"{BASE}/voice/operator/")
    assert order.status_url == f"{BASE}/voice/attempt/{row.token}/status"
    assert order.fallback_url == f"{BASE}/voice/operator/fallback"
    assert set(order.events) == {"initiated", "ringing", "answered", "completed"}
    assert order.ring <= 30
    assert order.longest >= 3600
    assert (row.state, row.sid, row.dialled_at) == (Stage.PLACED, next(iter(desk.carrier.calls)),
                                                    None)  # fmt: skip
    assert row.number is not None
    assert (row.start, row.until) == (START, UNTIL)
    assert desk.row(callback).state == State.CALLING


def test_what_is_to_happen_is_written_down_before_the_carrier_is_asked(desk: Desk) -> None:
    seen: list[str] = []
    place = desk.carrier.place

    def look(order: object) -> object:
        with desk.store.reading() as connection:
            (row,) = attempts.where(connection, sa.true())
        seen.append(row.state)
        return place(order)  # type: ignore[arg-type]

    desk.carrier.place = look  # type: ignore[method-assign,assignment]
    pressed(desk)
    assert seen == [Stage.ASKED]


def test_a_clear_no_is_offered_again_to_the_same_operator(desk: Desk) -> None:
    desk.carrier.answer = CarrierRefused(21211, "no such number")
    callback, answer = pressed(desk)
    assert answer == Refused(CARRIER_SAID_NO)
    row = desk.row(callback)
    assert (row.state, row.claimed_by) == (State.CLAIMED, ANN.id)
    assert len(desk.carrier.orders) == 1
    desk.carrier.answer = None
    assert isinstance(desk.call(callback), Started)


def test_a_lost_answer_is_never_tried_again(desk: Desk) -> None:
    desk.carrier.answer = Lost("cut")
    callback, answer = pressed(desk)
    assert isinstance(answer, Unknown)
    assert desk.attempt(answer.attempt).state == Stage.UNKNOWN
    assert desk.row(callback).state == State.UNKNOWN
    assert desk.call(callback) == Refused(NOT_HERS)
    assert len(desk.carrier.orders) == 1


def test_nobody_presses_for_somebody_else(desk: Desk) -> None:
    callback = desk.book()
    assert desk.call(callback) == Refused(NOT_HERS)
    desk.claim(callback, ANN)
    assert desk.call(callback, BEA) == Refused(NOT_HERS)
    assert desk.call(callback + 1) == Refused(NOT_HERS)
    assert desk.call(callback, replace(ANN, phone="")) == Refused(Why.CARRIER)
    assert not desk.carrier.orders


@pytest.mark.parametrize(
    ("moment", "why"),
    [
        (START - timedelta(seconds=1), Why.EARLY),
        (UNTIL - timedelta(seconds=52), Why.OVER),
        (UNTIL, Why.OVER),
    ],
)
def test_outside_her_window_nobody_is_asked(desk: Desk, moment: object, why: Why) -> None:
    callback = desk.book()
    desk.claim(callback)
    desk.at = moment  # type: ignore[assignment]
    assert desk.call(callback) == Refused(why)
    assert desk.row(callback).state == State.CLAIMED
    assert not desk.carrier.orders


@pytest.mark.parametrize("skew", [None, 30.5, -31.0, float("nan")])
def test_with_a_wrong_clock_nobody_is_called(desk: Desk, skew: float | None) -> None:
    desk.skew = skew  # type: ignore[assignment]
    assert pressed(desk)[1] == Refused(Why.CLOCK)


def test_with_the_hold_on_nobody_is_called(desk: Desk) -> None:
    with desk.store.writing() as connection:
        hold.throw(connection, "ann", "drill", desk.at)
    assert pressed(desk)[1] == Refused(Why.HOLD)


def test_the_rule_is_asked_again_when_the_carrier_is(desk: Desk) -> None:
    callback = desk.book()
    desk.claim(callback)
    moments = iter([desk.at, UNTIL, UNTIL, UNTIL])
    assert button.call(desk.means, callback, ANN, lambda: next(moments)) == Refused(Why.OVER)
    assert not desk.carrier.orders
    row = desk.row(callback)
    assert (row.state, row.claimed_by) == (State.CLAIMED, ANN.id)


def test_a_callback_of_another_carrier_is_nobodys_to_call(desk: Desk) -> None:
    callback = desk.book(carrier="twilio")
    desk.claim(callback)
    assert desk.call(callback) == Refused(Why.CARRIER)


def test_what_nobody_can_read_any_more_is_not_called(desk: Desk) -> None:
    callback = desk.book()
    desk.claim(callback)
    desk.rules.vault.destroy(UNTIL.date() + timedelta(days=9))
    assert desk.call(callback) == Refused(GONE)


def test_a_webhook_that_was_faster_than_the_carriers_answer_is_not_overwritten(desk: Desk) -> None:
    place = desk.carrier.place

    def faster(order: object) -> object:
        placed = place(order)  # type: ignore[arg-type]
        with desk.store.reading() as connection:
            (row,) = attempts.where(connection, sa.true())
        desk.tell(row, call=placed.sid, answered=True)  # type: ignore[union-attr]
        desk.tell(row, call=placed.sid, over=True)  # type: ignore[union-attr]
        return placed

    desk.carrier.place = faster  # type: ignore[method-assign,assignment]
    callback, answer = pressed(desk)
    assert isinstance(answer, Started)
    assert desk.attempt(answer.attempt).state == Stage.FAILED
    assert desk.row(callback).state == State.CLAIMED


def test_pressing_is_activity(desk: Desk) -> None:
    callback = desk.book()
    desk.claim(callback)
    desk.at += 10 * MINUTE
    desk.call(callback)
    assert desk.row(callback).lease == desk.at + claims.LEASE
