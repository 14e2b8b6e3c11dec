"""Whoever picks up at a centre: a few words, a 1, and in every other case the end."""

from dataclasses import replace

import pytest

from ivr.call.actions import Bridge, HangUp, Listen, Prove, Say, Turn
from ivr.call.legs import Screening, pack, unpack
from ivr.call.machine import step
from ivr.call.signals import Answered, DialEnded, Done, Outcome, Pressed, Signal, Silent
from tests.call import changed
from tests.call.story import spoken
from tests.worlds import world

HERE = world()
TARGET = "+15550100001"  # an example: nobody's number
LEG = Screening(TARGET, "fr", "de", 1)
PROOF = LEG._replace(proof=True)


def play(leg: Screening, *signals: Signal) -> Turn:
    """The turn that the last of some signals leads to."""
    turn = step(HERE, leg, Answered())
    for signal in signals:
        turn = step(HERE, unpack(pack(turn.call)), signal)
    return turn


def heard(turn: Turn) -> list[str]:
    """The prompts of a turn; the language is the centre's own."""
    assert {piece.language for piece in spoken(turn)} <= {"fr"}
    return [piece.prompt for piece in spoken(turn)]


@pytest.mark.parametrize(
    ("leg", "first"),
    [
        (LEG, "screen.caller"),
        (LEG._replace(young=True), "screen.young"),
        (LEG._replace(mute=True), "screen.silent"),
        (LEG._replace(mute=True, young=True), "screen.silent"),
    ],
)
def test_the_centre_is_told_who_rings_and_in_which_language(leg: Screening, first: str) -> None:
    said = heard(play(leg))
    listen = play(leg).actions[-1]
    assert isinstance(listen, Listen)
    assert (listen.seconds, play(leg).call.turns) == (5, 1)
    assert said[:2] == [first, "speaks.de"]
    assert said[-1] == "key.1"


def test_a_language_without_a_name_is_another_language() -> None:
    assert heard(play(LEG._replace(caller="xx")))[1] == "speaks.other"
    edition = changed.text("fr", "speaks.de", "")
    here = world(edition=replace(edition, recordings={}))
    assert "speaks.de" in [p.prompt for p in spoken(step(here, LEG, Answered()))]
    unspoken = replace(edition, recordings={}, languages=tuple(
        replace(one, voice="") for one in edition.languages))  # fmt: skip
    here = world(edition=unspoken)
    assert "speaks.other" in [p.prompt for p in spoken(step(here, LEG, Answered()))]


def test_a_centre_that_is_asked_in_a_language_that_we_lack_is_asked_in_our_first() -> None:
    turn = play(LEG._replace(language="xx"))
    assert {piece.language for piece in spoken(turn)} == {"nl"}


def test_a_one_bridges() -> None:
    assert play(LEG, Pressed("1")).actions == (Bridge(),)
    assert play(LEG, Silent(), Pressed("1")).actions == (Bridge(),)
    assert play(LEG, Pressed("12")).actions == (Bridge(),)


def test_for_a_silent_caller_the_centre_is_told_how_to_speak_before_the_bridge() -> None:
    say, bridge = play(LEG._replace(mute=True), Pressed("1")).actions
    assert isinstance(say, Say)
    assert isinstance(bridge, Bridge)
    assert heard(play(LEG._replace(mute=True), Pressed("1"))) == ["screen.neutral"]


@pytest.mark.parametrize("signal", [Silent(), Pressed("2"), Pressed("0"), Pressed("#1")])
def test_two_tries_and_the_end(signal: Signal) -> None:
    again = play(LEG, signal)
    assert heard(again) == heard(play(LEG))
    assert play(LEG, signal, signal).actions == (HangUp(),)


@pytest.mark.parametrize(
    "signal", [Done(ok=True), Done(ok=False), DialEnded(Outcome.COMPLETED, bridged=True)]
)
def test_what_does_not_belong_on_the_leg_ends_it(signal: Signal) -> None:
    assert play(LEG, signal).actions == (HangUp(),)


def test_a_test_call_asks_keeps_the_proof_and_thanks() -> None:
    assert heard(play(PROOF)) == ["screen.proof", "key.1"]
    assert play(PROOF, Pressed("1")).actions == (Prove(TARGET),)
    thanks = play(PROOF, Pressed("1"), Done(ok=True))
    assert heard(thanks) == ["screen.thanks"]
    assert isinstance(thanks.actions[-1], HangUp)


def test_a_proof_that_could_not_be_kept_is_not_thanked_for() -> None:
    assert play(PROOF, Pressed("1"), Done(ok=False)).actions == (HangUp(),)


def test_a_machine_that_answers_a_test_call_proves_nothing() -> None:
    assert play(PROOF, Silent(), Silent()).actions == (HangUp(),)
