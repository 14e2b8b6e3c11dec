"""She says yes: what is kept, what is changed, and what stands frozen, in one transaction."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.call.actions import Wanted
from ivr.call.signals import Note
from ivr.callbacks import booking
from ivr.callbacks.booked import booked
from ivr.callbacks.context import Context
from ivr.store import callbacks, hers
from ivr.store.callback_tables import callbacks as table
from ivr.store.hers import Wishes
from routing.callback import Event, State
from routing.window import Window
from tests.callbacks.booked import (
    CODE,
    LATER,
    NOW,
    NUMBER,
    OTHER,
    PLACES,
    TOMORROW,
    context,
    directory,
    wanted,
)


@pytest.fixture
def house(tmp_path: Path) -> Context:
    return context(tmp_path / "ring")


def book(rows: sa.Connection, house: Context, asked: Wanted, carrier: str = "rehearsal") -> Note:
    return booking.book(rows, house, asked, calling=NUMBER, carrier=carrier, at=NOW)


def states(rows: sa.Connection) -> list[State]:
    return [one.state for one in sorted(callbacks.open_ones(rows), key=lambda one: one.id)]


def be(rows: sa.Connection, callback: int, state: State) -> None:
    claimed = {"claimed_by": 1, "lease": NOW}
    rows.execute(
        sa.update(table).values(state=str(state), **claimed).where(table.c.id == callback)
    )  # fmt: skip


def test_what_she_asked_for_is_kept(rows: sa.Connection, house: Context) -> None:
    asked = wanted(need="papers", region="bru", young=True, voicemail=True, woman=True)
    assert book(rows, house, asked) == Note.NOTED
    (row,) = callbacks.open_ones(rows)
    assert (row.state, row.window, row.need, row.region) == (
        State.WAITING, TOMORROW, "papers", "bru",
    )  # fmt: skip
    assert (row.young, row.language, row.carrier) == (True, "nl", "rehearsal")
    assert hers.number_of(rows, house.vault, row.id) == NUMBER
    assert hers.code_is(rows, house.vault, row.id, CODE)
    wishes = Wishes(voicemail=True, woman=True, own=True)
    assert hers.wishes_of(rows, house.vault, row.id) == wishes


@pytest.mark.parametrize("state", [State.WAITING, State.CLAIMED, State.PAUSED, State.MISSED])
def test_the_same_number_and_code_is_the_same_callback_changed(
    rows: sa.Connection, house: Context, state: State
) -> None:
    book(rows, house, wanted())
    (before,) = callbacks.open_ones(rows)
    be(rows, before.id, state)
    asked = wanted(window=LATER, language="fr", retry=True)
    assert book(rows, house, asked) == Note.CHANGED
    (row,) = callbacks.open_ones(rows)
    assert (row.id, row.state, row.window, row.language) == (
        before.id, State.WAITING, LATER, "fr",
    )  # fmt: skip
    assert (row.claimed_by, row.lease, row.told, row.not_before) == (None, None, "", None)
    assert hers.wishes_of(rows, house.vault, row.id).retry
    assert hers.number_of(rows, house.vault, row.id) == NUMBER


@pytest.mark.parametrize("state", [State.WAITING, State.CLAIMED, State.PAUSED])
def test_with_another_code_both_stand_frozen(
    rows: sa.Connection, house: Context, state: State
) -> None:
    book(rows, house, wanted())
    (first,) = callbacks.open_ones(rows)
    be(rows, first.id, state)
    assert book(rows, house, wanted(code="2580")) == Note.NOTED, "she hears nothing of it"
    found = callbacks.open_ones(rows)
    assert [(one.state, one.reason) for one in found] == [(State.FROZEN, booking.DOUBLE)] * 2
    assert {one.claimed_by for one in found} == {None}
    assert book(rows, house, wanted(window=LATER)) == Note.CHANGED
    assert states(rows) == [State.FROZEN, State.FROZEN], "a change thaws nothing"


@pytest.mark.parametrize("state", [State.CALLING, State.UNKNOWN, State.MISSED])
def test_what_rings_or_is_with_a_person_stays_and_the_new_one_is_frozen(
    rows: sa.Connection, house: Context, state: State
) -> None:
    book(rows, house, wanted())
    be(rows, callbacks.open_ones(rows)[0].id, state)
    assert book(rows, house, wanted(code="2580")) == Note.NOTED
    assert states(rows) == [state, State.FROZEN]


def test_while_her_phone_rings_the_same_code_makes_another(
    rows: sa.Connection, house: Context
) -> None:
    """What is being called cannot be moved; nor is anybody an exploiter for knowing her code."""
    book(rows, house, wanted())
    be(rows, callbacks.open_ones(rows)[0].id, State.CALLING)
    assert book(rows, house, wanted(window=LATER)) == Note.NOTED
    assert states(rows) == [State.CALLING, State.WAITING]


def test_another_number_or_carrier_has_nothing_to_do_with_it(
    rows: sa.Connection, house: Context
) -> None:
    book(rows, house, wanted())
    assert book(rows, house, wanted(number=OTHER, code="2580")) == Note.NOTED
    assert book(rows, house, wanted(code="2580"), "twilio") == Note.NOTED
    assert states(rows) == [State.WAITING] * 3


def test_what_is_closed_is_no_double(rows: sa.Connection, house: Context) -> None:
    book(rows, house, wanted())
    callbacks.close(rows, callbacks.open_ones(rows)[0].id, "x", NOW, Event.WITHDRAW)
    assert book(rows, house, wanted(code="2580")) == Note.NOTED
    assert states(rows) == [State.WAITING]


def test_a_time_is_promised_as_often_as_it_can_be_kept(rows: sa.Connection, house: Context) -> None:
    numbers = [f"+32200001{place:02}" for place in range(PLACES + 1)]
    notes = [book(rows, house, wanted(number=number)) for number in numbers]
    assert notes == [Note.NOTED] * PLACES + [Note.FULL]
    assert booked(rows, NOW) == {(*TOMORROW.span(), "nl"): PLACES}
    changed = wanted(number=numbers[0], language="fr")
    assert book(rows, house, changed) == Note.CHANGED, "its own place is free for it"
    assert book(rows, house, wanted(number=numbers[-1], window=LATER)) == Note.NOTED


@pytest.mark.parametrize(
    ("window", "language"),
    [
        (Window(TOMORROW.day, 14 * 60, 15 * 60), "nl"),  # no part of the day
        (replace(TOMORROW, day=NOW.date().replace(day=22)), "nl"),  # over
        (Window(TOMORROW.day, 6 * 60, 8 * 60), "nl"),  # nobody works
        (TOMORROW, "de"),  # nobody speaks it
        (Window(TOMORROW.day, 60, 60), "nl"),
    ],
)
def test_what_cannot_be_kept_is_not_promised(
    rows: sa.Connection, house: Context, window: Window, language: str
) -> None:
    assert book(rows, house, wanted(window=window, language=language)) == Note.FULL
    assert callbacks.open_ones(rows) == ()


def test_with_nobody_at_work_nothing_is_promised(rows: sa.Connection, tmp_path: Path) -> None:
    house = context(tmp_path / "ring", directory=directory(operators=0))
    assert book(rows, house, wanted()) == Note.FULL
