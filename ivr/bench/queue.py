"""How long the queue takes to be read, and a callback to be claimed, however many lie behind."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import sqlalchemy as sa

from ivr import clock
from ivr.bench.databases import SQLITE, fill, kinds
from ivr.bench.figures import Sample
from ivr.bench.gates import CLAIM, DOUBLE, QUEUE
from ivr.bench.honest import UnfitError
from ivr.callbacks import claims
from ivr.drill.orders import AT, CARRIER, WINDOWS
from ivr.store import callbacks, queues
from ivr.store.database import Away, Store
from ivr.store.queues import Which

LEAST = 1_000
PAGE = 50
TIMES = 40
"""Readings, or claims, of which one round is the median."""
CLAIMERS = 20
CONTESTED = 60
PLANNED = ("ix_callbacks_open", "ix_callbacks_fingerprint")
MICRO = 1e6
WHICH = Which(CARRIER, staff=1)
INSIDE = WINDOWS[0].span()[0]
"""A moment at which some windows are open and others still to come."""


@dataclass(frozen=True, slots=True)
class Filled:
    """One database: of a kind, with so many callbacks."""

    kind: str
    rows: int
    url: str

    @property
    def subject(self) -> str:
        """As the figures call it."""
        return f"{self.kind}, {self.rows:,} rows"


def sizes(most: int) -> tuple[int, ...]:
    """How many callbacks the databases have, the fewest first."""
    return (LEAST, most // 10, most)


def ends(some: Sequence[int]) -> tuple[str, str]:
    """The most and the fewest, as the gates call them."""
    return f"{some[-1]:,}", f"{some[0]:,}"


def filled(folder: Path, sizes: Iterable[int]) -> Iterator[tuple[Filled, ...]]:
    """Databases of every kind and size; they are gone when the iteration goes on."""
    with kinds(folder) as found:
        made = [
            Filled(kind, rows, make(f"queue_{rows}")) for kind, make in found.items()
            for rows in sizes
        ]  # fmt: skip
        for one in made:
            fill(one.url, folder / "ring", one.rows)
        yield tuple(made)


def reading(folder: Path, rounds: int, sizes: Sequence[int]) -> Iterator[Sample]:
    """The two queries of the queue's first page, in every database by turns."""
    for databases in filled(folder, sizes):
        stores = {one: Store(one.url) for one in databases}
        for one, store in stores.items():
            fit(plans(store), one, most=sizes[-1])
            _page(store)
        for number in range(1, rounds + 1):
            for one in _rotated(databases, number):
                took = _median(lambda store=stores[one]: _page(store))  # type: ignore[misc]  # bound at once
                yield Sample(QUEUE, one.subject, number, took, "µs")
        for store in stores.values():
            store.close()


def claiming(folder: Path, rounds: int, sizes: Sequence[int]) -> Iterator[Sample]:
    """One claim, committed durably; and at last twenty operators who want the same ones."""
    for databases in filled(folder, sizes):
        for number in range(1, rounds + 1):
            for one in _rotated(databases, number):
                with Store(one.url) as store:
                    yield Sample(CLAIM, one.subject, number, _claims(store), "µs")
        for one in databases:
            with Store(one.url) as store:
                double, won = contest(store)
                yield Sample(DOUBLE, one.kind, one.rows, float(double), "")
                if won != CONTESTED:
                    raise UnfitError(f"{won} of {CONTESTED} callbacks were claimed in {one.kind}")


def plans(store: Store) -> list[str]:
    """How the database means to answer each query of the page, a line for each step."""
    asked: list[tuple[str, Any]] = []

    def note(_c: Any, _u: Any, statement: str, given: Any, _x: Any, _m: Any) -> None:
        asked.append((statement, given))

    sa.event.listen(store.engine, "before_cursor_execute", note)
    _page(store)
    sa.event.remove(store.engine, "before_cursor_execute", note)
    explain = "EXPLAIN QUERY PLAN " if store.sqlite else "EXPLAIN "
    with store.reading() as connection:
        return [
            " ".join(str(part) for part in row)
            for statement, given in asked
            if statement.startswith("SELECT")
            for row in connection.exec_driver_sql(explain + statement, given)
        ]


def fit(plan: Sequence[str], one: Filled, *, most: int) -> None:
    """Nothing is measured of a query that reads the closed ones too. Raises UnfitError."""
    small = one.rows < most and one.kind != SQLITE  # a small table may be read as a whole
    if not small and not any(index in line for line in plan for index in PLANNED):
        raise UnfitError(f"{one.subject}: the index of open callbacks is not used: {plan}")


def contest(store: Store) -> tuple[int, int]:
    """Twenty at once claim the same callbacks: how many were claimed twice, how many at all."""
    with store.reading() as connection:
        wanted = [row.id for row in callbacks.open_ones(connection, limit=CONTESTED)]
    with ThreadPoolExecutor(CLAIMERS) as claimers:
        won = [
            callback
            for mine in claimers.map(lambda who: _take(store, wanted, who), range(CLAIMERS))
            for callback in mine
        ]
    return len(won) - len(set(won)), len(set(won))


def _take(store: Store, wanted: Sequence[int], operator: int) -> list[int]:
    return [one for one in wanted if _surely(lambda one=one: _claim(store, one, operator))]  # type: ignore[misc]  # bound at once


def _surely(claim: Callable[[], bool]) -> bool:
    """An operator who is told that the database is busy presses again."""
    while True:
        try:
            return claim()
        except Away:
            continue


def _claim(store: Store, callback: int, operator: int) -> bool:
    with store.writing() as connection:
        return claims.claim(connection, callback, operator, AT)


def _claims(store: Store) -> float:
    """Microseconds of a claim, in the middle of many; each is given back, which is not counted."""
    with store.reading() as connection:
        wanted = [row.id for row in callbacks.open_ones(connection, limit=TIMES)]
    took = []
    for callback in wanted:
        began = clock.monotonic()
        if not _claim(store, callback, operator=1):
            raise UnfitError("a callback that waits could not be claimed")
        took.append((clock.monotonic() - began) * MICRO)
        with store.writing() as connection:
            claims.release(connection, callback, operator=1)
    return median(took)


def _rotated(databases: tuple[Filled, ...], number: int) -> tuple[Filled, ...]:
    """Another one first in each round."""
    first = number % len(databases)
    return databases[first:] + databases[:first]


def _page(store: Store) -> None:
    with store.reading() as connection:
        now = queues.open_now(connection, WHICH, INSIDE, PAGE)
        later = queues.later(connection, WHICH, INSIDE, PAGE + 1, (INSIDE, 0))
    if not now or not later:
        raise UnfitError("the queue is empty")


def _median(do: Callable[[], None]) -> float:
    took = []
    for _ in range(TIMES):
        began = clock.monotonic()
        do()
        took.append((clock.monotonic() - began) * MICRO)
    return median(took)
