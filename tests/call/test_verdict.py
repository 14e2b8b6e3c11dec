"""What ships has nothing wrong but what its sounds bring, and its worst cases are within reason."""

from dataclasses import replace

import pytest

from ivr.call.actions import Gap, Listen, Say, Spoken, Turn
from ivr.call.legs import Inbound
from ivr.call.proof import Finding, Verdict, check
from ivr.call.proof.callbacks import CALLBACK
from ivr.call.proof.check import slower
from ivr.call.proof.sound import SLOWER, WORDS_A_SECOND, option_pieces, seconds
from ivr.call.proof.walk import walk, well_formed
from ivr.call.proof.words import words
from ivr.call.proof.worst import PERSON, Way, heard, ringing_after_silence, starts, until_key
from prompts import NodeKind, TextState
from tests.call import changed
from tests.call.cases import small
from tests.call.story import Story, english
from tests.worlds import line_number, shipped_edition, world

FROM_AUDIO = {
    "choices are heard in time",
    "a callback takes 7 turns and about 90 s",
    "a recording lasts at most 45 s",
    "options last at most 25 s",
    "a language is named in 1.5 s",
    "danger is named within 4 s",
    "the police within 3 s",
    "the region is asked in 6 s",
    "whoever picks up hears at most 6 s",
    "silence reaches ringing within 120 s",
}
TOPICS = [n.name for n in shipped_edition().menu.nodes.values() if n.kind is NodeKind.TOPIC]


def test_what_ships_has_nothing_wrong_but_what_its_sounds_bring(verdict: Verdict) -> None:
    assert [str(one) for one in verdict.findings if one.rule not in FROM_AUDIO] == []


def test_the_worst_cases_name_a_person_first_and_every_recording(verdict: Verdict) -> None:
    assert list(verdict.worst) == [PERSON, CALLBACK, *TOPICS]
    assert verdict.worst[PERSON].presses == 1
    assert verdict.worst[CALLBACK].presses == 7
    assert max(verdict.worst[name].presses for name in TOPICS) == 3
    assert all(0 < way.seconds < 120 for way in verdict.worst.values())


def test_silence_is_told_for_the_slowest_language(verdict: Verdict) -> None:
    here = world()
    took = []
    for number in (line_number(), line_number(bound=True)):
        found = walk(here, number)
        took += [ringing_after_silence(here, found, start) or 0.0 for start in starts(found)]
    assert len(took) == 5 + 4
    assert verdict.silence >= max(took)


def test_the_silence_that_the_checker_tells_is_the_one_that_a_caller_meets() -> None:
    here = small(shipped_edition())
    number = line_number(here.directory, bound=True)
    found = walk(here, number)
    story, took = Story(here, number), 0.0
    while not story.rings:
        took += heard(here, story.turn)
        story.wait()
    took += heard(here, story.turn)
    assert ringing_after_silence(here, found, found.first) == pytest.approx(took)


def test_where_nobody_can_be_rung_the_time_is_that_until_it_is_told() -> None:
    here = small(shipped_edition(), carrier="example")
    found = walk(here, line_number(here.directory, bound=True))
    rung = small(shipped_edition())
    ringing = ringing_after_silence(rung, walk(rung, found.first.before.access), found.first)
    told = ringing_after_silence(here, found, found.first)
    assert told
    assert ringing
    assert told < ringing


def test_a_silence_that_goes_on_for_ever_never_rings() -> None:
    here = small(changed.node("main", silence="main"))
    found = walk(here, line_number(here.directory, bound=True))
    assert ringing_after_silence(here, found, found.first) is None


def test_every_first_turn_is_walked_from_and_every_turn_is_well_formed() -> None:
    here = small(changed.lifeboat())
    found = walk(here, line_number(here.directory, bound=True))
    assert all(well_formed(edge.turn) for edge in found.all())
    assert not well_formed(Turn(found.first.before, ()))
    assert not well_formed(Turn(found.first.before, (Say(()), Say(()))))
    assert {edge.after.language for edge in starts(found)} == {"en", "nl", "ro"}


def test_the_worst_of_two_ways_has_more_presses_then_more_seconds() -> None:
    few, many, slow = Way(1, 90.0), Way(2, 10.0), Way(2, 11.0)
    assert slower({"x": few}, {"x": many, "y": few}) == {"x": many, "y": few}
    assert slower({"x": slow}, {"x": many}) == {"x": slow}


# ---- how long it takes


def test_seconds_are_those_of_recordings_and_pauses_slower_when_clear() -> None:
    here = world(edition=changed.seconds("en", "now.dial", 2.0))
    pieces = (Gap(0.5), Spoken("now.dial", "en"))
    assert seconds(here, pieces) == 2.5
    assert seconds(here, pieces, clear=True) == pytest.approx(2.5 / SLOWER)


def test_what_a_carriers_voice_speaks_is_estimated_and_what_nobody_speaks_takes_no_time() -> None:
    here = world(edition=replace(shipped_edition(), recordings={}))
    assert seconds(here, (Spoken("now.dial", "en"),)) == 4 / WORDS_A_SECOND
    assert seconds(here, (Spoken("nothing", "en"), Spoken("now.dial", "xx"))) == 0.0


def test_the_options_of_a_node_are_heard_from_the_first_label_to_the_last_key() -> None:
    call = Inbound("", 1, 0, "en")
    pieces = option_pieces(world(), call, "young")
    assert isinstance(pieces[0], Spoken)
    assert isinstance(pieces[-1], Spoken)
    assert (pieces[0].prompt, pieces[-1].prompt) == ("young.talk", "key.3")
    assert option_pieces(world(edition=changed.node("young", options=())), call, "young") == ()


def test_a_key_that_is_named_is_waited_for_and_one_that_is_not_comes_last() -> None:
    story = english()
    turn = story.turn
    assert isinstance(turn.actions[-1], Listen)
    all_of_it = seconds(story.world, turn.actions[-1].pieces)
    assert until_key(story.world, turn, "1") < until_key(story.world, turn, "5") < all_of_it
    assert until_key(story.world, turn, "8") == all_of_it
    assert until_key(story.world, english().press("0").turn, "1") == 0.0


@pytest.mark.parametrize(
    ("state", "what"),
    [
        (TextState.DRAFT, "Its text is draft."),
        (TextState.MISSING, "Its text is missing."),
        (TextState.APPROVED, "It has no sound."),
    ],
)
def test_what_a_language_lacks_is_said_of_the_text_or_of_the_sound(
    state: TextState, what: str
) -> None:
    edition = changed.text("en", "now.dial", "Hang up and dial", state)
    rest = {k: v for k, v in edition.recordings["en"].items() if k != "now.dial"}
    edition = replace(edition, recordings={**edition.recordings, "en": rest})
    mute = tuple(replace(one, voice="") for one in edition.languages)
    found = {(f.where, f.what) for f in words(world(edition=replace(edition, languages=mute)))}
    assert ("en, prompt now.dial", what) in found


def test_a_finding_is_one_sentence_with_its_place_and_its_rule() -> None:
    finding = Finding("a rule", "node main", "It is wrong.", "Mend it.")
    assert str(finding) == "node main: It is wrong. Mend it. [a rule]"


def test_real_callers_need_approved_words_and_proved_numbers() -> None:
    edition = changed.text("en", "now.dial", "Hang up and dial", TextState.DRAFT)
    here = small(edition, carrier="example")
    rules = {(one.rule, one.where) for one in check(here).findings}
    assert ("every language is complete for its tier", "en, prompt now.dial") in rules
    assert ("somebody can be rung", "nl, carrier example") in rules
    assert not check(small(edition)).findings
