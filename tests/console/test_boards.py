"""What a supervisor sees and settles; what everybody is told on every page; the kill switch."""

import pytest

from ivr.callbacks import sweeps
from ivr.callbacks.means import Means
from ivr.carrier import Stage
from routing.callback import State
from routing.window import Window
from tests.callbacks.calling import ACCOUNT, BASE
from tests.console.shift import EVENING, TODAY, Shift, at_desk, calling, spoken


def means(shift: Shift) -> Means:
    return Means(shift.house.store, lambda: shift.rules, shift.house.settings.secret_keys, BASE,
                 {"twilio": ACCOUNT}, {"twilio": shift.carrier})  # fmt: skip


@pytest.mark.parametrize(
    ("left", "amber", "alert"), [(46, 0, 0), (45, 1, 0), (26, 1, 0), (25, 1, 1), (1, 1, 1)]
)
def test_what_nobody_has_turns_amber_and_then_alerts(
    shift: Shift, left: int, amber: int, alert: int
) -> None:
    shift.book(language="fr")
    shift.house.clock[0] = TODAY.span()[1]
    shift.house.wait(minutes=-left - 2)
    lead, other, desk = (shift.house.signed_in(one) for one in ("supervisor", "other", "operator"))
    shift.house.clock[0] = TODAY.span()[1]
    shift.house.wait(minutes=-left)
    for browser, speaks in ((other, True), (desk, False), (lead, False)):
        browser.get("/account")
        said = "Closing soon, and nobody has taken it: 1" in browser.page.text
        assert said is bool(amber and speaks)
    assert ("Promises about to be missed: 1" in lead.page.text) is bool(alert)
    assert "French" not in lead.page.text
    lead.get("/board")
    assert ("it closes within 45 minutes 1" in lead.page.text) is bool(amber)
    other.get("/queue")
    assert ("Nobody has it yet" in other.page.text) is bool(amber)


def test_what_was_missed_needs_a_reason(shift: Shift) -> None:
    number = shift.book(Window(TODAY.day, 10 * 60, 12 * 60))
    sweeps.missed(means(shift), shift.at)
    lead = at_desk(shift, "supervisor")
    lead.get("/board")
    assert "Missed 1" in lead.page.text
    lead.post(f"/callbacks/{number}/settle", 409, way="restore", reason="overlooked")
    lead.post(f"/callbacks/{number}/settle", way="tell", reason="nobody was free")
    assert shift.row(number).state == State.MISSED
    lead.get("/board")
    assert "Missed, and why is said" in lead.page.text
    assert "Nobody was free" in lead.page.text
    lead.post(f"/callbacks/{number}/settle", way="close", reason="overlooked")
    row = shift.row(number)
    assert (row.state, row.reason) == (State.CLOSED, "overlooked")
    assert [one[1:] for one in shift.trail()] == [
        ("missed callback: tell", f"callback {number}", "nobody was free"),
        ("missed callback: close", f"callback {number}", "overlooked"),
    ]


def test_an_outcome_that_is_missing_shows_and_then_alerts(shift: Shift) -> None:
    desk = at_desk(shift)
    spoken(shift, desk)
    shift.house.wait(minutes=29)
    lead = at_desk(shift, "supervisor")
    lead.get("/board")
    assert "Nobody has said how it went" not in lead.page.text
    shift.house.wait(minutes=2)
    lead.get("/board")
    assert "Nobody has said how it went 1" in lead.page.text
    assert "Outcomes missing" not in lead.page.text
    shift.house.wait(minutes=90)
    lead = at_desk(shift, "supervisor")
    lead.get("/board")
    assert "Outcomes missing for two hours: 1" in lead.page.text


def test_what_was_heavy_is_for_the_supervisor_alone(shift: Shift) -> None:
    desk = at_desk(shift)
    number = spoken(shift, desk)
    desk.post(f"/callbacks/{number}/outcome", outcome="spoke", heavy="1")
    for name, told in (("other", False), ("supervisor", True)):
        browser = at_desk(shift, name)
        assert ("would like a word" in browser.page.text) is told
    lead = at_desk(shift, "supervisor")
    lead.get("/board")
    assert "A word with somebody" in lead.page.text
    assert not [one for one in shift.house.rows()["audit"] if "heavy" in one]
    lead.post(f"/board/heavy/{shift.house.person('operator').id}")
    assert shift.house.rows()["heavies"] == []


def test_anybody_stops_all_calls_and_a_supervisor_lets_them_go_on(shift: Shift) -> None:
    desk, other = at_desk(shift), at_desk(shift, "other")
    number = calling(shift, desk)
    waiting = shift.book(EVENING, number="+3220000002")
    shift.carrier.at = shift.at
    other.post("/hold", reason="somebody rings her back")
    for _ in range(50):
        if any(one.startswith("cancel") for one in shift.carrier.asked):
            break
        shift.wait_really(0.05)
    sid = shift.attempt(number).sid or ""
    assert shift.carrier.calls[sid].stage is Stage.CANCELLED
    desk.get("/queue")
    assert "All calls that we make are stopped" in desk.page.text
    desk.get("/hold")
    assert "Other stopped all calls that we make" in desk.page.text
    assert "Reason: somebody rings her back" in desk.page.text
    desk.post("/hold/lift", 403, reason="fine")
    shift.house.clock[0] = EVENING.span()[0]
    desk, lead = at_desk(shift), at_desk(shift, "supervisor")
    desk.post(f"/callbacks/{waiting}/claim")
    desk.post(f"/callbacks/{waiting}/call", 409)
    assert len(shift.carrier.orders) == 1
    lead.post("/hold/lift", 400, reason=" ")
    lead.post("/hold/lift", reason="it was a test")
    desk.post(f"/callbacks/{waiting}/call")
    assert len(shift.carrier.orders) == 2
