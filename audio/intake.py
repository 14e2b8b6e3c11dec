"""The door for recordings from outside: any upload becomes plain samples, or is refused in words
that staff understand.

What comes in may be hostile, so only containers of sound are opened, nothing that a file points to
is fetched, and decoding stops where the recording would be too long anyway.
"""

import io
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import av

from audio.pcm import RATE, Samples, gathered

MOST_BYTES = 25_000_000
_CONTAINERS = "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,mp3,ogg,wav,w64,flac,aac,aiff,caf"
_OPTIONS = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "none", "probesize": "1000000"}
_HIGHEST_RATE = 192_000
_MOST_CHANNELS = 8
_FULL = 32_700
_CLIPPED_SHARE = 0.001


class Fault(StrEnum):
    """Why a recording cannot be used, in words for whoever recorded it."""

    NOT_AUDIO = "This file is not a sound recording that can be read."
    TOO_LARGE = "This file is too large: at most 25 MB."
    TOO_LONG = "The recording is too long."
    TOO_SHORT = "The recording is too short: nothing is said in it."
    SILENT = "The recording is silent: was the microphone on?"
    TOO_QUIET = "The recording is too quiet: speak closer to the microphone."
    CLIPPED = "The recording is distorted because it is too loud: speak further away."
    UNEVEN = "The recording is uneven: speak at one distance, without knocks on the microphone."
    PAUSE = "There is a long silence in the recording: record it again in one go."


class RefusedError(Exception):
    """A recording that cannot be used. `fault` says why in plain words, `detail` gives the figure
    behind it.
    """

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{fault} {detail}".strip())
        self.fault = fault
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Taken:
    """What was in a file: its sound at the telephone's rate, and which share of it hit the ceiling
    (0 to 1).
    """

    samples: Samples
    clipped: float


def take(data: bytes, limit_seconds: float) -> Taken:
    """Decode an upload of at most so many seconds. Raises RefusedError."""
    if len(data) > MOST_BYTES:
        raise RefusedError(Fault.TOO_LARGE)
    try:
        return _decoded(data, limit_seconds)
    except (av.error.FFmpegError, ValueError, IndexError, EOFError, MemoryError) as error:
        raise RefusedError(Fault.NOT_AUDIO) from error


def unclipped(taken: Taken) -> Samples:
    """The sound, unless too much of it is distorted. Raises RefusedError."""
    if taken.clipped > _CLIPPED_SHARE:
        raise RefusedError(Fault.CLIPPED, f"({taken.clipped:.1%} of it is at full scale.)")
    return taken.samples


def _decoded(data: bytes, limit_seconds: float) -> Taken:
    samples: Samples = array("f")
    full = total = 0
    resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
    for frame in _frames(data, limit_seconds):
        full, total = full + _at_ceiling(frame), total + frame.samples
        samples.extend(gathered(resampler.resample(frame)))
    if not total:
        raise RefusedError(Fault.NOT_AUDIO)
    samples.extend(gathered(resampler.resample(None)))
    return Taken(samples, full / total)


def _frames(data: bytes, limit_seconds: float) -> Iterator[av.AudioFrame]:
    """The sound as mono 16-bit frames at its own rate."""
    lasted = 0.0
    plain = av.AudioResampler(format="s16", layout="mono")
    with av.open(io.BytesIO(data), "r", options=_OPTIONS) as container:
        if not container.streams.audio:
            raise RefusedError(Fault.NOT_AUDIO)
        for frame in container.decode(container.streams.audio[0]):
            if frame.sample_rate > _HIGHEST_RATE or frame.layout.nb_channels > _MOST_CHANNELS:
                raise RefusedError(Fault.NOT_AUDIO)
            lasted += frame.samples / frame.sample_rate
            if lasted > limit_seconds:
                raise RefusedError(Fault.TOO_LONG, f"(At most {limit_seconds:g} seconds.)")
            yield from plain.resample(frame)


def _at_ceiling(frame: av.AudioFrame) -> int:
    """How many samples of a frame are at full scale, before anything smooths them."""
    values = memoryview(bytes(frame.planes[0])[: 2 * frame.samples]).cast("h")
    return sum(1 for value in values if value >= _FULL or value <= -_FULL)
