"""The drill of claims: eight processes reach for the same callbacks at once; each is one's alone.

What every process was told is compared: the database's own word is not asked.
"""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from ivr import clock
from ivr.callbacks import claims
from ivr.drill.score import Score, count
from ivr.drill.telephones import CODE, SECRET, around
from ivr.store import callbacks, hers
from ivr.store.callback_tables import callbacks as table
from ivr.store.database import Store
from ivr.store.hers import Asked, Wishes
from ivr.store.sealing import Vault
from routing.callback import State

PROCESSES = 8
CARELESS = "careless"
"""The planted fault: who looks first, and takes afterwards."""
HESITATION = 0.005
"""Seconds between the two, so that it is found on a machine where processes hardly meet."""


def drill(
    url: str, ring: Path, *, callbacks: int = 5000, processes: int = PROCESSES, fault: str = ""
) -> Score:
    """Let processes claim so many callbacks. The database is at the newest migration and empty."""
    made = _book(url, ring, callbacks)
    command = [sys.executable, "-m", "ivr.drill.claims", url, fault or "-", f"{min(made)}",
               f"{max(made)}"]  # fmt: skip
    running = [
        subprocess.Popen(  # noqa: S603  # this very interpreter, with this very module
            [*command, str(operator)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for operator in range(1, processes + 1)
    ]
    for one in running:  # all are loaded: now they begin together
        if one.stdout:
            one.stdout.readline()
    told = Counter(callback for mine in _ended(running) for callback in mine)
    return count(_wrong(callback, told[callback]) for callback in made)


def _wrong(callback: int, times: int) -> str:
    return "" if times == 1 else f"callback {callback} was given to {times} operators"


def _ended(running: "list[subprocess.Popen[str]]") -> Iterator[list[int]]:
    for one in running:
        if one.stdin:
            one.stdin.write("go\n")
            one.stdin.flush()
    for one in running:
        out, _ = one.communicate()
        yield json.loads(out)


def _book(url: str, ring: Path, number: int) -> list[int]:
    vault, at = Vault(ring, (bytes.fromhex(SECRET),)), clock.now()
    window = around(at)
    with Store(url) as store, store.writing() as connection:
        return [
            hers.insert(
                connection, vault,
                Asked(f"+120255{one:05d}", CODE, window, "nl", "", "", False, Wishes()),
                carrier="rehearsal", at=at,
            )
            for one in range(number)
        ]  # fmt: skip


def reach(store: Store, callback: int, operator: int, fault: str) -> bool:
    """Try to take one; the careless look first."""
    if fault != CARELESS:
        with store.writing() as connection:
            return claims.claim(connection, callback, operator, clock.now())
    with store.reading() as connection:
        row = callbacks.load(connection, callback)
    if row is None or row.state is not State.WAITING:
        return False
    time.sleep(HESITATION)
    taken = {"state": "claimed", "claimed_by": operator, "lease": clock.now() + timedelta(hours=1)}
    with store.writing() as connection:
        connection.execute(sa.update(table).where(table.c.id == callback).values(**taken))
    return True


def work(url: str, fault: str, first: int, last: int, operator: int) -> list[int]:
    """Reach for every one, all in the same order, and say which were given."""
    mine: list[int] = []
    with Store(url) as store:
        for callback in range(first, last + 1):
            while True:
                with suppress(OperationalError):  # others took longer than our patience: again
                    if reach(store, callback, operator, fault):
                        mine.append(callback)
                    break
    return mine


def main() -> None:
    """Be one operator, who begins when told to."""
    url, fault, first, last, operator = sys.argv[1:]
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(json.dumps(work(url, fault, int(first), int(last), int(operator))))


if __name__ == "__main__":
    main()
