"""An edition as one file, to move between installations and to keep: menu, languages, words, sound.

The same content gives the same bytes: nothing in it tells when, where or by whom it was written.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import tomli_w

from ivr.call.edition import Edition
from ivr.editions.document import write_recording
from ivr.editions.normal import named
from prompts.catalogue import write_po
from prompts.language import write_languages
from prompts.menu import write_menu

FORMAT = 1
MENU, LANGUAGES, MANIFEST = "menu.toml", "languages.toml", "manifest.toml"
_DAY = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16


class LostError(Exception):
    """A recording of the edition whose bytes are nowhere."""


def pack(edition: Edition, master: Callable[[str], bytes | None]) -> bytes:
    """The file of an edition; `master` gives a recording's bytes. Raises LostError."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _files(named(edition), master):
            about = zipfile.ZipInfo(name, _DAY)
            about.create_system, about.external_attr = 3, _MODE
            archive.writestr(about, content)
    return file.getvalue()


def _files(edition: Edition, master: Callable[[str], bytes | None]) -> Iterator[tuple[str, bytes]]:
    yield MANIFEST, _toml(_manifest(edition))
    yield MENU, _toml(write_menu(edition.menu))
    yield LANGUAGES, _toml(write_languages(edition.languages))
    for code in edition.catalogue.texts:
        yield f"texts/{code}.po", write_po(edition.catalogue, code).encode()
    for code, recordings in sorted(edition.recordings.items()):
        for digest in sorted({one.digest for one in recordings.values()}):
            data = master(digest)
            if data is None:
                raise LostError(f"The recording {digest} of {code} is nowhere any more.")
            yield f"recordings/{code}/{digest}.opus", data


def _manifest(edition: Edition) -> dict[str, Any]:
    recordings = {
        code: {key: write_recording(one) for key, one in own.items()}
        for code, own in edition.recordings.items()
    }
    return {"format": FORMAT, "digest": edition.digest, "recordings": recordings}


def _toml(content: Mapping[str, Any]) -> bytes:
    return tomli_w.dumps(content).encode()
