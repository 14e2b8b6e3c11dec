"""What a call changes is changed once, and its result is kept: the simplest of the effects."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from ivr.call.actions import Prove
from ivr.call.signals import Done
from ivr.store import proofs
from ivr.store.database import Away, Store
from ivr.store.tables import effects
from ivr.voice.stored import StoredEffects
from tests import kinds
from tests.callbacks.booked import context

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
CENTRE = "+12025550111"  # an example: nobody's number


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(kinds.migrated(tmp_path)) as store:
        yield store


def line(store: Store, folder: Path) -> StoredEffects:
    return StoredEffects(store, lambda: context(folder / "ring"))


def prove(line: StoredEffects, call: str, step: int) -> object:
    return line.carry_out(
        Prove(CENTRE), call=call, step=step, carrier="twilio", caller="", at=NOW
    )  # fmt: skip


def rows(store: Store) -> list[str]:
    """The results that are kept."""
    with store.reading() as connection:
        return list(connection.scalars(effects.select().with_only_columns(effects.c.key)))


def test_a_proof_is_kept_once_with_nothing_that_says_whose(store: Store, tmp_path: Path) -> None:
    effects = line(store, tmp_path)
    for _ in range(3):
        assert prove(effects, "CA1", 2) == Done(ok=True)
    with store.reading() as connection:
        assert proofs.load(connection) == {"twilio": frozenset({CENTRE})}
    assert len(rows(store)) == 1
    assert "CA1" not in rows(store)[0]
    prove(effects, "CA1", 3)
    prove(effects, "CA2", 2)
    assert len(rows(store)) == 3


def test_a_worker_that_comes_second_hears_the_same(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    effects = line(store, tmp_path)
    prove(effects, "CA1", 2)
    honest = iter([None])
    find = "ivr.store.effects.find"
    from ivr.store.effects import find as real

    monkeypatch.setattr(find, lambda *given: next(honest, real(*given)))
    assert prove(effects, "CA1", 2) == Done(ok=True)
    assert len(rows(store)) == 1


def test_a_database_that_is_away_proves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Away) as raised:
        prove(line(Store(f"sqlite:///{tmp_path}"), tmp_path), "CA1", 2)
    assert not isinstance(raised.value, IntegrityError)
