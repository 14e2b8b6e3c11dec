"""`ivr edition`: what the line says, as one file, and published from the server itself."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click
import sqlalchemy as sa
from rich.console import Console
from rich.table import Table

from audio.shelf import SHIPPED, Shelf
from ivr import clock
from ivr.call.edition import Edition
from ivr.call.proof import Finding
from ivr.call.world import World
from ivr.commands.check import say_findings
from ivr.commands.staff import who
from ivr.commands.start import begin
from ivr.editions import drafting, exchange
from ivr.editions.archive import LostError
from ivr.editions.drafting import DraftError
from ivr.editions.files import write
from ivr.editions.publish import Proposal, propose, propose_again, propose_back
from ivr.editions.publish import publish as put_out
from ivr.editions.running import NoEditionError, current, of_number
from ivr.editions.telling import sentences
from ivr.editions.unpacking import ArchiveError
from ivr.line import Line
from ivr.store.database import Away
from ivr.store.documents import EDITIONS, DamagedError

DRAFT = "draft"
FILE = click.Path(dir_okay=False, path_type=Path)
NOTE = click.option("--note", default="", help="Why; the list of editions shows it.")
YES = click.option("--yes", is_flag=True, help="Without asking, and in spite of warnings.")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a verb works with: the line, the moment, a place to write to."""

    line: Line
    at: datetime
    console: Console


@click.group()
def edition() -> None:
    """List, show, export, import and publish what the line says."""


@edition.command("list")
def show_all() -> None:
    """List the editions, the newest first; the newest runs."""
    with _at_work() as desk, desk.line.store.reading() as connection:
        rows = EDITIONS.summaries(connection)
        drafted = len(drafting.load(connection).rows)
    table = Table("edition", "since", "who and why", "digest", box=None)
    for row in rows:
        since = f"{row.created_at:%Y-%m-%d %H:%M} UTC"
        table.add_row(str(row.number), since, row.note, row.digest[:12])
    desk.console.print(table)
    desk.console.print(f"The draft holds {drafted} changes.")


@edition.command("show")
@click.argument("number", default=DRAFT)
def show(number: str) -> None:
    """Show what the draft, or the edition NUMBER, changes in what ran before it."""
    with _at_work() as desk, desk.line.store.reading() as connection:
        if number == DRAFT:
            now = drafting.load(connection)
            old, new, changes = now.running, now.edition, now.difference
        else:
            new = of_number(connection, _number(number))
            old = of_number(connection, new.number - 1)
            changes = None
        _say(desk, sentences(old, new, changes))


@edition.command("export")
@click.argument("file", type=FILE)
@click.option("--number", default="", help="Another edition than the one that runs, or draft.")
def export(file: Path, number: str) -> None:
    """Write an edition to FILE (.zip): menu, languages, words and sound."""
    with _at_work() as desk:
        with desk.line.store.reading() as connection:
            found = _wanted(connection, number)
        shelf = Shelf(SHIPPED, desk.line.settings.var / "audio", elsewhere=desk.line.clips)
        write(file, exchange.written(found, shelf), mode=0o644)
    named = "The draft" if number == DRAFT else f"Edition {found.number}"
    click.echo(f"{named} is in {file}: {found.digest}.")


@edition.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--over", is_flag=True, help="Also where the draft changes the same places.")
@YES
def bring_in(file: Path, over: bool, yes: bool) -> None:
    """Take FILE into the draft, after showing what it changes; `publish` makes it heard."""
    with _at_work() as desk:
        unpacked = exchange.read(desk.line.store, file)
        with desk.line.store.reading() as connection:
            told = sentences(current(connection), unpacked.edition)
        _say(desk, told)
        if not told or not (yes or click.confirm("Take this into the draft?")):
            return
        done = exchange.bring_in(desk.line.store, unpacked, who=who(), at=desk.at, over=over)
    click.echo(f"{len(done.changes)} changes are in the draft, with {done.sounds} new recordings.")


@edition.command("publish")
@click.argument("number", type=int, required=False)
@NOTE
@YES
def publish(number: int | None, note: str, yes: bool) -> None:
    """Publish the whole draft, or the older edition NUMBER again, when the checker agrees."""
    with _at_work() as desk:
        store, world = desk.line.store, _world(desk)
        with desk.console.status("Walking every way …"):
            proposal = propose_again(store, world, number) if number else propose(store, world)
        _publish(desk, proposal, note, yes=yes)


@edition.command("back")
@NOTE
@YES
def back(note: str, yes: bool) -> None:
    """Go back to the last edition: what it said becomes a new one."""
    with _at_work() as desk:
        with desk.console.status("Walking every way …"):
            proposal = propose_back(desk.line.store, _world(desk))
        _publish(desk, proposal, note, yes=yes)


def _publish(desk: Desk, proposal: Proposal, note: str, *, yes: bool) -> None:
    _say(desk, sentences(proposal.running, proposal.edition, proposal.changes))
    found: tuple[Finding, ...] = (*proposal.judgement.errors, *proposal.judgement.warnings)
    if found:
        say_findings(desk.console, found)
    if proposal.judgement.errors:
        raise click.ClickException("It is not published.")
    if not (yes or click.confirm("Publish this?")):
        return
    done = put_out(desk.line.store, proposal, who=who(), note=note, at=desk.at, accepted=True)
    click.echo(f"Edition {done.number} is live for new calls within seconds.")


@contextmanager
def _at_work() -> Iterator[Desk]:
    """The line with its database; what cannot be is said in a sentence."""
    line = Line(begin())
    try:
        at = clock.now()
        line.refresh(at)
        yield Desk(line, at, Console(highlight=False, markup=False, soft_wrap=True))
    except (DraftError, NoEditionError, DamagedError, ArchiveError, LostError) as error:
        raise click.ClickException(str(error)) from None
    except Away as error:
        raise click.ClickException(
            f"The database is away ({type(error).__name__}). Did `ivr migrate` run?"
        ) from None
    finally:
        line.store.close()


def _world(desk: Desk) -> World:
    return desk.line.world(desk.line.settings.carrier, desk.at)


def _wanted(connection: sa.Connection, number: str) -> Edition:
    if number == DRAFT:
        return drafting.load(connection).edition
    return of_number(connection, _number(number)) if number else current(connection)


def _number(given: str) -> int:
    if not given.isascii() or not given.isdigit():
        raise click.BadParameter("a number, or the word draft")
    return int(given)


def _say(desk: Desk, told: tuple[str, ...]) -> None:
    for sentence in told or ("Nothing changes.",):
        desk.console.print(sentence)
