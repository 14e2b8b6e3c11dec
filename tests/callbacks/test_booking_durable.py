"""Seen with strace: the disk has it before she is told."""

import os
from pathlib import Path

import psycopg
import pytest

from ivr.drill.durable import can_watch, problems, watch
from ivr.drill.orders import plan
from tests import kinds

SEED = next(one for one in range(10, 100) if plan(one).last >= 2)
pytestmark = pytest.mark.skipif(not can_watch(), reason="there is no strace on this machine")


def server_of(url: str) -> int:
    """The process of the server, for it is the one that syncs; in SQLite there is none."""
    if url.startswith("sqlite"):
        return 0
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute("SHOW data_directory").fetchone()
        assert row
        return int((Path(row[0]) / "postmaster.pid").read_text().split()[0])


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may watch another's server")
def test_it_is_on_the_disk_before_it_is_said(migrated: str, tmp_path: Path) -> None:
    log = tmp_path / "calls"
    lines = watch(migrated, tmp_path / "ring", SEED, log, server=server_of(migrated))
    assert list(problems(lines)) == []


def test_the_planted_fault_is_found(tmp_path: Path) -> None:
    copy = tmp_path / "line.sqlite"
    copy.write_bytes(kinds.template_file().read_bytes())
    url = f"sqlite:///{copy}"
    lines = watch(url, tmp_path / "ring", SEED, tmp_path / "calls", early=True)
    assert "told, and nothing was synced" in set(problems(lines))


def test_a_write_after_the_last_sync_is_found() -> None:
    lines = [
        '7 pwrite64(5</x/line.sqlite-wal>, "a", 1, 0) = 1',
        "7 fdatasync(5</x/line.sqlite-wal>) = 0",
        '7 write(6</x/ring/2026-11-27.0011>, "k", 1) = 1',
        '7 link("/x/ring/2026-11-27.0011", "/x/ring/2026-11-27.key") = 0',
        '7 write(4<pipe:[1]>, "0 noted\\n", 8) = 8',
    ]
    assert list(problems(lines)) == [
        "told while /x/ring/2026-11-27.0011 was not synced",
        "told while /x/ring was not synced",
    ]
    assert list(problems([])) == ["nothing was told"]
