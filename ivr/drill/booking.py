"""The drill of bookings: a real process is killed with SIGKILL at every labelled point.

Nothing may be lost after "it is noted", and nothing be kept twice, also when the same webhooks come
again afterwards. What should be there is worked out from the calls alone.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ivr.call.signals import Note, Noted
from ivr.drill.orders import AT, CARRIER, Order, Plan, book, context, plan
from ivr.drill.score import Score, count
from ivr.store import callbacks, hers
from ivr.store.database import Store
from ivr.voice.stored import StoredEffects
from routing.callback import Event, State
from routing.window import Window

KEPT = (Note.NOTED, Note.CHANGED)
Found = dict[tuple[str, str], list[tuple[Window, State]]]
"""What is there, by number and code."""


@dataclass(frozen=True, slots=True)
class House:
    """The database, the ring, and effects that were not killed."""

    store: Store
    ring: Path
    effects: StoredEffects


def drill(url: str, ring: Path, *, seeds: Sequence[int], early: bool = False) -> Score:
    """Kill a process once for each seed, and look at what it left. The database is at the newest
    migration and has no callbacks. `early` plants a fault that has to be found.
    """
    command = [sys.executable, "-m", "ivr.drill.booker", url, str(ring)]
    with (
        Store(url) as store,
        subprocess.Popen(  # noqa: S603  # this very interpreter, with a module of ours
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as booker,
    ):
        house = House(store, ring, StoredEffects(store, lambda: context(ring)))
        return count(_try(house, booker, seed, early=early) for seed in seeds)


def _try(house: House, booker: "subprocess.Popen[str]", seed: int, *, early: bool) -> str:
    """One process, dead by now: what was wrong, or nothing."""
    if booker.stdin is None or booker.stdout is None:
        return "no process"
    booker.stdin.write(f"{seed}{' early' * early}\n")
    booker.stdin.flush()
    said = json.loads(booker.stdout.readline())
    planned = plan(seed)
    wrong = "; ".join(_wrong(house, planned, dict(said["told"]), killed=said["killed"]))
    _clear(house, planned)
    return f"seed {seed}, {planned.point} of {planned.last}: {wrong}" if wrong else ""


def _wrong(house: House, planned: Plan, told: dict[int, str], *, killed: bool) -> Iterator[str]:
    if not killed:
        yield "it did not die"
    yield from _lost(_look(house, planned), planned, told)
    for place, order in enumerate(planned.orders):
        result = book(house.effects, order)
        if not (isinstance(result, Noted) and result.how in KEPT):
            yield f"the webhook that came again was told {result}"
        if place in told and isinstance(result, Noted) and told[place] != result.how:
            yield f"{told[place]} at first, then {result.how}"
    found = _look(house, planned)
    if found != _due(planned.orders):
        yield f"{found} is there in the end"


def _lost(found: Found, planned: Plan, told: dict[int, str]) -> Iterator[str]:
    """What was told before it died has to be there, once; what was not told, at most once."""
    for kept in found.values():
        if len(kept) > 1:
            yield "kept twice"
    last: dict[tuple[str, str], set[Window]] = {}
    for place, order in enumerate(planned.orders[: planned.last + 1]):
        key, window = (order.wanted.number, order.wanted.code), order.wanted.window
        if told.get(place) in KEPT:
            last[key] = {window}
        elif key in last:  # it may be this one already: nobody was told
            last[key].add(window)
    for key, windows in last.items():
        if not any(window in windows for window, _ in found.get(key, [])):
            yield "lost after it was noted"


def _due(orders: Sequence[Order]) -> Found:
    """What has to be there when every call was made once: told from the calls alone."""
    due: Found = {}
    for order in orders:
        key, window = (order.wanted.number, order.wanted.code), order.wanted.window
        due[key] = [(window, State.WAITING)]
    for number, code in due:
        double = sum(other == number for other, _ in due) > 1
        state = State.FROZEN if double else State.WAITING
        due[number, code] = [(window, state) for window, _ in due[number, code]]
    return due


def _look(house: House, planned: Plan) -> Found:
    vault = context(house.ring).vault
    found: Found = {}
    with house.store.reading() as connection:
        for number, code in {(one.wanted.number, one.wanted.code) for one in planned.orders}:
            of_number = hers.of_number(connection, vault, number, CARRIER)
            rows = hers.with_code(vault, of_number, code)
            if any(hers.number_of(connection, vault, row.id) != number for row in rows):
                found[number, code] = []
            elif rows:
                found[number, code] = [(row.window, row.state) for row in rows]
    return found


def _clear(house: House, planned: Plan) -> None:
    """Close what this seed left, so that the next one finds nothing."""
    vault = context(house.ring).vault
    with house.store.writing() as connection:
        for number in {one.wanted.number for one in planned.orders}:
            for row, _ in hers.of_number(connection, vault, number, CARRIER):
                callbacks.close(connection, row.id, "drilled", AT, Event.WITHDRAW)
