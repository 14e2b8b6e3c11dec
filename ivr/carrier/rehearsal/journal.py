"""The durable journal: one line of JSON an entry, on the disk before anything is sent.

A process that is killed may leave half a line at the end; the next one cuts that off. Two
carriers never write to one journal. What nobody needs any more is left out when one starts.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from io import BufferedWriter
from pathlib import Path
from typing import Protocol, Self

from ivr.carrier.rehearsal.legs import Entry


class Journal(Protocol):
    """Where entries go."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Keep entries; they are durable when this returns."""

    def close(self) -> None:
        """Nothing more will be written."""


class MemoryJournal:
    """A journal for tests and for telephones without a process of their own."""

    def __init__(self) -> None:
        """Begin empty."""
        self.entries: list[Entry] = []

    def write(self, entries: Iterable[Entry]) -> None:
        """Keep entries as they would come back from a file."""
        self.entries += [json.loads(json.dumps(entry)) for entry in entries]

    def close(self) -> None:
        """Nothing is open."""


class FileJournal:
    """A journal in one file."""

    def __init__(self, path: Path, sync: Callable[[int], None] = os.fsync) -> None:
        """Open or make the file and cut off half a line.

        Raises BlockingIOError where another process has it.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path, self._sync = path, sync
        self._file = _own(path)
        self._file.truncate(_whole_bytes(path))

    def write(self, entries: Iterable[Entry]) -> None:
        """Append entries with one write and one fsync."""
        lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        if lines:
            self._file.write(lines.encode())
            self._file.flush()
            self._sync(self._file.fileno())

    def forget(self, calls: AbstractSet[str]) -> None:
        """Leave out all that is written about these calls, at once or not at all.

        Raises OSError where there is no room for the shorter one: the journal is as it was.
        """
        if not calls:
            return
        shorter = self.path.with_name(f"{self.path.name}.new")
        shorter.unlink(missing_ok=True)
        file = _own(shorter)
        try:
            os.fchmod(file.fileno(), self.path.stat().st_mode & 0o777)
            for line in _lines(self.path):
                if json.loads(line)["call"] not in calls:
                    file.write(line)
            file.flush()
            self._sync(file.fileno())
            shorter.replace(self.path)
        except OSError:
            file.close()
            shorter.unlink(missing_ok=True)
            raise
        self._file.close()
        self._file = file
        _sync_folder(self.path.parent, self._sync)

    def __enter__(self) -> Self:
        """The file is open already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def read_journal(path: Path) -> Iterator[Entry]:
    """Every whole entry of a journal, oldest first; none where there is no file."""
    for line in _lines(path) if path.exists() else ():
        yield json.loads(line)


def _lines(path: Path) -> Iterator[bytes]:
    """The whole lines of a file."""
    with path.open("rb") as lines:
        yield from (line for line in lines if line.endswith(b"\n"))


def _own(path: Path) -> BufferedWriter:
    """The file, open at its end, and closed to every other process. Raises BlockingIOError."""
    file = path.open("ab")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.path.samestat(os.fstat(file.fileno()), path.stat()):
            raise BlockingIOError("another process has just put a shorter one in its place")
    except OSError:
        file.close()
        raise
    return file


def _sync_folder(folder: Path, sync: Callable[[int], None]) -> None:
    """Make a new name in a folder as durable as the file."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        sync(handle)
    finally:
        os.close(handle)


def _whole_bytes(path: Path) -> int:
    """How many bytes of the file are whole lines."""
    body = path.read_bytes()
    return body.rfind(b"\n") + 1
