"""`ivr work`: what is due is done, again and again, on as many machines as one likes."""

from collections.abc import Callable
from datetime import datetime
from threading import Event

import click

from ivr import clock, logs
from ivr.callbacks.means import Means, means_of
from ivr.callbacks.sweeps import ALL, Sweep, sweep
from ivr.carrier.rehearsal.pretended import Pretended
from ivr.commands.children import until_stopped
from ivr.commands.start import begin
from ivr.line import Line
from ivr.settings import Settings

FINAL = {"missed", "expire", "forget"}
"""Sweeps that cannot be undone."""
LOOK = 0.25
"""Seconds between two looks at what is due."""


@click.command()
@click.option("--once", is_flag=True, help="Do everything once, and end.")
def work(once: bool) -> None:
    """Cut, reconcile, release, miss, delete and erase what is due, until SIGTERM or Ctrl-C."""
    settings = begin()
    line = Line(settings)
    line.refresh(clock.now())
    means = means_of(line)
    line.skews.measure()
    time = time_of(settings)
    if once:
        for one in ALL:
            done = sweep(means, time(one), (one,))[one.name]
            click.echo(f"{one.name}: {'could not be done' if done < 0 else done}")
        line.store.close()
        return
    with until_stopped() as stopped:
        click.echo("Working.")
        keep_on(means, stopped, time)
    line.store.close()


def time_of(settings: Settings) -> Callable[[Sweep], datetime]:
    """What time it is for a sweep: in a demonstration the pretended one, but nothing is missed or
    erased there before that is due by the real time too.
    """
    pretended = Pretended(settings)
    return lambda one: pretended.earlier() if one.name in FINAL else pretended.now()


def keep_on(
    means: Means,
    stopped: Event,
    time: Callable[[Sweep], datetime],
    monotonic: Callable[[], float] = clock.monotonic,
) -> None:
    """Do each sweep when its time has come, until told to stop."""
    due = dict.fromkeys(ALL, 0.0)
    while not stopped.wait(LOOK):
        for one in ready(due, monotonic()):
            due[one] = monotonic() + one.every
            done = sweep(means, time(one), (one,))[one.name]
            if done > 0:
                logs.get("callbacks").info("swept", verb=one.name, count=done)


def ready(due: dict[Sweep, float], at: float) -> list[Sweep]:
    """The sweeps whose time has come, the most urgent first."""
    return [one for one, when in due.items() if when <= at]
