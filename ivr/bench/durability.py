"""Bookings under load in a process that is killed: whoever was told "noted" has her row.

`python -m ivr.bench.durability URL RING SEED` is that process: it books until it dies, and writes
a line for every caller whom it has told.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from threading import Thread

from ivr.bench.databases import kinds
from ivr.bench.figures import Sample
from ivr.bench.gates import LOST
from ivr.call.actions import Wanted
from ivr.call.signals import Note, Noted
from ivr.callbacks.context import Context
from ivr.drill.orders import CARRIER, WINDOWS, Order, book, context
from ivr.store import hers, schema
from ivr.store.database import Store
from ivr.voice.stored import StoredEffects

THREADS = 8
LEAST, MOST = 0.5, 1.5
"""Seconds after the first answer at which the process is killed."""
MORE = 10**6


@dataclass(frozen=True, slots=True)
class Killed:
    """One process that was killed: whom it told so, and how many of them have no row."""

    told: int
    lost: int
    seconds: float


def measure(folder: Path, *, rounds: int, seed: int) -> Iterator[Sample]:
    """Kill one process a round and kind of database."""
    with kinds(folder) as found:
        for kind, make in found.items():
            url, ring = make("durability"), folder / f"ring-{kind}"
            schema.migrate(url)
            for number in range(1, rounds + 1):
                killed = kill(url, ring, seed * MORE + number)
                yield Sample(LOST, kind, number, float(killed.lost), "")
                rate = killed.told / killed.seconds
                yield Sample("bookings told before the kill", kind, number, rate, "/s")


def kill(url: str, ring: Path, seed: int) -> Killed:
    """Let a process book, kill it with SIGKILL, and look for everybody whom it told."""
    after = Random(seed).uniform(LEAST, MOST)  # noqa: S311  # repeated by its seed
    command = [sys.executable, "-m", "ivr.bench.durability", url, str(ring), str(seed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as booker:  # noqa: S603  # ourselves
        if booker.stdout is None:
            raise RuntimeError("a process without output")
        first = booker.stdout.readline()
        time.sleep(after)
        booker.send_signal(signal.SIGKILL)
        lines = [first, *booker.stdout]
    told = [line.decode().strip() for line in lines if line.endswith(b"\n")]
    with Store(url) as store:
        lost = sum(not _is_there(store, ring, number) for number in told)
    return Killed(len(told), lost, after)


def _is_there(store: Store, ring: Path, number: str) -> bool:
    with store.reading() as connection:
        return bool(hers.of_number(connection, context(ring).vault, number, CARRIER))


def plenty(ring: Path) -> Context:
    """Operators for everybody who can be booked in some seconds."""
    given = context(ring)
    roster = tuple(replace(duty, operators=MORE) for duty in given.directory.roster)
    return replace(given, directory=replace(given.directory, roster=roster))


def work(url: str, ring: Path, seed: int) -> None:
    """Book with as many threads as a worker has, until killed."""
    with Store(url) as store:
        effects = StoredEffects(store, lambda: plenty(ring))
        threads = [
            Thread(target=_book, args=(effects, seed, place), daemon=True)
            for place in range(THREADS)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()


def _book(effects: StoredEffects, seed: int, place: int) -> None:
    for turn in range(MORE):
        number = f"+32{seed % 10**4:04}{place}{turn:07}"  # no Belgian number is so long
        window = WINDOWS[turn % len(WINDOWS)]
        wanted = Wanted(number=number, window=window, code="4711", language="nl", own=True)
        result = book(effects, Order(f"{seed}-{place}-{turn}", wanted))
        if isinstance(result, Noted) and result.how is Note.NOTED:
            os.write(sys.stdout.fileno(), f"{number}\n".encode())


if __name__ == "__main__":
    work(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
