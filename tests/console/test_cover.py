"""The roster and the board: what breaks, who can be asked, what does not fit in a form."""

from datetime import date

import pytest

from routing.callback import State
from routing.window import Window
from tests.console.shift import EVENING, TOMORROW, Shift, at_desk
from tests.console.staffed import Browser
from tests.shipping import ship_to

DUTY = {"day": "1", "start": "14:00", "until": "24:00", "operators": "1", "languages": "nl"}


def leading(shift: Shift) -> Browser:
    ship_to(shift.house.store, shift.at)
    lead = at_desk(shift, "supervisor")
    lead.get("/roster")
    return lead


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("day", "8", "Choose a day."),
        *(("start", typed, "Write a time such as") for typed in ("", "soon", "14:07", "25:00")),
        *(("until", typed, "Write a time such as") for typed in ("24:15", "²4:00")),
        *(("until", typed, "It has to end after it begins.") for typed in ("14:00", "02:00")),
        *(("operators", typed, "A number from 1 to 500.") for typed in ("0", "501", "-1", "two")),
        ("languages", "", "Choose at least one language."),
        ("others", "klingon, ro", "The line does not know these: klingon."),
    ],
)
def test_what_is_wrong_is_said_where_it_stands_and_nothing_typed_is_lost(
    shift: Shift, field: str, typed: str, said: str
) -> None:
    lead = leading(shift)
    sent = {**DUTY, "others": "ro" if field != "languages" else "", field: typed}
    lead.post("/roster", 400, directory="1", **sent)
    assert said in lead.page.text
    assert "Nothing was changed." in lead.page.text
    form = lead.page.forms[-1].fields
    for name in ("start", "until", "operators", "others"):
        assert form[name] == (sent[name] or form[name])
    assert len(shift.house.rows()["directories"]) == 1


def test_a_change_that_breaks_promises_says_which_and_whom_to_ask(shift: Shift) -> None:
    lead = leading(shift)
    lead.post("/roster", directory="1", sure="1", **DUTY)
    for number in range(3):
        shift.book(EVENING, number=f"+322000000{number}")
    lead.post("/roster", 200, directory="2", remove="1")
    text = lead.page.text
    assert "Promises that could no longer be kept: 3." in text
    assert "Today 18:00–20:00: 3 promises (Dutch)" in text
    assert "Ask for cover; these languages are spoken by: Operator, Other, Supervisor" in text
    lead.post("/roster", 200, directory="2", **{**DUTY, "day": "2"})
    assert "Every promise can still be kept." in lead.page.text


def test_what_the_roster_cannot_keep_stands_on_the_board_until_there_is_cover(
    shift: Shift,
) -> None:
    lead = at_desk(shift, "supervisor")
    shift.book(TOMORROW)
    lead.get("/board")
    assert "nobody on the roster" not in lead.page.text
    shift.book(TOMORROW, number="+3220000002", language="ro")
    lead.get("/board")
    assert "Promised, and nobody on the roster to keep it 1" in lead.page.text
    assert "Tomorrow 10:00–12:00: 1 promise (Dutch, Romanian)" in lead.page.text


def test_the_board_keeps_itself_up_to_date(shift: Shift) -> None:
    lead, desk = at_desk(shift, "supervisor"), at_desk(shift)
    lead.get("/board")
    tag = lead.part("/board/rows").headers["ETag"]
    lead.part("/board/rows", 304, **{"If-None-Match": tag})
    shift.book(state=State.UNKNOWN)
    reply = lead.part("/board/rows", 200, **{"If-None-Match": tag})
    assert "Nobody knows what rang" in reply.text
    desk.part("/board/rows", 403)


def test_a_reason_is_chosen_and_never_there_already(shift: Shift) -> None:
    number = shift.book(Window(date(2026, 11, 22), 600, 720), state=State.MISSED)
    lead = at_desk(shift, "supervisor")
    lead.get("/board")
    assert "Should have been said that same day" in lead.page.text
    lead.post(f"/callbacks/{number}/settle", 400, way="close", reason="")
    assert "Choose a reason, and what to do." in lead.page.text
    assert shift.row(number).state == State.MISSED


def test_two_codes_lead_from_one_card_to_the_other_for_a_supervisor(shift: Shift) -> None:
    first = shift.book(state=State.FROZEN, reason="two codes")
    second = shift.book(state=State.FROZEN, reason="two codes", code="9182")
    shift.book(state=State.FROZEN, reason="two codes", number="+3220000003")
    lead, desk = at_desk(shift, "supervisor"), at_desk(shift)
    lead.get(f"/callbacks/{first}")
    assert f"The other one: callback {second}" in lead.page.text
    assert lead.page.text.count("The other one") == 1
    assert "She asked for it yesterday at" in lead.page.text
    desk.get(f"/callbacks/{first}")
    assert "The other one" not in desk.page.text


def test_the_queue_says_where_nobody_who_is_here_speaks_her_language(shift: Shift) -> None:
    shift.book(language="fr")
    desk = at_desk(shift)
    assert "French" in desk.page.text
    assert "Nobody here speaks it" in desk.page.text
    at_desk(shift, "other")
    desk.get("/queue")
    assert "Nobody here speaks it" not in desk.page.text
