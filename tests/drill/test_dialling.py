"""A line that is killed anywhere in a call rings her once at most, and leaves nothing in doubt."""

from pathlib import Path

import pytest

from ivr.callbacks.points import DIALLING
from ivr.drill import faults
from ivr.drill.dialling import drill, plan
from ivr.drill.telephones import around
from tests import kinds
from tests.callbacks.calling import START

SEEDS = tuple(DIALLING.index(one) for one in ("call.asked", "ready.committed", "gate.passed"))


def test_at_least_fourteen_points_are_labelled_and_each_has_its_turn() -> None:
    assert len(set(DIALLING)) >= 14
    assert {plan(seed).point for seed in range(len(DIALLING))} == set(DIALLING)


def test_the_window_of_a_drill_is_open_whatever_the_hour() -> None:
    for hour in range(24):
        at = START.replace(hour=hour, minute=59)
        start, until = around(at).span()
        assert start <= at < until


def test_killed_at_a_point_nothing_rings_twice(migrated: str, tmp_path: Path) -> None:
    score = drill(migrated, tmp_path, seeds=SEEDS)
    assert (score.tried, score.wrong, score.examples) == (len(SEEDS), 0, ())


@pytest.mark.parametrize(
    ("fault", "point", "words"),
    [
        (faults.UNCOUNTED, "news.written", "not counted"),
        (faults.OPEN, "news.heard", "let through"),
        (faults.AGAIN, "lookup.asked", "presses"),
    ],
)
def test_the_drill_finds_what_was_planted(
    tmp_path: Path, fault: str, point: str, words: str
) -> None:
    every = range(10 * len(DIALLING))
    fits = {"let through": "somebody else", "not counted": "she"}
    seeds = [one for one in every if plan(one).point == point
             and plan(one).who == fits.get(words, plan(one).who)]  # fmt: skip
    score = drill(kinds.migrated(tmp_path), tmp_path, seeds=seeds[:1], fault=fault)
    assert words in "".join(score.examples)
