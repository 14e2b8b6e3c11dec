"""`ivr check`: walk every way through what the line says, and tell what is wrong with it."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from ivr import clock
from ivr.call.proof import Finding, Verdict
from ivr.call.proof import check as prove
from ivr.call.world import World
from ivr.commands.start import begin
from ivr.editions.ship import shipped_directory, shipped_edition
from ivr.line import Line
from ivr.settings import EXAMPLE_NUMBER, Settings
from ivr.voice.account import REHEARSAL, TWILIO


@click.command()
@click.option("--language", default="", metavar="CODE", help="Only what its callers meet.")
@click.option(
    "--real", is_flag=True, help="As real callers get it: approved words, proved numbers."
)
@click.option("--running", is_flag=True, help="What the line says now, instead of what ships.")
def check(language: str, real: bool, running: bool) -> None:
    """Walk every way through the edition, and say what is wrong with it.

    Status 1 when there is anything; otherwise the worst cases, in presses and seconds.
    """
    at = clock.now()
    world = of_the_line(begin(), at) if running else of_the_release(at)
    world = replace(world, carrier=TWILIO if real else REHEARSAL, rehearsal=not real)
    codes = [one.code for one in world.edition.languages]
    if language and language not in codes:
        known = ", ".join(codes)
        raise click.BadParameter(f"The line has {known}.", param_hint="--language")
    console = Console(highlight=False)
    with console.status("Walking every way …"):
        verdict = prove(world, language)
    if verdict.findings:
        say_findings(console, verdict.findings)
        raise SystemExit(1)
    console.print("Nothing is wrong.\n")
    console.print(worst_cases(verdict))


def of_the_release(at: datetime) -> World:
    """What this release ships: needs no settings and no database."""
    directory = shipped_directory()
    return World(shipped_edition(), directory, at, REHEARSAL, EXAMPLE_NUMBER, True)


def of_the_line(settings: Settings, at: datetime) -> World:
    """What callers meet now, from the database or from the files that serve without it."""
    line = Line(settings)
    line.refresh(at)
    line.store.close()
    return line.world(REHEARSAL, at)


def say_findings(console: Console, findings: tuple[Finding, ...]) -> None:
    """Every finding under its rule, in the order in which they were found."""
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        by_rule[one.rule].append(one)
    for rule, broken in by_rule.items():
        console.print(rule, style="bold", markup=False)
        for one in broken:
            console.print(f"  {one.where}: {one.what} {one.do}", markup=False, soft_wrap=True)
    count = len(findings)
    console.print(f"\n{count} {'thing is' if count == 1 else 'things are'} wrong.")


def worst_cases(verdict: Verdict) -> Table:
    """How long it takes a caller at worst, in the slowest language."""
    table = Table("At worst, to", box=None, pad_edge=False)
    table.add_column("presses", justify="right")
    table.add_column("seconds", justify="right")
    table.add_row("ringing, after silence alone", "0", f"{verdict.silence:.0f}")
    for name, way in verdict.worst.items():
        table.add_row(name, str(way.presses), f"{way.seconds:.0f}")
    return table
