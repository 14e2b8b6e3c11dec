"""`ivr staff`: who keeps the line, from the server itself; for the first admin, and when there are
fewer than the two who could agree in the console. Everything is audited.
"""

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import click
import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from ivr import clock
from ivr.commands.start import begin
from ivr.console import passwords
from ivr.console.words import LANGUAGES
from ivr.settings import Settings
from ivr.store import factors
from ivr.store import staff as people
from ivr.store.database import Away, Store
from ivr.store.staff import New, Row, StaffError
from ivr.store.staff_tables import ROLES

REASON = click.option("--reason", prompt="Reason", help="Why; the audit keeps it.")
ROLE = click.Choice(ROLES)


@click.group()
def staff() -> None:
    """Add, reset or switch off the people who keep the line."""


@staff.command("add")
@click.argument("name")
@click.option("--role", type=ROLE, required=True, help="What they may do.")
@click.option("--shown", default="", help="The name that colleagues read.  [default: NAME]")
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="nl", show_default=True)
@click.option("--speaks", multiple=True, metavar="CODE", help="A language for callbacks; repeat.")
def add(name: str, role: str, shown: str, language: str, speaks: tuple[str, ...]) -> None:
    """Add somebody under NAME, and print the invitation."""
    with _changing() as (settings, connection, at):
        new = New(name.lower(), shown or name, role, language, speaks)
        invitation = passwords.invitation()
        people.add(connection, who(), new, passwords.hashed(invitation), at)
    _say_invitation(settings, new.name, invitation)


@staff.command("reset")
@click.argument("name")
@REASON
def reset(name: str, reason: str) -> None:
    """Take away NAME's password and second factors, and print a new invitation."""
    with _changing() as (settings, connection, at):
        invitation = passwords.invitation()
        row = _need(connection, name)
        hashed = passwords.hashed(invitation)
        people.invite(connection, who(), row.id, hashed, reason, at)
    _say_invitation(settings, row.name, invitation)
    if row.disabled_at:
        click.echo("Still switched off: `ivr staff enable` switches on again.")


@staff.command("role")
@click.argument("name")
@click.argument("role", type=ROLE)
@REASON
def role(name: str, role: str, reason: str) -> None:
    """Give NAME another ROLE; every session of theirs ends."""
    with _changing() as (_, connection, at):
        people.set_role(connection, who(), _need(connection, name).id, role, reason, at)
    click.echo(f"{name} is {role} now.")


@staff.command("disable")
@click.argument("name")
@REASON
def disable(name: str, reason: str) -> None:
    """Switch NAME off: out at once, and in no more."""
    with _changing() as (_, connection, at):
        people.disable(connection, who(), _need(connection, name).id, reason, at)
    click.echo(f"{name} is switched off.")


@staff.command("enable")
@click.argument("name")
@REASON
def enable(name: str, reason: str) -> None:
    """Switch NAME on again, with what they had."""
    with _changing() as (_, connection, at):
        people.enable(connection, who(), _need(connection, name).id, reason, at)
    click.echo(f"{name} is switched on.")


@staff.command("list")
def show() -> None:
    """List everybody."""
    with _plainly(), Store(begin().database_url) as store, store.reading() as connection:
        rows = [(row, factors.of(connection, row.id)) for row in people.everybody(connection)]
    if not rows:
        click.echo("Nobody yet: `ivr staff add NAME --role admin` adds the first.")
        return
    table = Table("name", "shown", "role", "speaks", "signs in with", "state")
    for row, own in rows:
        kinds = ", ".join(sorted({one.kind for one in own})) or "–"
        table.add_row(row.name, row.shown, row.role, " ".join(row.speaks), kinds, _state(row))
    Console().print(table)


def who() -> str:
    """The name of the account in the system, which the environment cannot change."""
    return f"shell {pwd.getpwuid(os.getuid()).pw_name}"


@contextmanager
def _changing() -> Iterator[tuple[Settings, sa.Connection, datetime]]:
    settings = begin()
    with _plainly(), Store(settings.database_url) as store, store.writing() as connection:
        yield settings, connection, clock.now()


@contextmanager
def _plainly() -> Iterator[None]:
    """What cannot be, in a sentence."""
    try:
        yield
    except StaffError as error:
        raise click.ClickException(str(error)) from None
    except Away as error:
        raise click.ClickException(
            f"The database is away ({type(error).__name__}). Did `ivr migrate` run?"
        ) from None


def _need(connection: sa.Connection, name: str) -> Row:
    row = people.find(connection, name)
    if row is None:
        raise click.ClickException(f"Nobody is called {name}: `ivr staff list` lists everybody.")
    return row


def _state(row: Row) -> str:
    if row.disabled_at:
        return "switched off"
    if row.invited_until:
        return f"invited until {row.invited_until:%Y-%m-%d}"
    return row.status


def _say_invitation(settings: Settings, name: str, invitation: str) -> None:
    days = people.INVITED.days
    click.echo(f"An invitation, good once and for {days} days. Hand it over in person.\n")
    click.echo(f"  Sign in at:  {settings.public_base_url}/console/sign-in")
    click.echo(f"  Name:        {name}")
    click.echo(f"  Password:    {invitation}")
    click.echo("  Code:        none; the page then sets up a password and a second factor.")
