"""What staff recorded is heard on every machine, also on a day without a database."""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from audio.recipe import Recipe
from audio.shelf import SHIPPED, Shelf
from ivr.editions.change import Kind, Place
from ivr.editions.document import write_edition
from ivr.editions.drafting import DraftError, load, version
from ivr.editions.normal import named
from ivr.editions.recording import Take, record
from ivr.editions.ship import shipped_edition
from ivr.editions.sounds import Loader
from ivr.editions.states import Sound, sound_of, standings
from ivr.line import Line
from ivr.store import clips
from ivr.store.clips import Clip
from ivr.store.database import Store
from ivr.store.documents import EDITIONS
from prompts import Origin, TextState
from tests.audio.test_shelf import MADE, OTHER
from tests.editions.staff import NOW, first, write
from tests.editions.work import line, make

__all__ = ["line", "make"]
HERE = Place(Kind.RECORDING, "nl", "main.info")


def clip(made: object = MADE, **changes: object) -> Clip:
    of = Clip(MADE.digest, MADE.data, MADE.seconds, MADE.loudness, "person", "anna", NOW)
    return replace(of, **changes)  # type: ignore[arg-type]


def taken(words: str = "") -> Take:
    return Take(MADE, words, Origin.PERSON)


def test_bytes_are_kept_once_and_found_by_the_beginning_of_their_name(rows: sa.Connection) -> None:
    clips.keep(rows, [clip(), clip()])
    clips.keep(rows, [clip(who="bea")])
    assert clips.load(rows, MADE.digest) == clips.load(rows, MADE.digest[:16]) == MADE.data
    assert clips.load(rows, MADE.digest[:16] + "0" * 48) is None
    assert clips.load(rows, OTHER.digest) is None
    assert clips.known(rows, [MADE.digest, OTHER.digest]) == clips.everything(rows) == {MADE.digest}


def test_a_recording_enters_the_draft_and_its_state_follows_its_text(rows: sa.Connection) -> None:
    first(rows)
    words = load(rows).edition.catalogue.texts["nl"]["main.info"].digest
    new = record(rows, HERE, taken(words), seen=0, who="anna", at=NOW)
    assert version(rows, HERE) == new
    assert sound_of(load(rows).edition, "nl", "main.info") is Sound.CURRENT
    write(rows, "Heel andere woorden")
    made = load(rows).edition
    assert sound_of(made, "nl", "main.info") is Sound.STALE
    cells = {(one.language, one.key): one for one in standings(made)}
    cell = cells["nl", "main.info"]
    assert (cell.text, cell.origin) == (TextState.DRAFT, Origin.PERSON)
    assert sound_of(made, "nl", "no.such") is Sound.ABSENT


def test_nobody_records_what_has_no_text(rows: sa.Connection) -> None:
    first(rows)
    for place in (Place(Kind.RECORDING, "nl", "no.such"), Place(Kind.TEXT, "nl", "main.info")):
        with pytest.raises(DraftError, match="no text to be recorded"):
            record(rows, place, taken(), seen=0, who="anna", at=NOW)


def publish_recording(line: Line) -> None:
    own = dict(shipped_edition().recordings["nl"])
    own["main.info"] = replace(own["main.info"], digest=MADE.digest, seconds=MADE.seconds)
    spoken = {**shipped_edition().recordings, "nl": own}
    with line.store.writing() as connection:
        clips.keep(connection, [clip()])
        content = write_edition(named(replace(shipped_edition(), recordings=spoken)))
        EDITIONS.save(connection, content, source="", note="", at=NOW)


def test_before_the_first_call_in_an_edition_its_recordings_are_on_this_disk(
    line: Line, make: Callable[[], Line], tmp_path: Path
) -> None:
    publish_recording(line)
    line.refresh(NOW)
    assert (tmp_path / "clips" / f"{MADE.digest[:16]}.opus").read_bytes() == MADE.data
    assert len(list((tmp_path / "clips").iterdir())) == 1, "what ships is not copied"
    assert line.world("rehearsal").edition.recordings["nl"]["main.info"].digest == MADE.digest


def test_a_clip_of_it_is_made_on_the_day_without_a_database(line: Line, tmp_path: Path) -> None:
    publish_recording(line)
    line.refresh(NOW)
    away = Store("sqlite:////proc/nowhere/line.sqlite")
    from audio.kept import Kept

    shelf = Shelf(SHIPPED, tmp_path / "wav", elsewhere=Kept(tmp_path / "clips", Loader(away)))
    assert shelf.clip(Recipe((MADE.digest,)).pack())[:4] == b"RIFF"


def test_another_machine_gets_it_from_the_database(line: Line, tmp_path: Path) -> None:
    from audio.kept import Kept

    publish_recording(line)
    kept = Kept(tmp_path / "another", Loader(line.store))
    assert kept(MADE.digest[:16]) == MADE.data
    assert kept("0" * 16) is None


def test_an_edition_whose_recordings_are_not_to_be_had_still_serves(line: Line) -> None:
    publish_recording(line)
    with line.store.writing() as connection:
        connection.execute(sa.delete(clips.table))
    line.refresh(NOW)
    assert line.health.problem == ""
    assert line.world("rehearsal").edition.number == 2


def test_a_database_that_is_away_is_not_waited_for_again_and_again() -> None:
    asked = []

    class Away(Store):
        def reading(self):  # type: ignore[no-untyped-def]
            asked.append(1)
            raise sa.exc.OperationalError("", {}, Exception())

    loader = Loader(Away("sqlite://"))
    begin = time.perf_counter()
    assert [loader(MADE.digest) for _ in range(50)] == [None] * 50
    assert len(asked) == 1
    assert time.perf_counter() - begin < 1
