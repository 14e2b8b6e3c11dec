"""Connecting her: the route in its order, what falls on, and what is said when nobody answers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ivr.call.actions import Dial, Say
from ivr.call.signals import DialEnded, Outcome
from ivr.call.transfer import MOST_DIALS, ring
from routing.directory import Hours, Stretch
from tests.call import changed
from tests.call.story import Story, english
from tests.worlds import CALLER_ID, MONDAY_MORNING, shipped_directory, without_screening, world

NOT_BRIDGED = [
    DialEnded(Outcome.BUSY, bridged=False),
    DialEnded(Outcome.NO_ANSWER, bridged=False),
    DialEnded(Outcome.FAILED, bridged=False),
    DialEnded(Outcome.CANCELLED, bridged=False),
    DialEnded(Outcome.COMPLETED, bridged=False),
]


def flemish(key: str = "1") -> Story:
    """A call that has told its region in English."""
    return english().press("2").press(key)


@pytest.mark.parametrize("ended", NOT_BRIDGED)
def test_whatever_is_no_conversation_falls_on_to_the_next_centre(ended: DialEnded) -> None:
    story = flemish()
    assert story.rings == "payoke"
    assert story.prompts == ["person.ringing"]
    story.give(ended)
    assert story.rings == "reporting"
    assert story.prompts == ["person.next"]
    assert story.give(ended).node == "nobody"


def test_a_conversation_ends_at_an_offer_and_a_goodbye() -> None:
    story = flemish().talked()
    assert story.node == "ended"
    assert story.prompts == ["person.ended", "person.again", "key.1", "person.menu", "key.2"]
    assert story.wait().over


def test_a_bridged_leg_was_a_conversation_whatever_the_network_calls_it() -> None:
    assert flemish().give(DialEnded(Outcome.FAILED, bridged=True)).node == "ended"


@pytest.mark.parametrize(("key", "id_"), [("1", "payoke"), ("2", "pagasa"), ("3", "surya")])
def test_the_regions_own_centre_is_rung_first(key: str, id_: str) -> None:
    assert flemish(key).rings == id_
    assert flemish(key).call.region


@pytest.mark.parametrize("key", ["0", "1"])
def test_after_a_conversation_she_gets_the_same_route_again(key: str) -> None:
    story = flemish().talked().press(key)
    assert story.rings == "payoke"
    assert story.prompts == ["person.ringing"]


@pytest.mark.parametrize("key", ["0", "1"])
def test_when_nobody_answered_need_and_region_are_kept(key: str) -> None:
    story = english().press("51").refused()
    assert story.node == "nobody"
    assert story.press(key).call.need == "young"
    assert flemish("3").refused().refused().press(key).rings == "surya"


def test_from_the_main_menu_an_old_need_and_region_are_forgotten() -> None:
    story = flemish().talked().press("2").press("0")
    assert story.rings == "reporting"
    story = english().press("51").refused().press("2").press("0")
    assert (story.call.need, story.call.region) == ("", "")


def test_a_silent_caller_who_presses_a_key_is_no_longer_told_as_silent() -> None:
    story = english().wait(3).refused()
    assert story.node == "nobody"
    story.press("1")
    assert not story.call.mute
    assert english().wait(3).talked().press("0").dial.screening != english().wait(3).dial.screening


def test_a_dial_shows_our_number_rings_as_long_as_the_centre_needs_and_counts() -> None:
    story = flemish()
    centre = shipped_directory().by_id["payoke"]
    assert story.dial.target == centre.dial
    assert story.dial.caller_id == CALLER_ID
    assert story.dial.ring == centre.ring
    assert story.dial.place == 1
    assert story.refused().dial.place == 2
    assert story.refused().press("1").dial.place == 3


def test_the_screening_knows_who_is_asked_about_whom() -> None:
    leg = english().press("5").press("0").dial.screening
    assert leg
    assert (leg.language, leg.caller, leg.young, leg.mute) == ("nl", "en", True, False)
    leg = flemish("2").dial.screening
    assert leg
    assert (leg.language, leg.young) == ("fr", False)


def test_where_nobody_is_asked_the_bridge_comes_at_once() -> None:
    here = world(directory=without_screening(shipped_directory()))
    assert english(here).press("0").dial.screening is None


def test_a_directory_that_changes_between_two_dials_is_obeyed() -> None:
    story = flemish()
    new = changed.centre("night", said="02 000 00 33", dial="+3225116464", needs=("national",),
                         hours=Hours(always=True), order=5)  # fmt: skip
    story.meanwhile(new).refused()
    assert story.call.tried == ("payoke", "night")


def test_a_number_that_was_buried_meanwhile_is_not_rung() -> None:
    story = flemish()
    buried = frozenset({shipped_directory().by_id["reporting"].dial})
    story.meanwhile(replace(shipped_directory(), buried=buried)).refused()
    assert story.node == "nobody"


def test_a_centre_that_closes_meanwhile_is_not_rung() -> None:
    story = flemish()
    assert story.meanwhile(changed.centre("reporting", active=False)).refused().rings == ""


def test_on_a_carrier_where_nothing_is_proved_nobody_is_rung_and_nobody_is_said_not_to_answer() -> (
    None
):
    story = english(world(carrier="example")).press("0")
    assert story.node == "nobody"
    assert "person.nobody" not in story.prompts
    assert story.prompts[0] == "announce.open"
    assert "announce.dial" in story.prompts
    for keys in ("*", "77", "*7"):
        assert "person.nobody" not in story.press(keys).prompts


def test_a_proved_number_is_rung_on_its_own_carrier_alone() -> None:
    target = shipped_directory().by_id["reporting"].dial
    proved = replace(shipped_directory(), proved={"example": frozenset({target})})
    assert english(world(carrier="example", directory=proved)).press("0").rings == "reporting"
    assert english(world(carrier="sample", directory=proved)).press("0").rings == ""


def test_when_somebody_was_rung_the_line_says_that_nobody_could_answer() -> None:
    story = english().press("0").refused()
    assert story.prompts[0] == "person.nobody"
    assert story.press("*").prompts[0] == "person.nobody"


def test_numbers_are_told_twice_and_at_most_three_places() -> None:
    for story in (english().press("0").refused(), Story().press("1").press("0").refused()):
        said = story.prompts
        places = [key for key in said if key.startswith("place.")]
        assert 1 <= len(places) <= 3
        assert said.count("announce.dial") == said.count("announce.repeat") == len(places)
        first = said[said.index("announce.dial") + 1 : said.index("announce.repeat")]
        assert first
        again = said.index("announce.repeat") + 1
        assert said[again : again + len(first)] == first
        assert all(key.startswith("digit.") for key in first)


def test_a_young_caller_hears_the_lines_for_the_young() -> None:
    story = english().press("51").refused()
    assert story.prompts[:3] == ["person.nobody", "announce.open", "place.childfocus"]


def test_where_only_other_regions_are_open_their_numbers_are_told_rather_than_none() -> None:
    closed = changed.without_centre("reporting", "surya", "pagasa", "1712", "ecoute")
    story = english(world(directory=closed)).press("23")
    assert story.node == "nobody"
    assert "place.payoke" in story.prompts


def test_whom_she_can_ring_herself_comes_before_those_who_did_not_answer() -> None:
    story = Story().press("1").press("21").refused().refused()
    assert story.call.tried == ("payoke", "reporting")
    named = [key for key in story.prompts if key.startswith("place.")]
    assert named == ["place.1712", "place.reporting", "place.payoke"]


def test_with_a_region_no_centre_of_another_region_is_told_and_without_one_every_one() -> None:
    story = english().press("22").refused().refused()
    assert "place.pagasa" in story.prompts
    assert not {"place.payoke", "place.surya"} & set(story.prompts)
    story = english().press("0").refused()
    assert {"place.payoke", "place.pagasa", "place.surya"} <= set(story.prompts)


def test_the_centres_are_all_told_where_they_are_asked_for() -> None:
    story = english().press("432")
    assert [k for k in story.prompts if k.startswith("place.")] == [
        "place.payoke", "place.pagasa", "place.surya",
    ]  # fmt: skip


def test_at_night_the_same_keys_lead_to_whoever_is_open() -> None:
    night = world(MONDAY_MORNING.replace(hour=3))
    assert english(night).press("0").rings == "reporting"
    dutch = Story(night).press("10").refused()
    assert "place.1712" not in dutch.prompts


def test_no_call_rings_for_ever() -> None:
    story = english()
    dials = 0
    while dials <= MOST_DIALS:
        story.press("0")
        if not story.rings:
            break
        dials += 1
        assert story.dial.place == dials
        story.talked()
    assert dials == MOST_DIALS
    assert story.node == "nobody"
    assert ring(story.world, story.call) is None


def test_words_come_before_the_ringing_and_nothing_after() -> None:
    say, dial = flemish().turn.actions
    assert isinstance(say, Say)
    assert isinstance(dial, Dial)


def test_hours_are_read_at_the_moment_of_the_dial() -> None:
    here = world(
        directory=changed.centre("reporting", hours=Hours(week=shipped_week(), holidays=True))
    )
    story = english(here).press("0")
    assert story.rings == "reporting"
    story.refused()
    evening = replace(here, at=here.at + timedelta(hours=12))
    assert english(evening).press("0").rings == ""


def shipped_week() -> tuple[Stretch, ...]:
    """Office hours, as a helpline of the shipped directory keeps them."""
    return shipped_directory().by_id["1712"].hours.week
