"""A database that is put back from a backup calls nobody before a supervisor has looked."""

import sqlite3
from contextlib import closing
from pathlib import Path

from ivr.callbacks import hold
from ivr.callbacks.restored import FILE, beat
from ivr.callbacks.sweeps import ALL
from ivr.store import holds
from tests.callbacks.calling import Desk


def on(desk: Desk) -> bool:
    with desk.store.reading() as connection:
        return hold.is_on(connection)


def file_of(desk: Desk) -> Path:
    return desk.means.context().vault.ring.folder / FILE


def copy(source: str | Path, target: str | Path) -> None:
    """A whole database, as a backup takes it and puts it back."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)


def test_an_ordinary_day_throws_nothing(either_desk: Desk) -> None:
    assert [beat(either_desk.means, either_desk.at) for _ in range(3)] == [0, 0, 0]
    assert not on(either_desk)
    assert file_of(either_desk).read_text() == "3"


def test_a_backup_that_is_put_back_is_on_hold_and_says_why(desk: Desk, tmp_path: Path) -> None:
    beat(desk.means, desk.at)
    kept = tmp_path / "backup.sqlite"
    database = desk.store.engine.url.database
    assert database
    copy(database, kept)
    beat(desk.means, desk.at)
    copy(kept, database)
    assert beat(desk.means, desk.at) == 1
    assert on(desk)
    with desk.store.reading() as connection:
        newest = holds.newest(connection)
    assert newest
    assert "backup" in newest.reason
    with desk.store.writing() as connection:
        hold.lift(connection, "sue", "looked at all of them", desk.at)
    assert beat(desk.means, desk.at) == 0
    assert not on(desk)


def test_an_empty_database_beside_an_old_ring_is_on_hold(desk: Desk) -> None:
    file_of(desk).parent.mkdir(parents=True, exist_ok=True)
    file_of(desk).write_text("41")
    assert beat(desk.means, desk.at) == 1
    assert file_of(desk).read_text() == "42"


def test_a_damaged_file_says_nothing_and_is_written_anew(desk: Desk) -> None:
    beat(desk.means, desk.at)
    file_of(desk).write_text("?")
    assert beat(desk.means, desk.at) == 0
    assert file_of(desk).read_text() == "2"


def test_a_process_that_died_before_it_wrote_the_file_throws_nothing(desk: Desk) -> None:
    beat(desk.means, desk.at)
    file_of(desk).write_text("0")
    assert beat(desk.means, desk.at) == 0


def test_it_is_looked_at_before_anything_else_is_done() -> None:
    assert ALL[0].name == "beat"
