"""What a caller hears in one breath, as a list: which recordings, with which pauses, said in which
way.

A recipe is made in every webhook and names its clip, so this module knows nothing of sound.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

CHAIN = 1
"""The version of mastering and joining: raise it when either changes what is heard, so that every
clip gets a new name.
"""
START = 0.4
"""Seconds before the first word of a screen."""
OPTION = 0.7
"""Seconds between two options of a menu."""
DIGIT = 0.12
"""Seconds between two digits of a number."""
KEY = 0.2
"""Seconds between an option's label and its key."""
UNIT = 0.02
PREFIX = 16
"""Hex digits of a recording's digest that a packed recipe keeps (8 bytes)."""
MOST_PIECES = 400
_MOST_UNITS = 255


class RecipeError(ValueError):
    """Bytes that are no recipe of this version: cut short, of another chain, or too long."""


class Rendering(StrEnum):
    """How a clip is said: as recorded, or slower and with the consonants lifted for who did not
    understand.
    """

    NORMAL = "normal"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Pause:
    """So many seconds of silence, kept to the nearest 20 ms."""

    seconds: float

    @property
    def units(self) -> int:
        """The pause in steps of 20 ms."""
        return max(0, round(self.seconds / UNIT))


Piece = str | Pause
"""The digest of a recording (64 hex digits, or its first 16), or a pause."""
_RENDERINGS = tuple(Rendering)


@dataclass(frozen=True, slots=True)
class Recipe:
    """The pieces in order, and the way they are said."""

    pieces: tuple[Piece, ...]
    rendering: Rendering = Rendering.NORMAL

    def pack(self) -> bytes:
        """The recipe in few bytes: chain, rendering, then a zero byte and 8 bytes for a recording,
        or 20 ms steps.
        """
        head = bytes((CHAIN, _RENDERINGS.index(self.rendering)))
        return head + b"".join(
            _pause(piece.units)
            if isinstance(piece, Pause)
            else b"\0" + bytes.fromhex(piece[:PREFIX])
            for piece in self.pieces
        )

    @property
    def name(self) -> str:
        """The clip's name (64 hex digits): the same on every machine, another when anything that is
        heard changes.
        """
        return name(self.pack())


def name(packed: bytes) -> str:
    """The name of the clip that a packed recipe makes."""
    return hashlib.sha256(packed).hexdigest()


def unpack(packed: bytes) -> Recipe:
    """The recipe that was packed; recordings by the first 16 digits of their digest. Raises
    RecipeError.
    """
    if len(packed) < 2 or packed[0] != CHAIN or packed[1] >= len(_RENDERINGS):
        raise RecipeError("not a recipe of this version")
    pieces = tuple(_pieces(packed[2:]))
    if len(pieces) > MOST_PIECES:
        raise RecipeError("a recipe of too many pieces")
    return Recipe(pieces, _RENDERINGS[packed[1]])


def _pause(units: int) -> bytes:
    full, rest = divmod(units, _MOST_UNITS)
    return bytes((_MOST_UNITS,) * full + ((rest,) if rest else ()))


def _pieces(packed: bytes) -> Iterator[Piece]:
    place = 0
    while place < len(packed):
        units = packed[place]
        place += 1
        if units:
            yield Pause(round(units * UNIT, 2))
            continue
        if place + 8 > len(packed):
            raise RecipeError("a recipe that is cut short")
        yield packed[place : place + 8].hex()
        place += 8
