"""Sounds made by the tests: something like speech, tones, and files of every kind around them."""

import io
import math
import random
from array import array
from fractions import Fraction

import av

from audio.pcm import RATE, Samples, decibels
from audio.wav import wav


def tone(seconds: float, pitch: float, level: float = -20.0, rate: int = RATE) -> Samples:
    """A sine whose peaks reach so many dBFS."""
    high, step = 10 ** (level / 20), 2 * math.pi * pitch / rate
    return array("f", (high * math.sin(step * place) for place in range(round(seconds * rate))))


def speech(seconds: float, level: float = -12.0, rate: int = RATE, seed: int = 1) -> Samples:
    """Something with the measures of speech: a vowel of 160 Hz and its overtones, in syllables.

    Its loudest sample reaches `level` dBFS, and it begins and ends in the middle of a syllable.
    """
    chance = random.Random(seed)  # noqa: S311 - a sound, not a secret
    pitches = range(160, 3300, 160)
    parts = [(hertz, 1 / (1 + ((hertz - 700) / 400) ** 2), chance.random()) for hertz in pitches]
    values = array("f")
    for place in range(round(seconds * rate)):
        time = place / rate
        syllable = 0.25 + 0.75 * abs(math.sin(math.pi * (0.5 + 4 * time)))
        values.append(
            syllable
            * sum(
                high * math.sin(2 * math.pi * (pitch * time + phase))
                for pitch, high, phase in parts
            )
        )
    gain = 10 ** (level / 20) / max(max(values), -min(values))
    return array("f", (gain * value for value in values))


def nothing(seconds: float, rate: int = RATE) -> Samples:
    """Digital silence."""
    return array("f", bytes(4 * round(seconds * rate)))


def noise(seconds: float, level: float, rate: int = RATE) -> Samples:
    """A room that hisses, at so many dB RMS."""
    chance = random.Random(2)  # noqa: S311 - a sound, not a secret
    high = 10 ** (level / 20)
    return array("f", (chance.gauss(0, high) for _ in range(round(seconds * rate))))


def mixed(one: Samples, other: Samples) -> Samples:
    """Both at once."""
    return array("f", (left + right for left, right in zip(one, other, strict=True)))


def as_wav(samples: Samples, rate: int = RATE) -> bytes:
    """A WAV of 16 bits, hard against the ceiling where the samples go beyond it."""
    clipped = (max(-32_768, min(32_767, round(sample * 32_767))) for sample in samples)
    return wav(array("h", clipped).tobytes(), rate)


def as_file(samples: Samples, rate: int, container: str, codec: str, channels: int = 1) -> bytes:
    """The samples in any container and codec that FFmpeg writes."""
    frame = av.AudioFrame(format="flt", layout="mono", samples=len(samples))
    frame.sample_rate, frame.time_base, frame.pts = rate, Fraction(1, rate), 0
    frame.planes[0].update(samples.tobytes())
    layout = {1: "mono", 2: "stereo"}[channels]
    file = io.BytesIO()
    with av.open(file, "w", format=container) as out:
        stream = out.add_stream(codec, rate=rate, layout=layout)
        resampler = av.AudioResampler(format=stream.codec_context.format, layout=layout, rate=rate)
        for one in [*resampler.resample(frame), *resampler.resample(None), None]:
            for packet in stream.encode(one):
                out.mux(packet)
    return file.getvalue()


def read_wav(data: bytes) -> Samples:
    """The samples of a telephone WAV, full scale 1."""
    values = array("h", data[44:])
    return array("f", (value / 32_768 for value in values))


def level_at(samples: Samples, pitch: float, rate: int = RATE) -> float:
    """How loud one pitch is, as the amplitude of a sine in dBFS (Goertzel's way)."""
    step = 2 * math.pi * pitch / rate
    cosine = math.fsum(value * math.cos(step * place) for place, value in enumerate(samples))
    sine = math.fsum(value * math.sin(step * place) for place, value in enumerate(samples))
    return decibels(2 * math.hypot(cosine, sine) / len(samples))
