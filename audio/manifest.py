"""The list beside a language's recordings: which file speaks which prompt, of which text, and how
it was measured.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from prompts import Origin, Recording

FILE = "manifest.toml"


@dataclass(frozen=True, slots=True)
class Entry:
    """One recording as shipped.

    `level` is LUFS (decibels RMS under 0.4 s), `text` the digest of the words it speaks, `engine`,
    `voice` and `settings` say how a synthetic one was made, `heard` is the share of words
    (`letters`: of letters) that a speech recogniser got wrong through a telephone, -1 where it was
    not asked.
    """

    digest: str
    seconds: float
    level: float
    text: str
    origin: str
    engine: str = ""
    voice: str = ""
    settings: str = ""
    heard: float = -1.0
    letters: float = -1.0

    @property
    def recording(self) -> Recording:
        """What the call needs to know of it."""
        return Recording(self.digest, self.seconds, self.text, Origin(self.origin))


def read(folder: Path) -> dict[str, Entry]:
    """The entries of one language's folder by key; empty where there is no manifest."""
    try:
        source = (folder / FILE).read_text("utf-8")
    except FileNotFoundError:
        return {}
    return {key: Entry(**row) for key, row in tomllib.loads(source).items()}


def write(folder: Path, entries: Mapping[str, Entry]) -> None:
    """Write the manifest in one piece, sorted, one line a recording, so that a change of one is a
    change of one line.
    """
    lines = [f'"{key}" = {{ {_fields(entry)} }}' for key, entry in sorted(entries.items())]
    draft = folder / f"{FILE}.new"
    draft.write_text("\n".join([*lines, ""]), "utf-8")
    draft.replace(folder / FILE)


def _fields(entry: Entry) -> str:
    """What is known of a recording, as TOML; what is not known is left out."""
    known = [(one.name, getattr(entry, one.name), one.default) for one in fields(entry)]
    return ", ".join(
        f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}"
        for name, value, default in known
        if value != default
    )
