"""Callbacks as rows: their states by the table alone, and what is hers sealed and erased."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.store import callbacks, hers
from ivr.store.callback_tables import callbacks as table
from ivr.store.hers import Wishes
from ivr.store.sealing import LostError, Vault
from routing.callback import TRANSITIONS, Event, State
from tests.callbacks.booked import CODE, LATER, NOW, NUMBER, OTHER, SECRET, TOMORROW, asked

SOON = NOW + timedelta(minutes=15)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "ring", (SECRET,))


@pytest.fixture
def connection(rows: sa.Connection) -> sa.Connection:
    return rows


def put(connection: sa.Connection, vault: Vault, **changes: object) -> int:
    return hers.insert(connection, vault, asked(**changes), carrier="rehearsal", at=NOW)


def be(connection: sa.Connection, callback: int, state: State) -> None:
    """As if it had come to this state."""
    claimed = {"claimed_by": 1, "lease": SOON}
    connection.execute(sa.update(table).values(state=str(state), **claimed).where(
        table.c.id == callback))  # fmt: skip


def test_a_callback_comes_back_as_it_was_asked_for(connection: sa.Connection, vault: Vault) -> None:
    wishes = Wishes(voicemail=True, retry=True, own=True)
    callback = put(connection, vault, wishes=wishes, young=True, region="bru")
    row = callbacks.load(connection, callback)
    assert row
    assert (row.window, row.state, row.carrier) == (TOMORROW, State.WAITING, "rehearsal")
    assert (row.start, row.until) == TOMORROW.span()
    assert row.expires == date(2026, 11, 27), "72 hours after its end"
    assert (row.language, row.need, row.region, row.young) == ("nl", "papers", "bru", True)
    assert (row.claimed_by, row.reason, row.told, row.booked_at) == (None, None, "", NOW)
    assert hers.number_of(connection, vault, callback) == NUMBER
    assert hers.wishes_of(connection, vault, callback) == wishes
    assert hers.note_of(connection, vault, callback) == ""
    assert callbacks.load(connection, callback + 1) is None


def test_nothing_of_hers_stands_in_the_row_in_plain(
    connection: sa.Connection, vault: Vault
) -> None:
    callback = put(connection, vault)
    hers.keep_note(connection, vault, callback, "rings twice")
    found = connection.execute(sa.select(table)).one()
    text = b"|".join(one if isinstance(one, bytes) else str(one).encode() for one in found)
    for plain in (NUMBER, NUMBER[1:], CODE, "rings twice"):
        assert plain.encode() not in text.replace(b"fingerprint", b"")


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("state", State)
def test_a_state_changes_by_the_table_alone(
    connection: sa.Connection, vault: Vault, state: State, event: Event
) -> None:
    callback = put(connection, vault)
    if state is State.CLOSED:
        callbacks.close(connection, callback, "over", NOW, Event.WITHDRAW)
    else:
        be(connection, callback, state)
    if event in (Event.CLOSE, Event.WITHDRAW):
        done = callbacks.close(connection, callback, "over", NOW, event)
    else:
        done = callbacks.change(
            connection, callback, event, claimed_by=2, lease=SOON
        )  # fmt: skip
    after = TRANSITIONS.get((state, event))
    row = callbacks.load(connection, callback)
    assert row
    assert done == (after is not None)
    assert row.state == (after or state)


def test_who_lets_it_go_has_it_no_longer(connection: sa.Connection, vault: Vault) -> None:
    callback = put(connection, vault)
    be(connection, callback, State.CLAIMED)
    assert callbacks.change(connection, callback, Event.RELEASE)
    row = callbacks.load(connection, callback)
    assert row
    assert (row.claimed_by, row.lease) == (None, None)
    be(connection, callback, State.CALLING)
    assert callbacks.change(connection, callback, Event.LOST)
    row = callbacks.load(connection, callback)
    assert row
    assert row.claimed_by == 1, "unknown is still hers: her call may be found"


def test_a_condition_of_the_caller_s_own_decides_too(
    connection: sa.Connection, vault: Vault
) -> None:
    callback = put(connection, vault)
    nobody = (table.c.claimed_by == 7,)
    assert not callbacks.change(connection, callback, Event.FREEZE, when=nobody)
    assert not callbacks.close(connection, callback, "x", NOW, Event.WITHDRAW, when=nobody)
    assert not callbacks.change(connection, callback + 1, Event.FREEZE)


def test_closing_goes_by_the_door_that_erases(connection: sa.Connection, vault: Vault) -> None:
    callback = put(connection, vault)
    with pytest.raises(ValueError, match="erases"):
        callbacks.change(connection, callback, Event.WITHDRAW)
    with pytest.raises(ValueError, match="closes nothing"):
        callbacks.close(connection, callback, "x", NOW, Event.FREEZE)


def test_closing_erases_everything_of_hers(connection: sa.Connection, vault: Vault) -> None:
    callback = put(connection, vault)
    hers.keep_note(connection, vault, callback, "x")
    assert callbacks.close(connection, callback, "withdrawn", SOON, Event.WITHDRAW)
    row = callbacks.load(connection, callback)
    assert row
    assert (row.reason, row.closed_at) == ("withdrawn", SOON)
    for read in (hers.number_of, hers.wishes_of):
        with pytest.raises(LostError):
            read(connection, vault, callback)
    with pytest.raises(LostError):
        hers.code_is(connection, vault, callback, CODE)
    with pytest.raises(LostError):
        hers.reseal(connection, vault, callback, LATER)
    assert hers.note_of(connection, vault, callback) == ""
    assert not hers.keep_note(connection, vault, callback, "y")
    assert hers.of_number(connection, vault, NUMBER, "rehearsal") == ()
    assert callbacks.open_ones(connection) == ()
    assert callbacks.promised(connection, NOW) == {}


def test_a_note_is_short_can_change_and_can_go(connection: sa.Connection, vault: Vault) -> None:
    callback = put(connection, vault)
    for note in ("é" * 280, "💬" * 280, "short", ""):
        assert hers.keep_note(connection, vault, callback, note)
        assert hers.note_of(connection, vault, callback) == note
    with pytest.raises(ValueError, match="280"):
        hers.keep_note(connection, vault, callback, "e" * 281)


def test_a_moved_callback_lives_by_its_new_day(connection: sa.Connection, vault: Vault) -> None:
    """Also with another secret first meanwhile: what an older one hashed is still hers."""
    callback = put(connection, vault)
    hers.keep_note(connection, vault, callback, "x")
    newer = Vault(vault.ring.folder, (b"n" * 32, SECRET))
    hers.reseal(connection, newer, callback, LATER)
    row = callbacks.load(connection, callback)
    assert row
    assert (row.window, row.expires) == (LATER, date(2026, 11, 29))
    newer.destroy(date(2026, 11, 28))
    assert hers.number_of(connection, newer, callback) == NUMBER
    assert hers.note_of(connection, newer, callback) == "x"
    assert hers.code_is(connection, newer, callback, CODE)
    assert not hers.code_is(connection, newer, callback, "4712")
    assert [row for row, _ in hers.of_number(connection, newer, NUMBER, "rehearsal")] == [row]


def test_a_number_finds_its_own_open_callbacks_newest_first(
    connection: sa.Connection, vault: Vault
) -> None:
    first, second = put(connection, vault), put(connection, vault, window=LATER, code="2580")
    put(connection, vault, number=OTHER)
    hers.insert(connection, vault, asked(), carrier="twilio", at=NOW)
    found = hers.of_number(connection, vault, NUMBER, "rehearsal")
    assert [row.id for row, _ in found] == [second, first]
    assert [row.id for row in hers.with_code(vault, found, CODE)] == [first]
    assert [row.id for row in hers.with_code(vault, found, "2580")] == [second]
    assert hers.with_code(vault, found, "9999") == ()


def test_what_is_promised_is_counted_by_window_and_language(
    connection: sa.Connection, vault: Vault
) -> None:
    for changes in ({}, {"code": "2580"}, {"language": "fr"}, {"window": LATER}):
        put(connection, vault, **changes)
    assert callbacks.promised(connection, NOW) == {
        (*TOMORROW.span(), "nl"): 2,
        (*TOMORROW.span(), "fr"): 1,
        (*LATER.span(), "nl"): 1,
    }
    assert callbacks.promised(connection, TOMORROW.span()[1]) == {(*LATER.span(), "nl"): 1}
    assert [one.window for one in callbacks.open_ones(connection, limit=4)][-1] == LATER


def test_the_day_that_it_expires_is_one_of_utc(connection: sa.Connection, vault: Vault) -> None:
    night = replace(TOMORROW, start=22 * 60, until=24 * 60)
    row = callbacks.load(connection, put(connection, vault, window=night))
    assert row
    assert row.until == datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    assert row.expires == date(2026, 11, 27)
