"""News of both legs comes late, twice and out of order, and nothing goes backwards."""

from itertools import permutations
from typing import Any

import pytest
import sqlalchemy as sa

from ivr.callbacks import gate
from ivr.callbacks.finishing import Stage
from ivr.callbacks.following import Following, is_reached
from ivr.store import attempts, records
from ivr.voice.news import News
from routing.callback import State
from tests.callbacks.booked import CODE
from tests.callbacks.calling import ANN, HER_LEG, Desk

PICKED_UP: dict[str, Any] = {"hers": True, "answered": True}
HERS_OVER: dict[str, Any] = {"hers": True, "over": True}
TALKED: dict[str, Any] = {"hers": True, "over": True, "bridged": True}
ANSWERED: dict[str, Any] = {"answered": True}
OVER: dict[str, Any] = {"over": True}


def test_a_talk_is_followed_to_its_end(either_desk: Desk) -> None:
    desk = either_desk
    row = desk.rung()
    assert desk.tell(row, **PICKED_UP).gate_at == desk.at
    with desk.store.writing() as connection:
        gate.check(connection, desk.rules, row.token, CODE, carrier=row.carrier, at=desk.at)
    after = desk.tell(row, **TALKED)
    assert (after.child, after.bridged, after.ended_at) == (HER_LEG, True, None)
    assert is_reached(after)
    last = desk.tell(row, **OVER)
    assert (last.ended_at, last.state) == (desk.at, Stage.OVER)
    assert desk.row(row.callback).state == State.CALLING
    with desk.store.reading() as connection:
        (record,) = records.due(connection, "rehearsal")
    assert record.sid == row.sid


@pytest.mark.parametrize(
    "order", list(permutations((ANSWERED, PICKED_UP, HERS_OVER, TALKED, OVER)))[::7]
)
def test_any_order_and_any_repetition_ends_the_same(
    desk: Desk, order: tuple[dict[str, Any], ...]
) -> None:
    row = desk.rung()
    for news in (*order, *order):
        after = desk.tell(row, **news)
    assert (after.child, after.bridged, after.state) == (HER_LEG, None, Stage.OVER)
    assert after.gate_at
    assert after.ended_at == desk.at


def test_a_bridge_without_the_code_is_not_believed(desk: Desk) -> None:
    row = desk.rung()
    assert desk.tell(row, **TALKED).bridged is None
    assert desk.tell(row, hers=True, over=True, bridged=False).bridged is False


def test_an_operator_who_did_not_pick_up_may_press_again(desk: Desk) -> None:
    row = desk.calling()
    after = desk.tell(row, **OVER)
    assert after.state == Stage.FAILED
    callback = desk.row(row.callback)
    assert (callback.state, callback.claimed_by) == (State.CLAIMED, ANN.id)
    assert hasattr(desk.call(row.callback), "attempt")
    desk.tell(row, **OVER)
    assert desk.row(row.callback).state == State.CALLING


def test_what_is_about_other_calls_is_no_news(desk: Desk) -> None:
    row = desk.rung()
    before = desk.attempt(row.id)
    stranger = "CA" + "9" * 32
    desk.tell(row, call=stranger, over=True)
    desk.tell(row, hers=True, parent=stranger, over=True)
    with desk.store.writing() as connection:
        other = News(row.token, "twilio", desk.at, False, row.sid or "", over=True)
        Following(desk.store)
        from ivr.callbacks.following import follow

        follow(connection, other)
        follow(connection, News("none", "rehearsal", desk.at, False, row.sid or "", over=True))
    assert desk.attempt(row.id) == before


def test_a_second_leg_of_hers_is_none(desk: Desk) -> None:
    row = desk.rung()
    desk.tell(row, **PICKED_UP)
    after = desk.tell(row, hers=True, call="CA" + "8" * 32, over=True, bridged=False)
    assert (after.child, after.bridged) == (HER_LEG, None)


def test_a_leg_of_hers_that_was_never_dialled_is_no_news(desk: Desk) -> None:
    row = desk.calling()
    assert desk.tell(row, **PICKED_UP).gate_at is None


def test_news_is_kept_in_a_transaction_of_its_own(desk: Desk) -> None:
    row = desk.calling()
    Following(desk.store).take(
        News(row.token, "rehearsal", desk.at, False, row.sid or "", over=True)
    )
    with desk.store.reading() as connection:
        (after,) = attempts.where(connection, sa.true())
    assert after.ended_at == desk.at
