"""What a leg hears, as sounds that a carrier can make: clips of ours, its own voice, or quiet.

A clip's address is its recipe, sealed: deterministic, so that every machine gives the same one
and it can be cached for ever; unforgeable, so that nobody lets the line join what they like.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from cryptography.exceptions import InvalidTag

from audio.recipe import Pause, Recipe, Rendering
from ivr.call.actions import Gap, Pieces, Spoken
from ivr.call.edition import Edition
from ivr.voice.keys import derive

MOST_PIECES = 160
"""Pieces in one clip: its address stays under 2,000 characters, which every carrier takes."""
_PURPOSE = "clip"
_NAME = re.compile(r"[A-Za-z0-9_-]{20,2400}")


@dataclass(frozen=True, slots=True)
class Clip:
    """A recording, or several joined, by the name under which it is served."""

    name: str


@dataclass(frozen=True, slots=True)
class Voiced:
    """Words for the carrier's own voice, where nothing is recorded. `tag` is BCP 47."""

    words: str
    voice: str
    tag: str


@dataclass(frozen=True, slots=True)
class Quiet:
    """Silence that stands alone, in seconds."""

    seconds: float


Sound = Clip | Voiced | Quiet


def seal_name(secrets: tuple[bytes, ...], packed: bytes) -> str:
    """The name of a clip in the carrier's eyes."""
    sealed = derive(secrets[0], _PURPOSE).encrypt(packed, None)
    return urlsafe_b64encode(sealed).decode().rstrip("=")


def open_name(secrets: tuple[bytes, ...], name: str) -> bytes | None:
    """The packed recipe of a name that we gave; None for any other."""
    if not _NAME.fullmatch(name) or len(name) % 4 == 1:
        return None
    sealed = urlsafe_b64decode(name + "=" * (-len(name) % 4))
    if urlsafe_b64encode(sealed).decode().rstrip("=") != name:
        return None
    for secret in secrets:
        try:
            return derive(secret, _PURPOSE).decrypt(sealed, None)
        except InvalidTag:
            continue
    return None


def sounds(
    edition: Edition, secrets: tuple[bytes, ...], pieces: Pieces, clear: bool
) -> Iterator[Sound]:
    """The pieces in their order: what is recorded joined to clips, the rest by the carrier.

    A prompt that an edition can neither play nor voice (the name of a centre that was added
    since) leaves its place empty: the number that follows it is still heard.
    """
    rendering = Rendering.CLEAR if clear else Rendering.NORMAL
    run: list[str | Pause] = []
    for piece in pieces:
        match piece:
            case Gap(seconds):
                run.append(Pause(seconds))
            case Spoken(prompt, language):
                recording = edition.recording(prompt, language)
                if recording:
                    run.append(recording.digest)
                elif voiced := _voiced(edition, piece):
                    yield from _joined(run, rendering, secrets)
                    yield voiced
                    run = []
            case _:
                assert_never(piece)
    yield from _joined(run, rendering, secrets)


def _voiced(edition: Edition, piece: Spoken) -> Voiced | None:
    language = edition.by_code[piece.language]
    text = edition.catalogue.texts.get(piece.language, {}).get(piece.prompt)
    if text is None or not text.words or not language.voice:
        return None
    return Voiced(text.words, language.voice, language.tag)


def _joined(
    run: list[str | Pause], rendering: Rendering, secrets: tuple[bytes, ...]
) -> Iterator[Sound]:
    pauses = [piece.seconds for piece in run if isinstance(piece, Pause)]
    if len(pauses) == len(run):
        if run:
            yield Quiet(sum(pauses))
        return
    for first in range(0, len(run), MOST_PIECES):
        recipe = Recipe(tuple(run[first : first + MOST_PIECES]), rendering)
        yield Clip(seal_name(secrets, recipe.pack()))
