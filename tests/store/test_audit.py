"""The audit: whatever a later hand changes in the table is found."""

import contextlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.store import audit, schema
from ivr.store.audit import START, Head
from ivr.store.database import Store
from ivr.store.staff_tables import audit as table
from ivr.store.staff_tables import audit_ends as ends
from tests import kinds

NOW = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
COLUMNS = ("at", "who", "what", "about", "detail", "before", "hash")


def fill(connection: sa.Connection, n: int) -> None:
    for number in range(n):
        at = NOW + timedelta(minutes=number)
        audit.write(connection, f"who {number % 3}", "did", f"staff {number}", f"x{number}", at)


def problems(connection: sa.Connection, *known: Head) -> list[str]:
    return list(audit.verify(connection, known=known))


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A chain of twelve, in a database that every example leaves as it was."""
    with Store(kinds.migrated(tmp_path_factory.mktemp("chain"))) as store:
        with store.writing() as connection:
            fill(connection, 12)
        yield store


def tampered(store: Store, change: Callable[[sa.Connection], object], *known: Head) -> list[str]:
    """What is found after a change, which is then undone."""
    with store.engine.connect() as connection:
        transaction = connection.begin()
        change(connection)
        found = problems(connection, *known)
        transaction.rollback()
    return found


def test_what_was_written_stands_as_it_was(database: str) -> None:
    schema.migrate(database)
    with Store(database) as store, store.writing() as connection:
        assert problems(connection) == []
        assert audit.head(connection) == Head(0, START)
        fill(connection, 7)
        audit.write(connection, "Zoë", "did", "staff 1", 'ü " \\ \u2028 🎉', NOW)
        assert problems(connection) == []
        assert [one.id for one in audit.entries(connection, most=3)] == [8, 7, 6]
        assert [one.id for one in audit.entries(connection, before=3)] == [2, 1]
        assert audit.head(connection).id == 8


def test_an_entry_is_there_with_what_it_tells_or_not_at_all(database: str) -> None:
    schema.migrate(database)
    with Store(database) as store:
        with contextlib.suppress(ZeroDivisionError), store.writing() as connection:
            fill(connection, 2)
            _ = 1 / 0
        with store.writing() as connection:
            fill(connection, 1)
            assert problems(connection) == []
            assert audit.head(connection).id == 1


@settings(max_examples=60)
@given(st.integers(1, 12), st.sampled_from(COLUMNS), st.binary(min_size=32, max_size=32), WORDS)
def test_a_flip_is_found(chain: Store, entry: int, column: str, raw: bytes, word: str) -> None:
    value = {"at": NOW - timedelta(days=1), "before": raw, "hash": raw}.get(column, f"{word}!")
    where = sa.update(table).where(table.c.id == entry)
    assert tampered(chain, lambda c: c.execute(where.values({column: value})))


@given(st.integers(1, 12), st.integers(1, 12))
def test_a_deletion_is_found(chain: Store, first: int, more: int) -> None:
    where = table.c.id.between(first, min(first + more - 1, 12))
    assert tampered(chain, lambda c: c.execute(sa.delete(table).where(where)))


@given(st.integers(1, 12))
def test_a_cut_end_is_found_even_when_its_neighbours_are_moved_up(chain: Store, at: int) -> None:
    def cut(connection: sa.Connection) -> None:
        connection.execute(sa.delete(table).where(table.c.id == at))
        for number in range(at + 1, 13):
            connection.execute(
                sa.update(table).where(table.c.id == number).values(id=number - 1)
            )  # fmt: skip

    assert tampered(chain, cut)


@given(st.integers(0, 13), WORDS)
def test_an_insertion_is_found(chain: Store, number: int, word: str) -> None:
    def insert(connection: sa.Connection) -> None:
        for one in range(12, number, -1):
            connection.execute(sa.update(table).where(table.c.id == one).values(id=one + 1))
        before = connection.scalar(sa.select(table.c.hash).where(table.c.id == number)) or START
        planted = audit.Entry(number + 1, NOW, word, "did", "x", "", before, b"")
        row = {"id": number + 1, "at": NOW, "who": word, "what": "did", "about": "x", "detail": ""}
        if number < 13:
            values = {**row, "before": before, "hash": planted.digest()}
            connection.execute(sa.insert(table).values(**values))
        else:
            connection.execute(sa.update(table).where(table.c.id == 12).values(who="planted"))

    assert tampered(chain, insert)


@given(st.lists(st.integers(1, 12), min_size=2, max_size=2, unique=True))
def test_a_swap_is_found(chain: Store, pair: list[int]) -> None:
    def swap(connection: sa.Connection) -> None:
        one, other = pair
        for old, new in ((one, 99), (other, one), (99, other)):
            connection.execute(sa.update(table).where(table.c.id == old).values(id=new))

    assert tampered(chain, swap)


def rewritten(connection: sa.Connection) -> None:
    """Everything written anew by somebody who knows how, with one entry another."""
    before, entries = START, list(reversed(audit.entries(connection)))
    for one in entries:
        who = "somebody else" if one.id == 4 else one.who
        new = audit.Entry(one.id, one.at, who, one.what, one.about, one.detail, before, b"")
        connection.execute(
            sa.update(table).where(table.c.id == one.id)
            .values(who=who, before=before, hash=new.digest())
        )  # fmt: skip
        before = new.digest()
    connection.execute(sa.update(ends).values(hash=before))


def test_who_writes_everything_anew_is_found_by_a_head_that_was_kept(chain: Store) -> None:
    with chain.reading() as connection:
        kept = Head.read(str(audit.head(connection)))
    assert tampered(chain, rewritten) == []
    assert "hash was kept" in tampered(chain, rewritten, kept)[0]


def test_who_cuts_and_hides_it_is_found_by_a_head_that_was_kept(chain: Store) -> None:
    def cut(connection: sa.Connection) -> None:
        connection.execute(sa.delete(table).where(table.c.id > 10))
        last = audit.entries(connection, most=1)[0]
        connection.execute(sa.update(ends).values(last=10, hash=last.hash))

    with chain.reading() as connection:
        kept = audit.head(connection)
    assert tampered(chain, cut) == []
    assert tampered(chain, cut, kept) == ["entry 12 was there when its hash was kept, and is gone"]


@pytest.mark.parametrize("source", ["", "12", "12:", "x:" + "0" * 64, "1:" + "g" * 64])
def test_what_is_no_head_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="."):
        Head.read(source)


def test_after_twelve_months_the_beginning_goes_and_the_rest_still_holds(database: str) -> None:
    schema.migrate(database)
    with Store(database) as store, store.writing() as connection:
        fill(connection, 10)
        head = audit.head(connection)
        assert audit.sweep(connection, NOW) == 0
        assert audit.sweep(connection, NOW + audit.KEPT + timedelta(minutes=4)) == 4
        assert problems(connection, Head(2, b"x" * 32), head) == []
        connection.execute(sa.delete(table).where(table.c.id == 5))
        assert problems(connection) != []


def test_a_chain_that_was_swept_whole_goes_on(database: str) -> None:
    schema.migrate(database)
    with Store(database) as store, store.writing() as connection:
        fill(connection, 3)
        assert audit.sweep(connection, NOW + audit.KEPT + timedelta(days=1)) == 3
        assert problems(connection) == []
        fill(connection, 2)
        assert problems(connection) == []
        assert audit.head(connection).id == 5


def test_two_who_write_at_once_wait_for_each_other(database: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    schema.migrate(database)
    with Store(database) as store:

        def one(number: int) -> None:
            with store.writing() as connection:
                audit.write(connection, f"writer {number}", "did", "x", "", NOW)

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(one, range(24)))
        with store.reading() as connection:
            assert problems(connection) == []
            assert audit.head(connection).id == 24
