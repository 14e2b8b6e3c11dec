"""A process that books and dies: `python -m ivr.drill.booker URL RING`, a line of input for each.

A line is a seed, and `early` for the planted fault: to say it before it is committed. For each a
child is forked that says what it told its callers, and kills itself where its plan says so.
"""

import json
import os
import signal
import sys
from pathlib import Path

from ivr.call.signals import Noted
from ivr.callbacks import points
from ivr.drill.orders import Plan, book, context, plan
from ivr.store.database import Store
from ivr.voice.stored import StoredEffects

RESULT = "booking.result"


class Killer:
    """Kills this process with SIGKILL at one point of one booking."""

    def __init__(self, planned: Plan, told: int, *, early: bool) -> None:
        """`told` is where a caller is told something."""
        self._planned, self._told, self._early = planned, told, early
        self.place = 0

    def __call__(self, point: str) -> None:
        """A point is reached."""
        if self._early and point == RESULT:
            self.tell("noted")
        if self.place == self._planned.last and point == self._planned.point:
            os.kill(os.getpid(), signal.SIGKILL)

    def tell(self, note: str) -> None:
        """What the caller hears, beyond recall once it is written."""
        os.write(self._told, f"{self.place} {note}\n".encode())


def work(url: str, ring: Path, planned: Plan, told: int, *, early: bool) -> None:
    """Book what is planned, telling each result, until it dies."""
    killer = Killer(planned, told, early=early)
    points.arm(killer)
    with Store(url) as store:
        effects = StoredEffects(store, lambda: context(ring))
        for killer.place, order in enumerate(planned.orders):
            result = book(effects, order)
            if isinstance(result, Noted) and not early:
                killer.tell(str(result.how))


def kill_one(url: str, ring: Path, seed: int, *, early: bool) -> dict[str, object]:
    """What one process told until it died, and whether it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        work(url, ring, plan(seed), writing, early=early)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = [line.decode().split() for line in pipe]
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    return {"told": [[int(place), note] for place, note in told], "killed": killed}


def main() -> None:
    """Serve one drill until its input ends."""
    url, ring = sys.argv[1], Path(sys.argv[2])
    for line in sys.stdin:
        seed, *fault = line.split()
        said = kill_one(url, ring, int(seed), early=bool(fault))
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
