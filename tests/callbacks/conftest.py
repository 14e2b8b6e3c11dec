"""Desks of operators, and a store at the newest migration."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ivr.store.database import Store
from tests import kinds
from tests.callbacks.calling import Desk


@pytest.fixture
def store(migrated: str) -> Iterator[Store]:
    """An empty store of this release."""
    with Store(migrated) as store:
        yield store


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An operator's desk in the middle of her window."""
    with Store(kinds.migrated(tmp_path)) as store:
        yield Desk(store, tmp_path)


@pytest.fixture
def either_desk(store: Store, tmp_path: Path) -> Desk:
    """The same, once on each kind of database."""
    return Desk(store, tmp_path)
