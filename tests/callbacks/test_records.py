"""What the carrier keeps of our calls is deleted, her leg first, and tried until it is gone."""

from dataclasses import replace
from datetime import timedelta

from ivr.callbacks.records import delete
from ivr.carrier import Lost, Placed, Stage
from ivr.store import attempts, records
from ivr.store.records import Record
from tests.callbacks.booked import NUMBER
from tests.callbacks.calling import HER_LEG, Desk

LATER = timedelta(minutes=1)


def ended(desk: Desk) -> attempts.Row:
    """An attempt that is over; the carrier still has both legs."""
    row = desk.rung()
    sid = row.sid or ""
    desk.carrier.calls[HER_LEG] = Placed(HER_LEG, NUMBER, "", Stage.COMPLETED, desk.at, 9)
    desk.carrier.parents[HER_LEG] = sid
    desk.carrier.ends(sid)
    after = desk.over(row)
    desk.at += LATER
    return after


def test_her_leg_goes_first_and_then_the_operators(either_desk: Desk) -> None:
    desk = either_desk
    row = ended(desk)
    assert delete(desk.means, desk.at) == 1
    assert desk.carrier.asked[-2:] == [f"delete {HER_LEG}", f"delete {row.sid}"]
    assert not desk.carrier.calls
    assert desk.attempt(row.id).deleted_at == desk.at
    assert delete(desk.means, desk.at) == 0


def test_not_before_the_call_is_settled(desk: Desk) -> None:
    ended(desk)
    assert delete(desk.means, desk.at - LATER) == 0
    assert len(desk.carrier.calls) == 2


def test_while_hers_goes_on_nothing_is_deleted(desk: Desk) -> None:
    ended(desk)
    call = desk.carrier.calls[HER_LEG]
    desk.carrier.calls[HER_LEG] = replace(call, stage=Stage.TALKING)
    assert delete(desk.means, desk.at) == 0
    assert len(desk.carrier.calls) == 2


def test_what_is_not_deleted_now_is_tried_again_later_and_later(desk: Desk) -> None:
    row = ended(desk)
    remove = desk.carrier.delete
    desk.carrier.delete = lambda sid: Lost("cut")  # type: ignore[method-assign]
    for _ in range(20):
        delete(desk.means, desk.at)
    with desk.store.reading() as connection:
        assert records.due(connection, "rehearsal")[0].tries == 1
    desk.carrier.delete = remove  # type: ignore[method-assign]
    assert delete(desk.means, desk.at) == 0
    assert delete(desk.means, desk.at + LATER) == 1
    assert desk.attempt(row.id).deleted_at


def test_the_inbound_call_of_a_booking_goes_too_once_it_is_over(desk: Desk) -> None:
    sid = "CA" + "3" * 32
    desk.carrier.calls[sid] = Placed(sid, "", NUMBER, Stage.TALKING, desk.at, 0)
    with desk.store.writing() as connection:
        records.add(connection, Record(sid, "rehearsal", False, "", desk.at))
        records.add(connection, Record("CA" + "4" * 32, "elsewhere", False, "", desk.at))
    assert delete(desk.means, desk.at) == 0
    desk.carrier.ends(sid)
    assert delete(desk.means, desk.at + LATER) == 1
    with desk.store.reading() as connection:
        assert records.due(connection, "elsewhere")


def test_what_is_gone_already_is_gone(desk: Desk) -> None:
    ended(desk)
    desk.carrier.calls.clear()
    assert delete(desk.means, desk.at) == 1
