"""Many processes reach for the same callbacks at once, and each is one operator's alone."""

from pathlib import Path

from ivr.drill.claims import CARELESS, drill


def test_nothing_is_given_to_two(migrated: str, tmp_path: Path) -> None:
    score = drill(migrated, tmp_path / "ring", callbacks=40, processes=3)
    assert (score.tried, score.wrong) == (40, 0)


def test_the_drill_finds_an_operator_who_looks_first_and_takes_afterwards(
    sqlite_template: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "line.sqlite"
    copy.write_bytes(sqlite_template.read_bytes())
    score = drill(
        f"sqlite:///{copy}", tmp_path / "ring", callbacks=60, processes=3, fault=CARELESS
    )
    assert score.wrong > 0
