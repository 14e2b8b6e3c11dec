"""Silence is an answer too; and a key that does nothing is never called wrong."""

import pytest

from ivr.call.actions import Listen
from ivr.call.inbound import STAY_SECONDS
from ivr.call.signals import Done
from prompts import NodeKind
from tests.call import changed
from tests.call.story import Story, english
from tests.call.test_keys import MENUS, NODES, at
from tests.worlds import shipped_directory, world

THREE = [name for name in MENUS if not NODES[name].silence]
OTHER = {"region": "person", "ended": "goodbye", "nobody": "safety"}


def useless(name: str) -> str:
    """A key that does nothing at a node."""
    known = {option.key for option in NODES[name].options}
    known |= {"1"} if NODES[name].kind is NodeKind.TOPIC else set()
    return next(key for key in "87654321" if key not in known)


@pytest.mark.parametrize("name", THREE)
def test_three_silences_are_a_slower_menu_a_warning_and_a_person(name: str) -> None:
    story = at(name).wait()
    assert story.clear
    assert story.prompts[0] == "silence.first"
    assert {o.label for o in NODES[name].options} <= set(story.prompts)
    story.wait()
    assert story.prompts == ["silence.second"]
    assert isinstance(story.turn.actions[-1], Listen)
    assert story.turn.actions[-1].seconds == STAY_SECONDS
    story.wait()
    assert story.rings
    assert story.call.mute
    assert story.dial.screening
    assert story.dial.screening.mute


def test_a_recording_is_not_repeated_after_a_silence_or_a_useless_key_but_its_keys_are() -> None:
    for story in (at("self.feel").wait(), at("self.feel").press("7")):
        assert "self.feel.text" not in story.prompts
        assert "menu.next" in story.prompts


@pytest.mark.parametrize("name", THREE)
def test_three_keys_that_do_nothing_are_one_silence(name: str) -> None:
    key = useless(name)
    story = at(name)
    for _ in range(2):
        story.press(key)
        assert not story.clear
        assert story.node == name
        assert not [one for one in story.prompts if one.startswith(("silence", "error"))]
    story.press(key)
    assert story.prompts[0] == "silence.first"
    assert story.press(key * 3).prompts == ["silence.second"]
    assert story.press(key * 3).rings
    assert story.call.mute


@pytest.mark.parametrize("name", THREE)
def test_a_key_that_does_something_begins_the_count_anew(name: str) -> None:
    story = at(name).wait(2).press("*").press(useless(name) * 2)
    assert (story.call.silences, story.call.wrong) == (0, 2)
    story.press("*")
    assert (story.call.silences, story.call.wrong) == (0, 0)
    assert story.wait().prompts[0] == "silence.first"


@pytest.mark.parametrize(("name", "to"), OTHER.items())
def test_where_silence_leads_elsewhere_three_useless_keys_do_too(name: str, to: str) -> None:
    assert NODES[name].silence == to
    assert at(name).wait().node == to
    assert at(name).press(useless(name) * 3).node == to


def test_silence_at_the_question_of_the_region_is_no_silent_caller() -> None:
    story = english().press("2").wait()
    assert story.rings == "reporting"
    assert not story.call.mute
    assert story.call.region == ""


def test_a_wrong_key_at_the_question_of_the_region_asks_again_and_may_be_answered() -> None:
    story = english().press("27")
    assert story.node == "region"
    assert story.press("2").rings == "pagasa"


def test_after_nobody_silence_says_what_is_safe_and_ends() -> None:
    story = at("nobody").wait()
    assert story.over
    assert story.prompts.count("now.police") == 2
    assert story.prompts[-1] == "goodbye.end"
    assert "traces.short" in story.prompts


def test_after_a_conversation_silence_says_goodbye_with_the_hours_of_the_line() -> None:
    story = at("ended").wait()
    assert story.over
    assert story.prompts == ["traces.short", "goodbye.ring", "hours.always", "goodbye.end"]


def test_the_goodbye_says_the_hours_that_the_directory_has() -> None:
    office = shipped_directory().by_id["1712"].hours
    story = at("ended").meanwhile(changed.centre("reporting", hours=office)).wait()
    assert story.prompts[2:-1] == [
        "hours.from", "day.monday", "hours.until", "day.friday",
        "hours.from", "hour.9", "hours.until", "hour.18", "hours.notholidays",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["ended", "nobody"])
def test_useless_keys_at_a_loose_end_change_nothing_that_is_said_of_it(name: str) -> None:
    story = at(name)
    before = story.prompts
    assert story.press("7").prompts == before
    assert story.press("7").prompts == before


def test_an_effect_that_nobody_asked_for_says_the_node_again() -> None:
    story = english().give(Done(ok=True))
    assert story.node == "main"
    assert "main.now" in story.prompts


def test_a_call_never_hears_the_same_silence_for_ever() -> None:
    story = Story()
    turns = 0
    while not story.over:
        turns += 1
        story = story.refused() if story.rings else story.wait()
    assert turns < 12


def test_silence_while_it_rings_falls_on() -> None:
    story = english().press("0")
    assert story.rings == "reporting"
    story.wait()
    assert story.node == "nobody"
    assert english(world(directory=shipped_directory())).press("23").press("7").rings == "reporting"
