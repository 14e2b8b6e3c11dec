"""Attempts, caps, holds and records as rows, in both kinds of database."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.store import attempts, caps, hers, holds, records
from ivr.store.callback_tables import attempts as table
from ivr.store.caps import Kind
from ivr.store.holds import Hold
from ivr.store.records import Record
from ivr.store.sealing import Vault
from routing.callback import Outcome
from tests.callbacks.booked import NOW, SECRET, TOMORROW, asked

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
START, UNTIL = TOMORROW.span()


@pytest.fixture
def callback(rows: sa.Connection, tmp_path: Path) -> int:
    vault = Vault(tmp_path / "ring", (SECRET,))
    return hers.insert(rows, vault, asked(), carrier="rehearsal", at=NOW)


def put(rows: sa.Connection, callback: int, token: str, number: bytes = b"n") -> int:
    return attempts.insert(
        rows, token=token, callback=callback, carrier="rehearsal", operator=1, start=START,
        until=UNTIL, number=number, state="placed", at=START,
    )  # fmt: skip


def test_an_attempt_comes_back_by_each_of_its_names(rows: sa.Connection, callback: int) -> None:
    attempt = put(rows, callback, "t")
    assert attempts.change(rows, attempt, sid="CA1", outcome=Outcome.SPOKE)
    row = attempts.load(rows, attempt)
    assert row
    assert (row.outcome, row.sid, row.start) == (Outcome.SPOKE, "CA1", START)
    assert attempts.by_token(rows, "t") == attempts.by_sid(rows, "CA1") == row
    assert attempts.of_callback(rows, callback) == (row,)
    assert attempts.load(rows, attempt + 1) is None
    assert attempts.by_token(rows, "") is None
    assert not attempts.change(rows, attempt, when=(table.c.sid == "CA2",), state="x")
    with pytest.raises(sa.exc.IntegrityError), rows.begin_nested():
        attempts.insert(
            rows, token="u", callback=callback, carrier="twilio", operator=1, start=START,
            until=UNTIL, number=b"n", state="placed", at=START,
        )  # fmt: skip


def test_what_has_happened_is_written_once(rows: sa.Connection, callback: int) -> None:
    attempt = put(rows, callback, "t")
    assert attempts.mark(rows, attempt, "dialled_at", START)
    assert not attempts.mark(rows, attempt, "dialled_at", START + MINUTE)
    row = attempts.load(rows, attempt)
    assert row
    assert row.dialled_at == START


def test_a_number_s_history_has_what_was_dialled_of_all_its_hashes(
    rows: sa.Connection, callback: int
) -> None:
    made = [put(rows, callback, str(place), mark) for place, mark in enumerate((b"a", b"b", b"c"))]
    for attempt in made:
        attempts.mark(rows, attempt, "dialled_at", START)
    put(rows, callback, "never dialled", b"a")
    found = attempts.of_number(rows, (b"a", b"b"), START)
    assert [one.id for one in found] == made[:2]
    assert attempts.of_number(rows, (b"a",), START + MINUTE) == ()
    assert attempts.of_number(rows, (), START) == ()
    assert attempts.forget_numbers(rows, START) == 0
    assert attempts.forget_numbers(rows, START + MINUTE) == 4
    assert attempts.of_number(rows, (b"a", b"b"), START) == ()


def test_what_was_counted_is_over_after_a_day(rows: sa.Connection) -> None:
    def total(at: object = NOW, kind: Kind = Kind.BOOKED) -> int:
        return caps.total(rows, kind, (b"a", b"b"), at - caps.KEPT)  # type: ignore[operator]

    for mark in (b"a", b"a", b"b", b"c"):
        caps.add(rows, Kind.BOOKED, mark, NOW)
    caps.add(rows, Kind.BOOKED, b"a", NOW + HOUR)
    caps.add(rows, Kind.CODE, b"a", NOW)
    caps.add(rows, Kind.CODE, b"a", NOW, -1)
    assert (total(), total(kind=Kind.CODE), total(kind=Kind.GATE)) == (4, 0, 0)
    assert total(NOW + DAY - MINUTE) == 4
    assert total(NOW + DAY + MINUTE) == 1
    assert caps.sweep(rows, NOW + DAY - MINUTE) == 0
    assert caps.sweep(rows, NOW + DAY) == 4, "three numbers, and the code that was taken back"
    assert total() == 1


def test_the_newest_hold_says_what_holds(rows: sa.Connection) -> None:
    assert holds.newest(rows) is None
    told = [Hold(NOW, True, "ann", "odd calls"), Hold(NOW, False, "bert", "explained")]
    for one in told:
        holds.add(rows, one)
    assert holds.newest(rows) == told[1]
    assert holds.history(rows) == (told[1], told[0])
    assert holds.history(rows, limit=1) == (told[1],)


def test_records_go_child_legs_first_and_are_tried_in_turn(rows: sa.Connection) -> None:
    parent = Record("CA1", "twilio", False, "", NOW)
    child = Record("CA2", "twilio", True, "CA1", NOW + MINUTE)
    other = Record("CA3", "rehearsal", False, "", NOW)
    for one in (parent, child, other, parent):
        records.add(rows, one)
    assert records.due(rows, "twilio") == (child, parent)
    records.add(rows, Record("CA0", "twilio", False, "", NOW + MINUTE))
    records.tried(rows, "CA1")
    assert [one.sid for one in records.due(rows, "twilio")] == ["CA2", "CA0", "CA1"]
    assert [one.tries for one in records.due(rows, "twilio")] == [0, 0, 1]
    records.remove(rows, "CA2")
    assert [one.sid for one in records.due(rows, "twilio", limit=1)] == ["CA0"]
