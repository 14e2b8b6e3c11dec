"""A booking is done once for its call and step, and "it is noted" only when it is so."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from ivr.call.actions import Book, Cancel, Effect, Erase, Find, Forget, Move
from ivr.call.signals import Done, Known, Mine, Note, Noted, Result
from ivr.callbacks.context import Context
from ivr.store import callbacks, records, tables
from ivr.store.database import Away, Store
from ivr.voice.stored import StoredEffects
from tests.callbacks.booked import CODE, LATER, NOW, NUMBER, OTHER, TOMORROW, context, wanted

BOOK = Book(wanted())


@pytest.fixture
def house(tmp_path: Path) -> Context:
    return context(tmp_path / "ring")


def ask(effects: StoredEffects, effect: Effect, call: str = "CA1", step: int = 9,
        caller: str = NUMBER) -> Result:  # fmt: skip
    return effects.carry_out(
        effect, call=call, step=step, carrier="rehearsal", caller=caller, at=NOW
    )


def opened(store: Store) -> tuple[callbacks.Row, ...]:
    with store.reading() as connection:
        return callbacks.open_ones(connection)


def kept(store: Store) -> list[str]:
    with store.reading() as connection:
        return list(connection.scalars(sa.select(tables.effects.c.result)))


class Wire(Store):
    """A store whose line breaks: before the commit reaches the database, or after."""

    broken, then = "", ""

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        broken, self.broken, self.then = self.broken, self.then, ""
        if broken == "at once":
            raise OperationalError("", {}, Exception("away"))
        with super().writing() as connection:
            yield connection
            if broken == "before":
                raise OperationalError("COMMIT", {}, Exception("away"))
        if broken == "after":
            raise OperationalError("COMMIT", {}, Exception("away"))


def test_a_repeated_webhook_hears_the_same_and_books_no_more(store: Store, house: Context) -> None:
    effects = StoredEffects(store, lambda: house)
    assert {ask(effects, BOOK) for _ in range(3)} == {Noted(Note.NOTED)}
    assert len(opened(store)) == 1
    assert ask(effects, BOOK, step=10) == Noted(Note.CHANGED)
    assert ask(effects, Book(wanted(number=OTHER)), call="CA2") == Noted(Note.NOTED)
    assert len(opened(store)) == 2
    assert ask(effects, BOOK, call="CA2") == Noted(Note.NOTED), "the step decides"
    assert len(opened(store)) == 2


def test_many_workers_with_one_webhook_book_once(store: Store, house: Context) -> None:
    workers = [StoredEffects(store, lambda: house) for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        for call in range(4):
            asked = Book(wanted(number=f"+322000010{call}"))
            said = list(pool.map(lambda one: ask(one, asked, f"CA{call}"), workers))  # noqa: B023  # all of them end within the turn
            assert set(said) <= {Noted(Note.NOTED), Noted(Note.AWAY)}
            assert len(opened(store)) == call + (Noted(Note.NOTED) in said)
    assert len(kept(store)) == 4


def test_places_are_not_promised_twice_by_workers_at_once(store: Store, tmp_path: Path) -> None:
    house = context(tmp_path / "ring")
    effects = StoredEffects(store, lambda: house)
    asked = [Book(wanted(number=f"+32200001{place:02}")) for place in range(16)]
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda one: ask(effects, one, one.wanted.number), asked))
    assert said.count(Noted(Note.NOTED)) == len(opened(store)) <= 9


@pytest.mark.parametrize(
    ("broken", "said", "n"),
    [("at once", Note.AWAY, 0), ("before", Note.AWAY, 0), ("after", Note.NOTED, 1)],
)
def test_when_the_answer_is_lost_she_hears_what_is_true(
    migrated: str, house: Context, broken: str, said: Note, n: int
) -> None:
    with Wire(migrated) as store:
        store.broken = broken
        effects = StoredEffects(store, lambda: house)
        assert ask(effects, BOOK) == Noted(said)
        assert len(opened(store)) == n
        again = Noted(Note.NOTED) if broken == "at once" else Noted(said)
        assert ask(effects, BOOK) == again, "and the same when the webhook is repeated"
        assert len(opened(store)) == (1 if again == Noted(Note.NOTED) else 0)


@pytest.mark.parametrize("broken", ["before", "after"])
def test_when_it_cannot_even_be_looked_for_nothing_is_promised(
    migrated: str, house: Context, broken: str
) -> None:
    with Wire(migrated) as store:
        store.broken, store.then = broken, "at once"
        assert ask(StoredEffects(store, lambda: house), BOOK) == Noted(Note.AWAY)


def test_a_commit_that_comes_late_fails_once_she_was_told_that_nothing_is_kept(
    migrated: str, house: Context
) -> None:
    """Its answer was lost while it was still on its way: the failure stands in its place then."""
    if migrated.startswith("sqlite"):
        return  # one writer: nothing is ever on its way there
    with Wire(migrated) as store, Store(migrated) as slow:
        effects = StoredEffects(store, lambda: house)
        store.broken = "before"
        assert ask(effects, BOOK) == Noted(Note.AWAY)
        (words,) = kept(store)
        with pytest.raises(sa.exc.IntegrityError), slow.writing() as late:
            late.execute(sa.insert(tables.effects).values(key=key(store), result=words, at=NOW))


def key(store: Store) -> str:
    with store.reading() as connection:
        return str(connection.scalar(sa.select(tables.effects.c.key)))


def test_a_database_that_is_away_for_long_promises_nothing(tmp_path: Path, house: Context) -> None:
    with Store(f"sqlite:///{tmp_path}") as away:
        effects = StoredEffects(away, lambda: house)
        assert ask(effects, BOOK) == Noted(Note.AWAY)
        assert ask(effects, Move(1, LATER)) == Noted(Note.AWAY)
        for effect in (Cancel(1), Erase(1), Forget(NUMBER)):
            assert ask(effects, effect) == Done(ok=False)
        with pytest.raises(Away):
            ask(effects, Find(NUMBER, CODE))


def test_a_key_ring_that_is_away_promises_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    effects = StoredEffects(store, lambda: context(tmp_path / "file" / "ring"))
    assert ask(effects, BOOK) == Noted(Note.AWAY)
    assert opened(store) == ()
    assert kept(store) == []


def test_each_effect_is_carried_out_and_its_result_kept_without_her(
    store: Store, house: Context
) -> None:
    cut: list[int] = []
    effects = StoredEffects(store, lambda: house, cut.append)
    ask(effects, BOOK, "CA1")
    (row,) = opened(store)
    steps: list[tuple[Effect, Any]] = [
        (Find(NUMBER, CODE), Known(Mine(row.id, TOMORROW, language="nl"))),
        (Find(NUMBER, "9999"), Known(None)),
        (Move(row.id, LATER), Noted(Note.CHANGED)),
        (Cancel(row.id), Done(ok=True)),
        (Erase(row.id), Done(ok=True)),
        (Forget(NUMBER), Done(ok=True)),
        (Forget(OTHER), Done(ok=False)),
    ]
    for step, (effect, result) in enumerate(steps):
        assert ask(effects, effect, "CA2", step) == result
        repeated = ask(effects, effect, "CA2", step)
        assert repeated == result
    assert opened(store) == ()
    assert cut == []
    words = [json.loads(one) for one in kept(store)]
    assert len(words) == 8
    assert not {NUMBER, CODE, OTHER} & {str(v) for one in words for v in one.values()}
    with store.reading() as connection:
        gone = {one.sid for one in records.due(connection, "rehearsal")}
    assert gone == {"CA1", "CA2"}, "the carrier is to forget these calls"


def test_what_rings_is_cut_after_the_commit(store: Store, house: Context) -> None:
    seen: list[tuple[int, int]] = []
    effects = StoredEffects(
        store, lambda: house, lambda callback: seen.append((callback, len(opened(store))))
    )
    for effect in (Cancel, Erase, Forget):
        call = effect.__name__
        ask(effects, Book(wanted()), call)
        (row,) = opened(store)
        with store.writing() as connection:
            connection.execute(sa.text("UPDATE callbacks SET state = 'calling', claimed_by = 1,"
                " lease = booked_at WHERE state = 'waiting'"))  # fmt: skip
        about = NUMBER if effect is Forget else row.id
        assert ask(effects, effect(about), call, 20) == Done(ok=True)  # type: ignore[arg-type]
        assert seen.pop() == (row.id, 0)


def test_a_cut_that_breaks_leaves_it_cancelled(store: Store, house: Context) -> None:
    def cut(callback: int) -> None:
        raise OSError("no carrier")

    effects = StoredEffects(store, lambda: house, cut)
    ask(effects, BOOK)
    (row,) = opened(store)
    with store.writing() as connection:
        connection.execute(sa.text("UPDATE callbacks SET state = 'calling', claimed_by = 1,"
            " lease = booked_at"))  # fmt: skip
    assert ask(effects, Cancel(row.id), step=20) == Done(ok=True)
    assert opened(store) == ()
