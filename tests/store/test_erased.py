"""What was erased is nowhere any more: in the raw bytes of SQLite's files, and by its day's key.

Her number's ciphertext, its fingerprint and her code's seal are noted before the erasure and then
searched for in the file and in its log of writes, while another process has both open.
"""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from ivr.call.actions import Book, Cancel, Effect, Erase, Forget, Move
from ivr.call.signals import Done, Note, Noted
from ivr.callbacks.context import Context
from ivr.store import callbacks, hers
from ivr.store.callback_tables import callbacks as table
from ivr.store.database import Store
from ivr.store.sealing import LostError
from ivr.voice.stored import StoredEffects
from routing.callback import Event
from tests import kinds
from tests.callbacks.booked import CODE, LATER, NOW, NUMBER, TOMORROW, context, directory, wanted

HERS = ("number", "fingerprint", "code", "wishes", "note")
N = 60
Noticed = dict[int, list[bytes]]


@pytest.fixture
def house(tmp_path: Path) -> Context:
    return context(tmp_path / "ring", directory=directory(operators=40))


@pytest.fixture
def lite(tmp_path: Path) -> Iterator[Store]:
    """A store that another process reads all the while, so that its log never goes by itself."""
    file = tmp_path / "line.sqlite"
    shutil.copy(kinds.template_file(), file)
    with Store(f"sqlite:///{file}") as store, store.engine.connect() as other:
        other.exec_driver_sql("SELECT 1").all()
        other.rollback()
        yield store


def numbers() -> list[str]:
    return [f"+32200001{place:02}" for place in range(N)]


def ask(effects: StoredEffects, effect: Effect, call: str, caller: str = "") -> object:
    return effects.carry_out(effect, call=call, step=9, carrier="x", caller=caller, at=NOW)


def filled(store: Store, house: Context) -> Noticed:
    """Callbacks of many, with notes: what stands of each of them in the database."""
    effects = StoredEffects(store, lambda: house)
    for number in numbers():
        assert ask(effects, Book(wanted(number=number)), number) == Noted(Note.NOTED)
    with store.writing() as connection:
        for row in callbacks.open_ones(connection):
            hers.keep_note(connection, house.vault, row.id, f"rings {row.id} times")
    return noticed(store)


def noticed(store: Store) -> Noticed:
    with store.reading() as connection:
        query = sa.select(table.c.id, *(table.c[name] for name in HERS))
        return {row[0]: [bytes(one) for one in row[1:] if one] for row in connection.execute(query)}


def hits(folder: Path, before: Noticed, which: Callable[[int], bool] = lambda _: True) -> int:
    """How many of these values stand anywhere in the files, whole or their first half."""
    raw = b"\n".join(path.read_bytes() for path in sorted(folder.glob("line.sqlite*")))
    values = [one for callback, kept in before.items() if which(callback) for one in kept]
    return sum(one[:16] in raw if one[16:] not in raw else True for one in values)


def stop(store: Store, house: Context, before: Noticed, how: str) -> None:
    """End every second callback in one of the ways in which they end."""
    effects = StoredEffects(store, lambda: house)
    for callback in sorted(before)[::2]:
        number = numbers()[callback - 1]
        effect: Effect = {
            "cancelled": Cancel(callback),
            "erased": Erase(callback),
            "forgotten": Forget(number),
            "moved": Move(callback, LATER),
            "changed": Book(wanted(number=number, window=LATER)),
        }[how]
        said = ask(effects, effect, f"{how} {callback}", number)
        assert said in (Done(ok=True), Noted(Note.CHANGED))


@pytest.mark.parametrize("how", ["cancelled", "erased", "forgotten", "moved", "changed"])
def test_nothing_of_it_is_left_in_the_files(
    lite: Store, house: Context, tmp_path: Path, how: str
) -> None:
    before = filled(lite, house)
    gone = set(sorted(before)[::2])
    stop(lite, house, before, how)
    assert (tmp_path / "line.sqlite-wal").stat().st_size == 0
    if how != "erased":  # which does not wait for the hour
        assert lite.rebuild()
    notes = 1 if how == "changed" else 0  # her wishes changed, and not what operators noted
    assert hits(tmp_path, before, lambda one: one in gone) == notes * len(gone)
    assert hits(tmp_path, before, lambda one: one not in gone) == len(before) // 2 * len(HERS)


def test_the_planted_faults_are_found(lite: Store, house: Context, tmp_path: Path) -> None:
    """The erasure is left out; it stands in the log of writes; old bytes are not overwritten."""
    before = filled(lite, house)
    lite.scrub()
    assert hits(tmp_path, before) == len(before) * len(HERS)
    with lite.writing() as connection:
        for callback in before:
            assert callbacks.change(connection, callback, Event.FREEZE)
    assert hits(tmp_path, before) == len(before) * len(HERS)
    with lite.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA secure_delete=OFF").all()
        connection.exec_driver_sql("UPDATE callbacks SET number = x'00', note = x'00'")
        connection.commit()
    lite.scrub()
    assert hits(tmp_path, before) > 0


def test_in_a_busy_order_nothing_is_left_either(
    lite: Store, house: Context, tmp_path: Path
) -> None:
    """Pages fill, part and join: no old copy may stay behind in their gaps."""
    chance = Random(7)  # noqa: S311  # an order that can be repeated
    seen = filled(lite, house)
    for _ in range(6):
        with lite.writing() as connection:
            rows = callbacks.open_ones(connection)
            for row in chance.sample(rows, len(rows) // 2):
                if chance.random() < 0.5:
                    hers.reseal(connection, house.vault, row.id, chance.choice((LATER, TOMORROW)))
                    hers.keep_note(connection, house.vault, row.id, "")
                else:
                    callbacks.close(connection, row.id, "x", NOW, Event.WITHDRAW)
        assert lite.rebuild()
        now = {one for kept in noticed(lite).values() for one in kept}
        gone = {place: [one for one in kept if one not in now] for place, kept in seen.items()}
        assert hits(tmp_path, gone) == 0
        for place, kept in noticed(lite).items():
            seen[place] = [*seen[place], *kept]


def test_the_day_s_key_takes_every_copy_with_it(migrated: str, house: Context) -> None:
    """In PostgreSQL dead rows stay, and in backups everything: without the key they say nothing."""
    with Store(migrated) as store:
        effects = StoredEffects(store, lambda: house)
        ask(effects, Book(wanted()), "CA1")
        with store.reading() as connection:
            (row,) = callbacks.open_ones(connection)
            assert hers.number_of(connection, house.vault, row.id) == NUMBER
        house.vault.destroy(row.expires)
        with store.reading() as connection:
            assert hers.number_of(connection, house.vault, row.id) == NUMBER, "its day is not over"
        house.vault.destroy(row.expires + timedelta(days=1))
        with store.reading() as connection:
            for read in (hers.number_of, hers.wishes_of):
                with pytest.raises(LostError, match="destroyed"):
                    read(connection, house.vault, row.id)
            with pytest.raises(LostError, match="destroyed"):
                hers.code_is(connection, house.vault, row.id, CODE)
            assert hers.of_number(connection, house.vault, NUMBER, "x") == ()
