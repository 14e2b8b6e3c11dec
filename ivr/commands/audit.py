"""`ivr audit`: whether what was done is still told as it was written."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click
import sqlalchemy as sa

from ivr.commands.start import begin
from ivr.settings import Settings
from ivr.store import audit as chain
from ivr.store.audit import Head
from ivr.store.database import Away, Store

FILE = "audit-heads"
"""Heads seen before, one a line, outside the database: who rewrites that leaves these."""
BROKEN = 1
"""The exit status for a chain that is not as it was written."""


@click.group()
def audit() -> None:
    """Check who did what, or print its newest entry."""


@audit.command("verify")
@click.option("--head", "printed", default="", help="One that `ivr audit head` printed before.")
def verify(printed: str) -> None:
    """Walk the whole chain, and compare it with every head that was seen before."""
    with _reading() as (settings, connection):
        known = (*_kept(settings), *_given(printed))
        problems = list(chain.verify(connection, known=known))
        newest = chain.head(connection)
    for problem in problems:
        click.echo(problem)
    if problems:
        click.echo("The chain is broken. Keep the database as it is, and a copy of it apart.")
        raise SystemExit(BROKEN)
    _keep(settings, newest)
    click.echo(f"All entries up to {newest.id} are as they were written.")


@audit.command("head")
def head() -> None:
    """Print the newest entry, to be kept where nobody can change it."""
    with _reading() as (settings, connection):
        newest = chain.head(connection)
    _keep(settings, newest)
    click.echo(str(newest))


@contextmanager
def _reading() -> Iterator[tuple[Settings, sa.Connection]]:
    settings = begin()
    try:
        with Store(settings.database_url) as store, store.reading() as connection:
            yield settings, connection
    except Away as error:
        raise click.ClickException(
            f"The database is away ({type(error).__name__}). Did `ivr migrate` run?"
        ) from None


def _given(printed: str) -> tuple[Head, ...]:
    try:
        return (Head.read(printed),) if printed else ()
    except ValueError as error:
        raise click.ClickException(f"--head: {error}.") from None


def _kept(settings: Settings) -> tuple[Head, ...]:
    with suppress(FileNotFoundError):
        lines = _path(settings).read_text(encoding="utf-8").split()
        return tuple(Head.read(line) for line in lines)
    return ()


def _keep(settings: Settings, newest: Head) -> None:
    """Add it to the file: nothing is ever taken out of it here."""
    if not newest.id or newest in _kept(settings):
        return
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    with open(os.open(_path(settings), flags, 0o600), "a", encoding="utf-8") as file:  # noqa: PTH123 (a handle)
        file.write(f"{newest}\n")


def _path(settings: Settings) -> Path:
    return settings.var / FILE
