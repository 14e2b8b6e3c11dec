"""A line at work, and what staff do to it meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ivr.editions.document import write_edition
from ivr.editions.ship import keep_directory, shipped_edition, stored_directory
from ivr.line import Line
from ivr.store import schema
from ivr.store.documents import DIRECTORIES, EDITIONS
from routing.directory import Directory
from tests.installations import settings

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TARGET = "+3220000007"  # an example: nobody's number


@pytest.fixture
def make(tmp_path: Path, database: str) -> Iterator[Callable[[], Line]]:
    """A line on one machine; again for one that starts anew."""
    schema.migrate(database)
    made: list[Line] = []

    def begin() -> Line:
        made.append(Line(settings(tmp_path, IVR_DATABASE_URL=database)))
        return made[-1]

    yield begin
    for line in made:
        line.store.close()


@pytest.fixture
def line(make: Callable[[], Line]) -> Line:
    """One that has looked at its database."""
    line = make()
    line.refresh(NOW)
    return line


def change_directory(line: Line, change: Callable[[Directory], Directory]) -> None:
    with line.store.writing() as connection:
        document = DIRECTORIES.load(connection, DIRECTORIES.newest(connection)[0])
        assert document
        old = stored_directory(document)
        keep_directory(connection, change(old), "anna", at=NOW, old=old)


def publish(line: Line) -> None:
    """The next edition: the same with fewer languages."""
    edition = replace(shipped_edition(), languages=shipped_edition().languages[:2])
    with line.store.writing() as connection:
        EDITIONS.save(connection, write_edition(edition), source="", note="", at=NOW)
