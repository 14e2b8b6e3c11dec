"""What has to be reached: ratios, which hold on any machine, and one time that somebody waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ivr.bench.figures import Sample, Spread, clean, ratios, spread

CPU, P99, RATE = "CPU per webhook", "p99", "answers a second"
MEMORY = "memory that a worker adds (USS)"
SHARE = "memory of a worker and its part of what is shared (PSS)"
IMPORT, RING = "CPU to import", "to the first ring answered"
QUEUE, CLAIM = "reading the queue", "a claim, committed"
DOUBLE = "claimed twice by 20 at once"
LOST = "told so, and killed: not there"


@dataclass(frozen=True, slots=True)
class Gate:
    """One line of the table: `over` against `under` (or `over` alone, where `under` is empty)."""

    name: str
    measure: str
    over: str
    under: str
    gate: float
    good: float
    stretch: float | None = None
    higher: bool = True


INPROC = (Gate("webhook in one process: fixed body / ours", CPU, "fixed", "ours", 0.3, 0.4, 0.6),)
SERVE = (
    Gate("webhook through the server: fixed body / ours", CPU, "fixed", "ours", 0.5, 0.7, 1.0),
    Gate("webhook through the server: tutorial / ours", CPU, "tutorial", "ours", 3, 4, 6),
)
CALLS = (Gate("p99 of open calls: ours / fixed body", P99, "ours", "fixed", 4, 2.5, 1.5, False),)
START = (
    Gate("memory: preload / without", MEMORY, "preload", "no preload", 0.6, 0.45, None, False),
    Gate("answers a second: two workers / one", RATE, "two workers", "one worker", 1.5, 1.8),
    Gate("import: the web application / flask", IMPORT, "ivr.app", "flask", 4, 3, 2, False),
    Gate("`ivr up` to the first ring, s", RING, "ivr up", "", 20, 10, 5, False),
)


def queue(kinds: Iterable[str], most: str, least: str) -> tuple[Gate, ...]:
    """The gates of the queue, for each kind of database: with `most` rows against `least`."""
    return tuple(
        Gate(f"queue, {kind}: {most} rows / {least}", QUEUE, f"{kind}, {most} rows",
             f"{kind}, {least} rows", 4, 2.5, 1.5, False)
        for kind in kinds
    )  # fmt: skip


def claim(kinds: Sequence[str], most: str, least: str) -> tuple[Gate, ...]:
    """The gates of a claim, for each kind of database."""
    ratio = tuple(
        Gate(f"claim, {kind}: {most} rows / {least}", CLAIM, f"{kind}, {most} rows",
             f"{kind}, {least} rows", 3, 1.5, None, False)
        for kind in kinds
    )  # fmt: skip
    double = tuple(Gate(f"{kind}: {DOUBLE}", DOUBLE, kind, "", 0, 0, 0, False) for kind in kinds)
    return ratio + double


def durability(kinds: Iterable[str]) -> tuple[Gate, ...]:
    """Whoever was told "noted" has her row: the only mark there is."""
    return tuple(Gate(f"{kind}: {LOST}", LOST, kind, "", 0, 0, 0, False) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a gate was met: `mark` is the best mark reached, or why there is none."""

    gate: Gate
    spread: Spread | None
    mark: str

    @property
    def passed(self) -> bool:
        """Whether the gate holds. One that could not be judged does not."""
        return self.mark in {"gate", "good", "stretch"}


def judge(gate: Gate, samples: Sequence[Sample]) -> Verdict:
    """Judge one gate by the median of its rounds."""
    values = (
        ratios(samples, gate.measure, gate.over, gate.under)
        if gate.under
        else list(clean(samples, gate.measure, gate.over).values())
    )
    found = spread(values)
    return Verdict(gate, found, _mark(gate, found.median) if found else "no clean round")


def _mark(gate: Gate, value: float) -> str:
    bars = {"stretch": gate.stretch, "good": gate.good, "gate": gate.gate}
    for mark, bar in bars.items():
        if bar is not None and (value >= bar if gate.higher else value <= bar):
            return mark
    return "FAILS"
