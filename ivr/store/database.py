"""The connection to the database, with limits so short that whoever needs it soon knows.

SQLite: write-ahead log, every commit on the disk, erased bytes overwritten, one writer at a time
(`BEGIN IMMEDIATE`), a second of patience. PostgreSQL: a second or two for connect and statements.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

PATIENCE = 1.0
"""Seconds that a writer waits for another one."""
BRIEFLY = 200
"""Milliseconds that upkeep waits for others before it is left for another time."""
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "temp_store=MEMORY",  # no copies of rows in files that nobody overwrites
)
CONNECT = 2
"""Seconds until a database that does not answer counts as away (PostgreSQL)."""
THREADS = 8
"""Connections that one worker may hold: as many as it has threads."""

Away = sa.exc.SQLAlchemyError
"""What every use of the database may raise when it is away, broken, full, locked or empty."""


class Store:
    """One database. `patient` drops the limit on statements, for migrations alone."""

    def __init__(self, url: str, *, patient: bool = False) -> None:
        """Prepare; nothing is opened before the first use."""
        address = make_url(url)
        self.sqlite = address.get_backend_name() == "sqlite"
        self.engine = _sqlite(address) if self.sqlite else _postgresql(address, patient)
        self._writer = self.engine.execution_options(ivr_writes=True)
        self._stand_in_line()

    def _stand_in_line(self) -> None:
        self._guard = threading.Lock()
        self._line = list[threading.Event]()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that only reads. Raises `Away`."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that writes, committed durably at the end of the block. Raises `Away`."""
        with self._in_turn(), self._writer.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Let the threads of this process write one after another: those that SQLite lets wait
        only look again from time to time, and on a slow disk others overtake them until their
        patience ends. Whoever gets no turn asks SQLite all the same, and hears it from there.
        """
        mine = threading.Event()
        with self._guard:
            self._line.append(mine)
            self._line[0].set()
        if self.sqlite:
            mine.wait(PATIENCE)
        try:
            yield
        finally:
            with self._guard:
                self._line.remove(mine)
                if self._line:
                    self._line[0].set()

    def scrub(self) -> bool:
        """Cut SQLite's log of writes, in which what was erased still stands. False where somebody
        reads or writes just now. Raises `Away`.
        """
        return self._outside("PRAGMA wal_checkpoint(TRUNCATE)")

    def rebuild(self) -> bool:
        """Write the file anew, which takes a second or two where much was counted: a page that was
        parted or joined keeps old copies in its gaps, which `secure_delete` does not see. False
        where somebody writes just now. Raises `Away`.
        """
        return self._outside("VACUUM") and self.scrub()

    def _outside(self, statement: str) -> bool:
        """Run what cannot be done in a transaction; nothing of it concerns PostgreSQL."""
        if not self.sqlite:
            return True
        with self.engine.connect() as connection:
            cursor = connection.connection.cursor()
            try:
                cursor.execute(f"PRAGMA busy_timeout={BRIEFLY}")
                busy = cursor.execute(statement).fetchone()
            except sqlite3.Error:
                return False
            finally:
                cursor.close()
        return not (busy and busy[0])

    def __enter__(self) -> Self:
        """For a command, which closes it at its end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self.close()

    def close(self) -> None:
        """Close what is open; the next use opens it again."""
        self.engine.dispose()

    def forget(self) -> None:
        """Leave a parent process's connections alone: they are not this one's to close."""
        self.engine.dispose(close=False)
        self._stand_in_line()


def _sqlite(address: URL) -> sa.Engine:
    if address.database and address.database != ":memory:":
        with contextlib.suppress(OSError):  # the first use says it
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    # Opened anew each time, which costs a millisecond: a file that was put in its place is seen.
    engine = sa.create_engine(
        address, connect_args={"timeout": PATIENCE}, poolclass=sa.pool.NullPool
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions are begun below
    for pragma in PRAGMAS:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    writes = connection.get_execution_options().get("ivr_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(address: URL, patient: bool) -> sa.Engine:
    limits = {
        "lock_timeout": f"{PATIENCE}s",
        "statement_timeout": "0" if patient else "2s",
        "idle_in_transaction_session_timeout": "0" if patient else "5s",
        "synchronous_commit": "on",  # whatever the server prefers: it is kept before it is said
    }
    arguments: dict[str, Any] = {
        "connect_timeout": CONNECT,
        "tcp_user_timeout": CONNECT * 1000,
        "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
    }
    return sa.create_engine(
        address,
        connect_args=arguments,
        pool_size=THREADS,
        max_overflow=0,
        pool_timeout=PATIENCE,
        pool_pre_ping=True,
    )
