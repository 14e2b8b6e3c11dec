"""`ivr up`: the demonstration, from nothing to a line that answers, in one command."""

import os
import sys
from pathlib import Path
from threading import Thread

import click
from rich.console import Console

from ivr import clock, logs
from ivr.commands import demo
from ivr.commands.children import Child, Children, until_stopped
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
    with demo.Alone(demo.folder_of(os.environ)) as alone:
        given = set(os.environ)
        os.environ.update(demo.complete(os.environ, port))
        web = demo.port_of(os.environ, port)
        settings = begin()
        if web != port and demo.URL not in given:
            console.print(f"Another program has port {port}; the line takes {web}.")
        kept = demo.keep(os.environ, given)
        alone.tell(settings.public_base_url)
        _prepare(console, settings)
        failed = _run(console, settings, web, kept)
    if failed:
        console.print(f"The {failed.name} has ended, and everything with it. Its last words:")
        console.print(failed.last_words(), markup=False)
        raise SystemExit(1)
    console.print("The line is closed.")


def _prepare(console: Console, settings: Settings) -> None:
    """Make what the line needs, and for a demonstration what makes it worth looking at."""
    with console.status("Preparing the database and the edition …"):
        problem = prepare(settings)
    if problem:
        console.print(f"The database is away ({problem}): the line answers without it.")
    elif settings.demo:
        with console.status("Making a roster, staff and callbacks to look at …"):
            problem = make_examples(settings)
        if problem:
            console.print(f"The examples could not be made ({problem}).")


def _run(console: Console, settings: Settings, web: int, kept: Path) -> Child | None:
    """Start everything and stay until told to stop; the process that ended before, if any."""
    with until_stopped() as stopped, Children(os.environ, settings.var) as children:
        _start(children, settings, web)
        with console.status("Starting the line …"):
            failed = children.wait_until_ready(stopped, READY)
        if not failed and not stopped.is_set():
            _say(console, settings, kept)
            Thread(target=_prove, args=(console, settings), daemon=True).start()
            failed = children.wait(stopped)
    return failed


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


def make_examples(settings: Settings) -> str:
    """Make the examples of a demonstration, which begins at the real time; the kind of problem, or
    nothing: they are not needed to answer.
    """
    from ivr.carrier.rehearsal.pretended import Pretended
    from ivr.commands import examples

    try:
        Pretended(settings).be(None)
        examples.make(settings, clock.now())
    except Exception as error:  # whatever it is, the line answers without examples
        logs.get("up").warning("no examples", exc_info=error)
        return type(error).__name__
    return ""


def _start(children: Children, settings: Settings, web: int) -> None:
    children.start("web process", web, "serve", "--bind", f"127.0.0.1:{web}", "--workers", "2")
    if settings.rehearsal:
        children.start("rehearsal carrier", demo.port_in(settings.rehearsal_url), "carrier")
    children.start("work", 0, "work")


def _say(console: Console, settings: Settings, kept: Path) -> None:
    again = f". {kept} && {sys.argv[0]}"
    console.print("\n[bold]The line answers.[/bold] Ctrl-C ends it.\n")
    if settings.demo:
        base = settings.public_base_url
        console.print(f"  Two telephones, in a browser:    {base}/phone")
        console.print(f"  The console, for staff:          {base}/console")
        console.print("    names, passwords and one-time codes stand on its sign-in page")
        console.print(f"  The telephone, in a terminal:    {again} phone", soft_wrap=True)
    console.print(f"  What real calls would still need: {again} doctor\n", soft_wrap=True)
