"""The connection: its promises about durability and erasure, and how soon it gives up."""

import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.store import effects, schema
from ivr.store.database import CONNECT, PATIENCE, Away, Store

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'line.sqlite'}"
    schema.migrate(url)
    with Store(url) as store:
        yield store


def pragma(connection: sa.Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_sqlite_writes_ahead_durably_and_erases_for_good(lite: Store) -> None:
    with lite.reading() as connection:
        found = {one: pragma(connection, one) for one in ("journal_mode", "synchronous")}
        assert found == {"journal_mode": "wal", "synchronous": 2}
        assert pragma(connection, "secure_delete") == 1
        assert pragma(connection, "busy_timeout") == PATIENCE * 1000


def test_a_writer_takes_its_turn_at_the_beginning(lite: Store) -> None:
    """Two that read and then write would otherwise fail in the middle, with their work lost."""
    with lite.writing(), pytest.raises(Away, match="locked"), lite.writing():
        pass


def test_a_reader_does_not_wait_for_a_writer(lite: Store) -> None:
    with lite.writing() as writer, lite.reading() as reader:
        writer.exec_driver_sql("INSERT INTO effects VALUES ('k', 'ok', '2026-11-23 00:00:00')")
        assert reader.exec_driver_sql("SELECT count(*) FROM effects").scalar() == 0


def test_a_locked_database_is_away_soon(lite: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "line.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    before = time.monotonic()
    with pytest.raises(Away), lite.writing():
        pass
    assert time.monotonic() - before < PATIENCE * 2.5
    other.execute("ROLLBACK")
    other.close()
    with lite.writing():
        pass


def test_what_breaks_in_a_block_is_not_kept(database: str) -> None:
    schema.migrate(database)

    def twice(store: Store) -> None:
        with store.writing() as connection:
            effects.keep(connection, "k", "ok", NOW)
            effects.keep(connection, "k", "ok", NOW)

    with Store(database) as store:
        with pytest.raises(Away):
            twice(store)
        with store.reading() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM effects").scalar() == 0


@pytest.mark.parametrize("what", ["garbage", "a folder", "another program's file"])
def test_whatever_lies_there_instead_is_away_and_nothing_else(tmp_path: Path, what: str) -> None:
    path = tmp_path / "line.sqlite"
    match what:
        case "garbage":
            path.write_bytes(b"\x00garbage" * 4096)
        case "a folder":
            path.mkdir()
        case _:
            path.write_text("dear diary")
    with Store(f"sqlite:///{path}") as store, pytest.raises(Away), store.writing():
        pass


def test_a_place_where_no_folder_can_be_is_away(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    url = f"sqlite:///{tmp_path / 'file' / 'line.sqlite'}"
    with Store(url) as store, pytest.raises(Away), store.reading():
        pass


def test_postgresql_that_never_answers_is_away_soon() -> None:
    """A port that accepts and says nothing: a firewall, a machine that hangs."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        before = time.monotonic()
        url = f"postgresql+psycopg://line@127.0.0.1:{port}/line"
        with Store(url) as store, pytest.raises(Away), store.reading():
            pass
        assert time.monotonic() - before < CONNECT * 2.5


def test_postgresql_that_refuses_is_away_at_once() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"postgresql+psycopg://line@127.0.0.1:{port}/line"
    with Store(url) as store, pytest.raises(Away), store.reading():
        pass


def test_on_a_slow_disk_writers_take_turns_and_none_is_left_waiting(lite: Store) -> None:
    """Eight threads write for 50 ms each, over and over: whoever waits is next, not overtaken."""

    def write(_: int) -> None:
        for _ in range(8):
            with lite.writing() as connection:
                connection.exec_driver_sql("SELECT 1")
                time.sleep(0.05)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(write, range(8))) == [None] * 8


def test_postgresql_breaks_off_a_statement_that_takes_too_long(postgresql: str) -> None:
    with Store(postgresql) as store:
        before = time.monotonic()
        with pytest.raises(Away), store.reading() as connection:
            connection.exec_driver_sql("SELECT pg_sleep(60)")
        assert time.monotonic() - before < 5
        with store.reading() as connection:
            assert connection.exec_driver_sql("SELECT 1").scalar() == 1


def test_a_migration_may_take_its_time(postgresql: str) -> None:
    with Store(postgresql, patient=True) as store, store.reading() as connection:
        assert connection.exec_driver_sql("SHOW statement_timeout").scalar() == "0"


def test_the_driver_of_postgresql_is_imported_only_when_the_address_says_so(tmp_path: Path) -> None:
    code = (
        "import sys; from ivr.store.database import Store;"
        f"Store('sqlite:///{tmp_path}/x.sqlite').reading().__enter__();"
        "assert 'psycopg' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
