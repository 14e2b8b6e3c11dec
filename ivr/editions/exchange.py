"""Editions out to a file and in from one: what comes in is kept whole, as changes in the draft."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from audio import opus
from audio.intake import RefusedError, take
from audio.pcm import seconds
from audio.shelf import MissingRecordingError, Shelf
from ivr.call.edition import Edition
from ivr.editions import archive
from ivr.editions.change import Change
from ivr.editions.difference import diff, same
from ivr.editions.drafting import DraftError, change_of
from ivr.editions.running import current
from ivr.editions.sense import LONGEST_RECORDING
from ivr.editions.sounds import digests, shipped
from ivr.editions.unpacking import MOST_BYTES, Unpacked, unpack
from ivr.store import audit, clips, draft
from ivr.store.alone import EDITING, alone
from ivr.store.clips import AT_ONCE, Clip
from ivr.store.database import Store
from ivr.store.draft import Version

SHOWN = 10
UNMEASURED = 0.0
"""LUFS of a recording whose level another installation measured, and did not tell."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import brought into the draft, and how many recordings were new here."""

    changes: tuple[Change, ...]
    sounds: int


def written(edition: Edition, shelf: Shelf) -> bytes:
    """An edition's file. Raises `archive.LostError`."""

    def master(digest: str) -> bytes | None:
        try:
            return shelf.master(digest)
        except MissingRecordingError:
            return None

    return archive.pack(edition, master)


def read(store: Store, file: Path) -> Unpacked:
    """Read an edition's file, believing nothing. Raises ArchiveError, OSError and `Away`."""
    with file.open("rb") as opened:
        data = opened.read(MOST_BYTES + 1)
    with store.reading() as connection:
        known = clips.everything(connection)
    return unpack(data, lasts, known | shipped().keys())


def lasts(data: bytes) -> float:
    """How many seconds a finished recording lasts. Raises ValueError for what is none."""
    try:
        if not opus.is_opus(data):
            raise ValueError("no recording as they are kept here")
        return seconds(take(data, LONGEST_RECORDING).samples)
    except RefusedError as error:
        raise ValueError(str(error)) from error


def bring_in(
    store: Store, unpacked: Unpacked, *, who: str, at: datetime, over: bool = False
) -> Imported:
    """Have the draft say what a file does, and keep its recordings.

    Raises DraftError where the draft changes the same places otherwise, unless `over` says that the
    file goes first; what stood there stays in the history.
    """
    _unlike(store, unpacked.edition, over=over)
    new = _keep(store, unpacked, who, at)
    with store.writing() as connection:
        alone(connection, EDITING)
        changes = diff(current(connection), unpacked.edition)
        clashes = [] if over else _clashes(connection, changes)
        if clashes:
            raise DraftError(_told(clashes))
        for one in changes:
            text = json.dumps(one.value, ensure_ascii=False)
            version = draft.add(connection, Version(one.place, "imported", text, who, who, at))
            draft.put(connection, one.place, version)
        detail = f"{len(changes)} changes, {new} new recordings"
        audit.write(connection, who, "draft: imported", unpacked.edition.digest, detail, at)
    return Imported(changes, new)


def _unlike(store: Store, edition: Edition, *, over: bool) -> None:
    """Refuse before anything is kept."""
    with store.reading() as connection:
        clashes = _clashes(connection, diff(current(connection), edition))
    if clashes and not over:
        raise DraftError(_told(clashes))


def _clashes(connection: sa.Connection, changes: tuple[Change, ...]) -> list[Change]:
    wanted = {one.place: one for one in changes}
    there = [change_of(row) for row in draft.rows(connection)]
    return [o for o in there if o.place in wanted and not same(wanted[o.place].value, o.value)]


def _told(clashes: list[Change]) -> str:
    named = ", ".join(str(one.place) for one in clashes[:SHOWN])
    more = " …" if len(clashes) > SHOWN else ""
    return f"The draft changes {len(clashes)} of these places otherwise: {named}{more}."


def _keep(store: Store, unpacked: Unpacked, who: str, at: datetime) -> int:
    """Keep the bytes that are not known here, a batch at a time: nothing refers to them yet."""
    wanted = digests(unpacked.edition) - shipped().keys()
    with store.reading() as connection:
        missing = sorted(wanted - clips.known(connection, wanted))
    about = {one.digest: one for own in unpacked.edition.recordings.values()
             for one in own.values()}  # fmt: skip
    for start in range(0, len(missing), AT_ONCE):
        rows = (
            Clip(digest, unpacked.sounds[digest], about[digest].seconds, UNMEASURED,
                 about[digest].origin.value, who, at)
            for digest in missing[start : start + AT_ONCE]
        )  # fmt: skip
        with store.writing() as connection:
            clips.keep(connection, rows)
    return len(missing)
