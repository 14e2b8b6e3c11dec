"""The gate: an ordinary hello twice, her four digits at any moment, and else a wrong number."""

import pytest

from ivr.call.actions import Bridge, Check, HangUp, Listen, Turn
from ivr.call.legs import Gate, pack, unpack
from ivr.call.machine import fail, step
from ivr.call.signals import Answered, Checked, HungUp, Pressed, Signal, Silent
from tests.call.story import spoken
from tests.worlds import world

HERE = world()
CODE = "2580"


def ring(*signals: Signal, voicemail: bool = False) -> Turn:
    """Pick up, and let these things happen."""
    turn = step(HERE, Gate("token", "nl", 1, voicemail), Answered())
    for signal in signals:
        turn = step(HERE, unpack(pack(turn.call)), signal)
    return turn


def said(turn: Turn) -> list[tuple[str, str]]:
    """What whoever picked up hears."""
    return [(one.prompt, one.language) for one in spoken(turn)]


def waits(turn: Turn) -> tuple[int, int]:
    """For how long, and for how many digits."""
    [listen] = turn.actions
    assert isinstance(listen, Listen)
    return listen.seconds, listen.digits


def test_hello_five_seconds_hello_ten_seconds_and_sorry() -> None:
    assert said(ring()) == [("gate.hello", "nl")]
    assert waits(ring()) == (5, 4)
    assert said(ring(Silent())) == [("gate.hello", "nl")]
    assert waits(ring(Silent())) == (10, 4)
    last = ring(Silent(), Silent())
    assert said(last) == [("gate.wrong", "nl")]
    assert last.actions[-1] == HangUp()


def test_where_she_allowed_it_a_machine_gets_the_agreed_message() -> None:
    assert said(ring(Silent(), Silent(), voicemail=True)) == [("gate.message", "nl")]


@pytest.mark.parametrize("before", [[], [Silent()]])
def test_the_right_code_bridges_and_nothing_is_said(before: list[Signal]) -> None:
    turn = ring(*before, Pressed(CODE))
    assert turn.actions == (Check("token", CODE),)
    assert step(HERE, turn.call, Checked(right=True)).actions == (Bridge(),)


def test_digits_one_by_one_are_taken_like_four_at_once() -> None:
    turn = ring(*map(Pressed, "258"))
    assert waits(turn) == (5, 1)
    assert said(turn) == []
    assert ring(*map(Pressed, CODE)).actions == (Check("token", CODE),)
    assert ring(Pressed("25"), Silent(), Pressed("80")).actions == (Check("token", CODE),)
    assert ring(Pressed("25"), Pressed("80")).actions == (Check("token", CODE),)


def test_a_star_begins_them_again_and_a_hash_says_nothing() -> None:
    assert ring(Pressed("25"), Pressed("*"), Pressed(CODE)).actions == (Check("token", CODE),)
    assert ring(Pressed("2#58"), Pressed("0")).actions == (Check("token", CODE),)
    assert said(ring(Pressed("#"))) == []


def test_a_wrong_code_sounds_like_waiting_and_there_are_two_tries() -> None:
    first = ring(Pressed("1357"), Checked(right=False))
    assert said(first) == [("gate.hello", "nl")]
    assert waits(first)[1] == 4
    late = ring(Silent(), Pressed("1357"), Checked(right=False))
    assert said(late) == [("gate.hello", "nl")]
    second = step(HERE, step(HERE, late.call, Pressed("1358")).call, Checked(right=False))
    assert said(second) == [("gate.wrong", "nl")]
    assert second.actions[-1] == HangUp()
    again = step(HERE, late.call, Pressed(CODE))
    assert step(HERE, again.call, Checked(right=True)).actions == (Bridge(),)


def test_partial_digits_for_ever_end_as_a_wrong_number() -> None:
    turn = ring(*[Pressed("#")] * 40)
    assert said(turn) == [("gate.wrong", "nl")]
    assert turn.actions[-1] == HangUp()


def test_a_break_hangs_up_without_a_sound_and_an_ended_call_says_nothing() -> None:
    assert fail(HERE, ring().call).actions == (HangUp(),)
    assert ring(HungUp()).actions == ()


def test_it_speaks_the_cover_language_and_one_of_ours_in_any_case() -> None:
    assert said(step(HERE, Gate("token", "fr", 1), Answered())) == [("gate.hello", "fr")]
    assert said(step(HERE, Gate("token", "xx", 1), Answered())) == [("gate.hello", "nl")]
