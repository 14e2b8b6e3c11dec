"""The language page, more than one of them, bound numbers, and the short tree."""

from dataclasses import replace

import pytest

from ivr.call.machine import answer, step
from ivr.call.needs import needed
from ivr.call.signals import Answered
from prompts import NodeKind, Text, TextState, Tier
from tests.call import changed
from tests.call.story import Story, spoken
from tests.worlds import line_number, shipped_directory, shipped_edition, world

PAGE = ["language.name", "digit.1", "language.name", "digit.2", "language.name", "digit.3",
        "language.name", "digit.4"]  # fmt: skip
FRENCH = next(one.number for one in shipped_directory().access if one.language == "fr")


def test_each_language_names_itself_in_its_own_voice_after_a_neutral_hello() -> None:
    story = Story()
    assert story.prompts == ["hello.welcome", *PAGE]
    assert [piece.language for piece in story.spoken] == [
        "nl", "nl", "nl", "fr", "fr", "de", "de", "en", "en",
    ]  # fmt: skip
    assert [a.seconds for a in story.turn.actions if hasattr(a, "seconds")] == [3]


@pytest.mark.parametrize(("key", "code"), [("1", "nl"), ("2", "fr"), ("3", "de"), ("4", "en")])
def test_a_key_chooses_a_language_and_all_is_said_in_it(key: str, code: str) -> None:
    story = Story().press(key)
    assert story.node == "main"
    assert story.languages == {code}
    assert story.prompts[0] == "main.now"


@pytest.mark.parametrize("keys", ["7", "*", "9"])
def test_silence_or_a_wrong_key_repeats_the_only_page_without_words(keys: str) -> None:
    for story in (Story().wait(), Story().press("7")):
        assert story.prompts == PAGE
    assert Story().press(keys).node == "languages"


def test_the_third_silence_on_the_page_rings_for_a_silent_caller() -> None:
    story = Story(number=FRENCH).wait(2)
    assert story.node == "languages"
    story.wait()
    assert story.rings == "reporting"
    assert story.languages == {"fr"}
    assert story.call.mute


def test_the_third_wrong_key_on_the_page_rings_too_and_she_is_not_silent() -> None:
    story = Story().press("777")
    assert story.rings == "reporting"
    assert not story.call.mute
    assert Story().press("77").wait().call.mute


def test_who_chose_no_language_hears_the_access_numbers_own_and_can_choose_later() -> None:
    story = Story(number=FRENCH).press("0").refused()
    assert story.node == "nobody"
    assert story.languages == {"fr"}
    story.press("2")
    assert story.node == "main"
    assert story.press("9").press("4").languages == {"en"}


def test_silence_or_a_wrong_key_turns_to_the_second_page_and_back() -> None:
    here = world(edition=changed.nine_languages())
    story = Story(here)
    assert story.prompts.count("language.name") == 8
    story.press("9")
    assert story.prompts == ["language.name", "digit.1"]
    assert story.languages == {"y1"}
    assert story.wait().prompts.count("language.name") == 8
    assert story.wait().rings


def test_a_key_means_the_language_of_the_page_that_is_heard() -> None:
    here = world(edition=changed.nine_languages())
    assert Story(here).press("1").call.language == "nl"
    assert Story(here).wait().press("1").call.language == "y1"
    assert Story(here).wait().press("2").rings == ""
    assert Story(here).wait().press("2").call.language == ""


def test_nine_in_a_language_of_the_second_page_leads_to_the_first() -> None:
    story = Story(world(edition=changed.nine_languages())).wait().press("1").press("9")
    assert story.prompts.count("language.name") == 8
    assert story.press("2").call.language == "fr"


def test_a_bound_number_skips_the_page_and_nine_still_leads_to_it() -> None:
    story = Story(number=line_number(bound=True))
    assert story.node == "main"
    assert story.languages == {"en"}
    story.press("9")
    assert story.prompts == ["hello.welcome", *PAGE]
    assert story.press("2").languages == {"fr"}


def test_an_access_number_has_its_own_hello() -> None:
    edition = changed.text("nl", "hello.shop", "Goedendag.")
    here = world(edition=edition, directory=changed.access(hello="hello.shop"))
    assert Story(here).prompts[0] == "hello.shop"


def test_a_number_that_the_directory_does_not_know_is_an_ordinary_line() -> None:
    story = Story(number="+15550100999")  # an example: nobody's number
    assert story.prompts == ["hello.welcome", *PAGE]
    assert story.press("4").prompts[-2] == "cost.free"
    assert story.press("#").languages == {"nl"}


def test_an_access_number_in_a_language_that_is_gone_speaks_the_first() -> None:
    here = world(directory=changed.access(language="xx", bound=True))
    assert Story(here, line_number()).languages == {"nl"}


