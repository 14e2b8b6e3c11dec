"""Recordings that did not ship, on this disk: a cache of what is kept elsewhere, by digest."""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from audio.recipe import PREFIX

Loader = Callable[[str], bytes | None]
"""Where the bytes are: asked by digest, or by its first 16 digits; None where there are none."""


class Kept:
    """What was recorded since: from the disk, else asked for, and then kept on the disk.

    It is what a `Shelf` asks as `elsewhere`. Whatever lies on the disk and is not what its name
    says is as good as nothing there. A disk that takes nothing costs nobody a recording.
    """

    def __init__(self, folder: Path, loader: Loader) -> None:
        self._folder = folder
        self._loader = loader

    def __call__(self, digest: str) -> bytes | None:
        """The bytes of a recording, or None."""
        data = self._read(digest)
        if data is None:
            data = self._loader(digest)
            if data is None or not _is(data, digest):
                return None
            with contextlib.suppress(OSError):
                self._write(data)
        return data

    def fetch(self, digests: Iterable[str]) -> int:
        """Have these on the disk, so that nobody waits for them later; how many could not be had.

        Raises what the loader raises.
        """
        return sum(self(one) is None for one in digests if not self._path(one).is_file())

    def _path(self, digest: str) -> Path:
        return self._folder / f"{digest[:PREFIX]}.opus"

    def _read(self, digest: str) -> bytes | None:
        try:
            data = self._path(digest).read_bytes()
        except OSError:
            return None
        return data if _is(data, digest) else None

    def _write(self, data: bytes) -> None:
        """Write it in one step, on the disk before its name is."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".new")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path(hashlib.sha256(data).hexdigest()))
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


def _is(data: bytes, digest: str) -> bool:
    return hashlib.sha256(data).hexdigest().startswith(digest)
