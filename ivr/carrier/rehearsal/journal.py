"""The durable journal: one line of JSON an entry, on the disk before anything is sent.

A process that is killed may leave half a line at the end; the next one cuts that off. Two
carriers never write to one journal.
"""

import fcntl
import json
import os
from collections.abc import Callable, Iterable, Iterator
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
        self._file = path.open("ab")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise
        self._file.truncate(_whole_bytes(path))

    def write(self, entries: Iterable[Entry]) -> None:
        """Append entries with one write and one fsync."""
        lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        if lines:
            self._file.write(lines.encode())
            self._file.flush()
            self._sync(self._file.fileno())

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
    if not path.exists():
        return
    with path.open("rb") as lines:
        for line in lines:
            if line.endswith(b"\n"):
                yield json.loads(line)


def _whole_bytes(path: Path) -> int:
    """How many bytes of the file are whole lines."""
    body = path.read_bytes()
    return body.rfind(b"\n") + 1
