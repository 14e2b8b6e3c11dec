"""The line in trouble: files, damage, full disks, a database that is away; and its upkeep."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ivr import line as lines
from ivr.line import Line
from ivr.store import counts, effects, proofs
from ivr.store.documents import DIRECTORIES, EDITIONS
from tests import kinds
from tests.editions.work import NOW, TARGET, change_directory, publish
from tests.installations import settings


def test_the_files_take_over_where_the_database_left(
    line: Line, make: Callable[[], Line], tmp_path: Path
) -> None:
    publish(line)
    change_directory(line, lambda old: replace(old, zone="Europe/Berlin"))
    with line.store.writing() as connection:
        proofs.keep(connection, "twilio", TARGET, NOW)
    line.refresh(NOW)
    fresh = make()  # it has not looked at the database yet
    assert fresh.health == lines.Health("", 2, 2)
    world = fresh.world("twilio")
    assert world.directory.zone == "Europe/Berlin"
    assert TARGET in world.directory.proved["twilio"]
    assert world.edition == line.edition(2)


def test_an_empty_database_gets_back_what_the_files_kept(
    line: Line, make: Callable[[], Line], tmp_path: Path
) -> None:
    change_directory(line, lambda old: replace(old, buried=frozenset({TARGET})))
    publish(line)
    line.refresh(NOW)
    url = kinds.migrated(tmp_path / "new")
    fresh = Line(settings(tmp_path, IVR_DATABASE_URL=url))
    fresh.refresh(NOW)
    assert fresh.world("twilio").directory.buried == {TARGET}
    with fresh.store.reading() as connection:
        assert DIRECTORIES.newest(connection)[0] == 2
        assert EDITIONS.load(connection, 2), "the published edition is back under its number"
    fresh.store.close()


@pytest.mark.parametrize("damage", ["cut", "other", "gone"])
def test_damaged_files_give_way_to_what_ships(
    line: Line, make: Callable[[], Line], tmp_path: Path, damage: str
) -> None:
    for path in [*tmp_path.glob("*/0*.json"), tmp_path / "proofs.json"]:
        match damage:
            case "cut":
                path.write_bytes(path.read_bytes()[:100])
            case "other":
                path.write_text(json.dumps({"number": 1, "document": []}))
            case "gone":
                path.unlink()
    fresh = make()
    assert fresh.health == lines.Health("", 0, 0)
    assert fresh.world("rehearsal").edition.offered(rehearsal=True)


def test_a_file_of_another_release_that_cannot_be_read_gives_way(
    line: Line, make: Callable[[], Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    def other(number: int, digest: str, content: object) -> object:
        raise KeyError("a field of another release")

    monkeypatch.setattr("ivr.editions.library.read_edition", other)
    assert make().health.edition == 0


def test_a_release_that_cannot_be_read_does_not_hide_what_staff_made(
    line: Line, make: Callable[[], Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(line)

    def damaged(*_: object) -> None:
        raise ValueError("a file of the release is damaged")

    monkeypatch.setattr("ivr.editions.library.is_shipped", damaged)
    fresh = make()
    fresh.refresh(NOW)
    assert fresh.health == lines.Health("ValueError at refresh", 2, 1)


def test_an_edition_in_the_database_that_cannot_be_read_changes_nothing(line: Line) -> None:
    with line.store.writing() as connection:
        EDITIONS.save(connection, {"menu": "none"}, source="", note="", at=NOW)
    line.refresh(NOW)
    assert line.health == lines.Health("DamagedError at refresh", 1, 1)
    assert line.world("rehearsal").edition.number == 1


def test_a_full_disk_keeps_no_files_and_changes_nothing_else(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr("os.fsync", full)
    publish(line)
    line.refresh(NOW)
    assert line.health == lines.Health("OSError at refresh", 2, 1)
    change_directory(line, lambda old: replace(old, zone="Europe/Berlin"))
    line.refresh(NOW)
    assert line.health == lines.Health("OSError at refresh", 2, 2)


def test_files_are_written_once_the_disk_has_room_again(
    line: Line, make: Callable[[], Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(line)
    with monkeypatch.context() as full:
        full.setattr("os.fsync", lambda handle: 1 / 0)
        line.refresh(NOW)
    assert make().health.edition == 1
    line.refresh(NOW)
    assert make().health.edition == 2


def test_the_trouble_is_over_when_it_is_over(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as away:
        away.setattr(line.store, "reading", lambda: 1 / 0)
        line.refresh(NOW)
        assert line.health.problem == "ZeroDivisionError at refresh"
    line.refresh(NOW)
    assert line.health.problem == ""


def test_counts_go_to_the_database_and_wait_while_it_is_away(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    line.counts.count(NOW, language="nl", node="main", event="entered")
    with monkeypatch.context() as away:
        away.setattr(line.store, "writing", lambda: 1 / 0)
        line.flush()
        line.refresh(NOW)
        assert line.health.problem == "ZeroDivisionError at flush", "reading alone is not all well"
    line.counts.count(NOW, language="nl", node="main", event="entered")
    line.flush()
    line.flush()
    with line.store.reading() as connection:
        (n,) = counts.load(connection, NOW, NOW + timedelta(hours=1)).values()
    assert n == 2


def test_old_effects_are_erased(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    with line.store.writing() as connection:
        effects.keep(connection, "old", "ok", NOW - timedelta(hours=49))
        effects.keep(connection, "new", "ok", NOW)
    line.sweep(NOW)
    with line.store.reading() as connection:
        assert effects.find(connection, "old") is None
        assert effects.find(connection, "new") == "ok"
    monkeypatch.setattr(line.store, "writing", lambda: 1 / 0)
    line.sweep(NOW)
    assert line.health.problem == "ZeroDivisionError at sweep"


def test_the_upkeep_brings_news_and_writes_counts_down(
    make: Callable[[], Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "REFRESH", 0.01)
    monkeypatch.setattr(lines, "FLUSH", 0.01)
    monkeypatch.setattr(lines, "SWEEP", 0.01)
    line = make()
    line.start()
    line.counts.count(NOW, language="nl", node="main", event="entered")
    end = time.monotonic() + 20
    while time.monotonic() < end and line.health != lines.Health("", 1, 1):
        time.sleep(0.02)
    assert line.health == lines.Health("", 1, 1)
    line.counts.count(NOW, language="nl", node="main", event="left")
    line.stop()
    with line.store.reading() as connection:
        found = counts.load(connection, NOW, NOW + timedelta(hours=1))
    assert {bucket.event: n for bucket, n in found.items()} == {"entered": 1, "left": 1}
    line.store.close()
