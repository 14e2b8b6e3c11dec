"""The shelf gives every clip, whatever becomes of the disk and whoever else asks for it."""

import hashlib
import multiprocessing
import os
from pathlib import Path

import pytest

from audio import manifest, shelf
from audio.assembly import assemble
from audio.manifest import Entry
from audio.mastering import master
from audio.recipe import Pause, Recipe, RecipeError, Rendering
from audio.shelf import MissingRecordingError, Shelf
from prompts import Origin, Recording
from tests.audio.sounds import as_wav, speech, tone

MADE = master(as_wav(tone(0.3, 800)), 45)
OTHER = master(as_wav(speech(0.4)), 45)
RECIPE = Recipe((Pause(0.4), MADE.digest))
CLIP = assemble(RECIPE, lambda digest: MADE.data)


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    folder = tmp_path / "recordings" / "xx"
    folder.mkdir(parents=True)
    (folder / f"{MADE.digest}.opus").write_bytes(MADE.data)
    entry = Entry(MADE.digest, MADE.seconds, MADE.loudness, "ab" * 8, "synthetic", heard=0.1)
    manifest.write(folder, {"digit.1": entry})
    return folder.parent


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "a" / "cache"


def test_it_lists_what_ships_in_a_language(recordings: Path, cache: Path) -> None:
    expected = Recording(MADE.digest, MADE.seconds, "ab" * 8, Origin.SYNTHETIC)
    assert Shelf(recordings, cache).manifest("xx") == {"digit.1": expected}
    assert Shelf(recordings, cache).manifest("yy") == {}


@pytest.mark.parametrize("length", [64, 16])
def test_it_knows_a_recording_by_its_digest_or_the_beginning(
    recordings: Path, cache: Path, length: int
) -> None:
    assert Shelf(recordings, cache).master(MADE.digest[:length]) == MADE.data


def test_what_does_not_ship_is_asked_for_elsewhere(recordings: Path, cache: Path) -> None:
    asked: list[str] = []

    def elsewhere(digest: str) -> bytes | None:
        asked.append(digest)
        return OTHER.data if OTHER.digest.startswith(digest) else None

    found = Shelf(recordings, cache, elsewhere=elsewhere)
    assert found.master(MADE.digest) == MADE.data
    assert found.master(OTHER.digest[:16]) == OTHER.data
    with pytest.raises(MissingRecordingError, match="0000"):
        found.master("00" * 32)
    assert asked == [OTHER.digest[:16], "00" * 32]


def test_a_file_that_is_gone_is_asked_for_elsewhere(recordings: Path, cache: Path) -> None:
    found = Shelf(recordings, cache, elsewhere=lambda _: MADE.data)
    found.master(MADE.digest)
    (recordings / "xx" / f"{MADE.digest}.opus").unlink()
    assert found.master(MADE.digest) == MADE.data
    with pytest.raises(MissingRecordingError):
        Shelf(recordings, cache).master(MADE.digest)


def test_bytes_that_are_not_what_they_are_named_by_are_not_played(
    recordings: Path, cache: Path
) -> None:
    (recordings / "xx" / f"{MADE.digest}.opus").write_bytes(OTHER.data)
    with pytest.raises(MissingRecordingError, match="damaged"):
        Shelf(recordings, cache).clip(RECIPE.pack())
    with pytest.raises(MissingRecordingError, match="damaged"):
        Shelf(recordings, cache, elsewhere=lambda _: OTHER.data).master("ff" * 32)


def test_a_digest_that_only_begins_alike_is_another_recording(
    recordings: Path, cache: Path
) -> None:
    with pytest.raises(MissingRecordingError):
        Shelf(recordings, cache).master(MADE.digest[:16] + "0" * 48)


