"""The plainest container: what the engines hand over and what the telephone is given."""

import io
import wave


def wav(samples: bytes, rate: int) -> bytes:
    """Wrap mono 16-bit little-endian samples as a WAV file."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(samples)
    return file.getvalue()
