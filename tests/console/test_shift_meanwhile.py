"""What happens meanwhile: she withdraws, two codes are given, an answer is lost."""

from ivr.callbacks import claims, mine
from ivr.carrier import Lost
from routing.callback import State
from tests.console.shift import Shift, at_desk


def test_she_has_withdrawn_it_meanwhile(shift: Shift) -> None:
    number = shift.book()
    desk = at_desk(shift)
    desk.post(f"/callbacks/{number}/claim")
    with shift.house.store.writing() as connection:
        mine.cancel(connection, number, carrier="twilio", at=shift.at)
    desk.post(f"/callbacks/{number}/call", 409)
    assert "It is closed. Her number and her code are erased." in desk.page.text
    assert shift.carrier.orders == []


def test_two_codes_for_one_number_stop_both_cards(shift: Shift) -> None:
    first = shift.book(state=State.FROZEN, reason="two codes")
    second = shift.book(state=State.FROZEN, reason="two codes", code="9182")
    desk = at_desk(shift)
    for number in (first, second):
        desk.get(f"/callbacks/{number}")
        assert "two different codes" in desk.page.text
        assert 'id="claim"' not in desk.page.source
        desk.post(f"/callbacks/{number}/claim", 409)
    lead = at_desk(shift, "supervisor")
    desk.post(f"/callbacks/{first}/settle", 403, way="restore", reason="the same person")
    lead.get("/board")
    assert "Two codes for one number 2" in lead.page.text
    lead.post(f"/callbacks/{first}/settle", 400, way="restore", reason="because")
    lead.post(f"/callbacks/{first}/settle", way="restore", reason="the same person")
    lead.post(f"/callbacks/{second}/settle", way="close", reason="looked up what happened")
    assert shift.row(first).state == State.WAITING
    assert shift.row(second).state == State.CLOSED
    desk.post(f"/callbacks/{first}/claim")


def test_who_knows_her_passes_on_and_nobody_sees_why(shift: Shift) -> None:
    number = shift.book()
    desk, other = at_desk(shift), at_desk(shift, "other")
    desk.post(f"/callbacks/{number}/claim")
    desk.post(f"/callbacks/{number}/not-me")
    desk.get("/queue")
    assert f"/console/callbacks/{number}" not in desk.page.links
    desk.get(f"/callbacks/{number}", 303)
    desk.post(f"/callbacks/{number}/claim", 303)
    assert shift.row(number).state == State.WAITING
    other.get("/queue")
    assert f"/console/callbacks/{number}" in other.page.links
    assert [one[1] for one in shift.trail()] == ["claimed", "released"]


def test_what_a_lost_answer_leaves_is_said(shift: Shift) -> None:
    number = shift.book()
    desk = at_desk(shift)
    desk.post(f"/callbacks/{number}/claim")
    shift.carrier.answer = Lost("no answer")
    desk.post(f"/callbacks/{number}/call")
    desk.get(f"/callbacks/{number}")
    assert "Nobody knows whether your telephone rings" in desk.page.text
    assert 'id="call"' not in desk.page.source
    with shift.house.store.writing() as connection:
        assert not claims.release(connection, number, shift.house.person("operator").id)
