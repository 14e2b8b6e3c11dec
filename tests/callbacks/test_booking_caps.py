"""How often somebody may book: by number, by telephone, in all; forgotten after a day."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.call.signals import Note
from ivr.callbacks import booking
from ivr.callbacks.caps import Limits
from ivr.callbacks.context import Context
from ivr.store import callbacks
from ivr.store.callback_tables import caps
from tests.callbacks.booked import LATER, NEXT_SECRET, NOW, NUMBER, OTHER, SECRET, context, wanted
from tests.installations import settings

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def house(tmp_path: Path) -> Context:
    return context(tmp_path / "ring", limits=Limits())


def numbers(n: int) -> list[str]:
    return [f"+322000{place:04}" for place in range(n)]  # examples: none begins so


def book(rows: sa.Connection, house: Context, *, number: str = NUMBER, calling: str = "",
         later: timedelta = timedelta(0)) -> Note:  # fmt: skip
    asked = wanted(number=number, window=LATER)
    return booking.book(rows, house, asked, calling=calling, carrier="x", at=NOW + later)


def test_the_limits_are_those_of_the_design_and_of_the_settings(tmp_path: Path) -> None:
    assert Limits() == Limits(number=3, calling=6, hour=30, codes=5)
    assert Limits(*settings(tmp_path).limits) == Limits()
    given = settings(tmp_path, IVR_CALLBACK_LIMITS="1, 2,3,4")
    assert Limits(*given.limits) == Limits(1, 2, 3, 4)


def test_three_bookings_a_day_for_one_number(rows: sa.Connection, house: Context) -> None:
    notes = [book(rows, house, later=place * HOUR) for place in range(4)]
    assert notes == [Note.NOTED, Note.CHANGED, Note.CHANGED, Note.CAPPED]
    assert book(rows, house, number=OTHER, later=3 * HOUR) == Note.NOTED
    assert book(rows, house, later=DAY - HOUR) == Note.CAPPED
    assert book(rows, house, later=DAY) == Note.CHANGED, "the first of them is a day ago"
    assert book(rows, house, later=DAY) == Note.CAPPED


def test_six_from_one_telephone(rows: sa.Connection, house: Context) -> None:
    notes = [book(rows, house, number=number, calling=OTHER) for number in numbers(7)]
    assert notes == [Note.NOTED] * 6 + [Note.CAPPED]
    assert book(rows, house, number=numbers(7)[-1], calling=NUMBER) == Note.NOTED


def test_a_withheld_number_is_no_telephone(rows: sa.Connection, house: Context) -> None:
    assert {book(rows, house, number=number) for number in numbers(8)} == {Note.NOTED}


def test_thirty_in_an_hour_in_all(rows: sa.Connection, tmp_path: Path) -> None:
    house = context(tmp_path / "ring", limits=Limits(number=100))
    notes = [book(rows, house) for _ in range(31)]
    assert notes[29:] == [Note.CHANGED, Note.CAPPED]
    assert book(rows, house, number=OTHER) == Note.CAPPED
    assert book(rows, house, later=HOUR) == Note.CHANGED


def test_what_was_not_kept_is_not_counted(rows: sa.Connection, house: Context) -> None:
    nobody = wanted(language="de")
    for _ in range(5):
        note = booking.book(rows, house, nobody, calling=NUMBER, carrier="x", at=NOW)
        assert note == Note.FULL
    assert rows.execute(sa.select(caps)).all() == []
    assert book(rows, house) == Note.NOTED


def test_a_limit_tells_nothing_and_changes_nothing(rows: sa.Connection, house: Context) -> None:
    for _ in range(3):
        book(rows, house)
    before = callbacks.open_ones(rows)
    counted = rows.execute(sa.select(caps)).all()
    assert book(rows, house) == Note.CAPPED
    assert callbacks.open_ones(rows) == before
    assert rows.execute(sa.select(caps)).all() == counted
    assert all(NUMBER.encode() not in row.fingerprint for row in counted)


def test_while_the_secret_is_changed_the_counting_goes_on(
    rows: sa.Connection, tmp_path: Path
) -> None:
    old = context(tmp_path / "ring", secrets=(SECRET, NEXT_SECRET), limits=Limits())
    new = context(tmp_path / "ring", secrets=(NEXT_SECRET, SECRET), limits=Limits())
    notes = [book(rows, one, calling=NUMBER) for one in (old, new, old, new)]
    assert notes == [Note.NOTED, Note.CHANGED, Note.CHANGED, Note.CAPPED]
