"""The database breaks, at the start or while calls run: information and routing go on.

Every way of breaking is a real one: the file holds garbage, is a directory, is locked by another
process, or the disk under it is full.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from ivr.app import create_app
from ivr.clock import now
from ivr.settings import Settings
from ivr.store import schema
from tests.story_files import FOLDER, load
from tests.tellers import an_installation, tell

STORIES = [load(FOLDER / f"{name}.toml") for name in ("topic_police_and_papers", "nobody_picks_up")]
LOCKER = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode=EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
time.sleep(600)
"""

Break = Callable[[Path], None]


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    """What a broken machine leaves behind is cleaned up in the end."""
    with ExitStack() as stack:
        yield stack


def garbage(path: Path) -> None:
    """Something else has written into the file."""
    forget(path)
    path.write_bytes(os.urandom(4096))


def directory(path: Path) -> None:
    """Somebody made a folder where the file was."""
    forget(path)
    path.mkdir()


def truncated(path: Path) -> None:
    """The file was cut in the middle."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2 + 100)


def forget(path: Path) -> None:
    """Take the file away, and what SQLite keeps beside it."""
    for name in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        name.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another process holds the database and does not let go."""
    process = subprocess.Popen(
        [sys.executable, "-c", LOCKER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "locked\n"
    try:
        yield
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of one megabyte; mounting one needs root, which continuous integration is."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def fill(folder: Path) -> None:
    """Write until nothing more fits."""
    with (folder / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            pass


def calls_go_on(app: Flask, settings: Settings) -> None:
    """Whole calls, as if nothing had happened; and the upkeep, which must not raise either."""
    line = app.extensions["line"]
    for story in STORIES:
        line.refresh(now())
        line.flush()
        tell(app, settings, story, "nl")
        tell(app, settings, story, "en")


def begun(folder: Path, **changes: str) -> tuple[Flask, Settings, Path]:
    """A line that has been running with a whole database."""
    settings = an_installation(folder, **changes)
    schema.migrate(settings.database_url)
    app = create_app(settings)
    app.extensions["line"].refresh(now())
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    assert path.is_file()
    return app, settings, path


@pytest.mark.parametrize("break_it", [garbage, directory, truncated, forget])
def test_it_breaks_while_calls_run(tmp_path: Path, break_it: Break) -> None:
    app, settings, path = begun(tmp_path)
    calls_go_on(app, settings)
    break_it(path)
    calls_go_on(app, settings)
    app.extensions["line"].stop()


@pytest.mark.parametrize("break_it", [garbage, directory, truncated, forget])
def test_it_is_broken_when_the_line_starts_again(tmp_path: Path, break_it: Break) -> None:
    app, settings, path = begun(tmp_path)
    app.extensions["line"].stop()
    break_it(path)
    app = create_app(settings)
    calls_go_on(app, settings)
    app.extensions["line"].stop()


@pytest.mark.parametrize("break_it", [garbage, directory])
def test_it_is_broken_at_the_very_first_start(tmp_path: Path, break_it: Break) -> None:
    settings = an_installation(tmp_path)
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    break_it(path)
    app = create_app(settings)
    assert app.extensions["line"].health.problem
    calls_go_on(app, settings)
    app.extensions["line"].stop()


def test_it_is_locked_while_calls_run_and_at_the_next_start(
    tmp_path: Path, stack: ExitStack
) -> None:
    app, settings, path = begun(tmp_path)
    app.extensions["line"].store.close()
    stack.enter_context(locked(path))
    calls_go_on(app, settings)
    again = create_app(settings)
    calls_go_on(again, settings)
    for one in (app, again):
        one.extensions["line"].stop()


def test_its_disk_is_full_while_calls_run_and_at_the_next_start(
    tmp_path: Path, stack: ExitStack
) -> None:
    disk = stack.enter_context(small_disk(tmp_path / "disk"))
    url = f"sqlite:///{disk / 'line.sqlite'}"
    app, settings, _ = begun(tmp_path / "var", IVR_DATABASE_URL=url)
    fill(disk)
    calls_go_on(app, settings)
    again = create_app(settings)
    calls_go_on(again, settings)
    for one in (app, again):
        one.extensions["line"].stop()
        one.extensions["line"].store.close()


def test_the_whole_folder_is_on_a_full_disk(tmp_path: Path, stack: ExitStack) -> None:
    disk = stack.enter_context(small_disk(tmp_path / "disk"))
    fill(disk)
    settings = an_installation(disk / "var")
    app = create_app(settings)
    calls_go_on(app, settings)
    app.extensions["line"].stop()


def test_what_was_counted_meanwhile_is_written_when_it_is_back(
    tmp_path: Path, stack: ExitStack
) -> None:
    app, settings, path = begun(tmp_path)
    line = app.extensions["line"]
    line.flush()
    before = counted(path)
    line.store.close()
    with locked(path):
        tell(app, settings, STORIES[0], "nl")
        line.flush()
    line.flush()
    assert counted(path) > before
    line.stop()


def counted(path: Path) -> int:
    """How much has been counted in all."""
    connection = sqlite3.connect(path)
    [(total,)] = connection.execute("SELECT coalesce(sum(n), 0) FROM counts").fetchall()
    connection.close()
    return int(total)
