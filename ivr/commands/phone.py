"""`ivr phone`: the telephone in a terminal, on the rehearsal carrier that is running."""

import sys
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from ivr import clock
from ivr.carrier.rehearsal.answers import Answer, read_answers
from ivr.carrier.rehearsal.client import CarrierAway, FarTelephone
from ivr.carrier.rehearsal.exchange import Setup
from ivr.carrier.rehearsal.pretended import EARLIEST, LATEST, in_reach
from ivr.commands.start import begin
from ivr.line import Line
from ivr.phone.asked import ODD, WITHHELD
from ivr.phone.hearing import Ear
from ivr.phone.pair import CALLER
from ivr.phone.terminal import SCRIPT, Terminal, language_key
from ivr.settings import Settings
from routing.directory import Directory, Purpose

AWAY = "The rehearsal carrier does not answer at {}. Start it with `ivr up`, or `ivr carrier`."
HELP = "Keys: 0-9 * #   , waits   . lets a second pass   h hangs up   o: the other end hangs up"
TALK = 60.0
"""Seconds that whoever picks up talks when a script waits for the end."""


@click.command()
@click.option("--keys", metavar="SCRIPT", help=f"Press these and stop. {HELP}")
@click.option("--from", "from_", default=CALLER, show_default=True, help="Calling number.")
@click.option("--withheld", is_flag=True, help="Hide the calling number.")
@click.option("--odd", is_flag=True, help="Show what a network without numbers shows.")
@click.option("--to", help="The number of ours that is rung; else the first.")
@click.option("--language", help="Begin in this language: nl, fr, de, en.")
@click.option("--at", metavar="TIME", help="Pretend it is then: 2026-12-25T03:00 in Brussels.")
@click.option("--answer", default="presses", show_default=True,
              help=f"How those that are rung answer, in order: {', '.join(Answer)}.")  # fmt: skip
@click.option("--toneless", is_flag=True, help="An old telephone: its keys send nothing.")
@click.option("--words", default="en", type=click.Choice(["nl", "fr", "de", "en"]),
              help="The language of what this terminal itself says.")  # fmt: skip
def phone(
    keys: str | None, from_: str, withheld: bool, odd: bool, to: str | None, language: str | None,
    at: str | None, answer: str, toneless: bool, words: str,
) -> None:  # fmt: skip
    """Ring the line from this terminal. Without --keys it reads keys, a line at a time."""
    settings = begin()
    line = Line(settings)
    line.refresh(clock.now())
    line.store.close()
    directory = line.world("rehearsal").directory
    number = WITHHELD if withheld else ODD if odd else from_
    try:
        setup = Setup(
            to or first_number(directory, language), number, read_answers(answer), not toneless,
            read_time(at, directory), TALK,
        )  # fmt: skip
        script = check(keys) if keys is not None else None
        begins = opening(line, setup.to, language)
        rehearse(Terminal(*_plug(settings, line), click.echo, words), setup, begins, script)
    except CarrierAway as error:
        away = AWAY.format(settings.rehearsal_url)
        raise click.ClickException(str(error) if error.reached else away) from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def rehearse(terminal: Terminal, setup: Setup, begins: str, script: str | None) -> None:
    """Make one call: the script, or what is typed. Status 1 where the carrier refused a reply."""
    terminal.ring(setup)
    terminal.play(begins)
    terminal.play(typed() if script is None else script)
    if not terminal.over:
        terminal.play("h")
    if terminal.failed:
        sys.exit(1)


def typed() -> Iterator[str]:
    """The signs that somebody types, until the end of the input."""
    click.echo(HELP)
    for row in sys.stdin:
        yield from (sign for sign in row if sign in SCRIPT)


def check(script: str) -> str:
    """A script without its spaces. Raises ValueError for a sign that means nothing."""
    signs = "".join(script.split())
    unknown = sorted(set(signs) - SCRIPT)
    if unknown:
        raise ValueError(f"{''.join(unknown)!r} means nothing. {HELP}")
    return signs


def first_number(directory: Directory, language: str | None) -> str:
    """The number to ring: one that is bound to the language, else the first that has a choice."""
    ours = [one for one in directory.access if one.purpose is Purpose.LINE]
    bound = [one for one in ours if one.bound and one.language == language]
    for one in (*bound, *(one for one in ours if not one.bound), *ours):
        return one.number
    raise ValueError("the directory has no number of ours that can be rung")


def opening(line: Line, to: str, language: str | None) -> str:
    """The keys that come first, so that the call is in the language that was asked for."""
    world = line.world("rehearsal")
    access = world.directory.by_number.get(to)
    if not language or (access and access.bound):
        return ""
    return language_key(world.edition, language)


def read_time(source: str | None, directory: Directory) -> datetime | None:
    """Read a moment; one without a zone is of the directory's. Raises ValueError."""
    if not source:
        return None
    moment = datetime.fromisoformat(source)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(directory.zone))
    if not in_reach(moment):
        years = f"{EARLIEST.year} to {LATEST.year}"
        raise ValueError(f"{source} cannot be pretended: a time in the years {years} can.")
    return moment


def _plug(settings: Settings, line: Line) -> tuple[FarTelephone, Ear]:
    token = "".join(settings.rehearsal_auth_tokens[:1])
    telephone = FarTelephone(settings.rehearsal_url, settings.rehearsal_account_sid, token)
    return telephone, Ear(line, settings.secret_keys, settings.rehearsal_account_sid)
