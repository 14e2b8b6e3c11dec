"""The kill switch: nothing new rings, what rings is cut, and whoever talks goes on."""

from typing import Any

import pytest

from ivr.callbacks import cutting, gate, hold
from ivr.callbacks.cutting import cut, soon
from ivr.callbacks.finishing import Stage
from ivr.carrier import Lost
from ivr.store import audit, callbacks
from ivr.store.database import Store
from routing.callback import Event, State
from tests.callbacks.booked import CODE, OTHER
from tests.callbacks.calling import Desk


def throw(desk: Desk) -> None:
    """Somebody throws it."""
    with desk.store.writing() as connection:
        hold.throw(connection, "ann", "a threat", desk.at)


def test_it_holds_until_it_is_lifted_with_a_reason(either_desk: Desk) -> None:
    desk = either_desk
    with desk.store.reading() as connection:
        assert not hold.is_on(connection)
    throw(desk)
    throw(desk)
    with Store(str(desk.store.engine.url.render_as_string(hide_password=False))) as again:
        with again.reading() as connection:
            assert hold.is_on(connection)
        with again.writing() as connection, pytest.raises(ValueError, match="reason"):
            hold.lift(connection, "sue", " ", desk.at)
        with again.writing() as connection:
            hold.lift(connection, "sue", "it is over", desk.at)
    with desk.store.reading() as connection:
        assert not hold.is_on(connection)
        assert [one.what for one in audit.entries(connection)] == ["hold"] * 3


def test_what_rings_is_cut_and_who_talks_goes_on(desk: Desk) -> None:
    ringing, talking = desk.rung(), desk.rung(number=OTHER)
    with desk.store.writing() as connection:
        gate.check(connection, desk.rules, talking.token, CODE, carrier="rehearsal", at=desk.at)
    assert cut(desk.means, desk.at) == 0
    throw(desk)
    assert cut(desk.means, desk.at) == 1
    assert f"cancel {ringing.sid}" in desk.carrier.asked
    assert f"cancel {talking.sid}" not in desk.carrier.asked
    assert desk.attempt(ringing.id).ended_at == desk.at
    assert cut(desk.means, desk.at) == 0


def test_the_operators_telephone_that_still_rings_is_cut_too(desk: Desk) -> None:
    row = desk.calling()
    throw(desk)
    cut(desk.means, desk.at)
    assert desk.attempt(row.id).state == Stage.FAILED
    assert desk.row(row.callback).state == State.CLAIMED


def test_what_she_does_not_want_any_more_stops_ringing(desk: Desk) -> None:
    row = desk.rung()
    with desk.store.writing() as connection:
        callbacks.close(connection, row.callback, "withdrawn", desk.at, Event.WITHDRAW)
    assert cut(desk.means, desk.at) == 1
    assert f"cancel {row.sid}" in desk.carrier.asked


def test_a_carrier_that_does_not_answer_is_asked_again(desk: Desk) -> None:
    row = desk.rung()
    throw(desk)
    desk.carrier.cancel = lambda sid: Lost("cut")  # type: ignore[method-assign]
    assert cut(desk.means, desk.at) == 1
    assert desk.attempt(row.id).ended_at is None
    assert cut(desk.means, desk.at) == 1


def test_it_is_cut_beside_the_call_that_asked_for_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = desk.rung()
    throw(desk)
    begun: list[Any] = []

    class Now:
        """A thread that runs where it is started."""

        def __init__(self, target: Any, **_: object) -> None:
            self.target = target

        def start(self) -> None:
            begun.append(1)
            self.target()

    monkeypatch.setattr(cutting, "Thread", Now)
    soon(desk.means, lambda: desk.at)(row.callback)
    assert begun
    assert desk.attempt(row.id).ended_at == desk.at

    def broken(*_: object) -> int:
        raise OSError("planted")

    monkeypatch.setattr(cutting, "cut", broken)
    soon(desk.means, lambda: desk.at)(row.callback)
