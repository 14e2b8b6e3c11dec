"""When a turn breaks: plain words and the national line, once; then numbers; each leg its own."""

from dataclasses import replace

import pytest

from ivr.call.actions import Dial, HangUp, Say
from ivr.call.inbound import MOST_TURNS
from ivr.call.legs import DeadEnd, Gate, Inbound, Screening
from ivr.call.machine import answer, fail, step
from ivr.call.signals import Answered, DialEnded, Outcome, Silent
from tests.call import changed
from tests.call.story import Story, english, spoken
from tests.worlds import line_number, shipped_directory, world

HERE = world()
BUSY = DialEnded(Outcome.BUSY, bridged=False)
TALKED = DialEnded(Outcome.COMPLETED, bridged=True)
NUMBER = [f"digit.{digit}" for digit in "078055800"]


def test_the_first_break_says_sorry_in_her_language_and_rings_the_national_line() -> None:
    broken = fail(HERE, english().press("23").call)
    say, dial = broken.actions
    assert isinstance(say, Say)
    assert [(p.prompt, p.language) for p in spoken(broken)] == [("error.sorry", "en")]
    assert isinstance(dial, Dial)
    assert dial.target == shipped_directory().by_id["reporting"].dial


@pytest.mark.parametrize("before", ["", "4", "45", "423", "4441"])
def test_the_second_break_tells_the_number_and_ends(before: str) -> None:
    first = fail(HERE, Story().press(before).call)
    second = fail(HERE, first.call)
    assert isinstance(second.actions[-1], HangUp)
    said = [piece.prompt for piece in spoken(second)]
    assert said[0] == "error.number"
    assert said[2:11] == NUMBER
    assert said[12:21] == NUMBER
    assert fail(HERE, second.call).actions == second.actions


def test_after_a_break_a_refused_dial_tells_the_number_too() -> None:
    broken = fail(HERE, english().call)
    after = step(HERE, broken.call, BUSY)
    assert isinstance(after.actions[-1], HangUp)
    assert spoken(after)[0].prompt == "error.number"


def test_after_a_break_a_conversation_ends_in_a_goodbye() -> None:
    broken = fail(HERE, english().call)
    after = step(HERE, broken.call, TALKED)
    assert spoken(after)[-1].prompt == "goodbye.end"
    assert isinstance(after.actions[-1], HangUp)


def test_where_nobody_can_be_rung_a_break_tells_the_number_at_once() -> None:
    here = world(carrier="example")
    broken = fail(here, english(here).call)
    assert spoken(broken)[0].prompt == "error.number"
    assert isinstance(broken.actions[-1], HangUp)


def test_without_a_national_line_a_break_still_ends_in_words() -> None:
    here = world(directory=changed.without_centre("reporting"), carrier="example")
    broken = fail(here, english(here).call)
    assert spoken(broken)[0].prompt == "error.number"
    assert "announce.dial" not in [piece.prompt for piece in spoken(broken)]


@pytest.mark.parametrize(
    "call",
    [Screening("+15550100001", "nl", "en", 1), Gate("token", "nl", 1, said=1)],
    ids=["screening", "gate"],
)
def test_on_the_other_legs_a_break_is_a_hang_up_that_bridges_nobody(call: Screening | Gate) -> None:
    assert fail(HERE, call).actions == (HangUp(),)
    assert fail(HERE, fail(HERE, call).call).actions == (HangUp(),)


def test_a_node_that_the_edition_no_longer_has_is_its_main_menu() -> None:
    call = english().call._replace(node="yesterday")
    heard = spoken(step(HERE, call, Silent()))
    assert "main.now" in [piece.prompt for piece in heard]
    assert "main.now" in [piece.prompt for piece in spoken(step(HERE, call, Answered()))]
    for key, node in (("4", "info"), ("9", "languages"), ("1", "now")):
        story = Story()
        story.turn = replace(story.turn, call=call)
        assert story.press(key).node == node


def test_a_language_that_the_edition_no_longer_has_is_the_access_numbers_own() -> None:
    call = english().call._replace(language="xx")
    assert {piece.language for piece in spoken(step(HERE, call, Answered()))} == {"nl"}


def test_the_longest_call_ends_with_a_goodbye() -> None:
    call = english().call._replace(turns=MOST_TURNS)
    end = step(HERE, call, Silent())
    assert spoken(end)[-1].prompt == "goodbye.end"
    assert isinstance(end.actions[-1], HangUp)
    assert not isinstance(step(HERE, call._replace(turns=399), Silent()).actions[-1], HangUp)


# ---- the number that our own calls show


def test_whoever_rings_the_number_we_show_learns_nothing() -> None:
    shown = next(one for one in shipped_directory().access if one.purpose == "outbound")
    call = answer(HERE, shown.number)
    assert isinstance(call, DeadEnd)
    turn = step(HERE, call, Answered())
    assert [(p.prompt, p.language) for p in spoken(turn)] == [("deadend.closed", "nl")] * 2
    assert step(HERE, turn.call, Silent()).actions == (HangUp(),)
    assert spoken(fail(HERE, turn.call)) == spoken(turn)
    assert fail(HERE, turn.call).actions[-1] == HangUp()


def test_the_dead_end_speaks_one_of_our_languages_in_any_case() -> None:
    here = world(directory=changed.access(cover="xx"))
    shown = next(one for one in here.directory.access if one.purpose == "outbound")
    turn = step(here, answer(here, shown.number), Answered())
    assert {piece.language for piece in spoken(turn)} == {"nl"}


def test_a_line_is_no_dead_end() -> None:
    assert isinstance(answer(HERE, line_number()), Inbound)
