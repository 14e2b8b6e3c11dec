"""The four reserved keys, at every menu; and where the other keys lead."""

import pytest

from ivr.call.actions import Listen, Spoken
from ivr.call.place import LOOSE_ENDS
from ivr.call.screen import BRIEF_LABEL, BRIEF_OPTION, LABEL, OPTION, SENTENCE, START
from ivr.call.signals import Pressed
from prompts import NodeKind
from tests.call import changed
from tests.call.story import Story, english
from tests.worlds import line_number, shipped_edition, world

NODES = shipped_edition().menu.nodes
DIALOGUES = ("callback.", "booking.", "mine.")  # told of in their own tests
MENUS = [
    n.name
    for n in NODES.values()
    if n.kind in (NodeKind.MENU, NodeKind.TOPIC) and not n.name.startswith(DIALOGUES)
]
TOPICS = [n.name for n in NODES.values() if n.kind is NodeKind.TOPIC]
WAYS = {
    "languages": "",
    "main": "4",
    "now": "41",
    "speaker": "412",
    "region": "42",
    "young": "45",
    "info": "44",
    "ended": "40",
    "nobody": "40",
}


def at(name: str) -> Story:
    """An English call that has walked to a node, by keys alone where keys lead there."""
    if name in LOOSE_ENDS:
        story = english().press("0")
        while name == "nobody" and story.rings:
            story.refused()
        return story.talked() if name == "ended" else story
    if name in WAYS:
        return Story().press(WAYS[name])
    parent = shipped_edition().menu.parents[name]
    key = next(o.key for o in NODES[parent].options if o.to == name)
    return at(parent).press(key)


@pytest.mark.parametrize("name", MENUS)
def test_every_menu_is_where_its_keys_lead(name: str) -> None:
    story = at(name)
    assert story.node == name
    assert not story.clear
    assert set(story.call.told) <= {"main"}


@pytest.mark.parametrize("name", ["languages", *MENUS])
def test_zero_rings_a_person_from_everywhere_and_asks_nothing(name: str) -> None:
    story = at(name).press("0")
    assert story.rings
    assert story.prompts == ["person.ringing"]
    assert not story.call.mute
    assert story.call.region == ""


@pytest.mark.parametrize("name", ["languages", *MENUS])
def test_hash_covers_everywhere_at_once(name: str) -> None:
    assert at(name).press("#").covered


@pytest.mark.parametrize("name", MENUS)
def test_star_says_the_same_again_more_slowly_with_what_is_said_once(name: str) -> None:
    story = at(name)
    before, told = story.prompts, story.call.told
    story.press("*")
    assert story.clear
    assert story.node == name
    assert story.prompts == before
    assert story.call.told == told
    assert story.press("*").prompts == before


@pytest.mark.parametrize("name", MENUS)
def test_nine_goes_one_step_back(name: str) -> None:
    parent = shipped_edition().menu.parents.get(name, "main")
    expected = {"main": "languages", "ended": "main", "nobody": "main"}.get(name, parent)
    assert at(name).press("9").node == expected


def test_star_on_the_language_page_greets_again() -> None:
    assert Story().press("*").prompts[0] == "hello.welcome"


def test_nine_on_the_language_page_is_a_key_that_does_nothing() -> None:
    story = Story().press("9")
    assert story.node == "languages"
    assert "hello.welcome" not in story.prompts
    assert story.call.silences == 1


@pytest.mark.parametrize("name", MENUS)
def test_every_spoken_option_leads_where_the_table_says(name: str) -> None:
    for option in NODES[name].options:
        story = at(name)
        assert option.label in story.prompts
        label = story.prompts.index(option.label)
        spoken = "digit" if NODES[name].brief else "key"
        assert story.prompts[label + 1] == f"{spoken}.{option.key}"
        person = NODES[option.to].kind is NodeKind.PERSON
        # nobody works in what ships, and its database is not asked: no time can be noted
        to = {"callback": "callback.away"}.get(option.to, option.to)
        assert story.press(option.key).node == ("person" if person else to)


@pytest.mark.parametrize("name", TOPICS)
def test_one_after_a_recording_is_the_next_of_its_menu(name: str) -> None:
    parent = NODES[shipped_edition().menu.parents[name]]
    topics = [o.to for o in parent.options if NODES[o.to].kind is NodeKind.TOPIC]
    following = [*topics, parent.name][topics.index(name) + 1]
    story = at(name)
    assert story.prompts[-10:] == [
        "menu.next", "key.1", "menu.callback", "key.3", "menu.again", "key.star",
        "menu.person", "key.0", "menu.back", "key.9",
    ]  # fmt: skip
    assert story.press("1").node == following


def test_pauses_stand_between_options_shorter_where_the_digit_is_all_that_is_said() -> None:
    for name, between, before in (("main", OPTION, LABEL), ("region", BRIEF_OPTION, BRIEF_LABEL)):
        [listen] = at(name).turn.actions
        assert isinstance(listen, Listen)
        start, label, pause, key, following, second, *_ = listen.pieces
        assert start == START
        assert (pause, following) == (before, between)
        assert all(isinstance(piece, Spoken) for piece in (label, key, second))
    [listen] = at("young").turn.actions
    assert isinstance(listen, Listen)
    assert listen.pieces[1:4] == (Spoken("young.promise", "en"), SENTENCE, OPTION)


def test_the_introduction_is_told_once_in_each_language() -> None:
    story = english()
    once = ["main.intro", "cost.free", "main.keys"]
    assert story.prompts[-3:] == once
    assert "main.intro" not in story.press("49").prompts
    assert "main.intro" not in story.press("94").prompts
    story.press("92")
    assert story.prompts[-3:] == once
    assert story.languages == {"fr"}


def test_urgent_words_come_first_and_twice() -> None:
    story = Story().press("41")
    said = story.prompts
    assert said[:4] == ["now.dial", "digit.1", "digit.0", "digit.1"]
    assert said.count("now.police") == said.count("now.ambulance") == 2


def test_the_phone_speaks_for_her_in_the_languages_of_the_country() -> None:
    story = Story().press("112")
    asked = [piece.language for piece in story.spoken if piece.prompt == "speaker.ask"]
    assert asked == ["nl", "fr", "de", "en"]


def test_what_the_call_costs_is_what_was_dialled() -> None:
    for cost in ("free", "local", "national"):
        here = world(directory=changed.access(cost=cost))
        assert f"cost.{cost}" in Story(here, line_number()).press("4").prompts


@pytest.mark.parametrize("keys", ["#5", "0##", "45*"])
def test_only_the_first_of_several_keys_counts(keys: str) -> None:
    together, alone = english().give(Pressed(keys)), english().give(Pressed(keys[0]))
    assert together.turn == alone.turn


def test_a_recording_outside_every_menu_leads_back_to_the_main_menu() -> None:
    edition = changed.node("region", silence="lonely")
    edition = changed.node("lonely", edition, kind=NodeKind.TOPIC, say=NODES["self.feel"].say)
    story = Story(world(edition=edition)).press("42").wait()
    assert story.node == "lonely"
    assert story.press("1").node == "main"
