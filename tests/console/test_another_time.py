"""While they talk she may choose another time: with her yes and her code, through the booking."""

import pytest

from ivr.store import callbacks, hers
from routing.callback import State
from tests.console.shift import CODE, Shift, at_desk, calling
from tests.console.staffed import Browser

EVENING = "2026-11-23.1080.1200"


def talking(shift: Shift) -> tuple[Browser, int]:
    desk = at_desk(shift)
    number = calling(shift, desk)
    shift.talk(number)
    return desk, number


def standing(shift: Shift) -> list[callbacks.Row]:
    with shift.house.store.reading() as connection:
        return [one for one in callbacks.open_ones(connection) if one.state != State.CALLING]


ASKED = {"window": EVENING, "phone": "same", "code": CODE, "consent": "1"}


def test_another_time_is_kept_and_the_talk_ends_with_it(shift: Shift) -> None:
    desk, number = talking(shift)
    desk.get(f"/callbacks/{number}/again")
    assert "We bellen hoogstens twee keer" in desk.page.text
    desk.post(f"/callbacks/{number}/again", **ASKED, wishes="woman")
    (new,) = standing(shift)
    assert (new.state, new.wall_start, new.language) == (State.WAITING, 1080, "nl")
    with shift.house.store.reading() as connection:
        vault = shift.rules.vault
        assert hers.number_of(connection, vault, new.id) == "+3220000001"
        assert hers.code_is(connection, vault, new.id, CODE)
        assert hers.wishes_of(connection, vault, new.id).woman
    shift.ends(number, bridged=True)
    desk.post(f"/callbacks/{number}/outcome", outcome="another time")
    assert shift.row(number).state == State.CLOSED
    assert [one[1] for one in shift.trail()] == ["claimed", "called", "booked with her", "outcome"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"window": "2026-11-23.0.1"}, "Choose a time"),
        ({"consent": ""}, "Without her yes"),
        ({"code": "4712"}, "These are not the four digits"),
        ({"code": "47"}, "These are not the four digits"),
        ({"phone": "other"}, "This number cannot be called back"),
        ({"phone": "other", "number": "1234"}, "This number cannot be called back"),
        ({"phone": "other", "number": "+3227000001", "code": "1111"}, "Anybody could guess"),
    ],
)
def test_nothing_is_kept_without_all_of_it(
    shift: Shift, changed: dict[str, str], said: str
) -> None:
    desk, number = talking(shift)
    desk.get(f"/callbacks/{number}/again")
    desk.post(f"/callbacks/{number}/again", 400, **{**ASKED, **changed})
    assert said in desk.page.text
    assert standing(shift) == []


def test_nobody_finds_her_code_by_trying(shift: Shift) -> None:
    desk, number = talking(shift)
    for code in ("4701", "4702", "4703", "4704", "4705"):
        desk.post(f"/callbacks/{number}/again", 400, **{**ASKED, "code": code})
    desk.post(f"/callbacks/{number}/again", 400, **ASKED)
    assert standing(shift) == []


def test_only_who_talks_with_her_can(shift: Shift) -> None:
    desk = at_desk(shift)
    number = calling(shift, desk)
    desk.get(f"/callbacks/{number}/again", 303)
    desk.post(f"/callbacks/{number}/again", **ASKED)
    shift.ready(number)
    shift.picks_up(number)
    desk.post(f"/callbacks/{number}/again", **ASKED)
    at_desk(shift, "other").post(f"/callbacks/{number}/again", **ASKED)
    assert standing(shift) == []


def test_another_telephone_of_hers_with_digits_of_its_own(shift: Shift) -> None:
    desk, number = talking(shift)
    typed = "+32 470 00 00 00"  # an example
    new = {"phone": "other", "number": typed, "code": "8305"}
    desk.post(f"/callbacks/{number}/again", **{**ASKED, **new})
    (row,) = standing(shift)
    with shift.house.store.reading() as connection:
        assert hers.number_of(connection, shift.rules.vault, row.id) == "+32470000000"
        assert not hers.wishes_of(connection, shift.rules.vault, row.id).own
