"""Reads what the line told the carrier: which words a clip speaks, and where a call stands.

Addresses of clips and of turns are sealed, and nobody else can read them; the telephone is the
line's own, so it may.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date
from typing import Protocol

from audio.recipe import RecipeError, Rendering, unpack
from ivr.call.edition import Edition
from ivr.call.legs import Call
from ivr.call.world import World
from ivr.voice.clips import open_name
from ivr.voice.seal import Binding, UnreadableError, unseal
from prompts import TextState

_CLIP = re.compile(r"/audio/([A-Za-z0-9_-]+)\.wav$")
_TURN = re.compile(r"/voice/([a-z]+)/([A-Za-z0-9_-]+)")
PREFIX = 16
"""Hex digits of a recording's digest that a recipe keeps."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words that were spoken: which prompt in which language, and how far its text may be trusted.

    `prompt` is empty where the words belong to none of ours; `clear` marks the slower rendering.
    """

    words: str
    language: str
    prompt: str = ""
    state: str = TextState.APPROVED.value
    clear: bool = False


class Line(Protocol):
    """What the telephone needs of the line."""

    def world(self, carrier: str) -> World:
        """The snapshot of now."""

    def edition(self, number: int) -> Edition:
        """An edition by its number."""


class Ear:
    """Understands one line's clips and turns. `account` is the rehearsal carrier's."""

    def __init__(self, line: Line, secrets: tuple[bytes, ...], account: str) -> None:
        """Listen to a line that seals with these secrets."""
        self.line, self._secrets, self._account = line, secrets, account
        self._known: tuple[str, dict[str, tuple[str, str]]] = ("", {})

    @property
    def edition(self) -> Edition:
        """What the line says now."""
        return self.line.world("rehearsal").edition

    def clip(self, url: str) -> tuple[Said, ...]:
        """The words of a clip by its address; none where it is none of ours."""
        named = _CLIP.search(url)
        packed = open_name(self._secrets, named[1]) if named else None
        if packed is None:
            return ()
        try:
            recipe = unpack(packed)
        except RecipeError:
            return ()
        known = self._recordings()
        clear = recipe.rendering is Rendering.CLEAR
        spoken = (known.get(piece[:PREFIX]) for piece in recipe.pieces if isinstance(piece, str))
        return tuple(self._said(*one, clear=clear) for one in spoken if one)

    def voice(self, words: str, tag: str) -> tuple[Said, ...]:
        """The words of the carrier's own voice, with the prompt that they belong to."""
        edition = self.edition
        for language in edition.languages:
            for key, text in edition.catalogue.texts.get(language.code, {}).items():
                if language.tag == tag and text.words == words:
                    return (self._said(key, language.code, clear=False),)
        return (Said(words, tag.partition("-")[0]),)

    def call(self, body: str, sid: str) -> Call | None:
        """The state that a document sends on, of the leg or of the call that dialled it."""
        turn = _TURN.search(body)
        if turn is None:
            return None
        try:
            bound = Binding(self._account, turn[1], sid)
            return unseal(self._secrets, bound, turn[2], self._today())[1].call
        except UnreadableError:
            return None

    def name_of(self, centre: str, language: str) -> str:
        """A centre's name as a caller hears it; empty where it has none."""
        text = self.edition.catalogue.texts[language].get(f"place.{centre}")
        return text.words if text else ""

    def _said(self, prompt: str, language: str, *, clear: bool) -> Said:
        text = self.edition.catalogue.texts[language][prompt]
        return Said(text.words, language, prompt, text.state.value, clear)

    def _recordings(self) -> dict[str, tuple[str, str]]:
        """Prompt and language by the beginning of a recording's digest, made once an edition."""
        edition = self.edition
        if self._known[0] != edition.digest:
            found = {
                recording.digest[:PREFIX]: (prompt, language)
                for language, recordings in edition.recordings.items()
                for prompt, recording in recordings.items()
            }
            self._known = (edition.digest, found)
        return self._known[1]

    def _today(self) -> date:
        return self.line.world("rehearsal").at.astimezone(UTC).date()
