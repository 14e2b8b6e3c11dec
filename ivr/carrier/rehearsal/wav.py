"""Measures a WAV file as a telephone exchange would: it must be whole, and must last."""

import struct

PCM, MULAW = 1, 7


def seconds(body: bytes) -> float:
    """How long a WAV lasts. Raises ValueError for anything that a telephone cannot play."""
    if len(body) < 12 or body[:4] != b"RIFF" or body[8:12] != b"WAVE":
        raise ValueError("it is no WAV file")
    chunks = _chunks(body)
    if "fmt " not in chunks or len(chunks["fmt "]) < 16 or "data" not in chunks:
        raise ValueError("it has no format or no sound")
    form, _, _, rate = struct.unpack_from("<HHII", chunks["fmt "])
    if form not in {PCM, MULAW} or not rate:
        raise ValueError(f"its format {form} is neither plain nor mu-law")
    if not chunks["data"]:
        raise ValueError("it is empty")
    return len(chunks["data"]) / float(rate)


def _chunks(body: bytes) -> dict[str, bytes]:
    """Every chunk by its name; one that claims more bytes than there are is an error."""
    chunks: dict[str, bytes] = {}
    place = 12
    while place + 8 <= len(body):
        name, size = struct.unpack_from("<4sI", body, place)
        chunk = body[place + 8 : place + 8 + size]
        if len(chunk) < size:
            raise ValueError("it is cut off")
        chunks.setdefault(name.decode("latin-1"), chunk)
        place += 8 + size + size % 2
    return chunks
