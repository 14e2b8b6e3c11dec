"""All the words of the line: one gettext PO file a language, with English as the source.

PO because every translator's tool knows it: `msgctxt` is the prompt's key, `msgid` the English
text, `msgstr` the words in this language, `#.` the note. A fuzzy entry needs review, and so does
one whose English has changed since; the translator's comment `state: draft` marks a draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polib

from prompts.text import Text, TextState

SHIPPED = Path(__file__).with_name("texts")
SOURCE = "en"
DRAFT = "state: draft"


@dataclass(frozen=True)
class Catalogue:
    """Every language's texts by key. The source language decides which keys there are."""

    texts: Mapping[str, Mapping[str, Text]]

    @property
    def keys(self) -> tuple[str, ...]:
        """All prompts of the line, in the order of the source."""
        return tuple(self.texts[SOURCE])


def load_catalogue(folder: Path = SHIPPED) -> Catalogue:
    """Load every `<language>.po` of a folder; a key that a language lacks is a missing text.

    Raises OSError or ValueError, with the file and what is wrong in it.
    """
    source = _entries(folder / f"{SOURCE}.po")
    languages = sorted(path.stem for path in folder.glob("*.po"))
    return Catalogue({code: _read(source, _entries(folder / f"{code}.po")) for code in languages})


def _entries(path: Path) -> dict[str, polib.POEntry]:
    if not path.is_file():
        raise FileNotFoundError(f"there is no file {path}")
    entries: dict[str, polib.POEntry] = {}
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        if not entry.msgctxt or entry.msgctxt in entries:
            raise ValueError(f"{path.name}, line {entry.linenum}: a text needs its own key")
        entries[entry.msgctxt] = entry
    return entries


def _read(source: dict[str, polib.POEntry], own: dict[str, polib.POEntry]) -> dict[str, Text]:
    unknown = sorted(set(own) - set(source))
    if unknown:
        raise ValueError(f"texts without a source in {SOURCE}.po: {', '.join(unknown)}")
    return {key: _text(key, entry, own.get(key)) for key, entry in source.items()}


def _text(key: str, source: polib.POEntry, own: polib.POEntry | None) -> Text:
    note = source.comment
    if own is None or not own.msgstr:
        return Text(key, "", TextState.MISSING, note)
    return Text(key, own.msgstr, _state(source, own), note)


def _state(source: polib.POEntry, own: polib.POEntry) -> TextState:
    if DRAFT in own.tcomment.splitlines():
        return TextState.DRAFT
    if own.fuzzy or own.msgid != source.msgstr:
        return TextState.NEEDS_REVIEW
    return TextState.APPROVED
