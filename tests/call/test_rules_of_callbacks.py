"""What only a broken machine could do on the legs of a callback: it is broken here by hand."""

import pytest

from ivr.call.actions import Say
from ivr.call.proof.callbacks import MOST_TURNS, SHORTEST, STRAIGHT, WHOLE, booked, callbacks
from ivr.call.proof.examples import staffed
from ivr.call.proof.outbound import outbound
from tests.call.cases import small
from tests.worlds import shipped_edition, world


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_every_path_to_a_callback_is_short_enough(language: str) -> None:
    ways = [booked(staffed(world()), language, keyed) for keyed in WHOLE]
    assert all(way and way.presses <= MOST_TURNS for way in ways)
    straight = ways[WHOLE.index(STRAIGHT)]
    assert straight
    assert straight.presses == 7
    assert 45 < straight.seconds <= SHORTEST


def test_a_booking_that_asks_too_much_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.call.proof.callbacks.MOST_TURNS", 11)
    found = {(one.rule, one.where) for one in callbacks(small(shipped_edition()))}
    assert found == {("a callback takes at most 12 turns", "en, a callback"),
                     ("a callback takes at most 12 turns", "nl, a callback")}  # fmt: skip


def test_a_gate_that_says_more_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.call.gate.language_of", lambda world, call: "en")
    found = {(one.rule, one.where) for one in outbound(small(shipped_edition()))}
    assert found == {("the gate says an ordinary hello and nothing else", "gate in nl")}


def test_a_leg_that_never_ends_by_itself_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.call.operator.MOST_ASKED", 99)
    found = {(one.rule, one.where) for one in outbound(small(shipped_edition()))}
    assert ("every loop has a bound", "operator's leg in nl") in found


def test_a_leg_that_ends_in_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.call.operator.HangUp", lambda: Say(()))
    found = {(one.rule, one.where) for one in outbound(small(shipped_edition()))}
    assert ("nobody falls through", "operator's leg in nl") in found
