"""What a call changes is changed once, and its result is kept."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from ivr.store import proofs
from ivr.store.database import Away, Store
from ivr.store.tables import effects, metadata
from ivr.voice.stored import StoredEffects

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CENTRE = "+12025550111"  # an example: nobody's number


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(f"sqlite:///{tmp_path / 'line.sqlite'}")
    with store.writing() as connection:
        metadata.create_all(connection)
    yield store
    store.close()


def rows(store: Store) -> list[str]:
    """The results that are kept."""
    with store.reading() as connection:
        return list(connection.scalars(effects.select().with_only_columns(effects.c.key)))


def test_a_proof_is_kept_once_with_nothing_that_says_whose(store: Store) -> None:
    line = StoredEffects(store, lambda: NOW)
    for _ in range(3):
        assert line.prove("CA1", 2, carrier="twilio", target=CENTRE)
    with store.reading() as connection:
        assert proofs.load(connection) == {"twilio": frozenset({CENTRE})}
    assert len(rows(store)) == 1
    assert "CA1" not in rows(store)[0]
    assert line.prove("CA1", 3, carrier="twilio", target=CENTRE)
    assert line.prove("CA2", 2, carrier="twilio", target=CENTRE)
    assert len(rows(store)) == 3


def test_a_worker_that_comes_second_hears_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = StoredEffects(store, lambda: NOW)
    line.prove("CA1", 2, carrier="twilio", target=CENTRE)
    monkeypatch.setattr("ivr.store.effects.find", lambda *_: None)
    assert line.prove("CA1", 2, carrier="twilio", target=CENTRE)
    assert len(rows(store)) == 1


def test_a_database_that_is_away_proves_nothing(tmp_path: Path) -> None:
    line = StoredEffects(Store(f"sqlite:///{tmp_path}"), lambda: NOW)
    with pytest.raises(Away) as raised:
        line.prove("CA1", 2, carrier="twilio", target=CENTRE)
    assert not isinstance(raised.value, IntegrityError)
