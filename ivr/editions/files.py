"""Documents kept as files: they serve when the database is away, damaged or empty.

A file is written beside its place and moved there when it is on the disk, so that a reader never
sees half of one; a damaged one is passed over for the next older.
"""

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ivr.store.documents import Document, canonical

KEPT = 50
"""How many documents of a kind stay: calls that began in an older one have long ended."""


@dataclass(frozen=True, slots=True)
class Files:
    """The documents of one kind in one folder, by number."""

    folder: Path

    def newest(self) -> Document | None:
        """The undamaged document with the highest number; None when there is none."""
        return next(self.all(), None)

    def all(self) -> Iterator[Document]:
        """Every undamaged document, the newest first."""
        for path in self._paths():
            document = self._read(path)
            if document:
                yield document

    def load(self, number: int) -> Document | None:
        """The document of a number, if it is here undamaged."""
        return self._read(self._path(number))

    def save(self, document: Document) -> None:
        """Keep the newest document; higher numbers are of another database, and go. OSError."""
        if self.load(document.number) != document:
            write(self._path(document.number), _written(document))
        for place, path in enumerate(self._paths()):
            if path > self._path(document.number) or place >= KEPT:
                path.unlink(missing_ok=True)

    def _path(self, number: int) -> Path:
        return self.folder / f"{number:09}.json"

    def _paths(self) -> list[Path]:
        return sorted(self.folder.glob("[0-9]*.json"), reverse=True)

    def _read(self, path: Path) -> Document | None:
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
            made = datetime.fromisoformat(row["created_at"])
            text = canonical(row["document"])
            document = Document(row["number"], text, row["source"], row["note"], made)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        whole = document.digest == row["digest"] and path == self._path(document.number)
        return document if whole else None


def _written(document: Document) -> bytes:
    about = {
        "number": document.number,
        "digest": document.digest,
        "source": document.source,
        "note": document.note,
        "created_at": document.created_at.isoformat(),
        "document": document.content,
    }
    return json.dumps(about, ensure_ascii=False, indent=1).encode()


def write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file in one step: the whole of it is there, or what was there before. OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            os.fchmod(file.fileno(), mode)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(draft).unlink()
        raise
