"""Shown: the database replaced by garbage, by a folder, full, locked or absent; calls go on.

Each is done to a line that is at work, and to one that starts while it is so.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.call.machine import answer, step
from ivr.call.signals import Answered, Pressed
from ivr.editions.document import write_edition
from ivr.editions.ship import keep_directory, shipped_directory, shipped_edition
from ivr.line import Line
from ivr.store import schema
from ivr.store.documents import EDITIONS
from tests.database.disasters import (
    BURIED,
    DISASTERS,
    NOW,
    Disaster,
    Machine,
    absent,
    full,
    locked,
    written,
)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes; where none may be mounted, a folder, in which `full` sees to it."""
    place = tmp_path / "disk"
    place.mkdir()
    yield from mounted(place) if os.geteuid() == 0 else (place,)


def mounted(place: Path) -> Iterator[Path]:
    command = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)]
    made = subprocess.run(command, capture_output=True, check=False)
    yield place
    if made.returncode == 0:
        subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Machine:
    """A machine whose database and files hold a second edition and a changed directory."""
    place = tmp_path
    if request.getfixturevalue("disaster") is full:
        place = request.getfixturevalue("small_disk")
    machine = Machine(tmp_path / "var", place / "line.sqlite")
    schema.migrate(machine.url)
    line = machine.line()
    line.refresh(NOW)
    changed = replace(shipped_directory(), zone="Europe/Berlin", buried=frozenset({BURIED}))
    fewer = replace(shipped_edition(), languages=shipped_edition().languages[:2])
    with line.store.writing() as connection:
        keep_directory(connection, changed, "anna", at=NOW)
        EDITIONS.save(connection, write_edition(fewer), source="", note="", at=NOW)
    line.refresh(NOW)
    line.store.close()
    return machine


def answers(line: Line) -> bool:
    """A call on this line: she rings, chooses a language, asks for information, then a person."""
    world = line.world("rehearsal", NOW)
    number = next(one.number for one in world.directory.access if one.purpose == "line")
    turn = step(world, answer(world, number), Answered())
    nodes = []
    for keys in ("1", "4", "0"):
        turn = step(world, turn.call, Pressed(keys))
        nodes.append(getattr(turn.call, "node", ""))
        assert turn.actions
    return nodes == ["main", "info", "person"]


def is_changed(line: Line) -> bool:
    """Whether what staff published serves, and not what ships."""
    world = line.world("rehearsal", NOW)
    directory = world.directory
    return (
        len(world.edition.languages) == 2
        and directory.zone == "Europe/Berlin"
        and BURIED in directory.buried
    )


@pytest.mark.parametrize("disaster", DISASTERS, ids=lambda one: one.__name__)
def test_a_line_at_work_goes_on(machine: Machine, disaster: Disaster) -> None:
    line = machine.line()
    line.refresh(NOW)
    with disaster(machine):
        for _ in range(3):
            line.counts.count(NOW, language="nl", node="main", event="entered")
            begin = time.monotonic()
            line.refresh(NOW)
            line.flush()
            assert time.monotonic() - begin < 10
            assert answers(line)
            assert is_changed(line)
    line.store.close()


@pytest.mark.parametrize("disaster", DISASTERS, ids=lambda one: one.__name__)
def test_a_line_that_starts_meanwhile_serves_from_its_files(
    machine: Machine, disaster: Disaster
) -> None:
    with disaster(machine):
        line = machine.line()
        line.refresh(NOW)
        assert answers(line)
        assert is_changed(line)
        line.store.close()


@pytest.mark.parametrize("disaster", DISASTERS, ids=lambda one: one.__name__)
def test_a_new_machine_serves_what_ships(
    machine: Machine, disaster: Disaster, tmp_path: Path
) -> None:
    with disaster(machine):
        line = Machine(tmp_path / "new", machine.database).line()
        line.refresh(NOW)
        assert answers(line)
        line.store.close()


@pytest.mark.parametrize("disaster", [written, locked, full], ids=lambda one: one.__name__)
def test_when_it_is_over_nothing_counted_is_lost(machine: Machine, disaster: Disaster) -> None:
    line = machine.line()
    line.refresh(NOW)
    with disaster(machine):
        line.counts.count(NOW, language="nl", node="main", event="entered")
        line.flush()
    line.refresh(NOW)
    line.counts.count(NOW, language="nl", node="main", event="entered")
    line.flush()
    assert line.health.problem == ""
    with line.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT sum(n) FROM counts").scalar() == 2
    line.store.close()


@pytest.mark.parametrize("disaster", [absent], ids=lambda one: one.__name__)
def test_a_database_that_is_made_again_is_filled_from_the_files(
    machine: Machine, disaster: Disaster
) -> None:
    line = machine.line()
    line.refresh(NOW)
    with disaster(machine):
        line.refresh(NOW)
        schema.migrate(machine.url)
    fresh = machine.line()
    fresh.refresh(NOW)
    assert is_changed(fresh)
    assert fresh.health.problem == ""
    with fresh.store.reading() as connection:
        assert EDITIONS.newest(connection)[0] >= 2
    line.counts.count(NOW, language="nl", node="main", event="entered")
    line.refresh(NOW)
    line.flush()
    with fresh.store.reading() as connection:
        counted = connection.exec_driver_sql("SELECT sum(n) FROM counts").scalar()
    assert counted == 1, "the line at work writes to the new file, not to the one that is gone"
    fresh.store.close()
    line.store.close()
