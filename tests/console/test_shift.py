"""A shift as it is walked: from the queue to the outcome, and what is refused on the way."""

import pytest

from routing.callback import State
from tests.console.shift import CODE, TODAY, Shift, at_desk, calling, spoken


def test_a_callback_is_taken_called_reached_and_erased(shift: Shift) -> None:
    number = shift.book(need="papers.first", region="brussels")
    desk = at_desk(shift)
    assert "Dutch: What to do first Brussels" in desk.page.text
    assert f"/console/callbacks/{number}" in desk.page.links
    desk.get(f"/callbacks/{number}")
    assert "Take it" in desk.page.text
    assert "ending in 01" in desk.page.text
    desk.post(f"/callbacks/{number}/claim")
    desk.get(f"/callbacks/{number}")
    assert "It is yours." in desk.page.text
    desk.post(f"/callbacks/{number}/call")
    for happens, said in (
        (lambda: None, "Your telephone rings"),
        (lambda: shift.ready(number), "Her telephone rings"),
        (lambda: shift.picks_up(number), "Somebody picked up"),
        (lambda: shift.keys(number, "0000"), "Somebody picked up"),
        (lambda: shift.keys(number, CODE), "Press one key for yes, two for no"),
        (lambda: shift.ends(number, bridged=True), "Her number and her code are erased now"),
    ):
        happens()
        desk.get(f"/callbacks/{number}")
        assert said in desk.page.text
    desk.post(f"/callbacks/{number}/outcome", outcome="spoke")
    assert shift.row(number).state == State.CLOSED
    desk.get("/queue")
    assert "Kept. It is closed" in desk.page.text
    desk.get(f"/callbacks/{number}")
    assert "ending in" not in desk.page.text
    assert [one[1] for one in shift.trail()] == ["claimed", "called", "outcome"]


def test_nobody_is_called_twice_by_two_who_press_at_once(shift: Shift) -> None:
    number = shift.book()
    first, second = at_desk(shift), at_desk(shift, "other")
    first.post(f"/callbacks/{number}/claim")
    second.post(f"/callbacks/{number}/claim", 409)
    assert "Somebody was faster" in second.page.text
    assert "Operator has it." in second.page.text
    second.post(f"/callbacks/{number}/call", 409)
    assert "It is not yours any more." in second.page.text
    assert shift.carrier.orders == []
    first.post(f"/callbacks/{number}/call")
    assert first.post(f"/callbacks/{number}/call").location.endswith(f"/callbacks/{number}")
    assert len(shift.carrier.orders) == 1
    assert shift.carrier.orders[0].to == "+12025550110"


def test_a_claim_that_nobody_works_on_is_free_again(shift: Shift) -> None:
    number = shift.book()
    first, second = at_desk(shift), at_desk(shift, "other")
    first.post(f"/callbacks/{number}/claim")
    shift.house.wait(minutes=14)
    second.post(f"/callbacks/{number}/claim", 409)
    shift.house.wait(minutes=1)
    second.get("/queue")
    assert "Operator has it" not in second.page.text
    second.post(f"/callbacks/{number}/claim")
    assert shift.row(number).claimed_by == shift.house.person("other").id


def test_her_window_closes_while_the_card_is_open(shift: Shift) -> None:
    number = shift.book()
    desk = at_desk(shift)
    desk.post(f"/callbacks/{number}/claim")
    for minutes in (14, 14, 14, 14, 14, 14):
        shift.house.wait(minutes=minutes)
        desk.post(f"/callbacks/{number}/keep")
    desk.get(f"/callbacks/{number}")
    assert 'id="call"' in desk.page.source
    shift.house.clock[0] = TODAY.span()[1]
    shift.house.wait(seconds=-300)
    desk.get(f"/callbacks/{number}")
    assert "data-nearly>" in desk.page.source
    shift.house.wait(seconds=250)
    desk.get(f"/callbacks/{number}")
    assert 'id="call"' not in desk.page.source
    assert "So little of her time is left" in desk.page.text
    desk.post(f"/callbacks/{number}/call", 409)
    assert "So little of her time is left" in desk.page.text
    assert shift.carrier.orders == []


@pytest.mark.parametrize(
    ("skew", "said"), [(None, "Our clock was not compared"), (31.0, "Our clock was not compared")]
)
def test_the_button_is_away_and_the_server_refuses_too(
    shift: Shift, skew: float | None, said: str
) -> None:
    number = shift.book()
    desk = at_desk(shift)
    desk.post(f"/callbacks/{number}/claim")
    shift.skew[0] = skew
    desk.get(f"/callbacks/{number}")
    assert said in desk.page.text
    assert 'id="call"' not in desk.page.source
    desk.post(f"/callbacks/{number}/call", 409)
    assert said in desk.page.text
    assert shift.carrier.orders == []


def test_who_has_named_no_telephone_cannot_call(shift: Shift) -> None:
    number = shift.book()
    shift.phone("operator", "")
    desk = at_desk(shift)
    assert "say on which telephone we ring you" in desk.page.text
    desk.post(f"/callbacks/{number}/claim")
    desk.get(f"/callbacks/{number}")
    assert 'id="call"' not in desk.page.source
    desk.post(f"/callbacks/{number}/call", 409)
    assert shift.carrier.orders == []


def test_the_next_claim_waits_for_the_outcome(shift: Shift) -> None:
    desk = at_desk(shift)
    number, other = spoken(shift, desk), shift.book(number="+3220000002")
    desk.post(f"/callbacks/{other}/claim", 409)
    assert "First say how your last call went." in desk.page.text
    assert f"/console/callbacks/{number}" in desk.page.links
    desk.post(f"/callbacks/{number}/outcome", 400, outcome="")
    desk.post(f"/callbacks/{number}/outcome", 400, outcome="rubbish")
    desk.post(f"/callbacks/{number}/outcome", outcome="referred")
    desk.post(f"/callbacks/{other}/claim")


def test_nobody_is_said_to_have_spoken_who_was_not_let_through(shift: Shift) -> None:
    desk = at_desk(shift)
    number = calling(shift, desk)
    shift.ready(number)
    shift.picks_up(number)
    desk.post(f"/callbacks/{number}/outcome", 409, outcome="no key")
    shift.ends(number)
    desk.get(f"/callbacks/{number}")
    assert "You were not joined" in desk.page.text
    assert 'value="spoke"' not in desk.page.source
    desk.post(f"/callbacks/{number}/outcome", 409, outcome="spoke")
    desk.post(f"/callbacks/{number}/outcome", outcome="no key")
    assert shift.row(number).state == State.PAUSED


def test_an_outcome_says_what_it_does_before_it_does_it(shift: Shift) -> None:
    desk = at_desk(shift)
    number = calling(shift, desk)
    shift.ready(number)
    shift.ends(number)
    desk.get(f"/callbacks/{number}")
    assert "Nobody picked up, or busy It waits again" in desk.page.text
    assert "No code: silence, or a machine Nobody rings her until she rings us." in desk.page.text
    desk.post(f"/callbacks/{number}/outcome", outcome="no answer")
    row = shift.row(number)
    assert row.state == State.WAITING
    desk.get("/queue")
    assert "Not before 15:0" in desk.page.text
    assert "Rung once" in desk.page.text


def test_an_operator_who_never_pressed_one_owes_no_outcome(shift: Shift) -> None:
    desk = at_desk(shift)
    number = calling(shift, desk)
    shift.ends(number)
    desk.get(f"/callbacks/{number}")
    assert "It counts as no call" in desk.page.text
    desk.post(f"/callbacks/{number}/call")
    assert len(shift.carrier.orders) == 2
