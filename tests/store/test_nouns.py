"""What is kept, in both kinds of database: documents, changes, proofs, counts, effects."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from ivr.store import changes, counts, effects, proofs, schema
from ivr.store.changes import Change
from ivr.store.counts import Bucket
from ivr.store.database import Store
from ivr.store.documents import DIRECTORIES, EDITIONS, DamagedError, Documents
from ivr.store.tables import metadata

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TARGET = "sip:desk@centre.example"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    schema.migrate(database)
    with Store(database) as store:
        yield store


def test_documents_are_numbered_and_come_back_as_they_were(store: Store) -> None:
    content = {"b": "é", "a": [1, 2.5, None, {"z": 1, "y": 2}]}
    with store.writing() as connection:
        assert EDITIONS.newest(connection) == (0, "")
        first = EDITIONS.save(connection, content, source="s", note="n", at=NOW)
        second = EDITIONS.save(connection, {}, source="", note="", at=NOW)
    with store.reading() as connection:
        assert (first.number, second.number) == (1, 2)
        assert EDITIONS.load(connection, 1) == first
        assert list(first.content) == ["b", "a"], "the order of a menu means something"
        assert first.content == content
        assert EDITIONS.newest(connection) == (2, second.digest)
        assert EDITIONS.load(connection, 3) is None
        assert EDITIONS.has_source(connection, "s")
        assert not EDITIONS.has_source(connection, "t")
        assert DIRECTORIES.newest(connection) == (0, "")


def test_two_who_make_the_same_number_do_not_both_get_it(store: Store) -> None:
    with store.writing() as connection:
        document = EDITIONS.save(connection, {}, source="", note="", at=NOW)
    with pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
        EDITIONS.restore(connection, document)


@pytest.mark.parametrize("documents", [EDITIONS, DIRECTORIES])
def test_a_document_that_somebody_changed_is_damaged(store: Store, documents: Documents) -> None:
    with store.writing() as connection:
        documents.save(connection, {"a": 1}, source="", note="", at=NOW)
        connection.execute(sa.update(documents.table).values(document='{"a":2}'))
    with store.reading() as connection, pytest.raises(DamagedError):
        documents.load(connection, 1)


def test_the_history_of_the_directory_has_who_when_and_what(store: Store) -> None:
    told = [Change(NOW, "anna", 2, "One."), Change(NOW + timedelta(1), "bert", 3, "Two.")]
    with store.writing() as connection:
        changes.keep(connection, told)
        changes.keep(connection, [])
    with store.reading() as connection:
        assert changes.load(connection) == (told[1], told[0])
        assert changes.load(connection, limit=1) == (told[1],)


def test_a_proof_is_for_one_carrier_and_can_be_taken_back(store: Store) -> None:
    with store.writing() as connection:
        proofs.keep(connection, "one", TARGET, NOW)
        proofs.keep(connection, "one", TARGET, NOW + timedelta(1))
        proofs.keep(connection, "two", "sip:other@centre.example", NOW)
        assert proofs.load(connection)["one"] == {TARGET}
        proofs.withdraw(connection, [TARGET])
        proofs.withdraw(connection, [])
        assert proofs.load(connection) == {"two": frozenset({"sip:other@centre.example"})}


def test_counts_add_up_over_writers(store: Store) -> None:
    main, person = Bucket(NOW, "nl", "main", "entered"), Bucket(NOW, "fr", "person", "bridged")
    later = Bucket(NOW + timedelta(hours=1), "nl", "main", "entered")
    for counted in ({main: 2, person: 1}, {main: 3}, {later: 7}):
        with store.writing() as connection:
            counts.add(connection, counted)
    with store.reading() as connection:
        assert counts.load(connection, NOW, NOW + timedelta(hours=1)) == {main: 5, person: 1}
        assert counts.load(connection, NOW, NOW + timedelta(hours=2))[later] == 7


def test_an_effect_has_one_result_for_two_days(store: Store) -> None:
    name = effects.key("a call", 7)
    with store.writing() as connection:
        assert effects.find(connection, name) is None
        effects.keep(connection, name, "ok", NOW)
    with pytest.raises(sa.exc.IntegrityError), store.writing() as connection:
        effects.keep(connection, name, "another", NOW)
    with store.writing() as connection:
        assert effects.find(connection, name) == "ok"
        assert effects.sweep(connection, NOW + timedelta(hours=48)) == 0
        assert effects.sweep(connection, NOW + timedelta(hours=48, seconds=1)) == 1
        assert effects.find(connection, name) is None


def test_the_key_of_an_effect_tells_nothing_and_is_never_another_s() -> None:
    keys = {effects.key(call, step) for call in ("a", "a|1", "b") for step in range(20)}
    assert len(keys) == 60
    assert all(len(key) == 64 and "a|" not in key for key in keys)


def test_moments_are_kept_in_utc_and_come_back_aware(store: Store) -> None:
    brussels = timezone(timedelta(hours=1))
    with store.writing() as connection:
        changes.keep(connection, [Change(NOW.astimezone(brussels), "x", 1, "x")])
    with store.reading() as connection:
        (found,) = changes.load(connection)
    assert found.at == NOW
    assert found.at.utcoffset() == timedelta(0)


def test_a_moment_that_could_mean_any_is_refused(store: Store) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(sa.exc.StatementError, match="time zone"), store.writing() as connection:
        changes.keep(connection, [Change(naive, "x", 1, "x")])


LINE = ("editions", "directories", "changes", "counts", "proofs", "effects")
"""The tables that every call may touch; those of callbacks and of staff have tests of their own."""


def test_no_table_of_the_line_has_a_place_for_what_identifies_a_caller() -> None:
    columns = {column.name for name in LINE for column in metadata.tables[name].columns}
    assert columns == {
        *("number", "digest", "document", "source", "note", "created_at"),
        *("id", "at", "who", "directory", "sentence"),
        *("hour", "language", "node", "event", "n"),
        *("carrier", "target", "key", "result"),
    }
