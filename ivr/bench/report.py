"""What comes out: every figure of every round in a file, medians and gates on the screen."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from ivr.bench.figures import Sample, Spread, clean, spread
from ivr.bench.gates import Gate, Verdict, judge
from ivr.bench.machine import describe

GATES_FAILED = 1
HUNDRED = 100


class Journal:
    """A file of JSON lines, each written as soon as it is known."""

    def __init__(self, path: Path) -> None:
        """Add to a file, or make it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path

    def write(self, kind: str, facts: dict[str, Any]) -> None:
        """Write one line."""
        line = json.dumps({"kind": kind, **facts}, ensure_ascii=False, default=str)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def report(
    bench: str,
    facts: dict[str, Any],
    samples: Iterable[Sample],
    gates: Sequence[Gate],
    journal: Journal,
    console: Console,
) -> int:
    """Measure, keep every round, print the tables; the exit status: 1 when a gate does not hold."""
    folder = journal.path.parent
    journal.write("run", {"bench": bench, **facts, **describe(folder)})
    kept = list(_keep(samples, journal, console))
    verdicts = [judge(gate, kept) for gate in gates]
    for verdict in verdicts:
        journal.write("gate", asdict(verdict))
    console.print(figures_table(bench, kept))
    console.print(gates_table(verdicts))
    console.print(f"Every round: {journal.path}", highlight=False)
    return 0 if all(verdict.passed for verdict in verdicts) else GATES_FAILED


def _keep(samples: Iterable[Sample], journal: Journal, console: Console) -> Iterator[Sample]:
    with console.status("Measuring …") as status:
        for sample in samples:
            journal.write("round", asdict(sample))
            status.update(f"Round {sample.round}: {sample.measure} of {sample.subject} …")
            yield sample


def figures_table(title: str, samples: Sequence[Sample]) -> Table:
    """Median and range of everything that was measured; how many rounds were spoilt."""
    table = Table(title=title, title_justify="left")
    for heading in ("measured", "of"):
        table.add_column(heading)
    for heading in ("median", "range", "unit", "rounds", "spoilt"):
        table.add_column(heading, justify="right")
    for row in dict.fromkeys((one.measure, one.subject, one.unit) for one in samples):
        measure, subject, unit = row
        found = spread(list(clean(samples, measure, subject).values()))
        spoilt = sum(one.spoilt for one in samples if (one.measure, one.subject) == row[:2])
        count = str(found.count) if found else "0"
        table.add_row(measure, subject, *_told(found), unit, count, str(spoilt or ""))
    return table


def gates_table(verdicts: Sequence[Verdict]) -> Table:
    """Every gate with what was reached."""
    table = Table(title="gates", title_justify="left")
    table.add_column("ratio")
    for heading in ("median", "range", "gate", "good", "stretch", "reached"):
        table.add_column(heading, justify="right")
    for verdict in verdicts:
        gate = verdict.gate
        sign = "≥" if gate.higher else "≤"
        marks = (gate.gate, gate.good, gate.stretch)
        bars = ["" if mark is None else f"{sign} {mark:g}" for mark in marks]
        style = "green" if verdict.passed else "bold red"
        table.add_row(gate.name, *_told(verdict.spread), *bars, f"[{style}]{verdict.mark}[/]")
    return table


def _told(found: Spread | None) -> tuple[str, str]:
    """Median and range with three digits that mean something."""
    if found is None:
        return "", ""
    return _figure(found.median), f"{_figure(found.least)} – {_figure(found.most)}"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= HUNDRED else f"{value:.3g}"
