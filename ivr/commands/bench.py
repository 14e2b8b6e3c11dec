"""`ivr bench`: how fast the line answers, against Flask's bare minimum and against a tutorial."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ivr.values import read_folder

if TYPE_CHECKING:
    from ivr.bench.figures import Sample
    from ivr.bench.gates import Gate
    from ivr.bench.site import Site

UNFIT = 2
"""The exit status when what should be measured does not even answer rightly."""
F = TypeVar("F", bound=Callable[..., Any])


def _common(rounds: int, seconds: float) -> Callable[[F], F]:
    """The options that every measurement has."""
    out = click.option(
        "--out", type=click.Path(path_type=Path, dir_okay=False), default=None,
        help="The file of JSON lines.  [default: bench.jsonl in the folder of IVR_VAR]",
    )  # fmt: skip
    options = [
        click.option("--rounds", type=click.IntRange(1, 100), default=rounds, show_default=True),
        click.option(
            "--seconds", type=click.FloatRange(0.1, 60), default=seconds, show_default=True,
            help="How long each application is asked in a round.",
        ),
        click.option("--seed", type=int, default=1, show_default=True),
        out,
    ]  # fmt: skip

    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_rows = click.option(
    "--rows", type=click.IntRange(10_000, 10_000_000), default=1_000_000, show_default=True,
    help="Callbacks in the largest database.",
)  # fmt: skip


@click.group()
def bench() -> None:
    """Measure how fast the line answers. Status 1 when a gate does not hold."""


@bench.command()
@_common(rounds=7, seconds=1)
@click.option("--calls", type=click.IntRange(1, 1000), default=40, show_default=True)
def inproc(rounds: int, seconds: float, seed: int, out: Path | None, calls: int) -> None:
    """CPU per webhook in one process, without a server."""
    from ivr.bench import gates, inproc

    def samples(site: "Site") -> "Iterable[Sample]":
        return inproc.measure(site, rounds=rounds, calls=calls, seed=seed)

    _run("inproc", {"seed": seed, "calls": calls}, samples, gates.INPROC, seed, out)


@bench.command()
@_common(rounds=7, seconds=1.5)
def serve(rounds: int, seconds: float, seed: int, out: Path | None) -> None:
    """CPU and latency through the line's own server."""
    from ivr.bench import gates, serve
    from ivr.bench.recorded import recorded

    def samples(site: "Site") -> "Iterable[Sample]":
        return serve.measure(site, recorded(site, seed), rounds=rounds, seconds=seconds)

    _run("serve", {"seed": seed, "seconds": seconds}, samples, gates.SERVE, seed, out)


@bench.command()
@click.argument("count", metavar="N", type=click.IntRange(1, 20_000), default=4000)
@_common(rounds=5, seconds=10)
def calls(rounds: int, seconds: float, seed: int, out: Path | None, count: int) -> None:
    """Latency while N calls go on at once, counted from when each webhook was due."""
    from ivr.bench import gates, openloop
    from ivr.bench.recorded import recorded

    def samples(site: "Site") -> "Iterable[Sample]":
        found = recorded(site, seed)
        return openloop.measure(site, found, count=count, rounds=rounds, seconds=seconds, seed=seed)

    facts = {"seed": seed, "seconds": seconds, "calls": count}
    _run("calls", facts, samples, gates.CALLS, seed, out)


@bench.command()
@_common(rounds=5, seconds=1.5)
def start(rounds: int, seconds: float, seed: int, out: Path | None) -> None:
    """Imports, memory, two workers against one, and `ivr up` to the first ring."""
    from ivr.bench import first_ring, gates, start
    from ivr.bench.recorded import recorded

    def samples(site: "Site") -> "Iterable[Sample]":
        yield from start.imports(rounds)
        yield from start.ready(site, rounds)
        yield from start.workers(site, recorded(site, seed), rounds=rounds, seconds=seconds)
        yield from first_ring.measure(site.settings.var.parent, min(rounds, 3))

    _run("start", {"seed": seed, "seconds": seconds}, samples, gates.START, seed, out)


@bench.command()
@_common(rounds=7, seconds=1)
@_rows
def queue(rounds: int, seconds: float, seed: int, out: Path | None, rows: int) -> None:
    """The queue's page with a thousand callbacks and with many, on every kind of database."""
    from ivr.bench import gates, queue
    from ivr.bench.databases import installed

    sizes = queue.sizes(rows)

    def samples(site: "Site") -> "Iterable[Sample]":
        return queue.reading(site.settings.var, rounds, sizes)

    bars = gates.queue(installed(), *queue.ends(sizes))
    _run("queue", {"seed": seed, "rows": rows}, samples, bars, seed, out)


@bench.command()
@_common(rounds=7, seconds=1)
@_rows
def claim(rounds: int, seconds: float, seed: int, out: Path | None, rows: int) -> None:
    """One claim among few and many callbacks, and twenty operators who want the same ones."""
    from ivr.bench import gates, queue
    from ivr.bench.databases import installed

    sizes = queue.sizes(rows)

    def samples(site: "Site") -> "Iterable[Sample]":
        return queue.claiming(site.settings.var, rounds, sizes)

    bars = gates.claim(installed(), *queue.ends(sizes))
    _run("claim", {"seed": seed, "rows": rows}, samples, bars, seed, out)


@bench.command()
@_common(rounds=5, seconds=1)
def durability(rounds: int, seconds: float, seed: int, out: Path | None) -> None:
    """Kill a process that books under load: who was told "noted" has her row."""
    from ivr.bench import durability, gates
    from ivr.bench.databases import installed

    def samples(site: "Site") -> "Iterable[Sample]":
        return durability.measure(site.settings.var, rounds=rounds, seed=seed)

    _run("durability", {"seed": seed}, samples, gates.durability(installed()), seed, out)


def _run(
    name: str,
    facts: dict[str, Any],
    samples: "Callable[[Site], Iterable[Sample]]",
    gates: "tuple[Gate, ...]",
    seed: int,
    out: Path | None,
) -> None:
    """Measure on a line of its own, and end with the status that the gates give."""
    from rich.console import Console

    from ivr.bench.honest import UnfitError
    from ivr.bench.report import Journal, report
    from ivr.bench.site import open_site

    path = out or read_folder(os.environ.get("IVR_VAR") or "var") / "bench.jsonl"
    try:
        with open_site(path.parent, seed) as site:
            status = report(name, facts, samples(site), gates, Journal(path), Console())
    except UnfitError as error:
        click.echo(f"Nothing was measured: {error}.", err=True)
        status = UNFIT
    sys.exit(status)
