"""What was recorded since it shipped: once asked for, it lies on the disk; damage is not heard."""

from pathlib import Path

import pytest

from audio.kept import Kept
from audio.shelf import MissingRecordingError, Shelf
from tests.audio.test_shelf import MADE, OTHER


class Database:
    """A loader that counts how often it is asked."""

    def __init__(self, *rows: bytes, away: bool = False) -> None:
        self.rows, self.away, self.asked = rows, away, 0

    def __call__(self, digest: str) -> bytes | None:
        self.asked += 1
        if self.away:
            return None
        import hashlib

        names = {hashlib.sha256(one).hexdigest(): one for one in self.rows}
        return next((one for name, one in names.items() if name.startswith(digest)), None)


@pytest.mark.parametrize("length", [64, 16])
def test_what_was_asked_for_once_is_on_the_disk(tmp_path: Path, length: int) -> None:
    database = Database(MADE.data)
    kept = Kept(tmp_path / "clips", database)
    assert kept(MADE.digest[:length]) == kept(MADE.digest) == MADE.data
    assert database.asked == 1
    assert Kept(tmp_path / "clips", Database(away=True))(MADE.digest) == MADE.data


def test_what_nobody_has_is_missing_as_ever(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, tmp_path / "cache", elsewhere=Kept(tmp_path / "clips", Database()))
    with pytest.raises(MissingRecordingError):
        shelf.master(MADE.digest)


@pytest.mark.parametrize("damage", [b"", OTHER.data, MADE.data[:-1]])
def test_damage_on_the_disk_is_asked_for_again_and_mended(tmp_path: Path, damage: bytes) -> None:
    kept = Kept(tmp_path, Database(MADE.data))
    kept(MADE.digest)
    (file,) = tmp_path.glob("*.opus")
    file.write_bytes(damage)
    assert kept(MADE.digest) == MADE.data
    assert file.read_bytes() == MADE.data


def test_another_s_bytes_under_its_name_are_refused(tmp_path: Path) -> None:
    assert Kept(tmp_path, lambda _: OTHER.data)(MADE.digest) is None
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_takes_nothing_costs_nobody_a_recording(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("a file")
    assert Kept(tmp_path / "clips", Database(MADE.data))(MADE.digest) == MADE.data


def test_a_disk_that_is_full_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert Kept(tmp_path, Database(MADE.data))(MADE.digest) == MADE.data
    assert list(tmp_path.iterdir()) == []


def test_fetching_has_them_at_hand_and_counts_what_is_lost(tmp_path: Path) -> None:
    database = Database(MADE.data)
    kept = Kept(tmp_path, database)
    assert kept.fetch([MADE.digest, OTHER.digest]) == 1
    assert kept.fetch([MADE.digest]) == 0
    assert database.asked == 2
