"""The cover: an ordinary recording, at once, in no language of hers; two quick hashes lead back."""

import pytest

from ivr.call.actions import HangUp, Listen
from ivr.call.inbound import MOST_TURNS
from ivr.call.machine import fail
from ivr.call.signals import DialEnded, Done, Outcome, Pressed, Silent
from tests.call import changed
from tests.call.story import Story, english
from tests.worlds import line_number, world

FRENCH_COVER = line_number(bound=True)


def test_the_cover_speaks_the_access_numbers_language_and_never_hers() -> None:
    assert english().press("#").languages == {"nl"}
    bound = Story(number=FRENCH_COVER)
    assert bound.languages == {"en"}
    assert bound.press("#").languages == {"fr"}
    dutch = Story(world(directory=changed.access(cover="de")), line_number()).press("1#")
    assert dutch.languages == {"de"}


def test_before_any_language_the_cover_is_there_too_and_leads_back_to_the_languages() -> None:
    story = Story().press("#")
    assert story.covered
    story.later(1).press("#").later(1).press("#")
    assert story.node == "languages"
    assert story.call.silences == 0


def test_two_quick_hashes_lead_back_to_the_main_menu_from_wherever_she_was() -> None:
    story = english().press("441")
    story.press("#").later(40).press("#").later(2.9).press("#")
    assert story.node == "main"
    assert "main.now" in story.prompts
    assert (story.call.covered, story.call.hashed) == (0, 0)


def test_two_hashes_in_one_turn_count_as_two() -> None:
    story = english().give(Pressed("#"))
    assert story.give(Pressed("##")).node == "main"
    assert story.prompts[0] == "main.now"
    assert english().give(Pressed("##")).covered


def test_the_hash_that_covers_is_none_of_the_two() -> None:
    story = english().press("#").later(0.5).press("#")
    assert story.covered
    assert not story.later(0.5).press("#").covered


def test_slow_hashes_are_not_two() -> None:
    story = english().press("#")
    for _ in range(5):
        assert story.later(3.001).press("#").covered
    assert not story.later(3).press("#").covered


@pytest.mark.parametrize(
    "signal",
    [
        *(Pressed(key) for key in "0123456789*"),
        Pressed("99"),
        Silent(),
        Done(ok=True),
        DialEnded(Outcome.COMPLETED, bridged=True),
    ],
)
def test_nothing_else_leads_back(signal: Pressed | Silent) -> None:
    story = english().press("#")
    for _ in range(4):
        assert story.later(1).give(signal).covered
        assert not story.over


def test_the_recording_goes_on_while_she_waits_and_a_hash_between_is_not_forgotten() -> None:
    story = english().press("#").later(30).press("#").later(1).wait().later(1).press("#")
    assert story.node == "main"
    assert not story.covered


def test_after_five_minutes_the_line_hangs_up() -> None:
    story = english().press("#")
    for _ in range(29):
        assert story.later(10).wait().covered
    assert story.later(9.9).wait().covered
    story.later(0.1).wait()
    assert story.turn.actions == (HangUp(),)


def test_silences_before_the_cover_are_forgotten_behind_it() -> None:
    story = english().wait().press("7").press("#").later(5).press("#").later(1).press("#")
    assert "main.now" in story.press("77").prompts
    assert not story.clear
    assert story.wait().prompts[0] == "silence.first"


def test_hiding_again_begins_five_new_minutes() -> None:
    story = english().press("#").later(200).press("#").press("#").press("#").later(200).wait()
    assert story.covered


def test_behind_the_cover_a_turn_that_breaks_says_nothing_of_hers() -> None:
    story = english().press("#")
    assert fail(story.world, story.call).actions == (HangUp(),)


def test_behind_the_cover_the_longest_call_ends_without_a_word() -> None:
    story = english().press("#")
    while not story.over:
        assert story.press("5").call.turns <= MOST_TURNS + 1
    assert story.turn.actions == (HangUp(),)


def test_the_cover_listens_all_the_time_that_it_speaks() -> None:
    [action] = english().press("#").turn.actions
    assert isinstance(action, Listen)
    assert action.seconds == 2
    assert not action.clear
