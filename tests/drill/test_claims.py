"""Many processes reach for the same callbacks at once, and each is one operator's alone."""

from pathlib import Path

from ivr.drill.claims import CARELESS, drill
from tests import kinds


def test_nothing_is_given_to_two(migrated: str, tmp_path: Path) -> None:
    score = drill(migrated, tmp_path / "ring", callbacks=40, processes=3)
    assert (score.tried, score.wrong) == (40, 0)


def test_the_drill_finds_an_operator_who_looks_first_and_takes_afterwards(
    tmp_path: Path,
) -> None:
    url = kinds.migrated(tmp_path)
    score = drill(url, tmp_path / "ring", callbacks=60, processes=3, fault=CARELESS)
    assert score.wrong > 0
