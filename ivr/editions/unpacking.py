"""An edition's file, read as if an enemy had made it: everything is bounded before it is believed.

Nothing is ever written under a name that the file gives, and nothing is kept of a file that is not
right in every part.
"""

import hashlib
import io
import re
import tomllib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ivr.call.edition import Edition
from ivr.editions import sense
from ivr.editions.archive import FORMAT, LANGUAGES, MANIFEST, MENU
from ivr.editions.document import read_recording
from ivr.editions.normal import named
from prompts import Recording
from prompts.catalogue import SOURCE, read_catalogue
from prompts.language import read_languages
from prompts.menu import read_menu

MEGABYTE = 1_000_000
MOST_BYTES = 200 * MEGABYTE
"""Of the file, and of all that is in it: sixteen languages, twice as long as what ships."""
TOO_LARGE = f"The file is too large: at most {MOST_BYTES // MEGABYTE} MB."
MOST_FILES = 30_000
MOST_DIRECTORY = 8 * MEGABYTE
_LIMITS = {".toml": 4 * MEGABYTE, ".po": 4 * MEGABYTE, "opus": MEGABYTE}
_NAME = re.compile(
    rf"menu\.toml|languages\.toml|manifest\.toml|texts/({sense.CODE.pattern})\.po"
    rf"|recordings/({sense.CODE.pattern})/[0-9a-f]{{64}}\.opus"
)
_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"
_END_LENGTH = 22
_NEAR = 0.1
"""Seconds by which a recording may last longer or shorter than the manifest says."""

Lasts = Callable[[bytes], float]
"""Decodes a recording and says how many seconds it lasts; ValueError for what is none."""


class ArchiveError(Exception):
    """What is wrong with the file, in a plain sentence."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """An edition from a file, and the bytes of its recordings by digest."""

    edition: Edition
    sounds: Mapping[str, bytes]


def unpack(data: bytes, lasts: Lasts, known: frozenset[str] = frozenset()) -> Unpacked:
    """Read an edition's file; what is `known` by digest is not decoded again. ArchiveError."""
    files = _files(data)
    try:
        edition, digest = _edition(files)
        wrong = next(sense.problems(edition), "")
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ArchiveError(f"The file holds no edition: {_short(error)}") from error
    if wrong:
        raise ArchiveError(wrong)
    ordered = named(edition)
    if ordered.digest != digest:
        raise ArchiveError("The file is not what its manifest says: it was changed or damaged.")
    return Unpacked(ordered, dict(_sounds(ordered, files, lasts, known)))


def _short(error: Exception) -> str:
    told = " ".join(str(error).split())[:200]
    return f"{type(error).__name__} {told}".strip()


def _files(data: bytes) -> dict[str, bytes]:
    """Everything in the file by its name."""
    _check_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_names(archive.infolist())
            return dict(_contents(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise ArchiveError("The file is no whole ZIP file: it is damaged or cut short.") from error


def _check_directory(data: bytes) -> None:
    """The list of what is in it stands at the end, and is read whole: its size is bounded first."""
    end = data[-_END_LENGTH:]
    if len(data) > MOST_BYTES:
        raise ArchiveError(TOO_LARGE)
    if len(end) < _END_LENGTH or end[:4] != _END:
        raise ArchiveError("The file is no edition: it does not end as one.")
    if data[-_END_LENGTH - 20 :][:4] == _END64:
        raise ArchiveError("The file is no edition: it is of a kind for larger files.")
    if int.from_bytes(end[12:16], "little") > MOST_DIRECTORY:
        raise ArchiveError("The file is no edition: it lists too much.")


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    names = [one.orig_filename for one in entries]
    if len(names) > MOST_FILES or len(set(names)) < len(names):
        raise ArchiveError("The file lists too much, or something twice.")
    for one in entries:
        if not _NAME.fullmatch(one.orig_filename) or one.filename != one.orig_filename:
            raise ArchiveError(f"The file holds something strange: {one.orig_filename[:80]!r}.")
        if one.flag_bits & 1 or one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ArchiveError(f"{one.filename} is packed in a way that is not read here.")
    missing = {MENU, LANGUAGES, MANIFEST, f"texts/{SOURCE}.po"} - set(names)
    if missing:
        raise ArchiveError(f"The file lacks {', '.join(sorted(missing))}.")


def _contents(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The bytes, never more of them than the limits, whatever the headers say."""
    left = MOST_BYTES
    for one in archive.infolist():
        most = min(left, next(n for end, n in _LIMITS.items() if one.filename.endswith(end)))
        with archive.open(one) as file:
            content = file.read(most + 1)
        if len(content) > most:
            raise ArchiveError(f"{one.filename} is too large.")
        left -= len(content)
        yield one.filename, content


def _edition(files: Mapping[str, bytes]) -> tuple[Edition, str]:
    manifest, menu, languages = (_toml(files, name) for name in (MANIFEST, MENU, LANGUAGES))
    if manifest["format"] != FORMAT:
        raise ValueError(f"its format is {manifest['format']!r}, and only {FORMAT} is read here")
    texts = {
        name.removeprefix("texts/").removesuffix(".po"): content.decode()
        for name, content in files.items()
        if name.startswith("texts/")
    }
    recordings: dict[str, dict[str, Recording]] = {
        code: {key: read_recording(row) for key, row in own.items()}
        for code, own in manifest["recordings"].items()
    }
    read = read_languages(languages)
    return Edition(0, "", read_menu(menu), read, read_catalogue(texts), recordings), str(
        manifest["digest"]
    )


def _toml(files: Mapping[str, bytes], name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files[name].decode())
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error


def _sounds(
    edition: Edition, files: Mapping[str, bytes], lasts: Lasts, known: frozenset[str]
) -> Iterator[tuple[str, bytes]]:
    """Every recording that is named, and no other; each is what its name says."""
    spare = {name for name in files if name.startswith("recordings/")}
    for code, own in edition.recordings.items():
        for key, one in own.items():
            name = f"recordings/{code}/{one.digest}.opus"
            if name not in files:
                raise ArchiveError(f"The recording of {key} in {code} is not in the file.")
            spare.discard(name)
            data = files[name]
            if hashlib.sha256(data).hexdigest() != one.digest:
                raise ArchiveError(f"The recording of {key} in {code} is damaged.")
            if one.digest not in known:
                _check_length(f"{key} in {code}", one.seconds, data, lasts)
            yield one.digest, data
    if spare:
        raise ArchiveError(f"The file holds a recording of nothing: {min(spare)}.")


def _check_length(what: str, seconds: float, data: bytes, lasts: Lasts) -> None:
    try:
        found = lasts(data)
    except ValueError:
        raise ArchiveError(f"The recording of {what} cannot be played.") from None
    if abs(found - seconds) > _NEAR:
        raise ArchiveError(f"The recording of {what} does not last as long as it says.")
