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
    if not (folder / f"{SOURCE}.po").is_file():
        raise FileNotFoundError(f"there is no file {folder / SOURCE}.po")
    paths = sorted(folder.glob("*.po"))
    return read_catalogue({path.stem: path.read_text(encoding="utf-8") for path in paths})


def read_catalogue(files: Mapping[str, str]) -> Catalogue:
    """Read what PO files say, by language. Raises ValueError, with the file and what is wrong."""
    if SOURCE not in files:
        raise ValueError(f"there is no {SOURCE}.po")
    source = read_po(SOURCE, files[SOURCE])
    read = {code: _read(source, read_po(code, files[code])) for code in sorted(files)}
    return Catalogue(read)


def read_po(code: str, text: str) -> dict[str, polib.POEntry]:
    """The entries of one PO file by key. Raises ValueError."""
    try:
        file = polib.pofile(f"\n{text}")  # a text that begins so is never taken for a path
    except (OSError, ValueError, IndexError, AttributeError, TypeError) as error:
        raise ValueError(f"{code}.po is no PO file: {error}") from error
    entries: dict[str, polib.POEntry] = {}
    for entry in file:
        if entry.obsolete:
            continue
        if not entry.msgctxt or entry.msgctxt in entries:
            line = (entry.linenum or 1) - 1
            raise ValueError(f"{code}.po, line {line}: a text needs its own key")
        entries[entry.msgctxt] = entry
    return entries


def write_po(catalogue: Catalogue, code: str) -> str:
    """One language's PO file, as a translator gets it: with the English, the notes, the states."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": "line",
        "Language": code,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for key, english in catalogue.texts[SOURCE].items():
        file.append(_entry(english, catalogue.texts[code][key]))
    return f"{file}\n"


def _entry(english: Text, text: Text) -> polib.POEntry:
    return polib.POEntry(
        msgctxt=english.key,
        msgid=english.words or english.key,
        msgstr="" if text.state is TextState.MISSING else text.words,
        comment=english.note,
        tcomment=DRAFT if text.state is TextState.DRAFT else "",
        flags=["fuzzy"] if text.state is TextState.NEEDS_REVIEW else [],
    )


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
    if own.fuzzy or own.msgid != (source.msgstr or source.msgid):
        return TextState.NEEDS_REVIEW
    return TextState.APPROVED
