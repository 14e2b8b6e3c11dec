"""From a recipe to the telephone: recordings and pauses in a row, as the WAV that the carrier
plays.

This runs while a caller waits, so nothing here touches single samples in Python.
"""

import sys
from array import array
from collections.abc import Callable

from audio.opus import decode
from audio.pcm import RATE, Filter, Samples, amplitude, through
from audio.recipe import Pause, Piece, Recipe, Rendering
from audio.wav import wav

TEMPO = 0.85
"""The speed of the clear rendering."""
_CEILING = amplitude(-6.3)
_CLEAR: tuple[Filter, ...] = (
    ("atempo", f"tempo={TEMPO}"),
    ("equalizer", "f=2300:t=q:w=0.9:g=5"),
    ("alimiter", f"limit={_CEILING:.4f}:attack=2:release=40:level=disabled:latency=1"),
)


def assemble(recipe: Recipe, masters: Callable[[str], bytes]) -> bytes:
    """Make the clip: 8 kHz mono 16-bit WAV. `masters` gives a recording's bytes and may raise what
    it likes.
    """
    samples = array("h")
    for piece in recipe.pieces:
        samples.extend(_sound(piece, masters))
    if recipe.rendering is Rendering.CLEAR:
        samples = through(samples, *_CLEAR)
    if sys.byteorder == "big":  # pragma: no cover  # no such machine where tests run
        samples.byteswap()
    return wav(samples.tobytes(), RATE)


def _sound(piece: Piece, masters: Callable[[str], bytes]) -> Samples:
    if isinstance(piece, Pause):
        return array("h", bytes(2 * round(piece.units * RATE / 50)))
    return decode(masters(piece), "h")
