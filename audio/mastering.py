"""From any recording to what may ship: in the telephone's band, trimmed tight, as loud as every
other, never distorted.

Levels follow EBU R 128, measured on what comes back out of the compressed file, since compression
moves peaks.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from audio import measure, opus
from audio.intake import Fault, RefusedError, take, unclipped
from audio.pcm import RATE, Samples, amplitude, joined, seconds, through

LOUDNESS = -24.0
"""LUFS that every recording is brought to; it may end up TOLERANCE beside it."""
TOLERANCE = 2.0
PEAK = -6.0
"""dBFS that no sample of a finished recording passes."""
LONGEST_PAUSE = 2.5
"""Seconds: a caller who hears nothing for longer thinks that the line is dead."""
_QUIETEST = -55.0
_SILENT = -65.0
_FEWEST = 8  # hundredths of a second: less is a click
_SLACK = 20.0
_LEAD, _TAIL = 2 * measure.WINDOW, 4 * measure.WINDOW
_BAND = measure.edge("highpass", measure.BAND[0] + 25, 24) + measure.edge(
    "lowpass", measure.BAND[1] - 50, 12
)
_ROUNDS = 8
_NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Mastered:
    """A finished recording: its bytes (Ogg Opus), the SHA-256 that names them, and what was
    measured of them.
    """

    data: bytes
    digest: str
    seconds: float
    loudness: float
    peak: float


def master(data: bytes, limit_seconds: float) -> Mastered:
    """Finish one recording of any kind. Raises RefusedError, which says what to do about it."""
    samples = _clean(data, limit_seconds)
    level, _ = measure.loudness(samples)
    return _finished(samples, LOUDNESS - level, to_level=True)


def master_set(recordings: Sequence[bytes], limit_seconds: float) -> list[Mastered]:
    """Finish short words that are spoken in rows, with one gain for all, so that no digit shouts.

    Raises RefusedError.
    """
    cleaned = [_clean(data, limit_seconds) for data in recordings]
    level, _ = measure.loudness(joined(cleaned))
    return [_finished(samples, LOUDNESS - level, to_level=False) for samples in cleaned]


def _clean(data: bytes, limit_seconds: float) -> Samples:
    """The sound in the telephone's band without its edges, if it can be used at all."""
    heard = through(unclipped(take(data, limit_seconds + _SLACK)), *_BAND)
    if measure.peak(heard) < _SILENT:
        raise RefusedError(Fault.SILENT)
    trimmed = _trimmed(_trimmed(heard))  # without its silence a word is louder than it seemed
    lasts = seconds(trimmed)
    if lasts > limit_seconds:
        raise RefusedError(Fault.TOO_LONG, f"({lasts:.0f} seconds; at most {limit_seconds:g}.)")
    if measure.loudness(trimmed)[0] < _QUIETEST:
        raise RefusedError(Fault.TOO_QUIET)
    return trimmed


def _trimmed(samples: Samples) -> Samples:
    """Cut the silence off both ends, and refuse a long one inside."""
    levels = measure.windows(samples)
    limit = _quiet_below(levels)
    loud = [place for place, level in enumerate(levels) if level >= limit]
    if len(loud) < _FEWEST:
        raise RefusedError(Fault.TOO_SHORT)
    pause = max(after - before for before, after in pairwise(loud)) / 100
    if pause > LONGEST_PAUSE:
        raise RefusedError(Fault.PAUSE, f"({pause:.1f} seconds.)")
    start = max(0, loud[0] * measure.WINDOW - _LEAD)
    return _faded(samples[start : (loud[-1] + 1) * measure.WINDOW + _TAIL])


def _quiet_below(levels: list[float]) -> float:
    """The level in dBFS under which a window is a pause: well under speech, just over the noise."""
    speech, noise = measure.speech_level(levels), sorted(levels)[len(levels) // 20]
    return max(speech + measure.QUIET, min(noise + 6, speech - 15))


def _faded(samples: Samples) -> Samples:
    """Five milliseconds of fade at both ends: a cut never clicks."""
    length = min(len(samples) // 2, RATE // 200)
    for place in range(length):
        samples[place] *= place / length
        samples[-1 - place] *= place / length
    return samples


def _finished(samples: Samples, gain: float, *, to_level: bool) -> Mastered:
    """Apply the gain, and turn it and the limiter until the compressed result keeps the figures.

    Raises RefusedError when that does not end: a recording of knocks has no level of its own.
    """
    ceiling = PEAK - 0.5
    for _ in range(_ROUNDS):
        made = _measured(opus.encode(_levelled(samples, gain, ceiling)))
        over, short = made.peak - PEAK, LOUDNESS - made.loudness if to_level else 0.0
        if over <= 0 and abs(short) < _NEAR:
            return made
        ceiling -= over + 0.2 if over > 0 else 0.0
        gain += short
    raise RefusedError(Fault.UNEVEN)


def _measured(data: bytes) -> Mastered:
    result = opus.decode(data)
    level, _ = measure.loudness(result)
    digest = hashlib.sha256(data).hexdigest()
    return Mastered(data, digest, seconds(result), level, measure.peak(result))


def _levelled(samples: Samples, gain: float, ceiling: float) -> Samples:
    limiter = f"limit={amplitude(ceiling):.4f}:attack=2:release=40:level=disabled:latency=1"
    return through(samples, ("volume", f"{gain:.2f}dB:precision=float"), ("alimiter", limiter))
