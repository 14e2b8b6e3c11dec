"""What is promised already is at hand in every turn; while that cannot be known, nothing is."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from ivr.call.actions import Book
from ivr.call.signals import Note, Noted
from ivr.line import Line
from ivr.store import schema
from ivr.voice.stored import StoredEffects
from tests.callbacks.booked import NUMBER, TOMORROW, context, wanted
from tests.installations import settings

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def line(folder: Path) -> Line:
    given = settings(folder)
    schema.migrate(given.database_url)
    return Line(given)


def test_a_booking_is_known_in_the_next_turns(tmp_path: Path) -> None:
    begun = line(tmp_path)
    assert begun.world("rehearsal", NOW).booked is None, "nothing is known yet"
    begun.refresh(NOW)
    assert begun.world("rehearsal", NOW).booked == {}
    house = context(begun.settings.key_ring)
    said = StoredEffects(begun.store, lambda: house).carry_out(
        Book(wanted()), call="CA1", step=1, carrier="rehearsal", caller=NUMBER, at=NOW
    )
    assert said == Noted(Note.NOTED)
    begun.refresh(NOW)
    assert begun.world("rehearsal", NOW).booked == {(*TOMORROW.span(), "nl"): 1}
    begun.refresh(TOMORROW.span()[1])
    assert begun.world("rehearsal", NOW).booked == {}
    begun.store.close()


def test_while_the_database_is_away_nothing_is_promised(tmp_path: Path) -> None:
    begun = line(tmp_path / "var")
    begun.refresh(NOW)
    file = Path(str(begun.store.engine.url.database))
    kept = shutil.move(file, tmp_path / "kept")
    file.mkdir()
    begun.refresh(NOW)
    assert begun.world("rehearsal", NOW).booked is None
    file.rmdir()
    shutil.move(kept, file)
    begun.refresh(NOW)
    assert begun.world("rehearsal", NOW).booked == {}
    begun.store.close()


def test_while_the_key_ring_is_away_nothing_is_promised(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    given = settings(tmp_path / "var", IVR_KEY_RING=str(tmp_path / "file" / "ring"))
    schema.migrate(given.database_url)
    begun = Line(given)
    begun.refresh(NOW)
    assert begun.world("rehearsal", NOW).booked is None
    assert begun.health.problem == "NotADirectoryError at refresh"
    begun.store.close()


def test_the_rules_are_given_what_the_line_has(tmp_path: Path) -> None:
    begun = Line(settings(tmp_path, IVR_CALLBACK_LIMITS="1,2,3,4"))
    given = begun.context()
    assert given.vault.ring.folder == tmp_path.resolve() / "ring"
    assert (given.limits.number, given.limits.codes) == (1, 4)
    assert given.outbound == begun.settings.outbound_number
    assert given.directory is begun.world("rehearsal", NOW).directory
    begun.store.close()


def test_each_hour_what_is_old_is_erased(tmp_path: Path) -> None:
    begun = line(tmp_path)
    begun.sweep(NOW)
    assert begun.health.problem == ""
    begun.store.close()
