"""The operator's leg, and the number that our calls show."""

from dataclasses import replace

import pytest

from ivr.call.actions import Dial, Find, HangUp, Listen, Ready, Turn
from ivr.call.legs import DeadEnd, Gate, Inbound, OperatorLeg, pack, unpack
from ivr.call.machine import answer, fail, step
from ivr.call.signals import (
    Answered,
    DialEnded,
    Known,
    NoRing,
    Outcome,
    Pressed,
    Ring,
    Signal,
    Silent,
)
from routing.calling import Why
from tests.call.promised import CODE, HERS, MINE, staffed
from tests.call.story import spoken
from tests.worlds import CALLER_ID

HERE = staffed()
LEG = OperatorLeg("token", "fr", "de", 1)
RING = Ring(HERS, CALLER_ID, "nl", voicemail=True, place=3)
SHOWN = next(one for one in HERE.directory.access if one.purpose == "outbound").number


def run(*signals: Signal, leg: OperatorLeg | DeadEnd = LEG) -> Turn:
    """Pick up, and let these things happen."""
    turn = step(HERE, leg, Answered())
    for signal in signals:
        turn = step(HERE, unpack(pack(turn.call)), signal)
    return turn


def said(turn: Turn) -> list[tuple[str, str]]:
    """What is heard."""
    return [(one.prompt, one.language) for one in spoken(turn)]


def test_the_operator_hears_the_language_and_how_to_begin() -> None:
    assert said(run()) == [
        ("operator.call", "fr"), ("speaks.de", "fr"), ("operator.ready", "fr"), ("key.1", "fr"),
    ]  # fmt: skip


def test_one_asks_whether_she_may_be_rung_and_then_rings_her_behind_the_gate() -> None:
    turn = run(Pressed("1"))
    assert turn.actions == (Ready("token"),)
    rung = step(HERE, turn.call, RING)
    gate = Gate("token", "nl", 1, voicemail=True)
    assert rung.actions == (Dial(HERS, CALLER_ID, 18, 3, gate),)


@pytest.mark.parametrize("why", [*Why, "something new"])
def test_a_no_is_said_in_a_sentence_and_nobody_is_rung(why: str) -> None:
    turn = step(HERE, run(Pressed("1")).call, NoRing(why))
    [(prompt, language)] = said(turn)
    assert prompt.startswith("operator.")
    assert language == "fr"
    assert turn.actions[-1] == HangUp()
    assert (prompt == "operator.broken") == (why in (Why.CARRIER, Why.CLOCK, "something new"))


@pytest.mark.parametrize(
    ("bridged", "heard"), [(True, "operator.ended"), (False, "operator.unreached")]
)
def test_after_her_phone_was_rung_the_operator_hears_how_it_ended(
    bridged: bool, heard: str
) -> None:
    turn = run(Pressed("1"), RING, DialEnded(Outcome.COMPLETED, bridged))
    assert said(turn) == [(heard, "fr")]
    assert turn.actions[-1] == HangUp()


def test_silence_and_other_keys_are_asked_twice_and_then_end() -> None:
    assert said(run(Silent())) == said(run())
    assert said(run(Pressed("5"))) == said(run())
    assert run(Silent(), Silent()).actions == (HangUp(),)


def test_her_phone_is_never_rung_twice_in_one_call() -> None:
    turn = run(Pressed("1"), RING, Pressed("1"))
    assert said(turn) == [("operator.unreached", "fr")]
    assert turn.actions[-1] == HangUp()


def test_a_break_is_a_sentence_and_a_hang_up() -> None:
    turn = fail(HERE, LEG)
    assert said(turn) == [("operator.broken", "fr")]
    assert turn.actions[-1] == HangUp()
    assert (
        said(run(DialEnded(Outcome.BUSY, bridged=False), leg=replace_language("xx")))[0][1] == "nl"
    )


def replace_language(code: str) -> OperatorLeg:
    """The leg of an operator of whom the line has no words."""
    return LEG._replace(language=code)


# ---- the dead end


def dead(caller: str = HERS) -> DeadEnd:
    """Somebody rings the number that our calls show."""
    leg = answer(HERE, SHOWN, caller)
    assert isinstance(leg, DeadEnd)
    return leg


def test_it_takes_no_calls_twice_and_then_ends() -> None:
    turn = run(leg=dead())
    assert said(turn) == [("deadend.closed", "nl")] * 2
    [listen] = turn.actions
    assert isinstance(listen, Listen)
    assert listen.digits == 4
    assert run(Silent(), leg=dead()).actions == (HangUp(),)


def test_four_digits_of_the_number_that_is_calling_lead_to_her_own_callback() -> None:
    turn = run(Pressed(CODE), leg=dead())
    assert turn.actions == (Find(HERS, CODE),)
    own = step(HERE, turn.call, Known(replace(MINE, language="fr", told="missed")))
    assert isinstance(own.call, Inbound)
    assert (own.call.node, own.call.language, own.call.caller) == ("mine.menu", "fr", HERS)
    assert said(own)[:2] == [("mine.missed", "fr"), ("mine.cancel", "fr")]
    assert step(HERE, own.call, Pressed("0")).actions[-1].__class__ is Dial


def test_anything_else_changes_nothing_that_is_heard() -> None:
    closed = said(run(leg=dead()))
    for keys in ("1", "12", "25#0", "****"):
        assert said(run(Pressed(keys), leg=dead())) == closed
        assert run(Pressed(keys), leg=dead()).actions[-1] == HangUp()
    wrong = run(Pressed("1357"), Known(None), leg=dead())
    assert said(wrong) == closed
    withheld = run(Pressed(CODE), leg=dead(""))
    assert withheld.actions == wrong.actions