@pytest.mark.parametrize("rendering", Rendering)
def test_a_clip_is_made_once_and_then_kept(
    recordings: Path, cache: Path, rendering: Rendering, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = Recipe((MADE.digest,), rendering).pack()
    made = Shelf(recordings, cache).clip(packed)
    assert made == assemble(Recipe((MADE.digest,), rendering), lambda _: MADE.data)
    assert [path.stem for path in cache.iterdir()] == [hashlib.sha256(packed).hexdigest()]
    monkeypatch.setattr(shelf, "assemble", None)
    assert Shelf(recordings, cache).clip(packed) == made
    kept = Shelf(recordings, cache).path(packed)
    assert kept is not None
    assert kept.read_bytes() == made


def test_a_clip_can_be_had_as_a_file_at_once(recordings: Path, cache: Path) -> None:
    kept = Shelf(recordings, cache).path(RECIPE.pack())
    assert kept is not None
    assert kept.read_bytes() == CLIP
    assert kept.suffix == ".wav"


@pytest.mark.parametrize("size", [0, 20, 44, 500, len(CLIP) - 1])
def test_a_clip_that_a_crash_left_short_is_made_again(
    recordings: Path, cache: Path, size: int
) -> None:
    found = Shelf(recordings, cache)
    for again in (found.clip, found.path):
        kept = found.path(RECIPE.pack())
        assert kept is not None
        kept.write_bytes(CLIP[:size])
        again(RECIPE.pack())
        assert kept.read_bytes() == CLIP


def test_bytes_that_are_no_recipe_are_refused(recordings: Path, cache: Path) -> None:
    for ask in (Shelf(recordings, cache).clip, Shelf(recordings, cache).path):
        with pytest.raises(RecipeError):
            ask(b"\xff")


def test_a_disk_that_cannot_be_written_costs_nothing_but_time(
    recordings: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    found = Shelf(recordings, tmp_path / "file" / "cache")
    assert found.clip(RECIPE.pack()) == CLIP
    assert found.path(RECIPE.pack()) is None


def test_a_full_disk_leaves_nothing_behind(
    recordings: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    found = Shelf(recordings, cache)
    assert found.clip(RECIPE.pack()) == CLIP
    assert found.path(RECIPE.pack()) is None
    assert list(cache.iterdir()) == []


def ask(recordings: Path, cache: Path, times: int) -> None:
    """Another process of the same line: it asks for clips and must find every one whole."""
    found = Shelf(recordings, cache, most_bytes=4 * len(CLIP))
    for place in range(times):
        packed = Recipe((Pause(0.4 + place % 5), MADE.digest)).pack()
        assert found.clip(packed) == assemble(
            Recipe((Pause(0.4 + place % 5), MADE.digest)), lambda _: MADE.data
        )


def test_many_processes_share_one_cache(recordings: Path, cache: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=ask, args=(recordings, cache, 25), daemon=True) for _ in range(4)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * 4
    assert all(path.suffix == ".wav" for path in cache.iterdir())


def test_what_was_not_heard_for_longest_goes_first(recordings: Path, cache: Path) -> None:
    found = Shelf(recordings, cache, most_bytes=10 * len(CLIP))
    packed = [Recipe((Pause(0.4 + place / 50), MADE.digest)).pack() for place in range(4)]
    paths = [found.path(one) for one in packed]
    for age, path in enumerate(paths):
        assert path is not None
        os.utime(path, (1000 + age, 1000 + age))
    found.clip(packed[0])  # heard again
    small = Shelf(recordings, cache, most_bytes=round(2.5 * len(CLIP)))
    assert small.sweep() == 2
    assert [path is not None and path.exists() for path in paths] == [True, False, False, True]


def test_the_cache_is_swept_without_being_asked(recordings: Path, cache: Path) -> None:
    found = Shelf(recordings, cache, most_bytes=3 * len(CLIP))
    for place in range(12):
        found.clip(Recipe((Pause(0.4 + place / 50), MADE.digest)).pack())
    assert sum(path.stat().st_size for path in cache.iterdir()) <= 3 * len(CLIP)


def test_another_process_may_sweep_at_the_same_time(
    recordings: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = Shelf(recordings, cache, most_bytes=0)
    cache.mkdir(parents=True)
    (cache / "gone").symlink_to(cache / "nowhere")
    assert found.sweep() == 0


def test_an_unswept_cache_is_not_listed_for_every_clip(
    recordings: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[Path] = []
    monkeypatch.setattr(
        Shelf, "sweep", lambda self: swept.append(cache) or setattr(self, "_unswept", 0)
    )
    found = Shelf(recordings, cache, most_bytes=1000 * len(CLIP))
    for place in range(10):
        found.clip(Recipe((Pause(0.4 + place / 50), MADE.digest)).pack())
    assert len(swept) == 1
