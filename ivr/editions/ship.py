"""What ships with a release: the first edition and directory, and those of a changed release."""

from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

import sqlalchemy as sa

from audio import manifest
from ivr.call.edition import Edition
from ivr.editions import release
from ivr.editions.document import warm, write_edition
from ivr.editions.sounds import RECORDINGS, RELEASE
from ivr.store import changes
from ivr.store.changes import Change
from ivr.store.documents import DIRECTORIES, Document, canonical, digest
from prompts import load_catalogue, load_languages, load_menu
from routing.centres import bury, diff, load_directory, read_directory, withdrawn, write_directory
from routing.directory import Directory


@cache
def shipped_edition() -> Edition:
    """The edition of the shipped files. Its number is 0: it also serves when nothing else is there.

    Raises ValueError or OSError for shipped files that nobody could start with.
    """
    languages = load_languages()
    edition = Edition(
        number=0,
        digest="",
        menu=load_menu(),
        languages=languages,
        catalogue=load_catalogue(),
        recordings={
            one.code: {
                key: entry.recording for key, entry in manifest.read(RECORDINGS / one.code).items()
            }
            for one in languages
        },
    )
    edition = replace(edition, digest=digest(canonical(write_edition(edition))))
    warm(edition)
    return edition


@cache
def shipped_directory() -> Directory:
    """The directory of the shipped file, with number 0."""
    return replace(load_directory(), number=0)


def directory_content(directory: Directory) -> dict[str, Any]:
    """What a directory says: without its number, and without proofs, which have their own table."""
    return write_directory(replace(directory, number=0, proved={}))


@cache
def sources() -> tuple[str, str]:
    """The digests of the shipped edition and of the shipped directory."""
    directory = digest(canonical(directory_content(shipped_directory())))
    return shipped_edition().digest, directory


def is_shipped(connection: sa.Connection) -> bool:
    """Whether the database has had what this release ships."""
    edition, directory = sources()
    kept = release.is_brought(connection, edition)
    return kept and DIRECTORIES.has_source(connection, directory)


def ship(connection: sa.Connection, at: datetime) -> None:
    """Bring what this release ships into the database, once a release. Raises `Away`."""
    edition, directory = sources()
    if not release.is_brought(connection, edition):
        release.bring(connection, shipped_edition(), at)
    if not DIRECTORIES.has_source(connection, directory):
        _ship_directory(connection, directory, at)


def _ship_directory(connection: sa.Connection, source: str, at: datetime) -> None:
    """Staff's own directory stays: a release changes only one that nobody has changed since."""
    number, _ = DIRECTORIES.newest(connection)
    newest = DIRECTORIES.load(connection, number)
    if newest is None:
        keep_directory(connection, shipped_directory(), RELEASE, source=source, at=at)
    elif newest.source:
        old = stored_directory(newest)
        new = bury(shipped_directory(), old.buried | withdrawn(old, shipped_directory()))
        keep_directory(connection, new, RELEASE, source=source, at=at, old=old)


def stored_directory(document: Document) -> Directory:
    """Read a directory as kept. Raises DirectoryError."""
    return replace(read_directory(document.content), number=document.number)


def keep_directory(
    connection: sa.Connection,
    directory: Directory,
    who: str,
    *,
    at: datetime,
    source: str = "",
    old: Directory | None = None,
) -> Document:
    """Keep a directory under the next number, with the sentences that say what changed."""
    content = directory_content(directory)
    kept = DIRECTORIES.save(connection, content, source=source, note=who, at=at)
    sentences = diff(old, replace(directory, proved=old.proved)) if old else ("The first one.",)
    changes.keep(connection, (Change(at, who, kept.number, one) for one in sentences))
    return kept
