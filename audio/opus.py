"""The shape that finished recordings are kept in: mono Opus in Ogg (RFC 7845), a fifth of the
telephone's WAV.
"""

import io

import av

from audio.pcm import RATE, Samples, frame, gathered

BITS = 24_000
"""Bits a second: clear speech at the telephone's rate."""
_FORMATS = {"f": "flt", "h": "s16"}


def encode(samples: Samples) -> bytes:
    """Compress samples. The same samples give the same bytes with the same library."""
    file = io.BytesIO()
    with av.open(file, "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        stream = container.add_stream(
            "libopus", rate=RATE, layout="mono", options={"application": "voip"}
        )
        stream.bit_rate = BITS
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        for one in [*resampler.resample(frame(samples)), None]:
            for packet in stream.encode(one):
                container.mux(packet)
    return file.getvalue()


def decode(data: bytes, kind: str = "f") -> Samples:
    """A finished recording as samples of that type. Raises av.error.FFmpegError for anything that
    is none.
    """
    resampler = av.AudioResampler(format=_FORMATS[kind], layout="mono", rate=RATE)
    with av.open(io.BytesIO(data), "r", format="ogg") as container:
        frames = [one for part in container.decode(audio=0) for one in resampler.resample(part)]
    return gathered([*frames, *resampler.resample(None)], kind)


def is_opus(data: bytes) -> bool:
    """Whether these bytes begin as a finished recording does."""
    return data[:4] == b"OggS" and data[28:36] == b"OpusHead"
