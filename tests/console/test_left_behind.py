"""What somebody leaves behind, or finds changed: nobody is stuck, nothing is lost unsaid."""

import pytest

from ivr.callbacks import mine
from routing.callback import Outcome, State
from tests.console.shift import EVENING, Shift, at_desk, calling, spoken


def withdrawn(shift: Shift, number: int) -> None:
    with shift.house.store.writing() as connection:
        mine.cancel(connection, number, carrier="twilio", at=shift.at)


def test_who_withdraws_while_it_rings_leaves_an_outcome_that_can_be_given(shift: Shift) -> None:
    desk = at_desk(shift)
    number, other = calling(shift, desk), shift.book(number="+3220000002")
    shift.ready(number)
    withdrawn(shift, number)
    desk.get(f"/callbacks/{number}")
    assert "It is closed." in desk.page.text
    assert "Her telephone rings" in desk.page.text
    assert "Say only" not in desk.page.text
    shift.ends(number)
    desk.get("/queue")
    assert "You have yet to say how a call went: 1" in desk.page.text
    desk.get(f"/callbacks/{number}")
    assert 'value="no answer"' in desk.page.source
    assert "It waits again" not in desk.page.text
    desk.post(f"/callbacks/{number}/outcome", outcome="no answer")
    assert shift.attempt(number).outcome is Outcome.NO_ANSWER
    assert shift.row(number).state == State.CLOSED
    desk.get("/queue")
    assert "You have yet to say" not in desk.page.text
    desk.post(f"/callbacks/{other}/claim")


def test_a_talk_is_activity_on_every_page(shift: Shift) -> None:
    desk = at_desk(shift)
    number = calling(shift, desk)
    shift.talk(number)
    desk.get("/account")
    assert "A call of yours goes on" in desk.page.text
    for _ in range(4):
        shift.house.wait(minutes=10)
        reply = desk.part("/news")
        assert reply.headers["X-On-Call"] == "1"
    desk.get(f"/callbacks/{number}")
    assert "A call of yours goes on" not in desk.page.text
    assert "goes on" not in desk.part(f"/news?on=/console/callbacks/{number}").text
    shift.ends(number, bridged=True)
    assert "X-On-Call" not in desk.part("/news").headers
    shift.house.wait(minutes=16)
    desk.part("/news", 401)


def test_a_supervisor_takes_over_what_somebody_who_is_gone_has(shift: Shift) -> None:
    desk, lead = at_desk(shift), at_desk(shift, "supervisor")
    number = shift.book()
    lead.post(f"/callbacks/{number}/take-over", 409)
    desk.post(f"/callbacks/{number}/claim")
    lead.get(f"/callbacks/{number}")
    assert "Operator has it, or has yet to say" in lead.page.text
    lead.post(f"/callbacks/{number}/take-over")
    who = shift.house.person("supervisor").id
    assert shift.row(number).claimed_by == who
    desk.post(f"/callbacks/{number}/call", 409)
    lead.post(f"/callbacks/{number}/take-over", 409)
    of = shift.house.person("operator").id
    taken = ("supervisor", "taken over", f"callback {number}", f"from staff {of}")
    assert taken in shift.trail()


def test_a_supervisor_gives_the_outcome_of_who_is_gone(shift: Shift) -> None:
    desk, other = at_desk(shift), at_desk(shift, "other")
    number = calling(shift, desk)
    lead = at_desk(shift, "supervisor")
    shift.talk(number)
    lead.get(f"/callbacks/{number}")
    assert "Take it over" not in lead.page.text
    lead.post(f"/callbacks/{number}/take-over", 409)
    assert "a call goes on" in lead.page.text
    shift.ends(number, bridged=True)
    desk.post("/callbacks/999/take-over", 403)
    other.post(f"/callbacks/{number}/take-over", 403)
    lead.post(f"/callbacks/{number}/take-over")
    desk.post(f"/callbacks/{number}/outcome", 409, outcome="spoke")
    lead.post(f"/callbacks/{number}/outcome", outcome="spoke")
    assert shift.row(number).state == State.CLOSED
    desk.post(f"/callbacks/{shift.book(number='+3220000002')}/claim")


def test_a_note_that_comes_too_late_is_shown_again(shift: Shift) -> None:
    number = shift.book()
    desk, other = at_desk(shift), at_desk(shift, "other")
    desk.post(f"/callbacks/{number}/claim")
    shift.house.wait(minutes=15)
    desk, other = at_desk(shift), at_desk(shift, "other")
    other.post(f"/callbacks/{number}/claim")
    desk.post(f"/callbacks/{number}/note", 409, note="she speaks <slowly>")
    assert "It is not yours any more." in desk.page.text
    assert "This note was not kept she speaks <slowly>" in desk.page.text


@pytest.mark.parametrize(
    ("path", "back"),
    [
        ("/callbacks/7/outcome", "/callbacks/7"),
        ("/callbacks/7/again", "/callbacks/7/again"),
        ("/account/passkey", "/account"),
        ("/board/alarm/7", "/board"),
        ("/people/7/languages", "/people/7"),
        ("/status", ""),
    ],
)
def test_who_was_signed_out_is_told_that_nothing_was_kept(
    shift: Shift, path: str, back: str
) -> None:
    desk = at_desk(shift)
    shift.house.wait(minutes=16)
    reply = desk.post(path, outcome="spoke")
    desk.get(reply.location.removeprefix("/console"))
    assert "nothing of it was kept" in desk.page.text
    assert desk.page.form("/console/sign-in?lang=en").fields["next"] == f"/console{back}"


def test_signing_out_late_loses_nothing(shift: Shift) -> None:
    desk = at_desk(shift)
    shift.house.wait(minutes=16)
    desk.get(desk.post("/sign-out").location.removeprefix("/console"))
    assert "nothing of it was kept" not in desk.page.text


def test_whoever_presses_twice_did_it_once(shift: Shift) -> None:
    desk = at_desk(shift)
    number = shift.book()
    for button in ("claim", "claim", "release", "release", "claim", "call", "call"):
        desk.post(f"/callbacks/{number}/{button}")
    assert len(shift.carrier.orders) == 1
    shift.talk(number)
    shift.ends(number, bridged=True)
    for _ in range(2):
        desk.post(f"/callbacks/{number}/outcome", outcome="spoke")
    desk.post(f"/callbacks/{number}/outcome", 409, outcome="declined")
    assert [one[1] for one in shift.trail()].count("outcome") == 1
    assert [one[1] for one in shift.trail()].count("claimed") == 2


def test_one_hands_over_and_stays(shift: Shift) -> None:
    number = shift.book(EVENING)
    desk = at_desk(shift)
    desk.post(f"/callbacks/{number}/claim")
    desk.get("/queue")
    assert "/console/hand-over" in desk.page.links
    to = shift.house.person("other").id
    desk.post("/hand-over", then="stay", **{f"callback-{number}": str(to)})
    desk.get("/queue")
    assert "Handed over." in desk.page.text
    assert shift.row(number).claimed_by == to


def test_an_older_outcome_is_asked_for_before_a_newer_call(shift: Shift) -> None:
    desk = at_desk(shift)
    number = spoken(shift, desk)
    desk.post(f"/callbacks/{number}/outcome", 400, heavy="1")
    assert 'id="heavy" value="1" checked' in desk.page.source
