"""What a finished clip is: the figures that every recording has to meet, taken from what a caller
would hear.
"""

import math
from dataclasses import dataclass
from operator import mul

from audio.pcm import RATE, Filter, Samples, decibels, frames_through, seconds, through

BAND = (300, 3400)
"""The telephone's band in hertz (ITU-T G.712)."""
SHORTEST = 0.4
"""Seconds of one block of the gated loudness of ITU-R BS.1770: anything shorter has none."""
WINDOW = RATE // 100
QUIET = -35.0
"""Decibels under its loud parts where a clip is silent."""
_NOTHING = -70.0


@dataclass(frozen=True, slots=True)
class Measures:
    """`loudness` is in LUFS, or in decibels RMS when the clip is too short to have one (`gated`
    says which).

    `peak` is in dBFS; `outside` is the energy out of the telephone's band against the whole, in
    decibels; `silence` is the share of the clip, 0 to 1, that lies 35 dB under its loud parts.
    """

    seconds: float
    loudness: float
    gated: bool
    peak: float
    outside: float
    silence: float


def measure(samples: Samples) -> Measures:
    """Take all figures of a clip at the telephone's rate."""
    level, gated = loudness(samples)
    return Measures(
        seconds(samples), level, gated, peak(samples), outside(samples), silent_share(samples)
    )


def energy(samples: Samples) -> float:
    """The mean square of the samples."""
    total: float = sum(map(mul, samples, samples))
    return total / max(1, len(samples))


def rms(samples: Samples) -> float:
    """The effective level in dBFS, without weighting or gate."""
    return decibels(math.sqrt(energy(samples)))


def peak(samples: Samples) -> float:
    """The highest sample in dBFS."""
    return decibels(max(max(samples, default=0.0), -min(samples, default=0.0)))


def loudness(samples: Samples) -> tuple[float, bool]:
    """Integrated loudness in LUFS (EBU R 128); RMS and False when the clip is too short for it or
    all below the gate.
    """
    integrated = _NOTHING
    for frame in frames_through(samples, ("ebur128", "metadata=1")):
        integrated = float(frame.metadata.get("lavfi.r128.I", integrated))
    return (integrated, True) if integrated > _NOTHING else (rms(samples), False)


def outside(samples: Samples) -> float:
    """Energy below and above the telephone's band, in decibels of the whole."""
    low = through(samples, *edge("lowpass", BAND[0], 16))
    high = through(samples, *edge("highpass", BAND[1], 16))
    whole = energy(samples)
    return decibels(math.sqrt((energy(low) + energy(high)) / whole)) if whole else -120.0


def edge(kind: str, hertz: float, order: int) -> list[Filter]:
    """A Butterworth filter of an even order as sections of the second, each with its quality."""
    angles = (math.pi * (2 * section + 1) / (2 * order) for section in range(order // 2))
    return [(kind, f"f={hertz:g}:t=q:w={1 / (2 * math.cos(angle)):.5f}") for angle in angles]


def windows(samples: Samples) -> list[float]:
    """The level of every hundredth of a second, in dBFS."""
    return [rms(samples[start : start + WINDOW]) for start in range(0, len(samples), WINDOW)]


def speech_level(levels: list[float]) -> float:
    """How loud the loud parts are, in dBFS: one window in twenty is louder, none by over 20 dB."""
    ordered = sorted(levels)
    return max(ordered[len(ordered) * 95 // 100], ordered[-1] - 20)


def silent_share(samples: Samples) -> float:
    """Which share of the clip is pauses, 0 to 1."""
    levels = windows(samples)
    limit = speech_level(levels) + QUIET if levels else 0.0
    return sum(level < limit for level in levels) / max(1, len(levels))
