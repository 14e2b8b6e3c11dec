"""Any signals in any order: always a valid turn, never a dead end, bounded, and the same again."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.call.actions import (
    Book,
    Bridge,
    Dial,
    Effect,
    HangUp,
    Listen,
    Prove,
    Say,
    Spoken,
    Turn,
)
from ivr.call.inbound import MOST_TURNS
from ivr.call.legs import (
    Call,
    DeadEnd,
    Gate,
    Inbound,
    OperatorLeg,
    Screening,
    pack,
    unpack,
)
from ivr.call.machine import answer, fail, step
from ivr.call.proof.played import effect_of, results
from ivr.call.signals import (
    Answered,
    Checked,
    DialEnded,
    Done,
    HungUp,
    Known,
    NoRing,
    Note,
    Noted,
    Outcome,
    Pressed,
    Signal,
    Silent,
)
from ivr.call.world import World
from routing.offer import kept
from tests.call.promised import CODE, HERS, MINE, OTHER, staffed
from tests.worlds import line_number, shipped_edition, world

HERE = world()
WORLDS = st.sampled_from([HERE, staffed(), staffed(0, 2), replace(staffed(0), booked=None)])
ENTRIES = [CODE, CODE, "2581", "1111", "25", "25*", "2#", OTHER, "101", "04*" + OTHER, "090055515"]
SIGNALS: st.SearchStrategy[Signal] = st.one_of(
    st.builds(Pressed, st.sampled_from([*"0123456789*#", "##", "00", "12*"])),
    st.builds(Pressed, st.sampled_from(["1", "3", *ENTRIES])),
    st.just(Silent()),
    st.builds(DialEnded, st.sampled_from(list(Outcome)), st.booleans()),
    st.builds(Done, st.booleans()),
    st.builds(Noted, st.sampled_from(list(Note))),
    st.sampled_from([Known(None), Known(MINE), NoRing("hold"), Checked(False), Checked(True)]),
    st.just(Answered()),
)
SHOWN = next(one.number for one in HERE.directory.access if one.purpose == "outbound")
NUMBERS = st.sampled_from([line_number(), line_number(bound=True), "+15550100999", SHOWN])
CALLERS = st.sampled_from(["", HERS, "+12025550123"])
STAFF: st.SearchStrategy[Call] = st.sampled_from([
    OperatorLeg("token", "nl", "en", 1), Gate("token", "nl", 1), Gate("token", "fr", 1, True),
])  # fmt: skip
LATER = st.integers(0, 20_000)


def journey(call: Call) -> Call:
    """A call as it comes back from its journey in the address of the next webhook."""
    return unpack(pack(call))


def assert_valid(world: World, turn: Turn) -> None:
    """Every turn ends in a wait, a dial, a bridge or the end, and all of it can be spoken."""
    assert turn.actions
    *before, last = turn.actions
    assert isinstance(last, Listen | Dial | HangUp | Bridge | Effect)
    assert all(isinstance(action, Say) for action in before)
    for action in turn.actions:
        if isinstance(action, Say | Listen):
            spoken = [piece for piece in action.pieces if isinstance(piece, Spoken)]
            assert spoken or isinstance(turn.call, Gate)
            for piece in spoken:
                assert world.edition.speakable(piece.prompt, piece.language, rehearsal=True), piece


def walk(here: World, call: Call, signals: list[tuple[Signal, int]]) -> None:
    """Let signals happen; what an effect has asked for is answered by one of its results."""
    turn = step(here, call, Answered())
    assert_valid(here, turn)
    for signal, later in signals:
        if isinstance(turn.actions[-1], HangUp | Bridge):
            break
        here = replace(here, at=here.at + timedelta(milliseconds=later))
        effect = effect_of(turn)
        given_back = results(here, effect) if effect else ()
        happens = given_back[later % len(given_back)] if given_back else signal
        call = journey(turn.call)
        assert call == turn.call
        turn = step(here, call, happens)
        assert turn == step(here, journey(call), happens)
        assert_valid(here, turn)
        assert_valid(here, fail(here, turn.call))
        if isinstance(turn.actions[-1], Bridge):
            assert happens == Checked(right=True)


WALKS = st.lists(st.lists(st.tuples(SIGNALS, LATER), max_size=25), min_size=40, max_size=40)


@settings(max_examples=10_000 // 40)
@given(WORLDS, NUMBERS, CALLERS, WALKS)
def test_any_signals_in_any_order_get_a_valid_answer(
    here: World, number: str, caller: str, walks: list[list[tuple[Signal, int]]]
) -> None:
    for signals in walks:
        walk(here, answer(here, number, caller), signals)


@settings(max_examples=2_000 // 40)
@given(STAFF, WALKS)
def test_any_signals_on_the_legs_of_a_callback_get_a_valid_answer(
    leg: Call, walks: list[list[tuple[Signal, int]]]
) -> None:
    for signals in walks:
        walk(HERE, leg, signals)


BOOKING = st.sampled_from(["1", "1", "2", "3", "4", "5", "9", "0", "*", *ENTRIES, *[CODE] * 3])


@settings(max_examples=4_000 // 40)
@given(CALLERS, st.lists(st.lists(BOOKING, max_size=16), min_size=40, max_size=40))
def test_only_a_yes_to_all_of_it_is_ever_booked(caller: str, walks: list[list[str]]) -> None:
    here = staffed()
    for keyed in walks:
        call = answer(here, line_number(bound=True), caller)
        turn = step(here, call, Answered())
        for keys in ("3", "1", *keyed):
            effect, before = effect_of(turn), turn.call
            if effect or not isinstance(turn.actions[-1], Listen):
                break
            turn = step(here, journey(turn.call), Pressed(keys))
            booked = effect_of(turn)
            if isinstance(booked, Book):
                assert isinstance(before, Inbound)
                assert (before.node, keys[0]) == ("booking.confirm", "1")
                assert kept(
                    here.directory, booked.wanted.window, language="nl", booked={}, at=here.at
                )
                assert len(set(booked.wanted.code)) > 1


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


@given(st.lists(SIGNALS, min_size=1, max_size=5), CALLERS)
def test_the_dead_end_says_the_same_whatever_is_keyed(signals: list[Signal], caller: str) -> None:
    leg: Call = DeadEnd(SHOWN, "nl", 1, caller=caller)
    turn = step(HERE, leg, Answered())
    for signal in signals:
        if isinstance(turn.actions[-1], HangUp):
            break
        happens = Known(None) if effect_of(turn) else signal
        turn = step(HERE, journey(turn.call), happens)
        if isinstance(turn.call, Inbound):
            return
        said = {piece.prompt for a in turn.actions if isinstance(a, Say) for piece in a.pieces
                if isinstance(piece, Spoken)}  # fmt: skip
        assert said <= {"deadend.closed"}


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
