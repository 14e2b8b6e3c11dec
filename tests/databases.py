"""Databases for tests: a new one of each kind, gone afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.store.database import Store
from tests import kinds

BOTH = ("database", "migrated", "rows")
"""The fixtures below that run a test once on each kind, whatever was chosen for all others."""


@pytest.fixture(params=[kinds.SQLITE, kinds.POSTGRESQL])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == kinds.SQLITE:
        yield f"sqlite:///{tmp_path / 'database' / kinds.FILE}"
        return
    name = kinds.create()
    yield kinds.named(name)
    kinds.drop(name)


@pytest.fixture(params=[kinds.SQLITE, kinds.POSTGRESQL])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this release without rows, once of each kind."""
    if request.param == kinds.SQLITE:
        file = tmp_path / "database" / kinds.FILE
        file.parent.mkdir()
        file.write_bytes(kinds.template_file().read_bytes())
        yield f"sqlite:///{file}"
        return
    name = kinds.create(kinds.template_name())
    yield kinds.named(name)
    kinds.drop(name)


@pytest.fixture(scope="session")
def lasting_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that lives as long as the tests; nothing is ever committed to it."""
    copy = tmp_path_factory.mktemp("lasting") / kinds.FILE
    copy.write_bytes(kinds.template_file().read_bytes())
    with Store(f"sqlite:///{copy}") as store:
        yield store


@pytest.fixture(scope="session")
def lasting_postgresql() -> Iterator[Store]:
    """The same in PostgreSQL."""
    with Store(kinds.named(kinds.create(kinds.template_name())), patient=True) as store:
        yield store


@pytest.fixture(params=[kinds.SQLITE, kinds.POSTGRESQL])
def rows(request: pytest.FixtureRequest) -> Iterator[sa.Connection]:
    """A transaction in a database of this release, once of each kind, that is never committed."""
    store: Store = request.getfixturevalue(f"lasting_{request.param}")
    engine = store.engine.execution_options(ivr_writes=True)
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@pytest.fixture
def postgresql() -> str:
    """The address of a PostgreSQL server's own database."""
    return kinds.server()
