"""Editions and directories as kept: numbered, immutable JSON documents named by their digest."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from ivr.store import edition_tables, tables


class DamagedError(Exception):
    """A document that is no longer what was saved."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document. `source` is the digest of the shipped one that it comes from, if any."""

    number: int
    text: str
    source: str
    note: str
    created_at: datetime

    @property
    def digest(self) -> str:
        """The SHA-256 of the text, in hex."""
        return digest(self.text)

    @property
    def content(self) -> dict[str, Any]:
        """What it says. Raises ValueError when it is no JSON."""
        content: dict[str, Any] = json.loads(self.text)
        return content


@dataclass(frozen=True, slots=True)
class Summary:
    """What is known of a document without reading it."""

    number: int
    digest: str
    source: str
    note: str
    created_at: datetime


def canonical(content: object) -> str:
    """Write JSON in one way, for its digest; the order stays, for in a menu it means something."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents of one kind. Every use may raise `database.Away`; reading, DamagedError."""

    table: sa.Table

    def newest(self, connection: sa.Connection) -> tuple[int, str]:
        """The highest number and its digest; 0 and nothing when there is none."""
        columns = self.table.c
        query = sa.select(columns.number, columns.digest).order_by(columns.number.desc()).limit(1)
        row = connection.execute(query).first()
        return (row.number, row.digest) if row else (0, "")

    def other(self, connection: sa.Connection, digest: str) -> int:
        """The highest number of a document that says something else; 0 when there is none."""
        query = sa.select(sa.func.max(self.table.c.number)).where(self.table.c.digest != digest)
        return connection.scalar(query) or 0

    def shipped(self, connection: sa.Connection) -> int:
        """The highest number of a document that a release brought; 0 when there is none."""
        query = sa.select(sa.func.max(self.table.c.number)).where(self.table.c.source != "")
        return connection.scalar(query) or 0

    def summaries(self, connection: sa.Connection, most: int = 50) -> list[Summary]:
        """The newest documents without what they say, the newest first."""
        names = ("number", "digest", "source", "note", "created_at")
        query = sa.select(*(self.table.c[name] for name in names))
        rows = connection.execute(query.order_by(self.table.c.number.desc()).limit(most))
        return [Summary(*row) for row in rows]

    def load(self, connection: sa.Connection, number: int) -> Document | None:
        """The document of a number, or None."""
        row = connection.execute(sa.select(self.table).where(self.table.c.number == number)).first()
        if row is None:
            return None
        document = Document(row.number, row.document, row.source, row.note, row.created_at)
        if document.digest != row.digest:
            raise DamagedError(f"number {number} of the {self.table.name} is damaged")
        return document

    def has_source(self, connection: sa.Connection, source: str) -> bool:
        """Whether any document comes from this shipped one."""
        query = sa.select(sa.exists().where(self.table.c.source == source))
        return bool(connection.scalar(query))

    def save(
        self, connection: sa.Connection, content: object, *, source: str, note: str, at: datetime
    ) -> Document:
        """Keep it under the next number. Raises IntegrityError when another takes that just now."""
        number, _ = self.newest(connection)
        document = Document(number + 1, canonical(content), source, note, at)
        self.restore(connection, document)
        return document

    def restore(self, connection: sa.Connection, document: Document) -> None:
        """Keep a document under its own number. Raises IntegrityError when that is taken."""
        connection.execute(
            sa.insert(self.table).values(
                number=document.number,
                digest=document.digest,
                document=document.text,
                source=document.source,
                note=document.note,
                created_at=document.created_at,
            )
        )


EDITIONS = Documents(tables.editions)
DIRECTORIES = Documents(tables.directories)
RELEASES = Documents(edition_tables.releases)
