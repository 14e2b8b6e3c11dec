"""What a release brings: once, beside what staff made, and never over it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from ivr.call.edition import Edition
from ivr.editions import ship as shipping
from ivr.editions.document import write_edition
from ivr.editions.ship import RELEASE, keep_directory, ship, shipped_directory, stored_directory
from ivr.store import changes, schema
from ivr.store.database import Store
from ivr.store.documents import DIRECTORIES, EDITIONS, canonical, digest
from routing.directory import Directory

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


@pytest.fixture
def connection(database: str) -> Iterator[sa.Connection]:
    schema.migrate(database)
    with Store(database) as store, store.writing() as connection:
        yield connection


def another_release(monkeypatch: pytest.MonkeyPatch, directory: Directory | None = None) -> Edition:
    """Pretend that this release ships other files."""
    shipped = shipping.shipped_edition()
    changed = replace(shipped, languages=shipped.languages[:2])
    changed = replace(changed, digest=digest(canonical(write_edition(changed))))
    given = directory or shipped_directory()
    source = digest(canonical(shipping.directory_content(given)))
    monkeypatch.setattr(shipping, "shipped_edition", lambda: changed)
    monkeypatch.setattr(shipping, "shipped_directory", lambda: given)
    monkeypatch.setattr(shipping, "sources", lambda: (changed.digest, source))
    return changed


def newest_directory(connection: sa.Connection) -> Directory:
    document = DIRECTORIES.load(connection, DIRECTORIES.newest(connection)[0])
    assert document
    return stored_directory(document)


def test_the_first_start_makes_the_first_edition_and_directory(connection: sa.Connection) -> None:
    assert not shipping.is_shipped(connection)
    ship(connection, NOW)
    assert shipping.is_shipped(connection)
    assert EDITIONS.newest(connection) == (1, shipping.shipped_edition().digest)
    assert newest_directory(connection) == replace(shipped_directory(), number=1)
    assert [one.who for one in changes.load(connection)] == [RELEASE]


def test_the_same_release_brings_nothing_twice(connection: sa.Connection) -> None:
    ship(connection, NOW)
    ship(connection, NOW)
    assert EDITIONS.newest(connection)[0] == DIRECTORIES.newest(connection)[0] == 1


def test_a_later_release_with_other_files_makes_the_next_edition(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(connection, NOW)
    changed = another_release(monkeypatch)
    ship(connection, NOW)
    assert EDITIONS.newest(connection) == (2, changed.digest)
    assert DIRECTORIES.newest(connection)[0] == 1


def test_going_back_to_an_older_release_makes_no_edition(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(connection, NOW)
    with monkeypatch.context() as later:
        another_release(later)
        ship(connection, NOW)
    ship(connection, NOW)
    assert EDITIONS.newest(connection)[0] == 2


def test_a_directory_that_nobody_changed_follows_the_release(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(connection, NOW)
    gone, *rest = [one for one in shipped_directory().centres if one.dial]
    without = tuple(one for one in shipped_directory().centres if one != gone)
    another_release(monkeypatch, replace(shipped_directory(), centres=without))
    ship(connection, NOW)
    newest = newest_directory(connection)
    assert newest.number == 2
    assert gone.id not in newest.by_id
    assert newest.buried == {gone.dial}, "what a release takes away is never dialled again"
    assert f"Centre {gone.id} was removed" in " ".join(
        one.sentence for one in changes.load(connection)
    )


def test_a_directory_that_staff_changed_stays(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    ship(connection, NOW)
    own = replace(newest_directory(connection), zone="Europe/Berlin")
    keep_directory(connection, own, "anna", at=NOW, old=newest_directory(connection))
    another_release(monkeypatch, replace(shipped_directory(), countries=("BE", "NL")))
    ship(connection, NOW)
    assert newest_directory(connection) == replace(own, number=2)


def test_a_change_is_told_with_who_made_it(connection: sa.Connection) -> None:
    ship(connection, NOW)
    old = newest_directory(connection)
    keep_directory(connection, replace(old, zone="Europe/Berlin"), "anna", at=NOW, old=old)
    newest, *_ = changes.load(connection)
    assert (newest.who, newest.directory, newest.at) == ("anna", 2, NOW)
    assert "Europe/Berlin" in newest.sentence


def test_proofs_are_not_part_of_a_directory_s_document() -> None:
    proved = replace(shipped_directory(), proved={"one": frozenset({"+3220000007"})}, number=9)
    assert shipping.directory_content(proved) == shipping.directory_content(shipped_directory())
