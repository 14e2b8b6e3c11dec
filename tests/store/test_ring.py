"""The key ring: durable before it is used, the same for everybody, and gone for good."""

import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from ivr.store.ring import KEY_BYTES, KeyRing

DAY = date(2026, 11, 27)
NEXT = DAY + timedelta(days=1)


def test_a_day_has_one_key_that_stays(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "a" / "ring")
    assert ring.known(DAY) is None
    assert ring.days() == ()
    key = ring.key(DAY)
    assert len(key) == KEY_BYTES
    assert ring.key(DAY) == ring.known(DAY) == KeyRing(ring.folder).key(DAY) == key
    assert ring.key(NEXT) != key
    assert ring.days() == (DAY, NEXT)


def test_nobody_else_on_the_machine_reads_it(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "ring")
    ring.key(DAY)
    (file,) = ring.folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert ring.folder.stat().st_mode & 0o777 == 0o700


def test_it_is_on_the_disk_before_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File, then its name, then the folder; and once more by whoever did not make it itself."""
    synced: list[str] = []

    def fsync(file: int) -> None:
        synced.append(Path(f"/proc/self/fd/{file}").readlink().name)

    monkeypatch.setattr("os.fsync", fsync)
    folder = tmp_path / "ring"
    KeyRing(folder).key(DAY)
    made = [name for name in synced if name.startswith(str(DAY))]
    assert synced[0] == tmp_path.name, "the folder itself has a name in the one above"
    assert len(made) == 1
    assert synced.index(made[0]) < synced.index("ring")
    synced.clear()
    ring = KeyRing(folder)
    assert ring.key(DAY)
    assert synced == ["ring"], "whoever made it may have died before"
    assert ring.key(DAY)
    assert synced == ["ring"]


def test_processes_that_begin_at_once_have_the_same_key(tmp_path: Path) -> None:
    code = (
        "import sys; from datetime import date; from pathlib import Path;"
        "from ivr.store.ring import KeyRing; sys.stdin.readline();"
        f"print(KeyRing(Path({str(tmp_path / 'ring')!r})).key(date(2026, 11, 27)).hex())"
    )
    command = [sys.executable, "-c", code]
    started = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(6)
    ]
    for one in started:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    said = {one.communicate(timeout=60)[0] for one in started}
    assert len(said) == 1
    assert [path.name for path in (tmp_path / "ring").iterdir()] == [f"{DAY}.key"]


def test_a_day_that_is_over_is_destroyed_for_good(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "ring")
    key, kept = ring.key(DAY), ring.key(NEXT)
    other = tmp_path / "another name of the same file"
    os.link(ring.folder / f"{DAY}.key", other)
    begun = ring.folder / f"{DAY}.0123456789abcdef"
    begun.write_bytes(b"k" * KEY_BYTES)
    (ring.folder / "daily").mkdir()
    assert ring.destroy(DAY) == 0
    assert ring.known(DAY) == key
    assert ring.destroy(NEXT) == 1
    assert ring.known(DAY) is None
    assert ring.known(NEXT) == kept
    assert not begun.exists(), "what a process that died had begun"
    assert other.read_bytes() != key, "its bytes were overwritten, and not only its name removed"
    assert ring.days() == (NEXT,)


def test_two_that_destroy_at_once_do_not_stumble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = KeyRing(tmp_path / "ring")
    ring.key(DAY)
    gone = ring.folder / f"{DAY}.key"

    def first(path: Path) -> None:
        gone.unlink()
        raise FileNotFoundError(path)

    monkeypatch.setattr("ivr.store.ring._overwrite", first)
    assert ring.destroy(NEXT) == 1
    assert KeyRing(tmp_path / "none").destroy(NEXT) == 0


def test_a_key_that_is_damaged_is_no_key(tmp_path: Path) -> None:
    ring = KeyRing(tmp_path / "ring")
    ring.key(DAY)
    (ring.folder / f"{DAY}.key").write_bytes(b"short")
    with pytest.raises(OSError, match="damaged"):
        ring.known(DAY)


def test_a_place_where_no_key_can_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for use in (lambda: KeyRing(tmp_path / "file" / "ring").prepare(),
                lambda: KeyRing(tmp_path / "file" / "ring").key(DAY)):  # fmt: skip
        with pytest.raises(OSError, match="ring|file"):
            use()
    KeyRing(tmp_path / "ring").prepare()
    assert (tmp_path / "ring").is_dir()
