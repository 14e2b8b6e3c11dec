"""What can happen to a database while calls run."""

import os
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from ivr.line import Line
from ivr.store import schema
from tests.installations import settings

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
BURIED = "+3220000007"  # an example: nobody's number
PAGE = 4096


class Machine:
    """One machine: the folder of its files, and its database, which may lie elsewhere."""

    def __init__(self, folder: Path, database: Path) -> None:
        self.folder, self.database = folder, database
        self.lines: list[Line] = []
        self.url = f"sqlite:///{database}"

    def line(self) -> Line:
        self.lines.append(Line(settings(self.folder, IVR_DATABASE_URL=self.url)))
        return self.lines[-1]


@contextmanager
def garbage(machine: Machine) -> Iterator[None]:
    for path in machine.database.parent.glob(f"{machine.database.name}*"):
        path.write_bytes(b"\x00not a database\xff" * 5000)
    yield


@contextmanager
def folder(machine: Machine) -> Iterator[None]:
    for path in machine.database.parent.glob(f"{machine.database.name}*"):
        path.unlink()
    machine.database.mkdir()
    yield


@contextmanager
def written(machine: Machine) -> Iterator[None]:
    """Another writer who never ends."""
    other = sqlite3.connect(machine.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def locked(machine: Machine) -> Iterator[None]:
    """Somebody who lets nobody in, not even to read."""
    for line in machine.lines:
        line.store.close()
    other = sqlite3.connect(machine.database, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def absent(machine: Machine) -> Iterator[None]:
    for path in machine.database.parent.glob(f"{machine.database.name}*"):
        path.unlink()
    yield


@contextmanager
def emptied(machine: Machine) -> Iterator[None]:
    with absent(machine):
        schema.migrate(machine.url)
        yield


@contextmanager
def full(machine: Machine) -> Iterator[None]:
    """No room for one more page: on a small disk of its own, which is filled to its last byte, or
    where nobody may mount one, by the system's limit on how long this process's files may be.
    """
    place = machine.database.parent
    with filled(place) if os.path.ismount(place) else limited():
        yield


@contextmanager
def limited() -> Iterator[None]:
    most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (PAGE, most[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, most)


@contextmanager
def filled(place: Path) -> Iterator[None]:
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file:
        size = 1 << 16
        while size:
            try:
                file.write(b"\xff" * size)
            except OSError:
                size //= 2
    yield
    filler.unlink()


DISASTERS = [garbage, folder, written, locked, absent, emptied, full]
Disaster = Callable[[Machine], "contextmanager[None]"]