def test_only_languages_that_can_say_everything_are_offered() -> None:
    edition = changed.text("fr", "self.feel", "Ce que vous ressentez", TextState.DRAFT)
    rehearsing = Story(world(edition=edition))
    assert rehearsing.prompts == ["hello.welcome", *PAGE]
    real = Story(world(edition=edition, carrier="example"))
    assert [p.language for p in real.spoken] == ["nl", "nl", "nl", "de", "de", "en", "en"]
    assert real.press("2").node == "languages"


def test_a_text_without_recording_or_voice_cannot_be_spoken_nor_one_of_no_language() -> None:
    edition = replace(shipped_edition(), recordings={})
    assert [one.code for one in edition.offered(rehearsal=False)] == ["nl", "fr", "de", "en"]
    mute = replace(edition, languages=tuple(replace(o, voice="") for o in edition.languages))
    assert mute.offered(rehearsal=True) == ()
    assert not mute.speakable("hello.welcome", "xx", rehearsal=True)
    catalogue = replace(
        edition.catalogue,
        texts={**edition.catalogue.texts, "xx": {"a": Text("a", "A.", TextState.APPROVED)}},
    )
    assert not replace(edition, catalogue=catalogue).speakable("a", "xx", rehearsal=True)


# ---- the short tree


def test_the_short_tree_needs_far_less_than_the_full_one() -> None:
    menu = shipped_edition().menu
    short, full = set(needed(menu, Tier.LIFEBOAT)), set(needed(menu, Tier.FULL))
    assert short < full
    vocabulary = {key for key in short if key.split(".")[0] in ("digit", "key", "hour", "day")}
    assert len(short - vocabulary) < 125
    assert not {key for key in short if key.startswith(("young", "cover", "screen", "help."))}


def test_a_lifeboat_language_is_offered_with_nothing_but_its_tree_and_walks_only_that() -> None:
    edition = changed.lifeboat()
    here = world(edition=edition)
    seen, waiting = set[str](), [""]
    while waiting:
        keys = waiting.pop()
        story = Story(here).press("5").press(keys)
        if story.node in seen or len(keys) > 4:
            continue
        seen.add(story.node)
        for piece in story.spoken:
            assert edition.speakable(piece.prompt, piece.language, rehearsal=True), piece
        waiting += [keys + key for key in "12345"]
    lifeboat = {n.name for n in edition.menu.nodes.values() if n.lifeboat}
    assert seen <= lifeboat
    unseen = {one for one in lifeboat - seen if not one.startswith(("booking.", "mine"))}
    assert unseen == {
        "languages",
        "ended",
        "nobody",
        "goodbye",
        "safety",
        "callback",
        "callback.none",
    }


def test_next_in_the_short_tree_is_the_next_recording_that_it_has() -> None:
    story = Story(world(edition=changed.lifeboat())).press("5").press("42")
    assert story.node == "papers"
    assert story.press("1").node == "papers.first"
    assert story.press("1").node == "papers.status"
    assert story.press("1").node == "papers"
    assert story.press("9").press("4").press("4").node == "self"
    assert story.press("3").press("1").node == "self"


def test_the_short_tree_does_not_know_the_other_keys() -> None:
    story = Story(world(edition=changed.lifeboat())).press("55")
    assert story.node == "main"
    assert story.call.wrong == 1
    assert not [key for key in story.prompts if key.startswith("main.young")]


def test_a_place_without_a_name_in_the_short_tree_is_told_by_its_number_alone() -> None:
    story = Story(world(edition=changed.lifeboat())).press("50")
    while story.rings:
        story.refused()
    assert story.node == "nobody"
    assert "announce.dial" in story.prompts
    assert not [key for key in story.prompts if key.startswith("place.")]
    assert story.languages == {"ro"}


def test_a_centre_is_told_of_a_language_by_its_name_or_as_another() -> None:
    here = world(edition=changed.lifeboat())
    leg = Story(here).press("50").dial.screening
    assert leg
    assert leg.caller == "ro"
    heard = [piece.prompt for piece in spoken(step(here, leg, Answered()))]
    assert "speaks.other" in heard
    leg = Story(here).press("10").dial.screening
    assert leg
    assert "speaks.nl" in [piece.prompt for piece in spoken(step(here, leg, Answered()))]


def test_the_kinds_of_node_are_those_that_the_machine_knows() -> None:
    assert {n.kind for n in shipped_edition().menu.nodes.values()} == set(NodeKind)


def test_a_number_of_ours_begins_a_call_in_this_edition_at_this_moment() -> None:
    here = world()
    call = answer(here, line_number())
    assert (call.edition, getattr(call, "started", 0)) == (1, here.at.timestamp() * 1000)
