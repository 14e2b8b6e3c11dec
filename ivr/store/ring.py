"""The key ring: one random key for each day, outside the database and its backups.

What a key of a day has sealed can be read as long as the key is there; once it is destroyed, every
copy is gone with it, in every backup of the database. A copy of the ring is kept apart, the latest
alone. Several processes may share a ring, also on a folder that machines share.
"""

import contextlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

KEY_BYTES = 32
_SUFFIX = ".key"
_PRIVATE = 0o600


class KeyRing:
    """The keys in one folder, a file for each day. Every use may raise OSError."""

    def __init__(self, folder: Path) -> None:
        """Open nothing yet."""
        self.folder = folder
        self._durable: set[date] = set()

    def prepare(self) -> None:
        """Make the folder. Raises OSError where no key could be made in it."""
        _make_folder(self.folder)
        if not os.access(self.folder, os.W_OK | os.X_OK):
            raise PermissionError(f"nothing can be written to {self.folder.name}")

    def key(self, day: date) -> bytes:
        """The key of a day, made when it is not there: on the disk for good before it is given."""
        key = self.known(day)
        if key is None:
            self._make(day)
            key = self._read(self._path(day))
        if day not in self._durable:  # whoever made it may not have come to this yet
            _sync_folder(self.folder)
            self._durable.add(day)
        return key

    def known(self, day: date) -> bytes | None:
        """The key of a day; None when there is none, or none any more."""
        try:
            return self._read(self._path(day))
        except FileNotFoundError:
            return None

    def days(self) -> tuple[date, ...]:
        """The days that have a key, in their order."""
        if not self.folder.exists():
            return ()
        found = (_day_of(path) for path in self.folder.iterdir() if path.suffix == _SUFFIX)
        return tuple(sorted(day for day in found if day))

    def destroy(self, before: date) -> int:
        """Overwrite and remove the keys of all days before one; how many that were.

        On a disk that keeps old blocks (flash, snapshots) the overwriting is no more than a try:
        such a disk has to be encrypted itself.
        """
        if not self.folder.exists():
            return 0
        old = [path for path in self.folder.iterdir() if (_day_of(path) or before) < before]
        for path in old:
            with contextlib.suppress(FileNotFoundError):  # another process was there first
                _overwrite(path)
                path.unlink()
        _sync_folder(self.folder)
        return sum(path.suffix == _SUFFIX for path in old)

    def _make(self, day: date) -> None:
        """Write it whole under a name of its own, then give it the name of the day, once."""
        _make_folder(self.folder)
        begun = self.folder / f"{day.isoformat()}.{secrets.token_hex(8)}"
        try:
            with _opened(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as file:
                os.write(file, secrets.token_bytes(KEY_BYTES))
                os.fsync(file)
            with contextlib.suppress(FileExistsError):  # another process was there first
                os.link(begun, self._path(day))
        finally:
            begun.unlink(missing_ok=True)
        _sync_folder(self.folder)

    def _path(self, day: date) -> Path:
        return self.folder / f"{day.isoformat()}{_SUFFIX}"

    @staticmethod
    def _read(path: Path) -> bytes:
        key = path.read_bytes()
        if len(key) != KEY_BYTES:
            raise OSError(f"{path.name} in the key ring is damaged")
        return key


def _day_of(path: Path) -> date | None:
    """The day that a file of the ring belongs to, also one that was begun and left."""
    try:
        return date.fromisoformat(path.name.partition(".")[0])
    except ValueError:
        return None


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    file = os.open(path, flags, _PRIVATE)
    try:
        yield file
    finally:
        os.close(file)


def _overwrite(path: Path) -> None:
    with _opened(path, os.O_WRONLY) as file:
        os.write(file, secrets.token_bytes(KEY_BYTES))
        os.fsync(file)


def _make_folder(folder: Path) -> None:
    """Make a folder and those above it, each durably."""
    if folder.exists():
        return
    _make_folder(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    with _opened(folder, os.O_RDONLY | os.O_DIRECTORY) as file:
        os.fsync(file)
