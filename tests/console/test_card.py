"""The card: what an operator may see of her, and what is written down when she sees more."""

import pytest
from werkzeug.test import TestResponse

from ivr.store.hers import Wishes
from routing.callback import State
from tests.console.shift import EVENING, TODAY, Shift, at_desk, calling
from tests.console.staffed import Browser, House

NUMBER = "+3220000001"  # an example: nobody's number


def texts(house: House) -> str:
    return repr(house.rows())


def test_her_number_is_shown_to_who_has_it_with_a_reason_once(shift: Shift) -> None:
    number = shift.book()
    desk = at_desk(shift)
    desk.get(f"/callbacks/{number}")
    assert NUMBER not in desk.page.source
    desk.post(f"/callbacks/{number}/number", 409, reason="interpreter")
    desk.post(f"/callbacks/{number}/claim")
    desk.post(f"/callbacks/{number}/number", 409, reason="curious")
    assert "Choose a reason." in desk.page.text
    desk.post(f"/callbacks/{number}/number", 200, reason="interpreter")
    assert NUMBER in desk.page.text
    assert ("operator", "number shown", f"callback {number}", "interpreter") in shift.trail()
    desk.get(f"/callbacks/{number}")
    assert NUMBER not in desk.page.source
    assert NUMBER not in texts(shift.house)


def test_who_looks_at_many_numbers_has_to_ask(shift: Shift) -> None:
    number = shift.book()
    desk = at_desk(shift)
    desk.post(f"/callbacks/{number}/claim")
    for _ in range(5):
        desk.post(f"/callbacks/{number}/number", 200, reason="interpreter")
    desk.post(f"/callbacks/{number}/number", 409, reason="interpreter")
    assert "Ask a supervisor" in desk.page.text
    shift.house.clock[0] = TODAY.span()[1].replace(minute=10)
    desk = at_desk(shift)
    other = shift.book(EVENING, number="+3220000002")
    desk.post(f"/callbacks/{other}/claim")
    desk.post(f"/callbacks/{other}/number", 200, reason="interpreter")


def test_a_note_is_for_who_has_it_and_the_supervisor(shift: Shift) -> None:
    number = shift.book()
    desk, other = at_desk(shift), at_desk(shift, "other")
    desk.post(f"/callbacks/{number}/note", 409, note="x")
    desk.post(f"/callbacks/{number}/claim")
    desk.post(f"/callbacks/{number}/note", note="She  speaks\nslowly" + "!" * 300)
    desk.get(f"/callbacks/{number}")
    assert "She speaks slowly!!!" in desk.page.source
    other.get(f"/callbacks/{number}")
    assert "speaks slowly" not in other.page.source
    lead = at_desk(shift, "supervisor")
    lead.get(f"/callbacks/{number}")
    assert "speaks slowly" in lead.page.source
    assert "speaks slowly" not in texts(shift.house)


def test_her_wishes_stand_above_the_button(shift: Shift) -> None:
    wishes = Wishes(voicemail=True, redial=True, retry=True, woman=True, own=False)
    number = shift.book(wishes=wishes, young=True)
    desk = at_desk(shift)
    assert "Under 18" in desk.page.text
    assert "A woman calls" in desk.page.text
    desk.get(f"/callbacks/{number}")
    text = desk.page.text
    for said in (
        "She is under eighteen.", "She asks that a woman calls.", "the agreed ordinary sentence",
        "once more within five minutes", "once more half an hour later", "It is not the telephone",
    ):  # fmt: skip
        assert 0 < text.index(said) < text.index("Take it")


def test_danger_shows_number_and_time_and_tells_the_supervisor_alone(shift: Shift) -> None:
    desk, other = at_desk(shift), at_desk(shift, "other")
    number = calling(shift, desk)
    shift.talk(number)
    desk.get(f"/callbacks/{number}/danger", 303)
    other.post(f"/callbacks/{number}/danger", 409)
    desk.post(f"/callbacks/{number}/danger")
    desk.get(f"/callbacks/{number}/danger")
    assert NUMBER in desk.page.text
    assert "Ring 101 on a second telephone" in desk.page.text
    other.get(f"/callbacks/{number}/danger", 303)
    for browser, told in ((other, False), (desk, False), (at_desk(shift, "supervisor"), True)):
        browser.get("/account")
        assert ("An operator needs you now: 1" in browser.page.text) is told
        assert NUMBER not in browser.page.source
    lead = at_desk(shift, "supervisor")
    lead.get("/board")
    assert "An operator says that somebody is in danger" in lead.page.text
    assert NUMBER not in lead.page.source
    lead.post("/board/alarm/1")
    lead.get("/board")
    assert "in danger" not in lead.page.text
    shift.ends(number, bridged=True)
    desk.post(f"/callbacks/{number}/outcome", outcome="in danger")
    desk.get(f"/callbacks/{number}/danger", 303)
    said = [one[1] for one in shift.trail()]
    assert said == ["claimed", "called", "danger", "outcome"]


def test_a_second_press_is_the_same_alarm(shift: Shift) -> None:
    desk = at_desk(shift)
    number = calling(shift, desk)
    for _ in range(3):
        desk.post(f"/callbacks/{number}/danger")
    assert sum(one[1] == "danger" for one in shift.trail()) == 1


@pytest.mark.parametrize("carrier", ["twilio", "rehearsal"])
def test_rehearsals_are_invisible_among_real_callbacks(shift: Shift, carrier: str) -> None:
    number = shift.book(carrier=carrier)
    desk = at_desk(shift)
    seen = carrier == "twilio"
    assert (f"/console/callbacks/{number}" in desk.page.links) is seen
    if seen:
        desk.get(f"/callbacks/{number}")
        return
    desk.get(f"/callbacks/{number}", 303)
    desk.get(f"/callbacks/{number}/live", 404)
    for action in ("claim", "call", "note", "number", "danger", "not-me", "outcome"):
        desk.web.post(f"/console/callbacks/{number}/{action}", base_url=desk.base,
                      data={"csrf": desk.page.forms[0].fields["csrf"], "outcome": "spoke",
                            "reason": "interpreter", "note": "x"})  # fmt: skip
    assert shift.row(number).state == State.WAITING
    assert shift.row(number).claimed_by is None
    assert shift.carrier.orders == []


def live(desk: Browser, number: int, tag: str = "") -> TestResponse:
    """What the card's page asks for every two seconds."""
    return desk.web.get(f"/console/callbacks/{number}/live", base_url=desk.base,
                        headers={"If-None-Match": tag} if tag else {})  # fmt: skip


def test_the_card_says_it_is_unchanged_and_that_a_call_is_activity(shift: Shift) -> None:
    desk = at_desk(shift)
    number = calling(shift, desk)
    reply = live(desk, number)
    assert reply.headers["X-On-Call"] == "1"
    tag = reply.headers["ETag"]
    again = live(desk, number, tag)
    assert (again.status_code, again.data) == (304, b"")
    for _ in range(4):
        shift.house.wait(minutes=10)
        assert live(desk, number, tag).status_code == 304
    shift.ready(number)
    assert live(desk, number, tag).status_code == 200
    shift.ends(number)
    shift.house.wait(minutes=10)
    assert "X-On-Call" not in live(desk, number).headers
    shift.house.wait(minutes=10)
    assert live(desk, number).status_code == 401
