"""The line at work: what a turn consults is there at once, and follows the database."""

import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ivr import line as lines
from ivr.editions.ship import shipped_edition
from ivr.line import Line
from ivr.settings import EXAMPLE_NUMBER
from ivr.store import proofs
from routing.directory import Purpose
from tests.editions.work import NOW, TARGET, change_directory, publish
from tests.installations import OUTBOUND, settings


def test_before_the_database_was_ever_seen_what_ships_serves(make: Callable[[], Line]) -> None:
    line = make()
    world = line.world("rehearsal", NOW)
    assert world.edition.number == world.directory.number == 0
    assert world.edition.offered(rehearsal=True)
    assert world.directory.centres


def test_the_first_look_makes_the_first_edition(line: Line) -> None:
    assert line.health == lines.Health("", 1, 1)
    assert line.world("rehearsal", NOW).edition.digest == shipped_edition().digest


def test_a_world_says_who_carries_the_call_and_what_number_is_shown(line: Line) -> None:
    rehearsal, real = line.world("rehearsal", NOW), line.world("twilio", NOW)
    assert (rehearsal.rehearsal, real.rehearsal) == (True, False)
    assert (rehearsal.carrier, real.carrier) == ("rehearsal", "twilio")
    assert real.caller_id == EXAMPLE_NUMBER
    assert real.at == NOW


def test_without_a_moment_it_is_now(line: Line) -> None:
    assert abs(line.world("rehearsal").at - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_call_ends_in_the_edition_that_it_began_in(line: Line) -> None:
    publish(line)
    line.refresh(NOW)
    assert line.world("rehearsal").edition.number == 2
    assert line.edition(1).number == 1
    assert len(line.edition(1).languages) > len(line.edition(2).languages)


def test_an_edition_that_is_not_at_hand_is_the_current_one(line: Line) -> None:
    assert line.edition(77).number == line.world("twilio").edition.number == 1


def test_only_a_few_editions_stay_in_memory(line: Line) -> None:
    for _ in range(6):
        publish(line)
        line.refresh(NOW)
    assert line.world("twilio").edition.number == 7
    assert line.edition(4).number == 4
    assert line.edition(3).number == 7


def test_a_change_of_the_directory_reaches_the_next_turn(line: Line) -> None:
    change_directory(line, lambda old: replace(old, zone="Europe/Berlin"))
    assert line.world("rehearsal").directory.zone == "Europe/Brussels"
    line.refresh(NOW)
    assert line.world("rehearsal").directory.zone == "Europe/Berlin"


def test_a_proof_reaches_the_next_turn(line: Line) -> None:
    with line.store.writing() as connection:
        proofs.keep(connection, "twilio", TARGET, NOW)
    line.refresh(NOW)
    assert line.world("twilio").directory.proved == {"twilio": frozenset({TARGET})}


def test_what_was_buried_stays_buried_whatever_is_read_later(line: Line) -> None:
    """A database that was brought back from an older copy must not revive a withdrawn number."""
    change_directory(line, lambda old: replace(old, buried=frozenset({TARGET})))
    line.refresh(NOW)
    change_directory(line, lambda old: replace(old, buried=frozenset()))
    line.refresh(NOW)
    assert TARGET in line.world("twilio").directory.buried


def test_our_own_number_is_known_as_ours(tmp_path: Path) -> None:
    """Who rings back the number that our calls show meets the dead end, not the line."""
    line = Line(settings(tmp_path, IVR_OUTBOUND_NUMBER=OUTBOUND))
    known = line.world("rehearsal").directory.by_number
    assert known[OUTBOUND].purpose is Purpose.OUTBOUND
    line.store.close()


def test_a_world_is_had_in_microseconds(line: Line) -> None:
    """Not a stopwatch: a bound that only a look at a disk or a database would break."""
    begin = time.perf_counter()
    for _ in range(2000):
        line.world("twilio", NOW)
    assert (time.perf_counter() - begin) / 2000 < 0.0005


def test_nothing_in_a_world_holds_on_to_the_database(line: Line) -> None:
    pickle.dumps(line.world("twilio", NOW))
