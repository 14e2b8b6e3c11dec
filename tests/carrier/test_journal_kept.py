"""The journal forgets calls that are long over, when a carrier starts, and no others."""

import errno
import fcntl
import json
import os
import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ivr.carrier.rehearsal.journal import FileJournal, read_journal
from ivr.carrier.rehearsal.ledger import Ledger, outlived
from ivr.carrier.rehearsal.legs import Entry
from ivr.carrier.rehearsal.server import KEPT, open_switch
from tests.carrier.standin import ACCOUNT, NOON, NUMBERS, Standin

LONG_AGO = NOON - KEPT - timedelta(minutes=1)


def told(call: str, at: datetime = LONG_AGO, family: str = "", **facts: Any) -> Entry:
    return {"n": 0, "at": at.isoformat(), "call": call, "family": family or call, "what": "heard",
            **facts}  # fmt: skip


def became(call: str, status: str, at: datetime = LONG_AGO, family: str = "") -> Entry:
    record = {"sid": call, "status": status, "updated": at.isoformat(), "parent": family}
    return told(call, at, family, what="call", record=record)


def numbered(*entries: Entry) -> list[Entry]:
    return [{**entry, "n": n} for n, entry in enumerate(entries, 1)]


STORY = numbered(
    became("old", "completed"),
    became("child", "busy", family="old"),
    became("long", "completed"),
    became("late child", "completed", NOON, family="long"),
    became("living", "in-progress"),
    became("gone", "completed", NOON),
    told("gone", NOON, what="deleted"),
    became("leg", "completed", NOON, family="new"),
    became("new", "completed", NOON),
    told("leg", NOON, what="deleted"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with FileJournal(tmp_path / "journal.jsonl") as journal:
        journal.write(STORY)
    return tmp_path / "journal.jsonl"


def calls(path: Path) -> set[str]:
    return {entry["call"] for entry in read_journal(path)}


def test_only_what_is_long_over_or_was_deleted_is_outlived() -> None:
    assert outlived(STORY, NOON - KEPT) == {"old", "child", "gone", "leg"}
    assert outlived([], NOON) == frozenset()


def test_what_happened_at_that_very_moment_is_kept() -> None:
    ended = numbered(became("old", "completed", NOON - KEPT))
    assert outlived(ended, NOON - KEPT) == frozenset()
    assert outlived(ended, NOON - KEPT + timedelta(seconds=1)) == {"old"}


def test_the_rest_stays_in_its_order_and_what_follows_is_written_behind_it(path: Path) -> None:
    path.chmod(0o600)
    with FileJournal(path) as journal:
        journal.forget({"old", "child"})
        journal.write([{**STORY[4], "n": 11}])
        with pytest.raises(BlockingIOError):
            FileJournal(path)
    assert [entry["n"] for entry in read_journal(path)] == [*range(3, 12)]
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
    FileJournal(path).close()


def test_nothing_is_written_anew_where_nothing_is_forgotten(path: Path) -> None:
    before = path.stat().st_ino
    with FileJournal(path) as journal:
        journal.forget(frozenset())
    assert path.stat().st_ino == before


def test_the_shorter_one_is_on_the_disk_before_it_takes_the_place_and_its_name_after(
    path: Path,
) -> None:
    seen: list[tuple[bool, bool]] = []
    old = path.stat().st_ino

    def sync(number: int) -> None:
        os.fsync(number)
        folder = stat.S_ISDIR(os.fstat(number).st_mode)
        seen.append((folder, path.stat().st_ino == old))

    with FileJournal(path, sync) as journal:
        journal.forget({"old"})
    assert seen == [(False, True), (True, False)]


def test_without_room_the_journal_is_as_it_was(path: Path) -> None:
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with FileJournal(path, full) as journal:
        with pytest.raises(OSError, match="no room"):
            journal.forget({"old"})
        assert path.read_bytes() == before
        assert list(path.parent.iterdir()) == [path]
        with pytest.raises(BlockingIOError):
            FileJournal(path)


def test_what_a_killed_process_left_half_written_is_not_taken_for_the_journal(path: Path) -> None:
    path.with_name("journal.jsonl.new").write_text(json.dumps(STORY[0]) + "\n{")
    with FileJournal(path) as journal:
        journal.forget({"gone"})
    assert calls(path) == {entry["call"] for entry in STORY} - {"gone"}


def test_who_opens_it_while_it_is_replaced_has_to_begin_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock

    def late(file: int, how: int) -> None:
        monkeypatch.setattr(fcntl, "flock", lock)
        path.with_name("other").write_bytes(b"")
        path.with_name("other").replace(path)
        lock(file, how)

    monkeypatch.setattr(fcntl, "flock", late)
    with pytest.raises(BlockingIOError):
        FileJournal(path)
    FileJournal(path).close()


def test_a_carrier_that_starts_forgets_what_is_long_over(path: Path) -> None:
    line = Standin({})
    switch = open_switch(ACCOUNT, NUMBERS, path, lambda: NOON, line.send)
    assert set(switch.ledger.records) == {"long", "late child", "living", "new"}
    assert switch.ledger.records["living"]["status"] == "completed", "it was broken off"
    switch.journal.close()
    assert calls(path) == {"long", "late child", "living", "new"}
    assert Ledger(read_journal(path)).records == switch.ledger.records


def test_a_carrier_without_room_for_a_shorter_journal_starts_with_the_long_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    monkeypatch.setattr(Path, "replace", full)
    switch = open_switch(ACCOUNT, NUMBERS, path, lambda: NOON, Standin({}).send)
    switch.journal.close()
    assert "old" in calls(path)
    assert "old" in switch.ledger.records
