"""Killed with SIGKILL at every point: nothing is lost after "it is noted", nothing kept twice."""

from pathlib import Path

import pytest

from ivr.callbacks import points
from ivr.callbacks.points import BOOKING
from ivr.drill.booking import drill
from ivr.drill.orders import book, context, plan
from ivr.store.database import Store
from ivr.voice.stored import StoredEffects


def test_every_point_of_a_booking_is_reached_in_its_order(store: Store, tmp_path: Path) -> None:
    reached: list[str] = []
    points.arm(reached.append)
    try:
        book(StoredEffects(store, lambda: context(tmp_path / "ring")), plan(0).orders[0])
    finally:
        points.disarm()
    assert tuple(reached) == BOOKING
    assert len(BOOKING) >= 8


def test_ten_seeds_have_every_point() -> None:
    assert {plan(seed).point for seed in range(40, 50)} == set(BOOKING)


def test_nothing_is_lost_or_doubled(migrated: str, tmp_path: Path) -> None:
    score = drill(migrated, tmp_path / "ring", seeds=range(30))
    assert (score.tried, score.wrong, score.examples) == (30, 0, ())


def test_the_planted_fault_is_found(migrated: str, tmp_path: Path) -> None:
    """It is said before it is committed: whoever dies in between has lied."""
    seeds = [seed for seed in range(60) if plan(seed).point == "booking.result"]
    score = drill(migrated, tmp_path / "ring", seeds=seeds, early=True)
    assert score.wrong == score.tried == 6
    assert all("lost after it was noted" in one for one in score.examples)


@pytest.mark.parametrize("seed", range(3))
def test_a_plan_is_the_same_for_its_seed(seed: int) -> None:
    assert plan(seed) == plan(seed) != plan(seed + 1)
