"""Databases of both kinds, and a store at the newest migration."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.store.database import Store
from tests.callbacks.calling import Desk
from tests.databases import (
    database,
    lasting_postgresql,
    lasting_sqlite,
    migrated,
    postgresql,
    postgresql_template,
    rows,
    sqlite_template,
)

__all__ = [
    "database",
    "lasting_postgresql",
    "lasting_sqlite",
    "migrated",
    "postgresql",
    "postgresql_template",
    "rows",
    "sqlite_template",
    "store",
]


@pytest.fixture
def store(migrated: str) -> Iterator[Store]:
    """An empty store of this release."""
    with Store(migrated) as store:
        yield store


@pytest.fixture
def desk(sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """An operator's desk in the middle of her window, on SQLite."""
    copy = tmp_path / "desk.sqlite"
    copy.write_bytes(sqlite_template.read_bytes())
    with Store(f"sqlite:///{copy}") as store:
        yield Desk(store, tmp_path)


@pytest.fixture
def either_desk(store: Store, tmp_path: Path) -> Desk:
    """The same, once on each kind of database."""
    return Desk(store, tmp_path)
