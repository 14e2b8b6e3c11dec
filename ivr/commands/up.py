"""`ivr up`: the demonstration, from nothing to a line that answers, in one command."""

import os
import sys
from pathlib import Path
from threading import Thread

import click
from rich.console import Console

from ivr import clock, logs
from ivr.commands import demo
from ivr.commands.children import Children, until_stopped
from ivr.commands.start import begin
from ivr.settings import Settings

PORT = 8000
READY = 60.0
"""Seconds until a process that does not answer is given up."""
PRIVATE = 0o077
"""What is written is for this account alone."""


@click.command()
@click.option("--port", type=click.IntRange(1024, 65000), default=PORT, show_default=True)
def up(port: int) -> None:
    """Make what is missing, start everything, and say where to go. Ctrl-C ends it."""
    console = Console(highlight=False)
    os.umask(PRIVATE)
    given = set(os.environ)
    os.environ.update(demo.complete(os.environ, port))
    web = demo.port_of(os.environ, port)
    settings = begin()
    if web != port and demo.URL not in given:
        console.print(f"Another program has port {port}; the line takes {web}.")
    kept = demo.keep(os.environ, given)
    with console.status("Preparing the database and the edition …"):
        problem = prepare(settings)
    if problem:
        console.print(f"The database is away ({problem}): the line answers without it.")
    with until_stopped() as stopped, Children(os.environ, settings.var) as children:
        _start(children, settings, web)
        with console.status("Starting the line …"):
            failed = children.wait_until_ready(stopped, READY)
        if not failed and not stopped.is_set():
            _say(console, settings, kept)
            Thread(target=_prove, args=(console, settings), daemon=True).start()
            failed = children.wait(stopped)
    if failed:
        console.print(f"The {failed.name} has ended, and everything with it. Its last words:")
        console.print(failed.last_words(), markup=False)
        raise SystemExit(1)
    console.print("The line is closed.")


def _prove(console: Console, settings: Settings) -> None:
    """Walk every way through what the line says now, while it already answers."""
    from ivr.call.proof import check
    from ivr.commands.check import of_the_line, say_findings

    verdict = check(of_the_line(settings, clock.now()))
    if verdict.findings:
        say_findings(console, verdict.findings)
    else:
        console.print("  Every way through the line has been walked: nothing is wrong.")


def prepare(settings: Settings) -> str:
    """Bring the database up and the edition into it; the kind of problem, or nothing."""
    from ivr.line import Line
    from ivr.store import schema

    try:
        schema.migrate(settings.database_url)
    except Exception as error:  # whatever it is: a line without a database answers too
        logs.get("up").warning("the database is away", exc_info=error)
    line = Line(settings)
    line.refresh(clock.now())
    line.store.close()
    return line.health.problem


def _start(children: Children, settings: Settings, web: int) -> None:
    children.start("web process", web, "serve", "--bind", f"127.0.0.1:{web}", "--workers", "2")
    if settings.rehearsal:
        children.start("rehearsal carrier", demo.port_in(settings.rehearsal_url), "carrier")


def _say(console: Console, settings: Settings, kept: Path) -> None:
    again = f". {kept} && {sys.argv[0]}"
    console.print("\n[bold]The line answers.[/bold] Ctrl-C ends it.\n")
    if settings.demo:
        console.print(f"  The telephone, in a browser:     {settings.public_base_url}/phone")
        console.print(f"  The telephone, in a terminal:    {again} phone", soft_wrap=True)
    console.print(f"  What real calls would still need: {again} doctor\n", soft_wrap=True)
