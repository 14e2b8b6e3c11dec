"""Where recordings are kept and clips are had: what ships lies in package files, what is made from
it in a cache.

The cache is a convenience: when the disk is full, read-only or gone, every clip is still made, only
not kept.
"""

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from audio import manifest
from audio.assembly import assemble
from audio.recipe import PREFIX, name, unpack
from prompts import Recording

SHIPPED = Path(__file__).with_name("recordings")
MOST_BYTES = 500_000_000
"""How large the cache may grow: about 30 hours of clips."""
_HEADER = 44
_SWEEP_AFTER = 20


class MissingRecordingError(LookupError):
    """No recording of that digest is kept here or elsewhere, or its bytes are no longer those it is
    named by.
    """


def nowhere(digest: str) -> bytes | None:
    """A second source that has nothing."""
    return None


class Shelf:
    """All recordings by digest, and all clips by recipe. Several processes and threads may share
    one cache.

    `elsewhere` is asked for what does not ship: it is given a digest, or only its first 16 digits,
    and returns the bytes or None.
    """

    def __init__(
        self,
        recordings: Path,
        cache: Path,
        *,
        elsewhere: Callable[[str], bytes | None] = nowhere,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._recordings = recordings
        self._cache = cache
        self._elsewhere = elsewhere
        self._most_bytes = most_bytes
        self._unswept = most_bytes

    def manifest(self, language: str) -> dict[str, Recording]:
        """The recordings that ship in a language, by prompt; empty for a language without any."""
        return {
            key: entry.recording
            for key, entry in manifest.read(self._recordings / language).items()
        }

    def master(self, digest: str) -> bytes:
        """A finished recording by its digest, or by the first 16 digits of it. Raises
        MissingRecordingError.
        """
        path = self._shipped.get(digest[:PREFIX])
        data = path.read_bytes() if path and path.is_file() else self._elsewhere(digest)
        if data is None:
            raise MissingRecordingError(f"no recording is named {digest}")
        if not hashlib.sha256(data).hexdigest().startswith(digest):
            raise MissingRecordingError(f"the recording named {digest} is damaged")
        return data

    def clip(self, packed: bytes) -> bytes:
        """The telephone's WAV of a packed recipe, made on first use. Raises RecipeError and
        MissingRecordingError.
        """
        path = self._path(packed)
        try:
            data = path.read_bytes()
            if _whole(data[:_HEADER], len(data)):
                os.utime(path)
                return data
        except OSError:
            pass
        data = assemble(unpack(packed), self.master)
        self._keep(path, data)
        return data

    def path(self, packed: bytes) -> Path | None:
        """The clip as a file, made on first use, for a server that sends files; None when the disk
        keeps none.
        """
        path = self._path(packed)
        try:
            with path.open("rb") as file:
                if _whole(file.read(_HEADER), path.stat().st_size):
                    os.utime(path)
                    return path
        except OSError:
            pass
        return path if self._keep(path, assemble(unpack(packed), self.master)) else None

    def sweep(self) -> int:
        """Remove the clips that were not heard for longest until the cache fits; returns how many
        were removed.
        """
        removed, size = 0, 0
        for _, bytes_, path in sorted(self._kept(), reverse=True):
            size += bytes_
            if size > self._most_bytes:
                path.unlink(missing_ok=True)
                removed += 1
        self._unswept = 0
        return removed

    @cached_property
    def _shipped(self) -> dict[str, Path]:
        return {path.stem[:PREFIX]: path for path in self._recordings.glob("*/*.opus")}

    def _path(self, packed: bytes) -> Path:
        return self._cache / f"{name(packed)}.wav"

    def _kept(self) -> list[tuple[float, int, Path]]:
        found = []
        for path in self._cache.iterdir():
            try:
                about = path.stat()
            except FileNotFoundError:  # another process swept it
                continue
            found.append((about.st_mtime, about.st_size, path))
        return found

    def _keep(self, path: Path, data: bytes) -> bool:
        """Put a clip into the cache in one step; False when the disk does not take it."""
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
            _write(path, data)
            self._unswept += len(data)
            if self._unswept * _SWEEP_AFTER >= self._most_bytes:
                self.sweep()
        except OSError:
            return False
        return True


def _write(path: Path, data: bytes) -> None:
    draft, draft_name = tempfile.mkstemp(dir=path.parent, suffix=".new")
    try:
        with os.fdopen(draft, "wb") as file:
            file.write(data)
        Path(draft_name).replace(path)
    except OSError:
        Path(draft_name).unlink(missing_ok=True)
        raise


def _whole(header: bytes, size: int) -> bool:
    """Whether a kept file has all the samples that its header tells of: a crash can leave a short
    one.
    """
    return len(header) == _HEADER and size == _HEADER + int.from_bytes(header[40:], "little")
