"""The end of a shift and the beginning of the next: nothing of a caller is left behind."""

from routing.callback import State
from tests.console.shift import EVENING, TOMORROW, Shift, at_desk, calling, spoken
from tests.shipping import ship_to


def test_who_leaves_nothing_just_leaves(shift: Shift) -> None:
    desk = at_desk(shift)
    reply = desk.post("/sign-out")
    assert "/sign-in" in reply.location


def test_who_leaves_with_claims_is_asked_to_whom(shift: Shift) -> None:
    first, second = shift.book(), shift.book(EVENING, number="+3220000002")
    desk, other = at_desk(shift), at_desk(shift, "other")
    for number in (first, second):
        desk.post(f"/callbacks/{number}/claim")
    desk.post("/sign-out", 200)
    assert "Who goes on with them?" in desk.page.text
    to = shift.house.person("other").id
    desk.post("/hand-over", 400, **{f"callback-{first}": str(to)})
    assert "Choose somebody for each." in desk.page.text
    outsider = shift.house.person("auditor").id
    for wrong in (outsider, shift.house.person("operator").id, 999):
        keys = {f"callback-{first}": str(wrong), f"callback-{second}": "queue"}
        desk.post("/hand-over", 400, **keys)
    reply = desk.post("/hand-over", **{f"callback-{first}": str(to), f"callback-{second}": "queue"})
    assert "/sign-in" in reply.location
    assert shift.row(first).claimed_by == to
    assert shift.row(second).state == State.WAITING
    other.get("/queue")
    assert "Yours" in other.page.text
    assert ("operator", "handed over", f"callback {first}", f"to staff {to}") in shift.trail()
    assert shift.house.person("operator").status == "away"


def test_an_outcome_is_handed_over_too(shift: Shift) -> None:
    desk, other = at_desk(shift), at_desk(shift, "other")
    number = spoken(shift, desk)
    attempt, to = shift.attempt(number).id, shift.house.person("other").id
    desk.post("/sign-out", 200)
    desk.post("/hand-over", 400, **{f"attempt-{attempt}": "queue"})
    desk.post("/hand-over", **{f"attempt-{attempt}": str(to)})
    another = shift.book(EVENING, number="+3220000002")
    other.post(f"/callbacks/{another}/claim", 409)
    other.post(f"/callbacks/{number}/outcome", outcome="spoke")
    assert shift.row(number).state == State.CLOSED


def test_nobody_leaves_in_the_middle_of_a_call(shift: Shift) -> None:
    desk = at_desk(shift)
    number = calling(shift, desk)
    shift.talk(number)
    desk.post("/sign-out", 200)
    assert "A call of yours still goes on. End it first." in desk.page.text
    desk.post("/hand-over", 400)
    desk.get("/account")


def test_the_next_shift_opens_on_what_has_changed(shift: Shift) -> None:
    desk, other = at_desk(shift), at_desk(shift, "other")
    other.post("/sign-out")
    number = shift.book(state=State.MISSED)
    given = shift.book(EVENING, number="+3220000002")
    shift.house.wait(minutes=5)
    desk.post(f"/callbacks/{given}/claim")
    to = shift.house.person("other").id
    desk.post("/hand-over", **{f"callback-{given}": str(to)})
    shift.house.clock[0] = EVENING.span()[0]
    shift.book(TOMORROW, number="+3220000003", at=shift.at)
    lead = at_desk(shift, "supervisor")
    lead.post("/hold", reason="x")
    lead.post("/hold/lift", reason="y")
    other = at_desk(shift, "other")
    assert "Since you were here, today at 14:3" in other.page.text
    assert "Handed over to you: 1" in other.page.text
    assert "New callbacks: 1" in other.page.text
    assert "Calls were stopped or let go on: 2" in other.page.text
    assert "Missed: 1" in other.page.text
    assert number
    other.post("/since")
    other.get("/queue")
    assert "Since you were here" not in other.page.text


def test_the_roster_says_first_what_it_breaks(shift: Shift) -> None:
    ship_to(shift.house.store, shift.at)
    lead = at_desk(shift, "supervisor")
    lead.get("/roster")
    assert "no callback is promised to anybody" in lead.page.text
    duty = {"day": "1", "start": "14:00", "until": "24:00", "operators": "1", "languages": "nl"}
    lead.post("/roster", 400, directory="1", **{**duty, "start": "14:07"})
    lead.post("/roster", 400, directory="1", **{**duty, "start": "soon"})
    lead.post("/roster", 400, directory="1", **{**duty, "languages": ""})
    lead.post("/roster", 200, directory="1", **duty)
    assert "Every promise can still be kept." in lead.page.text
    assert len(shift.house.rows()["directories"]) == 1
    lead.post("/roster", directory="1", sure="1", **duty)
    lead.get("/roster")
    assert "Monday 14:00–24:00 Dutch 1 operator" in lead.page.text
    shift.book(EVENING)
    lead.post("/roster", 200, directory="2", remove="1")
    assert "Promises that could no longer be kept: 1" in lead.page.text
    lead.post("/roster", 400, directory="1", remove="1", sure="1")
    lead.post("/roster", directory="2", remove="1", sure="1")
    assert len(shift.house.rows()["directories"]) == 3
    told = [one for one in shift.house.rows()["audit"] if "'roster'" in one]
    assert len(told) == 2
    assert any("Duty on monday 14:00-24:00" in one for one in shift.house.rows()["changes"])
