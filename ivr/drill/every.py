"""All drills with their full figures, on every kind of database that is here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ivr import clock
from ivr.bench.databases import Kinds, kinds
from ivr.drill.score import Score
from ivr.store import schema

WINDOWS, DESTINATIONS, BOOKINGS, DIALS, CLAIMS = 100_000, 10_000, 500, 140, 5_000
LEAST = 10
PURE = ("windows", "destinations", "legs")
KEPT = ("booking", "dialling", "claims")
NAMES = (*PURE, *KEPT)


@dataclass(frozen=True, slots=True)
class Drilled:
    """What one drill found, on which kind of database (or none), and how long it took."""

    name: str
    on: str
    score: Score
    seconds: float


def drill(names: tuple[str, ...], folder: Path, *, share: float, seed: int) -> Iterator[Drilled]:
    """Drill one after the other. `share` makes less (or more) of every figure."""
    for name in names:
        if name in PURE:
            yield _timed(name, "", lambda name=name: _pure(name, share, seed))  # type: ignore[misc]  # bound at once
    with kinds(folder) as found:
        for name in names:
            if name in KEPT:
                yield from _on_each(name, found, folder, share, seed)


def _pure(name: str, share: float, seed: int) -> Score:
    from ivr.drill import destinations, legs, windows

    match name:
        case "windows":
            return windows.drill(_part(WINDOWS, share), seed)
        case "destinations":
            return destinations.drill(_part(DESTINATIONS, share), seed)
    return legs.drill() if share >= 1 else legs.drill(most=_part(5_000, share))


def _on_each(name: str, found: Kinds, folder: Path, share: float, seed: int) -> Iterator[Drilled]:
    for kind, make in found.items():
        url, place = make(f"drill_{name}"), folder / f"{kind}-{name}"
        schema.migrate(url)
        yield _timed(name, kind, lambda url=url, place=place: _kept(name, url, place, share, seed))  # type: ignore[misc]  # bound at once


def _kept(name: str, url: str, folder: Path, share: float, seed: int) -> Score:
    from ivr.drill import booking, claims, dialling

    match name:
        case "booking":
            return booking.drill(url, folder, seeds=range(seed, seed + _part(BOOKINGS, share)))
        case "dialling":
            return dialling.drill(url, folder, seeds=range(seed, seed + _part(DIALS, share)))
    return claims.drill(url, folder, callbacks=_part(CLAIMS, share))


def _part(whole: int, share: float) -> int:
    return max(LEAST, round(whole * share))


def _timed(name: str, on: str, run: Callable[[], Score]) -> Drilled:
    began = clock.monotonic()
    score = run()
    return Drilled(name, on, score, clock.monotonic() - began)
