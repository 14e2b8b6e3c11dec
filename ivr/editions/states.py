"""How far a prompt has come in a language: its text's state, and what its recording is worth."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ivr.call.edition import Edition
from prompts import Origin, TextState


class Sound(StrEnum):
    """What there is to hear: stale where the text has other words than the recording speaks."""

    CURRENT = "current"
    STALE = "stale"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Standing:
    """One cell of the matrix of prompts and languages; `origin` is None where nothing is heard."""

    language: str
    key: str
    text: TextState
    sound: Sound
    origin: Origin | None


def standings(edition: Edition) -> Iterator[Standing]:
    """Every cell, language by language in the order of the texts."""
    for code, texts in edition.catalogue.texts.items():
        for key, text in texts.items():
            one = edition.recording(key, code)
            origin = one.origin if one else None
            yield Standing(code, key, text.state, sound_of(edition, code, key), origin)


def sound_of(edition: Edition, language: str, key: str) -> Sound:
    """What the recording of a prompt is worth."""
    one = edition.recording(key, language)
    if one is None:
        return Sound.ABSENT
    text = edition.catalogue.texts.get(language, {}).get(key)
    return Sound.CURRENT if text and text.digest == one.text else Sound.STALE
