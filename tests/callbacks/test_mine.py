"""*My callback*: found by number and code alone, heard, moved, cancelled, erased, forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.call.actions import Wanted
from ivr.call.signals import Known, Mine, Note
from ivr.callbacks import booking, mine
from ivr.callbacks.context import Context
from ivr.store import callbacks, hers
from ivr.store.callback_tables import callbacks as table
from routing.callback import OPEN, Event, State
from tests.callbacks.booked import (
    CODE,
    LATER,
    NOW,
    NUMBER,
    OTHER,
    PLACES,
    TOMORROW,
    context,
    wanted,
)

NOBODY = Known(None)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def house(tmp_path: Path) -> Context:
    return context(tmp_path / "ring")


def book(rows: sa.Connection, house: Context, asked: Wanted) -> int:
    booking.book(rows, house, asked, calling="", carrier="x", at=NOW)
    return max(one.id for one in callbacks.open_ones(rows))


def be(rows: sa.Connection, callback: int, state: State, **more: object) -> None:
    values = {"state": str(state), "claimed_by": 1, "lease": NOW, **more}
    rows.execute(sa.update(table).where(table.c.id == callback).values(**values))


def find(rows: sa.Connection, house: Context, number: str = NUMBER, code: str = CODE,
         later: timedelta = timedelta(0), carrier: str = "x") -> Known:  # fmt: skip
    return mine.find(rows, house, number, code, carrier=carrier, at=NOW + later)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_she_finds_it_in_every_open_state(
    rows: sa.Connection, house: Context, state: State
) -> None:
    callback = book(rows, house, wanted())
    be(rows, callback, state)
    told = "missed" if state is State.MISSED else ""
    assert find(rows, house) == Known(Mine(callback, TOMORROW, told, "nl"))


def test_she_hears_that_nobody_keyed_the_code(rows: sa.Connection, house: Context) -> None:
    callback = book(rows, house, wanted())
    be(rows, callback, State.PAUSED, told="no code")
    assert find(rows, house) == Known(Mine(callback, TOMORROW, "no code", "nl"))
    assert mine.again(rows, callback) == find(rows, house), "for a webhook that is repeated"


def test_nobody_finds_it_without_both(rows: sa.Connection, house: Context) -> None:
    callback = book(rows, house, wanted())
    assert find(rows, house, OTHER) == NOBODY
    assert find(rows, house, code="4712") == NOBODY
    assert find(rows, house, carrier="y") == NOBODY
    mine.cancel(rows, callback, carrier="x", at=NOW)
    assert find(rows, house) == mine.again(rows, callback) == mine.again(rows, None) == NOBODY


def test_of_two_with_one_code_she_finds_the_newer(rows: sa.Connection, house: Context) -> None:
    first = book(rows, house, wanted())
    be(rows, first, State.CALLING)
    second = book(rows, house, wanted(window=LATER))
    found = find(rows, house).mine
    assert found
    assert found.id == second != first


def test_five_wrong_codes_a_day_and_then_not_even_the_right_one(
    rows: sa.Connection, house: Context
) -> None:
    book(rows, house, wanted())
    book(rows, house, wanted(number=OTHER))
    for place in range(20):
        assert find(rows, house, code=f"90{place:02}", later=HOUR) == NOBODY
        right = find(rows, house, later=HOUR)
        assert (right != NOBODY) == (place < 4)
    assert find(rows, house, later=DAY) == NOBODY
    assert find(rows, house, later=DAY + HOUR) != NOBODY
    assert find(rows, house, OTHER, later=HOUR) != NOBODY, "another number has its own tries"


def test_right_codes_do_not_count(rows: sa.Connection, house: Context) -> None:
    book(rows, house, wanted())
    assert all(find(rows, house) != NOBODY for _ in range(12))


def test_a_number_that_nobody_booked_has_its_tries_too(rows: sa.Connection, house: Context) -> None:
    """Else five wrong codes and a booking would tell whether there had been one before."""
    for _ in range(6):
        assert find(rows, house) == NOBODY
    book(rows, house, wanted())
    assert find(rows, house) == NOBODY


@pytest.mark.parametrize("state", sorted(OPEN))
def test_she_cancels_in_every_open_state(rows: sa.Connection, house: Context, state: State) -> None:
    callback = book(rows, house, wanted())
    be(rows, callback, state)
    ringing = mine.cancel(rows, callback, carrier="x", at=NOW)
    assert ringing == ((callback,) if state in (State.CALLING, State.UNKNOWN) else ())
    row = callbacks.load(rows, callback)
    assert row
    assert (row.state, row.reason, row.closed_at) == (State.CLOSED, mine.WITHDRAWN, NOW)
    assert mine.cancel(rows, callback, carrier="x", at=NOW) == ()
    assert callbacks.load(rows, callback) == row


def test_only_a_callback_of_this_carrier_is_touched(rows: sa.Connection, house: Context) -> None:
    callback = book(rows, house, wanted())
    assert mine.cancel(rows, callback, carrier="y", at=NOW) == ()
    assert mine.cancel(rows, callback + 1, carrier="x", at=NOW) == ()
    moved = mine.move(rows, house, callback, LATER, carrier="y", at=NOW)
    assert moved == Note.AWAY
    mine.forget(rows, house, NUMBER, carrier="y", at=NOW)
    assert find(rows, house) == Known(Mine(callback, TOMORROW, language="nl"))


def test_she_erases_it(rows: sa.Connection, house: Context) -> None:
    callback = book(rows, house, wanted())
    mine.erase(rows, callback, carrier="x", at=NOW)
    row = callbacks.load(rows, callback)
    assert row
    assert (row.state, row.reason) == (State.CLOSED, mine.ERASED)


def test_whatever_there_is_for_a_number_is_forgotten_and_a_new_one_may_ring(
    rows: sa.Connection, house: Context
) -> None:
    first = book(rows, house, wanted())
    second = book(rows, house, wanted(code="2580"))
    other = book(rows, house, wanted(number=OTHER))
    be(rows, first, State.CALLING)
    assert mine.forget(rows, house, NUMBER, carrier="x", at=NOW) == (first,)
    assert mine.forget(rows, house, NUMBER, carrier="x", at=NOW) == ()
    assert [one.id for one in callbacks.open_ones(rows)] == [other]
    reasons = {callbacks.load(rows, one).reason for one in (first, second)}  # type: ignore[union-attr]
    assert reasons == {mine.FORGOTTEN}
    again = callbacks.load(rows, book(rows, house, wanted(code="1357")))
    assert again
    assert again.state == State.WAITING


def test_she_moves_it(rows: sa.Connection, house: Context) -> None:
    callback = book(rows, house, wanted())
    be(rows, callback, State.MISSED, told="missed", not_before=NOW + DAY)
    assert mine.move(rows, house, callback, LATER, carrier="x", at=NOW) == Note.CHANGED
    assert find(rows, house) == Known(Mine(callback, LATER, language="nl"))
    row = callbacks.load(rows, callback)
    assert row
    assert (row.state, row.not_before, row.claimed_by) == (State.WAITING, None, None)
    assert hers.number_of(rows, house.vault, callback) == NUMBER


def test_a_frozen_one_stays_frozen_wherever_it_is_moved(
    rows: sa.Connection, house: Context
) -> None:
    callback = book(rows, house, wanted())
    book(rows, house, wanted(code="2580"))
    assert mine.move(rows, house, callback, LATER, carrier="x", at=NOW) == Note.CHANGED
    row = callbacks.load(rows, callback)
    assert row
    assert (row.state, row.window) == (State.FROZEN, LATER)


@pytest.mark.parametrize("state", [State.CALLING, State.UNKNOWN])
def test_what_is_just_being_called_cannot_be_moved(
    rows: sa.Connection, house: Context, state: State
) -> None:
    callback = book(rows, house, wanted())
    be(rows, callback, state)
    assert mine.move(rows, house, callback, LATER, carrier="x", at=NOW) == Note.AWAY
    assert find(rows, house) == Known(Mine(callback, TOMORROW, language="nl"))


def test_it_cannot_be_moved_to_a_time_that_is_full(rows: sa.Connection, house: Context) -> None:
    callback = book(rows, house, wanted())
    for place in range(PLACES):
        book(rows, house, wanted(number=f"+32200001{place:02}", window=LATER))
    assert mine.move(rows, house, callback, LATER, carrier="x", at=NOW) == Note.FULL
    assert find(rows, house) == Known(Mine(callback, TOMORROW, language="nl"))
    assert mine.move(rows, house, callback, TOMORROW, carrier="x", at=NOW) == Note.CHANGED


def test_what_is_closed_cannot_be_moved(rows: sa.Connection, house: Context) -> None:
    callback = book(rows, house, wanted())
    callbacks.close(rows, callback, "x", NOW, Event.WITHDRAW)
    assert mine.move(rows, house, callback, LATER, carrier="x", at=NOW) == Note.AWAY
