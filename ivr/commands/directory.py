"""`ivr directory`: where calls go, out to a file for editing and back in, checked and audited."""

import json
import os
import pwd
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa
import tomli_w

from ivr import clock
from ivr.commands.start import begin
from ivr.editions.ship import keep_directory, stored_directory
from ivr.store import proofs
from ivr.store.database import Away, Store
from ivr.store.documents import DIRECTORIES
from routing.centres import (
    DirectoryError,
    bury,
    check_directory,
    diff,
    read_directory,
    withdrawn,
    write_directory,
)
from routing.directory import Directory


@click.group()
def directory() -> None:
    """Export or import where calls go: centres, numbers, hours, access numbers."""


@directory.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def write(file: Path) -> None:
    """Write the directory to FILE (.toml or .json)."""
    with _open() as store, store.reading() as connection:
        current = _current(connection)
    content = write_directory(current)
    plain = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    file.write_text(tomli_w.dumps(content) if file.suffix == ".toml" else plain, encoding="utf-8")
    click.echo(f"Directory {current.number} is in {file}.")


@directory.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Take it over without asking.")
def read(file: Path, yes: bool) -> None:
    """Take over the directory in FILE, after showing what that changes.

    Numbers that it takes away are buried: nothing ever dials them again.
    """
    wanted = _checked(file)
    with _open() as store:
        with store.reading() as connection:
            old = _current(connection)
        new = _merged(old, wanted)
        changes = diff(old, new)
        for sentence in changes or ("Nothing changes.",):
            click.echo(sentence)
        _warn(old, wanted)
        if changes and (yes or click.confirm("Take this over?")):
            click.echo(f"Directory {_keep(store, old, new)} is live within seconds.")


def _open() -> Store:
    return Store(begin().database_url)


def _current(connection: sa.Connection) -> Directory:
    try:
        number, _ = DIRECTORIES.newest(connection)
        document = DIRECTORIES.load(connection, number)
    except Away as error:
        raise click.ClickException(
            f"The database is away ({type(error).__name__}). Does `ivr migrate` run?"
        ) from None
    if document is None:
        raise click.ClickException("There is no directory yet: start the line once.")
    return replace(stored_directory(document), proved=proofs.load(connection))


def _checked(file: Path) -> Directory:
    try:
        return read_directory(_parsed(file))
    except DirectoryError as error:
        problems = [str(problem) for problem in error.problems]
    except ValueError as error:
        problems = [f"{file.name} cannot be read: {error}"]
    raise _refusal(problems)


def _parsed(file: Path) -> Mapping[str, Any]:
    text = file.read_text(encoding="utf-8")
    content: object = tomllib.loads(text) if file.suffix == ".toml" else json.loads(text)
    if not isinstance(content, Mapping):
        raise ValueError("it holds no table")
    return content


def _merged(old: Directory, wanted: Directory) -> Directory:
    """What was buried stays buried, and no file proves anything: a test call does."""
    new = replace(wanted, number=old.number, proved=old.proved)
    new = bury(new, old.buried | withdrawn(old, new))
    problems = [str(problem) for problem in check_directory(new)]
    if problems:
        raise _refusal(problems)
    return new


def _refusal(problems: list[str]) -> click.ClickException:
    return click.ClickException("\n".join(["This directory is not taken over.", *problems]))


def _warn(old: Directory, wanted: Directory) -> None:
    if wanted.number != old.number:
        click.echo(
            f"The file was made from directory {wanted.number}; the present one is {old.number}:"
            " what was changed in between is undone where it stands above."
        )


def _keep(store: Store, old: Directory, new: Directory) -> int:
    at = clock.now()
    with store.writing() as connection:
        number, _ = DIRECTORIES.newest(connection)
        if number != old.number:
            raise click.ClickException("Somebody else has just changed it: please try again.")
        proofs.withdraw(connection, new.buried)
        return keep_directory(connection, new, _who(), at=at, old=old).number


def _who() -> str:
    """The name of the account in the system, which the environment cannot change."""
    return pwd.getpwuid(os.getuid()).pw_name
