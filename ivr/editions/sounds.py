"""The bytes of an edition's recordings: what ships lies in package files, all else in the database.

What staff publish stays whole when a later release ships other recordings: before it is published,
the bytes of those that ship are kept in the database as well.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock

import audio
from audio import manifest
from audio.manifest import Entry
from ivr import clock
from ivr.call.edition import Edition
from ivr.store import clips
from ivr.store.clips import AT_ONCE, Clip
from ivr.store.database import Away, Store

RECORDINGS = Path(audio.__file__).with_name("recordings")
RELEASE = "the release"
"""Who made what ships."""
PATIENCE = 5.0
"""Seconds for which a database that was away is not asked again for bytes."""


class Loader:
    """Asks the database for bytes: at most as long as the database's own limits; one that was away
    is left alone for a while, so that not every clip of a call waits for it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._until = 0.0
        self._lock = Lock()

    def __call__(self, digest: str) -> bytes | None:
        """The bytes of a recording, or None: not there, or not to be had now."""
        if clock.monotonic() < self._until:
            return None
        try:
            with self._store.reading() as connection:
                return clips.load(connection, digest)
        except Away:
            with self._lock:
                self._until = clock.monotonic() + PATIENCE
            return None


@cache
def shipped() -> dict[str, tuple[Entry, Path]]:
    """What ships, by digest: what is known of it, and its file."""
    return {
        entry.digest: (entry, folder / f"{entry.digest}.opus")
        for folder in sorted(RECORDINGS.iterdir())
        for entry in manifest.read(folder).values()
    }


def digests(edition: Edition) -> frozenset[str]:
    """Every recording of an edition."""
    return frozenset(one.digest for own in edition.recordings.values() for one in own.values())


def secure(store: Store, edition: Edition, at: datetime) -> int:
    """Keep the bytes of its shipped recordings in the database; how many were new to it.

    In small transactions of their own, for nothing refers to them yet. Raises `Away` and OSError.
    """
    wanted = sorted(digests(edition) & shipped().keys())
    with store.reading() as connection:
        missing = sorted(set(wanted) - clips.known(connection, wanted))
    for start in range(0, len(missing), AT_ONCE):
        with store.writing() as connection:
            clips.keep(connection, _read(missing[start : start + AT_ONCE], at))
    return len(missing)


def _read(wanted: list[str], at: datetime) -> Iterator[Clip]:
    for digest in wanted:
        entry, path = shipped()[digest]
        if not path.is_file():
            continue  # whoever needs it says so in its own words
        yield Clip(digest, path.read_bytes(), entry.seconds, entry.level, entry.origin, RELEASE, at)
