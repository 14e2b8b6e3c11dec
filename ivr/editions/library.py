"""What is at hand to answer calls with: from the database, else from files, else what ships.

Reading from it takes no database and cannot fail; `refresh` may, and then everything stays.
"""

import contextlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa

from ivr.call.edition import Edition
from ivr.editions.document import read_edition
from ivr.editions.files import Files, write
from ivr.editions.ship import (
    is_shipped,
    ship,
    shipped_directory,
    shipped_edition,
    sources,
    stored_directory,
)
from ivr.store import proofs
from ivr.store.database import Away, Store
from ivr.store.documents import DIRECTORIES, EDITIONS, DamagedError, Document, Documents
from ivr.store.proofs import Proofs
from routing.directory import AccessNumber, Directory, Purpose

AT_HAND = 4
"""Editions in memory: the current one, and those in which calls may still run."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Holding:
    """One moment's edition and directory, with older editions by number; replaced as a whole."""

    edition: Edition
    directory: Directory
    editions: Mapping[int, Edition]


class Library:
    """Editions and directory at hand. `outbound` is the number that our own calls show."""

    def __init__(
        self, store: Store, folder: Path, outbound: str, fetch: Callable[[Edition], None]
    ) -> None:
        """Take what the files have, so that the first call need not wait for the database.

        `fetch` has an edition's recordings at hand before the first call in it begins.
        """
        self._fetch = fetch
        self._store = store
        self._editions = Files(folder / "editions")
        self._directories = Files(folder / "directories")
        self._proofs = folder / "proofs.json"
        self._outbound = outbound
        self._shipped = False
        self._unsaved: list[Callable[[], None]] = []
        self._seen: dict[str, tuple[int, str]] = {}
        edition = _read(self._editions.newest(), _edition) or shipped_edition()
        stored = _read(self._directories.newest(), stored_directory) or shipped_directory()
        directory = self._complete(stored, self._read_proofs())
        self.holding = Holding(edition, directory, {edition.number: edition})

    def refresh(self, at: datetime) -> None:
        """Take over what is newest in the database. Raises `Away`, or what is wrong with a file
        or a document; what could be taken over was.
        """
        try:
            self._ship(at)
        except (ValueError, KeyError, OSError):  # what ships is damaged: what staff made serves
            self._take_over()
            raise
        self._take_over()

    def _take_over(self) -> None:
        with self._store.reading() as connection:
            edition = self._changed(connection, EDITIONS)
            directory = self._changed(connection, DIRECTORIES)
            proved = proofs.load(connection)
        if edition:
            self._hold_edition(edition)
        if directory or proved != self.holding.directory.proved:
            self._hold_directory(directory, proved)
        while self._unsaved:
            self._unsaved[0]()  # a disk that is full now may not be so the next time
            del self._unsaved[0]

    def _ship(self, at: datetime) -> None:
        if self._shipped:
            return
        sources()  # which may take seconds, and no transaction may wait for it
        with self._store.reading() as connection:
            done = is_shipped(connection)
        if not done:
            with self._store.writing() as connection:
                _restore(connection, EDITIONS, self._editions)
                _restore(connection, DIRECTORIES, self._directories)
                ship(connection, at)
        self._shipped = True

    def _changed(self, connection: sa.Connection, documents: Documents) -> Document | None:
        """The newest document where it is another than the last one taken over."""
        newest = documents.newest(connection)
        if newest == self._seen.get(documents.table.name):
            return None
        return documents.load(connection, newest[0])

    def _hold_edition(self, document: Document) -> None:
        edition = _edition(document)
        with contextlib.suppress(Away, OSError):  # each is asked for again when it is to be heard
            self._fetch(edition)
        older = sorted({**self.holding.editions, edition.number: edition}.items())[-AT_HAND:]
        editions = {**dict(older), edition.number: edition}
        self.holding = replace(self.holding, edition=edition, editions=editions)
        self._seen[EDITIONS.table.name] = (document.number, document.digest)
        self._unsaved.append(partial(self._editions.save, document))

    def _hold_directory(self, document: Document | None, proved: Proofs) -> None:
        directory = stored_directory(document) if document else self.holding.directory
        self.holding = replace(self.holding, directory=self._complete(directory, proved))
        if document:
            self._seen[DIRECTORIES.table.name] = (document.number, document.digest)
            self._unsaved.append(partial(self._directories.save, document))
        plain = {carrier: sorted(targets) for carrier, targets in sorted(proved.items())}
        content = json.dumps(plain, indent=1).encode()
        self._unsaved.append(partial(write, self._proofs, content))

    def _complete(self, directory: Directory, proved: Proofs) -> Directory:
        """Add what is kept elsewhere. What was buried once stays so, whatever is read later."""
        held: Holding | None = getattr(self, "holding", None)
        buried = directory.buried | (held.directory.buried if held else frozenset())
        access = directory.access
        if self._outbound not in directory.by_number:
            access = (*access, AccessNumber(self._outbound, Purpose.OUTBOUND))
        return replace(directory, proved=proved, buried=buried, access=access)

    def _read_proofs(self) -> Proofs:
        try:
            rows = json.loads(self._proofs.read_text(encoding="utf-8"))
            return {str(name): frozenset(map(str, targets)) for name, targets in rows.items()}
        except (OSError, ValueError, AttributeError, TypeError):
            return {}


def _edition(document: Document) -> Edition:
    try:
        return read_edition(document.number, document.digest, document.content)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DamagedError(f"edition {document.number} cannot be read") from error


def _read(document: Document | None, reader: Callable[[Document], T]) -> T | None:
    """Read a document from a file; one that cannot be read is as good as none."""
    try:
        return reader(document) if document else None
    except (DamagedError, ValueError):
        return None


def _restore(connection: sa.Connection, documents: Documents, files: Files) -> None:
    """Give an empty database back what the files kept, so that nothing that was buried returns."""
    if documents.newest(connection)[0] == 0:
        for document in files.all():
            documents.restore(connection, document)
