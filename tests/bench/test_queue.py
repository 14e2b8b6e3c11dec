"""The databases that are measured, and what the measurement refuses to measure."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from ivr.bench import durability, queue
from ivr.bench.databases import SQLITE, fill, installed, kinds
from ivr.bench.figures import Sample
from ivr.bench.gates import CLAIM, DOUBLE, LOST, QUEUE, judge
from ivr.bench.gates import claim as claim_gates
from ivr.bench.gates import durability as durability_gates
from ivr.bench.honest import UnfitError
from ivr.bench.queue import Filled, contest, fit, plans
from ivr.callbacks import claims
from ivr.store.callback_tables import callbacks
from ivr.store.database import Store

ROWS, OPEN = 1_500, 300


@pytest.fixture
def filled(tmp_path: Path) -> Store:
    url = f"sqlite:///{tmp_path / 'line.sqlite'}"
    fill(url, tmp_path / "ring", ROWS, OPEN)
    return Store(url)


def test_a_database_has_as_many_callbacks_as_it_says_and_a_week_of_open_ones(filled: Store) -> None:
    by_state = sa.select(callbacks.c.state, sa.func.count()).group_by(callbacks.c.state)
    with filled.reading() as connection:
        counted = {row[0]: row[1] for row in connection.execute(by_state)}
    assert counted == {"closed": ROWS - OPEN, "waiting": OPEN}


def test_both_databases_are_there_to_be_measured(tmp_path: Path) -> None:
    with kinds(tmp_path) as found:
        assert tuple(found) == installed() == ("SQLite", "PostgreSQL")
        for make in found.values():
            with Store(make("one")) as store, store.reading() as connection:
                assert connection.scalar(sa.text("SELECT 1")) == 1


def test_the_page_is_answered_from_the_index_of_what_is_open(filled: Store) -> None:
    asked = plans(filled)
    assert len(asked) >= 2
    fit(asked, Filled(SQLITE, ROWS, ""), most=ROWS)


def test_a_page_that_reads_all_rows_is_not_measured() -> None:
    with pytest.raises(UnfitError, match="index of open callbacks is not used"):
        fit(["SCAN callbacks"], Filled(SQLITE, ROWS, ""), most=ROWS)


def test_twenty_who_want_the_same_ones_share_them(filled: Store) -> None:
    assert contest(filled) == (0, queue.CONTESTED)


def test_a_claim_that_does_not_look_is_seen(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "claim", lambda *_: True)
    double, won = contest(filled)
    assert (double, won) == (queue.CONTESTED * (queue.CLAIMERS - 1), queue.CONTESTED)
    sample = Sample(DOUBLE, SQLITE, 1, float(double), "")
    assert not judge(claim_gates([SQLITE], "2", "1")[-1], [sample]).passed


def test_the_figures_are_of_every_kind_and_size(tmp_path: Path) -> None:
    sizes = queue.sizes(20_000)
    read = list(queue.reading(tmp_path, 1, sizes))
    assert {one.measure for one in read} == {QUEUE}
    subjects = {f"{kind}, {rows:,} rows" for kind in installed() for rows in sizes}
    assert {one.subject for one in read} == subjects


def test_claims_are_timed_and_contested(tmp_path: Path) -> None:
    found = list(queue.claiming(tmp_path, 1, (1_000,)))
    assert {one.measure for one in found} == {CLAIM, DOUBLE}
    assert {one.value for one in found if one.measure == DOUBLE} == {0.0}


def test_whoever_was_told_so_before_the_kill_has_her_row(tmp_path: Path) -> None:
    found = list(durability.measure(tmp_path, rounds=1, seed=1))
    told = [one for one in found if one.measure != LOST]
    assert min(one.value for one in told) > 0
    verdicts = [judge(gate, found) for gate in durability_gates(installed())]
    assert [one.mark for one in verdicts] == ["stretch"] * len(installed())


def test_somebody_who_was_told_and_is_not_there_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durability, "_is_there", lambda *_: False)
    found = list(durability.measure(tmp_path, rounds=1, seed=2))
    assert not any(judge(gate, found).passed for gate in durability_gates(installed()))
