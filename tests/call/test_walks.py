"""Any signals in any order: always a valid turn, never a dead end, bounded, and the same again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.actions import Bridge, Dial, HangUp, Listen, Prove, Say, Spoken, Turn
from ivr.call.inbound import MOST_TURNS
from ivr.call.legs import Call, DeadEnd, Inbound, Screening, pack, unpack
from ivr.call.machine import answer, fail, step
from ivr.call.signals import Answered, DialEnded, Done, HungUp, Outcome, Pressed, Signal, Silent
from ivr.call.world import World
from tests.worlds import line_number, shipped_edition, world

HERE = world()
SIGNALS: st.SearchStrategy[Signal] = st.one_of(
    st.builds(Pressed, st.sampled_from([*"0123456789*#", "##", "00", "12*"])),
    st.just(Silent()),
    st.builds(DialEnded, st.sampled_from(list(Outcome)), st.booleans()),
    st.builds(Done, st.booleans()),
    st.just(Answered()),
)
NUMBERS = st.sampled_from([line_number(), line_number(bound=True), "+15550100999"])
LATER = st.integers(0, 20_000)


def journey(call: Call) -> Call:
    """A call as it comes back from its journey in the address of the next webhook."""
    return unpack(pack(call))


def assert_valid(world: World, turn: Turn) -> None:
    """Every turn ends in a wait, a dial, a bridge or the end, and all of it can be spoken."""
    assert turn.actions
    *before, last = turn.actions
    assert isinstance(last, Listen | Dial | HangUp | Bridge | Prove)
    assert all(isinstance(action, Say) for action in before)
    for action in turn.actions:
        if isinstance(action, Say | Listen):
            spoken = [piece for piece in action.pieces if isinstance(piece, Spoken)]
            assert spoken
            for piece in spoken:
                assert world.edition.speakable(piece.prompt, piece.language, rehearsal=True), piece


@settings(max_examples=10_000 // 40)
@given(
    NUMBERS, st.lists(st.lists(st.tuples(SIGNALS, LATER), max_size=25), min_size=40, max_size=40)
)
def test_any_signals_in_any_order_get_a_valid_answer(
    number: str, walks: list[list[tuple[Signal, int]]]
) -> None:
    for walk in walks:
        here = HERE
        turn = step(here, answer(here, number), Answered())
        assert_valid(here, turn)
        for signal, later in walk:
            if isinstance(turn.actions[-1], HangUp):
                break
            here = replace(here, at=here.at + timedelta(milliseconds=later))
            call = journey(turn.call)
            assert call == turn.call
            turn = step(here, call, signal)
            assert turn == step(here, journey(call), signal)
            assert_valid(here, turn)
            assert_valid(here, fail(here, turn.call))


@given(st.lists(SIGNALS, max_size=12), st.booleans(), st.booleans(), st.booleans())
def test_whoever_picks_up_is_bridged_by_a_one_alone(
    signals: list[Signal], mute: bool, young: bool, proof: bool
) -> None:
    turn = step(HERE, Screening("+15550100001", "nl", "fr", 1, mute, young, proof), Answered())
    for signal in signals:
        if isinstance(turn.actions[-1], HangUp | Bridge):
            break
        turn = step(HERE, journey(turn.call), signal)
        assert_valid(HERE, turn)
        accepted = isinstance(signal, Pressed) and signal.keys[0] == "1"
        if isinstance(turn.actions[-1], Bridge):
            assert accepted
            assert not proof
        if isinstance(turn.actions[-1], Prove):
            assert accepted
            assert proof


@given(st.lists(SIGNALS, max_size=5))
def test_the_dead_end_says_the_same_whatever_happens(signals: list[Signal]) -> None:
    call: Call = DeadEnd("+3225550100", "nl", 1)
    heard = {step(HERE, call, signal).actions for signal in [Answered(), *signals]}
    assert len(heard) == 1
    [actions] = heard
    assert isinstance(actions[-1], HangUp)


def test_without_a_key_every_call_ends_by_itself() -> None:
    for failed in (Outcome.BUSY, Outcome.NO_ANSWER, Outcome.FAILED):
        turn = step(HERE, answer(HERE, line_number()), Answered())
        for _ in range(MOST_TURNS):
            if isinstance(turn.actions[-1], HangUp):
                break
            dialled = isinstance(turn.actions[-1], Dial)
            signal = DialEnded(failed, bridged=False) if dialled else Silent()
            turn = step(HERE, journey(turn.call), signal)
        assert isinstance(turn.actions[-1], HangUp)
        assert isinstance(turn.call, Inbound)
        assert turn.call.turns < 20


def test_with_keys_for_ever_a_call_ends_too() -> None:
    turn = step(HERE, answer(HERE, line_number(bound=True)), Answered())
    for _ in range(MOST_TURNS + 1):
        if isinstance(turn.actions[-1], HangUp):
            break
        turn = step(HERE, journey(turn.call), Pressed("*"))
    assert isinstance(turn.actions[-1], HangUp)


@pytest.mark.parametrize("call", [Inbound("+3280055501", 1, 0), Screening("", "nl", "fr", 1)])
def test_after_a_hang_up_nothing_is_said(call: Call) -> None:
    assert step(HERE, call, HungUp()).actions == ()


def test_the_language_page_survives_a_line_without_languages() -> None:
    here = world(
        edition=replace(shipped_edition(), recordings={}, languages=shipped_edition().languages)
    )
    turn = step(here, answer(here, line_number()), Answered())
    for _ in range(3):
        turn = step(here, turn.call, Silent())
    assert isinstance(turn.actions[-1], Dial | Listen)
